// Values of a request, read one by one: what is not as it should be is reported with its path, and
// nothing comes back. So does nothing of what is absent, which is no problem unless it `is_there`.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "growth/fields.hpp"
#include "growth/result.hpp"
#include "json/document.hpp"

namespace growth::json {

/// Where a value stands, and the name a merchant knows it by (empty: the path).
struct Place {
  const Json* value{};  ///< null: absent
  std::string path;
  Text label{};
};

[[nodiscard]] Place member_of(const Json& object, std::string_view path, std::string_view name,
                              Text label = {});
[[nodiscard]] Place entry_of(const Json& list, std::string_view path, std::size_t index,
                             Text label = {});

/// Reports what is absent; `allowed` says what it must be.
bool is_there(const Place& place, Message allowed, Errors& errors);

bool is_object(const Place& place, Errors& errors);
bool is_list(const Place& place, Errors& errors);

/// Every number JSON can write.
inline constexpr Range k_all_numbers{std::numeric_limits<double>::lowest(),
                                     std::numeric_limits<double>::max()};

/// A number within `range`, which is told in `unit`.
[[nodiscard]] std::optional<double> read_number(const Place& place, Range range, Errors& errors,
                                                Unit unit = Unit::none);
[[nodiscard]] std::optional<double> read_whole(const Place& place, Range range, Errors& errors);

/// Null where there is none; it lives as long as the JSON.
[[nodiscard]] const std::string* read_text(const Place& place, Errors& errors);

/// One of a few words, by its position.
[[nodiscard]] std::optional<std::size_t> read_choice(const Place& place,
                                                     const std::vector<std::string>& words,
                                                     Errors& errors);

}  // namespace growth::json
