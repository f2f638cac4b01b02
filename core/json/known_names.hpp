// Keys an object may hold, and what a misspelt one was meant to be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "growth/result.hpp"
#include "json/document.hpp"

namespace growth::json {

/// Reports every key of `object` that is not among `names`; what is no object is left to others.
void refuse_unknown(const Json& object, const std::string& path, const std::vector<std::string>& names,
                    Errors& errors);

/// The name within two edits of `given`, empty where none is that close.
[[nodiscard]] std::string nearest_name(std::string_view given, const std::vector<std::string>& names);

}  // namespace growth::json
