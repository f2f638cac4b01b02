// Text to JSON, strictly: UTF-8, no duplicate keys, bounded size and depth; every problem with its
// place. What nlohmann/json would accept silently (the last of two equal keys, a number that became
// infinite) is reported.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

#include "growth/result.hpp"

namespace growth::json {

using Json = nlohmann::ordered_json;

inline constexpr std::size_t k_largest_scenario = 4u << 20;  // bytes
inline constexpr int k_deepest = 64;

struct Document {
  Json root;
  Errors errors;  ///< conflicts (duplicate keys) and numbers beyond a double; the root is usable
  std::set<std::string> bad_paths;  ///< of `errors`: not to be reported again
};

/// Fails on text that is no JSON, too large or too deep.
[[nodiscard]] Result<Document> parse(std::string_view text);

/// A member of an object by name, null where it is absent or `object` is none.
[[nodiscard]] const Json* find(const Json& object, std::string_view name);

/// What was given, for an error: a scalar itself, {…} of an object, the length of a list, long texts
/// cut.
[[nodiscard]] Given given(const Json& value);

/// A double as JSON writes it: the shortest text that reads back to the same number.
[[nodiscard]] std::string number_text(double value);

[[nodiscard]] std::string join_path(std::string_view parent, std::string_view name);
[[nodiscard]] std::string index_path(std::string_view parent, std::size_t index);

}  // namespace growth::json
