#include "analysis/possible.hpp"

#include "sampling/copula.hpp"
#include "sampling/distributions.hpp"

namespace growth::analysis {

/// Below it the quantiles within the range have lost their digits.
constexpr double k_least_probability = 1e-12;

bool is_proper(const DistributionOfInput& distribution) { return sampling::is_proper(distribution); }

std::optional<double> median_within(const DistributionOfInput& distribution, Range range) {
  const sampling::TruncatedDistribution truncated(distribution, range);
  if (!(truncated.mass() > k_least_probability)) return {};
  return truncated.quantile(0.5);
}

bool is_positive_definite(std::span<const double> matrix, std::size_t n) {
  return sampling::cholesky(matrix, n).has_value();
}

}  // namespace growth::analysis
