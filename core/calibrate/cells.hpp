// What merchants' files hold in a cell: amounts with ¥, thousands separators and full-width digits;
// dates as people and programs write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "growth/calibrate.hpp"

namespace growth::calibrate {

/// A number as it stands in a cell: `1,234.50`, `¥1，234.5`, `１２３４`, `1.2万`, `12%`, `(35.00)` or
/// `-35` for a negative one, with spaces, quotes and a leading apostrophe taken off. Nothing for
/// anything else (never a part of it), infinite or not a number.
struct CellNumber {
  double value{};
  std::string_view currency;  ///< "CNY", "USD", … where a sign or code says so, else empty
};
[[nodiscard]] std::optional<CellNumber> number_in(std::string_view cell);

/// `2026-11-21`, `2026/1/2`, `2026.1.2`, `20261121`, `2026年1月2日`, `2026-11-21T08:30:00+08:00`,
/// `21/11/2026`, `Nov 21, 2026`, Excel serials (20000..80000, with a fraction for the time), with
/// full-width digits and a time of day behind, which is dropped. Nothing for anything else and for days
/// no calendar has.
[[nodiscard]] std::optional<Day> day_in(std::string_view cell, DateOrder order);

/// Days since 1970-01-01 of a civil date, and back (Howard Hinnant, chrono-compatible algorithms).
[[nodiscard]] Day day_of(int year, int month, int day);
struct CivilDate {
  int year{};
  int month{};
  int day{};
};
[[nodiscard]] CivilDate civil(Day day);
/// `2026-11-21`.
[[nodiscard]] std::string date_text(Day day);

/// A cell without surrounding spaces (the full-width one too), quotes and the apostrophe of Excel.
[[nodiscard]] std::string_view trimmed(std::string_view cell);
/// Full-width letters, digits and punctuation as their usual forms, letters in lower case: for
/// comparing words.
[[nodiscard]] std::string folded(std::string_view cell);

}  // namespace growth::calibrate
