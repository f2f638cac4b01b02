#include "sampling/incomplete_beta.hpp"

#include "sampling/gamma_function.hpp"
#include "sampling/normal.hpp"

namespace growth::sampling {
namespace {

constexpr double k_log_two_pi = 1.8378770664093454836;

// Where a fraction used on the wrong side of its border still converges well.
constexpr double k_near_border = 0.25;
constexpr double k_nearly_all = 0.95;
constexpr double k_log_nearly_all = -0.0513;

/// I_x(a, b) B(a, b)/(x^a y^b) as a continued fraction, fast below (a + 1)/(a + b + 2). `delta` is
/// b x - a y, so that nothing cancels where a or b is large: DiDonato and Morris, "Significant digit
/// computation of the incomplete beta function ratios", ACM TOMS 18 (1992), BFRAC.
double continued_fraction(double a, double b, double x, double y, double delta) {
  constexpr double k_enough = 0x1p-52;
  const double c = 1 - delta;
  const double c0 = b / a;
  const double c1 = 1 + 1 / a;
  double p = 1;
  double s = a + 1;
  double above_before = 0;
  double below_before = 1;
  double above = 1;
  double below = c / c1;
  double result = c1 / c;
  for (double n = 1; n <= 100000; n += 1) {
    const double share = n / a;
    const double w = n * (b - n) * x;
    const double ratio = a / s;
    const double alpha = p * (p + c0) * ratio * ratio * (w * x);
    const double beta = n + w / s + (1 + share) / (c1 + 2 * share) * (c + n * (1 + y));
    p = 1 + share;
    s += 2;
    const double next_above = alpha * above_before + beta * above;
    const double next_below = alpha * below_before + beta * below;
    // Rescaled so that the recurrence neither overflows nor vanishes.
    above_before = above / next_below;
    below_before = below / next_below;
    const double next = next_above / next_below;
    above = next;
    below = 1;
    const double change = next - result;
    result = next;
    if (change <= k_enough * next && -change <= k_enough * next) break;
  }
  return result;
}

/// log(1 - e^x) for x < 0.
double log_of_complement(double x) {
  return x < -0.7 ? num::log1p(-num::exp(x)) : num::log(-num::expm1(x));
}

}  // namespace

/// x, 1 - x and their logarithms.
struct BetaShape::Place {
  double x;
  double y;
  double log_x;
  double log_y;

  static Place at(double t) {
    const double e = num::exp(t < 0 ? t : -t);
    const double log_large = -num::log1p(e);
    const double large = 1 / (1 + e);
    const double small = e * large;
    if (t < 0) return {small, large, t + log_large, log_large};
    return {large, small, log_large, log_large - t};
  }
};

BetaShape::BetaShape(double a, double b) : a_(a), b_(b) {
  const double n = a + b;
  const double smaller = a < b ? a : b;
  const double larger = a < b ? b : a;
  log_constant_ = 0.5 * (num::log(smaller * (larger / n)) - k_log_two_pi) +
                  (stirling_error(n) - stirling_error(a) - stirling_error(b));
  log_n_over_a_ = num::log1p(b / a);
  log_n_over_b_ = num::log1p(a / b);
}

BetaShape BetaShape::mirrored() const {
  BetaShape other = *this;
  other.a_ = b_;
  other.b_ = a_;
  other.log_n_over_a_ = log_n_over_b_;
  other.log_n_over_b_ = log_n_over_a_;
  return other;
}

/// log(x^a y^b/B(a, b)) with delta = b x - a y. Loader's saddle point: as deviations from the mean
/// a/(a+b), so that large parameters do not cancel; as plain powers far from it.
double BetaShape::log_power(const Place& place, double delta) const {
  const double of_x = delta > -0.5 * a_ ? num::log1p(delta / a_) : place.log_x + log_n_over_a_;
  const double of_y = delta < 0.5 * b_ ? num::log1p(-delta / b_) : place.log_y + log_n_over_b_;
  return log_constant_ + (a_ * of_x + b_ * of_y);
}

BetaShape::Density BetaShape::density(double t) const {
  const Place place = Place::at(t);
  const double delta = b_ * place.x - a_ * place.y;
  return {log_power(place, delta), -delta};
}

Tails BetaShape::tails(double x, double y) const {
  if (x <= 0) return {0, 1};
  if (y <= 0) return {1, 0};
  const double delta = b_ * x - a_ * y;
  const double density_of_logit = num::exp(log_power({x, y, num::log(x), num::log(y)}, delta));
  const auto from_below = [&] { return density_of_logit * continued_fraction(a_, b_, x, y, delta); };
  const auto from_above = [&] { return density_of_logit * continued_fraction(b_, a_, y, x, -delta); };
  // The fraction of the far side converges faster, but a small tail keeps its digits only by its own.
  const double border = (a_ + 1) / (a_ + b_ + 2);
  const double border_of_y = (b_ + 1) / (a_ + b_ + 2);
  if (x < border) {
    const double lower = from_below();
    const bool own = lower > k_nearly_all && x > k_near_border * border;
    return {lower, own ? from_above() : 1 - lower};
  }
  const double upper = from_above();
  const bool own = upper > k_nearly_all && y > k_near_border * border_of_y;
  return {own ? from_below() : 1 - upper, upper};
}

double BetaShape::log_lower_tail(double t, double& log_density) const {
  const Place place = Place::at(t);
  const double delta = b_ * place.x - a_ * place.y;
  log_density = log_power(place, delta);
  if (place.x >= (a_ + 1) / (a_ + b_ + 2)) {
    const double log_upper =
        log_density + num::log(continued_fraction(b_, a_, place.y, place.x, -delta));
    const bool own = log_upper > k_log_nearly_all && place.y > k_near_border * (b_ + 1) / (a_ + b_ + 2);
    // At most 0: rounding must not make a probability of more than one.
    if (!own) return log_of_complement(log_upper < 0 ? log_upper : -0x1p-53);
  }
  return log_density + num::log(continued_fraction(a_, b_, place.x, place.y, delta));
}

double BetaShape::quantile_from_below(double lower) const {
  const double log_p = num::log(lower);
  // The logarithm of the lower tail is concave in t with the asymptote a t - log(a B(a, b)) on the
  // left: the root lies above the asymptote's, and Newton's method climbs to it without overshooting
  // from there on.
  const double log_beta = -(log_constant_ + a_ * log_n_over_a_ + b_ * log_n_over_b_);
  const double asymptotic = (log_p + num::log(a_) + log_beta) / a_;
  constexpr double k_far = -50;
  if (asymptotic < k_far - num::log1p(b_)) return asymptotic;
  const double margin = 1e-9 * (1 + (asymptotic < 0 ? -asymptotic : asymptotic));
  double t = asymptotic;
  if (a_ > 0.5 && b_ > 0.5) {
    const double spread = __builtin_sqrt(1 / a_ + 1 / b_);
    const double as_normal = num::log(a_ / b_) + normal_deviate(lower, 1 - lower) * spread;
    if (as_normal > t) t = as_normal;
  }
  for (int step = 0; step < 100; ++step) {
    double log_density = 0;
    const double log_tail = log_lower_tail(t, log_density);
    const double missing = log_p - log_tail;
    // Newton's method doubles the digits: after a residual of 1e-8 the next one is below rounding.
    const bool last = missing < 1e-8 && missing > -1e-8;
    t += missing * num::exp(log_tail - log_density);
    if (!(t > asymptotic - margin)) t = asymptotic - margin;
    if (last) break;
  }
  return t;
}

double BetaShape::logit_quantile(double lower, double upper) const {
  if (lower <= upper) return lower > 0 ? quantile_from_below(lower) : -__builtin_inf();
  return upper > 0 ? -mirrored().quantile_from_below(upper) : __builtin_inf();
}

double beta_cdf(double x, double a, double b) { return BetaShape(a, b).tails(x, 1 - x).lower; }
double beta_upper_tail(double x, double a, double b) { return BetaShape(a, b).tails(x, 1 - x).upper; }

}  // namespace growth::sampling
