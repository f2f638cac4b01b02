// Descriptions of what goes in and out, generated from the catalogues.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/document.hpp"

namespace growth::json {

/// "scenario": JSON Schema of a scenario; "catalogue": every field and quantity with unit, range, words
/// and sources; further ids: JSON Schemas of the shipped data files.
[[nodiscard]] std::vector<std::string> schema_ids();
[[nodiscard]] Json schema_list();
/// Null where there is no schema of that id.
[[nodiscard]] Json schema(std::string_view id);

}  // namespace growth::json
