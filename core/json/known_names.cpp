#include "json/known_names.hpp"

#include <algorithm>

#include "json/problems.hpp"

namespace growth::json {
namespace {

constexpr std::size_t k_most_edits = 2;
constexpr std::size_t k_longest_name = 64;  // no known name is longer; hostile keys cost nothing

/// Levenshtein (1966) distance; b is at most k_most_edits letters longer than the longest name.
std::size_t edits(std::string_view a, std::string_view b) {
  std::size_t row[k_longest_name + k_most_edits + 1];
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string nearest_name(std::string_view given, const std::vector<std::string>& names) {
  if (given.size() > k_longest_name) return "";
  std::size_t best = k_most_edits + 1;
  std::string nearest;
  for (const std::string& name : names) {
    // At least as many letters are put in or left out. (This is where hostile keys spend their time.)
    if (name.size() > given.size() + k_most_edits || given.size() > name.size() + k_most_edits) continue;
    const std::size_t distance = edits(given, name);
    if (distance < best) {
      best = distance;
      nearest = name;
    }
  }
  return nearest;
}

void refuse_unknown(const Json& object, const std::string& path, const std::vector<std::string>& names,
                    Errors& errors) {
  if (!object.is_object()) return;
  std::string allowed;
  for (const auto& [key, value] : object.get_ref<const Json::object_t&>()) {
    if (std::find(names.begin(), names.end(), key) != names.end()) continue;
    if (allowed.empty()) allowed = one_of(names).en;
    errors.push_back(unknown_field(join_path(path, key), key, allowed, nearest_name(key, names)));
  }
}

}  // namespace growth::json
