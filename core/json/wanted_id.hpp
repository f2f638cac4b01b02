// Requests for shipped data: nothing, or {"id": …}.
#pragma once

#include <string>
#include <string_view>

#include "growth/result.hpp"

namespace growth::json {

/// The id in the request; empty for the list.
[[nodiscard]] Result<std::string> wanted_id(std::string_view request);

}  // namespace growth::json
