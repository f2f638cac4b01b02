// A season's index from the repeat orders that a fitted model did not expect.
#pragma once

#include <optional>

#include "calibrate/clock.hpp"
#include "calibrate/comparison.hpp"
#include "calibrate/observed.hpp"

namespace growth::calibrate {

/// Observed over expected repeat orders per calendar month up to the end of calibration, mean 1 over
/// the months seen; 1 for a month with fewer than 30 expected orders. `clock` is what `expected` was
/// fitted in.
[[nodiscard]] SeasonIndex season_index(const OrderLog& log, const ObservedBase& base,
                                       const Clock& clock, const ExpectedOrders& expected);

}  // namespace growth::calibrate
