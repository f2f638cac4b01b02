// Whether a distribution can be drawn from.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "growth/fields.hpp"
#include "growth/uncertainty.hpp"

namespace growth::analysis {

/// Whether the parameters describe a distribution that can be drawn from.
[[nodiscard]] bool is_proper(const DistributionOfInput& distribution);

/// Median of a proper distribution within `range`; nothing where only a vanishing part of its
/// probability lies there.
[[nodiscard]] std::optional<double> median_within(const DistributionOfInput& distribution, Range range);

[[nodiscard]] bool is_positive_definite(std::span<const double> matrix, std::size_t n);

}  // namespace growth::analysis
