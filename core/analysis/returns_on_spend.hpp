// ROI of the media spend as the trade uses the word: one result, several definitions, and what turns
// one into the other.
#pragma once

#include <vector>

#include "growth/breakdown.hpp"

namespace growth::analysis {

/// Paid, settled, net and overall, in this order.
[[nodiscard]] std::vector<ReturnOnSpend> returns_on_spend(const Plan& plan);
[[nodiscard]] std::vector<ReturnConversion> return_conversions(const Plan& plan);

}  // namespace growth::analysis
