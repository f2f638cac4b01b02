// The language in which quantities.hpp states formulas: numbers, + - * / ^, comparisons, inputs by
// path, quantities by id, and the functions of the model. It is read here, never by the page, so an
// explanation is made of the same numbers as the result.
//
//   prev(x)      x of the month before                sum(x), lowest(x), last(x)   over the months
//   channels(x)  Σ over paid channels, with channel.monthly_spend … in x
//   season       the season factor of the month       month    1, 2, …
//   min max clamp select exp expm1 log log1p saturate hill saturation geometric_sum share whole
//   fraction
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "growth/plan.hpp"

namespace growth::analysis {

/// Value of a formula in a finished plan, in month `month` (0-based).
[[nodiscard]] double evaluate(std::string_view formula, const Plan& plan, int month);

/// Value of an input path or of a quantity's id. The id must exist.
[[nodiscard]] double value_of(std::string_view id, const Plan& plan, int month);

/// A formula in its parts, which together give it back.
struct FormulaPart {
  enum class Kind { name, function, other } kind;
  std::string_view text;
};
[[nodiscard]] std::vector<FormulaPart> parts_of(std::string_view formula);

/// Whether a formula reaches over other months or over channels, so that a name in it stands for more
/// than one number.
[[nodiscard]] bool reaches_beyond_month(const std::vector<FormulaPart>& parts);

}  // namespace growth::analysis
