// Whether a distribution can be drawn from.
#pragma once

#include <cstddef>
#include <span>

#include "growth/fields.hpp"
#include "growth/uncertainty.hpp"

namespace growth::analysis {

/// Whether a proper distribution has more than a vanishing part of its probability within `range`.
[[nodiscard]] bool leaves_probability(const DistributionOfInput& distribution, Range range);

[[nodiscard]] bool is_positive_definite(std::span<const double> matrix, std::size_t n);

}  // namespace growth::analysis
