// How many repeat orders a new customer places within a time.
#include <algorithm>

#include "calibrate/customer_base.hpp"
#include "calibrate/gauss_legendre.hpp"
#include "number/elementary.hpp"
#include "sampling/incomplete_beta.hpp"

namespace growth::calibrate {
namespace {

/// Σ_(k<n) ln((r+k)/(k+1)) = ln Γ(r+n)/(Γ(r) n!).
double log_ways(double r, double n) {
  double sum = 0;
  for (double k = 0; k < n; k += 1) sum += num::log1p((r - 1) / (k + 1));
  return sum;
}

/// ln of the probability of n orders in time·alpha weeks of one who never leaves.
double log_purchases(double r, double n, double time) {
  return log_ways(r, n) - r * num::log1p(time) - (n > 0 ? n * num::log1p(1 / time) : 0);
}

/// Probability that one who never leaves places at least n orders.
double at_least(double r, double n, double time) {
  if (n < 1) return 1;
  return sampling::BetaShape(n, r).tails(time / (1 + time), 1 / (1 + time)).lower;
}

/// ln B(a, b+n)/B(a, b).
double log_survived(double a, double b, double n) {
  double sum = 0;
  for (double k = 0; k < n; k += 1) sum -= num::log1p(a / (b + k));
  return sum;
}

/// Both who still are customers after n orders and those who left with the n-th one.
double with_dropout_after_orders(const Parameters& parameters, bool may_leave_at_once, double n,
                                 double weeks) {
  const auto [r, alpha, a, b] = parameters;
  const double time = weeks / alpha;
  const double chances = may_leave_at_once ? n + 1 : n;
  const double still = num::exp(log_survived(a, b, chances) + log_purchases(r, n, time));
  if (chances < 1) return still;
  const double before_last = log_survived(a, b, chances - 1);
  return still + num::exp(before_last) * (a / (a + b + (chances - 1))) * at_least(r, n, time);
}

/// Those who left at τ with n orders till then, over all τ < weeks: an integrand that is log-concave in
/// ln τ.
double left_in_time(const Parameters& parameters, double n, double weeks) {
  constexpr double k_negligible = 40;
  constexpr double k_panel = 1;
  const auto [r, alpha, s, beta] = parameters;
  const double ways = log_ways(r, n);
  const auto log_integrand = [&, r = r, alpha = alpha, s = s, beta = beta](double log_time) {
    const double time = num::exp(log_time);
    const double purchases =
        ways - r * num::log1p(time / alpha) - (n > 0 ? n * num::log1p(alpha / time) : 0);
    return purchases + num::log(s / beta * time) - (s + 1) * num::log1p(time / beta);
  };
  // n alpha/(alpha+τ) - r τ/(alpha+τ) + 1 - (s+1) τ/(beta+τ) falls from n + 1.
  const auto slope = [&, r = r, alpha = alpha, s = s, beta = beta](double log_time) {
    const double time = num::exp(log_time);
    return (n * alpha - r * time) / (alpha + time) + 1 - (s + 1) * (time / (beta + time));
  };
  const double end = num::log(weeks);
  const double begin = std::min(end, num::log(std::min(alpha, beta))) - 700;
  double low = begin, high = end;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = 0.5 * (low + high);
    (slope(middle) > 0 ? low : high) = middle;
  }
  const double mode = slope(end) > 0 ? end : low;
  const double floor = log_integrand(mode) - k_negligible;
  const auto crossing = [&](double outside) {
    if (log_integrand(outside) > floor) return outside;
    double inside = mode;
    for (int halving = 0; halving < 40; ++halving) {
      const double middle = 0.5 * (inside + outside);
      (log_integrand(middle) > floor ? inside : outside) = middle;
    }
    return outside;
  };
  low = crossing(begin);
  high = crossing(end);
  // Large shapes make a narrow peak: then the support is a few deviations wide.
  const int panels = 16 + static_cast<int>((high - low) / k_panel);
  return integral(low, high, panels, [&](double v) { return num::exp(log_integrand(v)); });
}

}  // namespace

double order_count_probability(CustomerBaseModel model, const Parameters& parameters, int orders,
                               double weeks) {
  const double n = orders;
  if (!(weeks > 0)) {
    // Nothing has been bought yet.
    return orders == 0 ? 1 : 0;
  }
  const double time = weeks / parameters[1];
  double probability = 0;
  switch (model) {
    case CustomerBaseModel::nbd: probability = num::exp(log_purchases(parameters[0], n, time)); break;
    case CustomerBaseModel::bg_nbd:
      probability = with_dropout_after_orders(parameters, false, n, weeks);
      break;
    case CustomerBaseModel::mbg_nbd:
      probability = with_dropout_after_orders(parameters, true, n, weeks);
      break;
    case CustomerBaseModel::pareto_nbd:
      probability = num::exp(log_purchases(parameters[0], n, time) -
                             parameters[2] * num::log1p(weeks / parameters[3])) +
                    left_in_time(parameters, n, weeks);
      break;
  }
  return std::min(1.0, probability);
}

}  // namespace growth::calibrate
