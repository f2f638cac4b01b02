// Estimates as distributions of uncertain inputs, which a plan truncates to each field's range.
#pragma once

#include <optional>

#include "growth/calibrate.hpp"

namespace growth::calibrate {

// Nothing for an estimate without a spread.

[[nodiscard]] std::optional<DistributionOfInput> normal_around(const Estimate& estimate);

/// With the estimate as median and its relative error as sigma: for positive numbers.
[[nodiscard]] std::optional<DistributionOfInput> lognormal_around(const Estimate& estimate);

/// With the estimate's mean and standard deviation: for shares. A share that is hardly known at all
/// (wider than the uniform distribution) becomes the uniform one.
[[nodiscard]] std::optional<DistributionOfInput> beta_around(const Estimate& estimate);

}  // namespace growth::calibrate
