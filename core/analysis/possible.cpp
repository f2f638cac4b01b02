#include "analysis/possible.hpp"

#include "sampling/copula.hpp"
#include "sampling/distributions.hpp"

namespace growth::analysis {

/// Below it the quantiles within the range have lost their digits.
constexpr double k_least_probability = 1e-12;

bool leaves_probability(const DistributionOfInput& distribution, Range range) {
  return sampling::TruncatedDistribution(distribution, range).mass() > k_least_probability;
}

bool is_positive_definite(std::span<const double> matrix, std::size_t n) {
  return sampling::cholesky(matrix, n).has_value();
}

}  // namespace growth::analysis
