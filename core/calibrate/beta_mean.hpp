// Means over customers of what depends on their probability p of leaving after an order.
#pragma once

#include <algorithm>

#include "calibrate/gauss_legendre.hpp"
#include "number/elementary.hpp"
#include "sampling/incomplete_beta.hpp"

namespace growth::calibrate {

/// E[f(p)] for p beta distributed with parameters a and b, for positive falling functions f whose
/// elasticity d ln f/d ln p lies within [-steepest, 0] and which are constant to the last digit for
/// p < 1e-15 `scale`. By quadrature in logit p between where the density is negligible or both ends are
/// known in closed form: no pole and no cancellation for any a and b. `f` is called for rising p.
template <class Function>
[[nodiscard]] double beta_mean(double a, double b, double scale, double steepest, Function f) {
  constexpr double k_negligible = 34;
  constexpr double k_widest_panel = 4;  // the poles of what is integrated are π away
  constexpr double k_panel_in_deviations = 3;
  constexpr double k_log_rounding = -34.5;  // ln 1e-15
  const sampling::BetaShape shape(a, b);
  const auto log_density = [&](double v) { return shape.density(v).logarithm; };
  // Left of `first` p^a and right of `last` (1-p)^b is all that still changes.
  const double first = k_log_rounding + std::min(num::log(scale), -num::log1p(b));
  const double last = -k_log_rounding + num::log1p(a + steepest);
  const double mode = std::clamp(num::log(a / b), first, last);
  const double floor = log_density(mode) - k_negligible;
  // Where a function that falls from `inside` to `outside` passes the floor, or a little outside.
  const auto crossing = [&](double inside, double outside, const auto& height) {
    for (int halving = 0; halving < 12; ++halving) {
      const double middle = 0.5 * (inside + outside);
      (height(middle) > floor ? inside : outside) = middle;
    }
    return outside;
  };

  double low = first;
  if (a > steepest) {
    // As far as f may have risen to the left of the mode.
    const auto height = [&](double v) { return log_density(v) + steepest * (mode - v); };
    const double top = std::clamp(num::log((a - steepest) / (b + steepest)), first, mode);
    if (height(first) < floor) low = crossing(top, first, height);
  }
  double high = last;
  if (log_density(last) < floor) high = crossing(mode, last, log_density);

  const double deviation = __builtin_sqrt(1 / (1 + a * b / (a + b)));
  const double panel = std::min(k_widest_panel, k_panel_in_deviations * deviation);
  double sum = 0;
  if (low == first) {
    const double p = num::exp(first);
    sum += num::exp(log_density(first)) / a * f(p);
  }
  const int panels = 1 + static_cast<int>((high - low) / panel);
  sum += integral(low, high, panels, [&](double v) {
    const double e = num::exp(v < 0 ? v : -v);
    return num::exp(log_density(v)) * f((v < 0 ? e : 1) / (1 + e));
  });
  if (high == last) sum += num::exp(log_density(last)) / b * f(1.0);
  return sum;
}

}  // namespace growth::calibrate
