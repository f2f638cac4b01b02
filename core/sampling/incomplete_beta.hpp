// The regularised incomplete beta function and its inverse.
#pragma once

namespace growth::sampling {

/// Both tails of a distribution at one place; each accurate relative to itself where it is the smaller.
struct Tails {
  double lower;
  double upper;
};

/// A beta distribution on (0, 1), seen in t = logit x: there its density is log-concave for all shapes,
/// and neither end of the interval is out of reach.
class BetaShape {
 public:
  /// a and b positive.
  BetaShape(double a, double b);

  /// The distribution of 1 - x.
  [[nodiscard]] BetaShape mirrored() const;

  /// Below and above x, where y = 1 - x is given, too.
  [[nodiscard]] Tails tails(double x, double y) const;

  /// Logarithm of the density of t, which is x^a y^b / B(a, b), and its derivative a y - b x.
  struct Density {
    double logarithm;
    double slope;
  };
  [[nodiscard]] Density density(double t) const;

  /// The t with these tails, lower + upper = 1: Newton's method on the smaller one. -∞ and ∞ where
  /// one of them is 0.
  [[nodiscard]] double logit_quantile(double lower, double upper) const;

 private:
  struct Place;
  [[nodiscard]] double log_power(const Place& place, double delta) const;
  [[nodiscard]] double log_lower_tail(double t, double& log_density) const;
  [[nodiscard]] double quantile_from_below(double lower) const;

  double a_;
  double b_;
  double log_constant_;  // of sqrt(a b/(2 π (a+b))) and the Stirling errors
  double log_n_over_a_;
  double log_n_over_b_;
};

/// I_x(a, b) for x in [0, 1] and a, b > 0, and 1 - I_x(a, b). At least 12 digits for a and b within
/// 1e-3 … 1e6, of the smaller of both.
[[nodiscard]] double beta_cdf(double x, double a, double b);
[[nodiscard]] double beta_upper_tail(double x, double a, double b);

}  // namespace growth::sampling
