// Counts that several sources add up to: orders of a session ~ Poisson(Σ rate_j · viewers_j), rates
// never below 0. Identity link, because sources add; maximum likelihood, convex in the rates, by
// Newton's method on those that are not held at 0 (Bertsekas, SIAM J. Control 20, 1982).
#pragma once

#include <cstddef>
#include <vector>

namespace growth::calibrate {

/// Exposures row by row and the count of each row. Exposures and counts are finite and not negative;
/// every column has an exposure above 0, and so has every row with a count above 0.
struct CountsBySource {
  std::size_t sources{};
  std::vector<double> exposures;  ///< rows · sources
  std::vector<double> counts;

  [[nodiscard]] std::size_t rows() const { return counts.size(); }
  [[nodiscard]] double exposure(std::size_t row, std::size_t source) const {
    return exposures[row * sources + source];
  }
};

struct PoissonIdentityFit {
  std::vector<double> rates;
  std::vector<bool> at_zero;
  std::vector<double> expected;  ///< count of each row
  /// Of the rates, row by row, from the observed information, times the dispersion; 0 for those at 0.
  std::vector<double> covariance;
  /// Variance over mean (Pearson, with Fletcher's correction for small counts, Biometrika 99, 2012), at
  /// least 1: counts vary by more than chance where a session's host, goods or day matter.
  double dispersion{1};
  double log_likelihood{};  ///< without the factorials
};

[[nodiscard]] PoissonIdentityFit fit_poisson_identity(const CountsBySource& data);

/// The rate of `source` at which the log likelihood, the other rates at their best, has fallen by
/// dispersion · 1.6449²/2: with 95 % confidence it is not larger. For a rate at 0.
[[nodiscard]] double upper_limit(const CountsBySource& data, const PoissonIdentityFit& fit,
                                 std::size_t source);

/// How well the sources can be told apart at these rates.
struct Separability {
  double condition{1};          ///< of the expected information, scaled to a unit diagonal
  std::vector<bool> entangled;  ///< sources that stand in for each other; none below the limit
};
/// Condition above which sources cannot be told apart: two sources whose viewers have a correlation
/// above 0.998.
inline constexpr double k_worst_condition = 1000;
[[nodiscard]] Separability separability(const CountsBySource& data, const PoissonIdentityFit& fit);

}  // namespace growth::calibrate
