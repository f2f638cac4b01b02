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

/// A request of a command that has keys of its own beside the scenario. A scenario with problems is
/// read as far as it goes, so that those of the command's own keys can be told with them.
struct Draft {
  Request request;        ///< what is wrong has its default
  Errors errors;          ///< of the scenario in field order; readers of other keys append theirs
  bool legal{};           ///< the scenario may be planned
  bool channels_known{};  ///< every channel could be read

  /// Whether a path that names nothing of the scenario is wrong for certain: not where it may mean a
  /// channel that could not be read.
  [[nodiscard]] bool knows(std::string_view path) const {
    return channels_known || path.substr(0, 8) != "channels";
  }
};

/// Fails where nothing can be told of other keys either: the text is no JSON object, or holds doubled
/// keys or numbers that are none.
[[nodiscard]] Result<Draft> read_draft(std::string_view text);

}  // namespace growth::json
