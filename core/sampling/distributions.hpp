// The distributions of uncertain inputs: their draws, truncated to the field's range.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "growth/fields.hpp"
#include "growth/uncertainty.hpp"
#include "sampling/incomplete_beta.hpp"
#include "sampling/normal.hpp"

namespace growth::sampling {

/// Smallest mean · concentration and (1 - mean) · concentration of a beta: below it the quantiles are
/// 0 and 1 to every digit, and its iteration has nothing to hold on to.
inline constexpr double k_least_beta_shape = 1e-100;

/// Whether the parameters describe a distribution: finite; low ≤ high (equal: always that value) and
/// the mode within them; sd, sigma, median and concentration above 0; a mean of a beta inside (0, 1),
/// not too near its ends for so small a concentration; p10 < p90.
[[nodiscard]] bool is_proper(const DistributionOfInput& distribution);

/// t = logit x of a beta distribution as a piecewise polynomial in z = Φ⁻¹(F(x)), in which it is nearly
/// a straight line: a draw costs a normal quantile and a polynomial instead of an iteration. Pieces
/// are halved until they are good to 1e-12; what is not by then is left to the iteration.
class BetaQuantileTable {
 public:
  explicit BetaQuantileTable(const BetaShape& shape);

  [[nodiscard]] const BetaShape& shape() const { return shape_; }

  /// Logit of the quantile with these tails, lower + upper = 1.
  [[nodiscard]] double logit_quantile(double lower, double upper) const;

 private:
  static constexpr int k_degree = 11;
  struct Piece {
    double centre;
    double inverse_half_width;
    std::array<double, k_degree + 1> coefficients;  // of powers
  };
  struct Walk;
  void build(Walk& walk, int first_cell, int cells);

  BetaShape shape_;
  std::vector<Piece> pieces_;
  std::vector<std::uint16_t> piece_of_cell_;
};

/// A distribution truncated to a range: u becomes F⁻¹(F(low) + u·(F(high) - F(low))), computed in the
/// smaller tail, so that a range far out keeps its digits. Equal u give equal bits by quantile and by
/// quantiles.
class TruncatedDistribution {
 public:
  /// `distribution` must be proper; range.low < range.high, finite. For beta and pert this builds a
  /// table in some tenths of a millisecond.
  TruncatedDistribution(const DistributionOfInput& distribution, Range range);

  /// The draw for u in [0, 1]: within the range. Where the range holds no probability (mass() is 0) it
  /// is the end nearer to the distribution.
  [[nodiscard]] double quantile(double u) const;
  /// The same for each u; both spans have one size and may be the same.
  void quantiles(std::span<const double> u, std::span<double> out) const;
  /// Distribution function of the truncated distribution.
  [[nodiscard]] double cdf(double x) const;
  /// Probability of the range before truncation.
  [[nodiscard]] double mass() const { return mass_; }

 private:
  [[nodiscard]] Tails tails(double x) const;
  template <DistributionKind Kind>
  [[nodiscard]] double draw(double u) const;
  template <class Visitor>
  auto visit_kind(Visitor&& visit) const;

  DistributionKind kind_;
  // Uniform, triangular, pert and beta: the ends and the mode; else mean and sd, or median and sigma.
  double low_{};
  double mode_{};
  double high_{};
  double location_{};
  double spread_{};
  std::vector<BetaQuantileTable> table_;  // of pert and beta

  Range range_;     // what a draw may be
  Tails at_low_{};  // of the whole distribution at the ends of the range
  Tails at_high_{};
  double mass_{};
};

}  // namespace growth::sampling
