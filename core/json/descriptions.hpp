// What describes the calculator rather than computes: schemas, published figures, cases. The browser's
// modules leave their text to files beside them.
#pragma once

#include <string_view>

#include "growth/run.hpp"
#include "json/document.hpp"

namespace growth::json {

[[nodiscard]] Result<std::string> schema_command(std::string_view request, const RunOptions& options);
[[nodiscard]] Result<std::string> facts_command(std::string_view request, const RunOptions& options);
[[nodiscard]] Result<std::string> cases_command(std::string_view request, const RunOptions& options);

}  // namespace growth::json
