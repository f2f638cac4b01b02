// A scenario as it came in a request, read and checked.
#pragma once

#include <string_view>

#include "growth/policy.hpp"
#include "growth/scenario.hpp"
#include "json/document.hpp"

namespace growth::json {

/// A scenario that was read, its pack, and what else its text held.
struct Request {
  Scenario<double> scenario;
  const PolicyPack* pack{};
  Json root;
};

[[nodiscard]] Result<Request> read_request(std::string_view text);

}  // namespace growth::json
