// The shipped policies, presets and figures as parsed objects.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/data.hpp"
#include "growth/policy.hpp"
#include "json/document.hpp"

namespace growth::json {

[[nodiscard]] std::vector<std::string> names_of(data::Files files);
[[nodiscard]] Json content(const data::File& file);
/// The parsed file of that name; null (JSON) where there is none. Shipped files always parse.
[[nodiscard]] Json load(data::Files files, std::string_view name);

/// A shipped pack, null where there is none of that id. Parsed once; lives as long as the program.
[[nodiscard]] const PolicyPack* find_pack(std::string_view id);

/// A pack in the form of core/data/policies; problems are appended with their paths.
[[nodiscard]] PolicyPack read_pack(const Json& json, Errors& errors);

}  // namespace growth::json
