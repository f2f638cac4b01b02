#include "json/known_names.hpp"

#include <algorithm>
#include <numeric>

#include "json/problems.hpp"

namespace growth::json {
namespace {

constexpr std::size_t k_most_edits = 2;
constexpr std::size_t k_longest_name = 64;  // no known name is longer; hostile keys cost nothing

/// Levenshtein (1966) distance.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
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
  for (const auto& [key, value] : object.get_ref<const Json::object_t&>()) {
    if (std::find(names.begin(), names.end(), key) != names.end()) continue;
    errors.push_back(
        unknown_field(join_path(path, key), key, one_of(names).en, nearest_name(key, names)));
  }
}

}  // namespace growth::json
