// What describes the calculator rather than computes: schemas, published figures, cases. The browser's
// module leaves their text to files beside it and links descriptions_elsewhere.cpp instead.
#pragma once

#include <string_view>

#include "growth/run.hpp"
#include "json/document.hpp"

namespace growth::json {

[[nodiscard]] Result<std::string> schema_command(std::string_view request, const RunOptions& options);
[[nodiscard]] Result<std::string> facts_command(std::string_view request, const RunOptions& options);
[[nodiscard]] Result<std::string> cases_command(std::string_view request, const RunOptions& options);

/// Text of ours, indented for reading.
[[nodiscard]] std::string indented(const std::string& json);

}  // namespace growth::json
