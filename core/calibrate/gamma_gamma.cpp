#include "calibrate/gamma_gamma.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "calibrate/newton.hpp"
#include "calibrate/pack.hpp"
#include "sampling/gamma_function.hpp"

namespace growth::calibrate {
namespace {

using sampling::digamma_error;
using sampling::k_half_log_two_pi;
using sampling::stirling_error;
using sampling::trigamma;

/// Customers with one number of orders: the sums of their values are in a row.
struct SameOrders {
  double orders;
  std::size_t first;
  std::size_t end;
};

struct SpendSummary {
  std::vector<double> sums;  // orders·mean, by number of orders
  std::vector<SameOrders> runs;
  double log_means{};   // Σ ln(mean)
  double mean_value{};  // of an order

  explicit SpendSummary(std::vector<SpendHistory> customers) {
    std::sort(customers.begin(), customers.end(), [](const SpendHistory& a, const SpendHistory& b) {
      return a.orders < b.orders || (a.orders == b.orders && a.mean < b.mean);
    });
    double orders = 0;
    for (std::size_t i = 0; i < customers.size(); ++i) {
      const auto& [count, mean] = customers[i];
      if (i == 0 || count != runs.back().orders) runs.push_back({count, i, i});
      runs.back().end = i + 1;
      sums.push_back(count * mean);
      log_means += num::log(mean);
      mean_value += sums.back();
      orders += count;
    }
    mean_value /= orders;
  }
};

// With n = p x and w = x z/v:
//   ln L = -ln B(n, q) - ln z - n log1p(1/w) - q log1p(w),
// where the beta function is n log1p(q/n) + q log1p(n/q) and what is left of Stirling's formula, so
// that large p and q do not cancel.
void add_spend(const SpendSummary& summary, const GammaGamma& at, Curve& sum) {
  const auto [p, q, v] = at;
  const double q_left = stirling_error(q);
  const double q_digamma = digamma_error(q);
  const double q_trigamma = trigamma(q);
  sum.value -= summary.log_means;
  for (const SameOrders& run : summary.runs) {
    Pack below{0.0}, above{0.0}, shares{0.0}, spreads{0.0};
    for (std::size_t first = run.first; first < run.end; first += k_lanes) {
      Pack w(1.0), weight(0.0);
      for (int lane = 0; lane < k_lanes && first + lane < run.end; ++lane) {
        w.set_lane(lane, summary.sums[first + lane] / v);
        weight.set_lane(lane, 1);
      }
      const Pack share = w / (1.0 + w);
      below = below + weight * num::log1p(1.0 / w);
      above = above + weight * num::log1p(w);
      shares = shares + weight * share;
      spreads = spreads + weight * (share / (1.0 + w));
    }
    const double customers = static_cast<double>(run.end - run.first);
    const double n = p * run.orders;
    const double all = n + q;
    const double log_below = customers * num::log1p(q / n) - total(below);
    const double log_above = customers * num::log1p(n / q) - total(above);
    const double in_n = log_below + customers * (digamma_error(all) - digamma_error(n));
    const double in_q = log_above + customers * (digamma_error(all) - q_digamma);
    const double all_trigamma = trigamma(all);
    sum.value += n * log_below + q * log_above +
                 customers * (0.5 * num::log(std::min(n, q) * (std::max(n, q) / all)) -
                              k_half_log_two_pi + (stirling_error(all) - stirling_error(n) - q_left));
    sum.gradient[0] += n * in_n;
    sum.gradient[1] += q * in_q;
    sum.gradient[2] += all * total(shares) - customers * n;
    sum.hessian[0][0] += n * in_n + customers * (n * n * (all_trigamma - trigamma(n)));
    sum.hessian[1][0] += customers * (n * q * all_trigamma);
    sum.hessian[1][1] += q * in_q + customers * (q * q * (all_trigamma - q_trigamma));
    sum.hessian[2][0] += n * (total(shares) - customers);
    sum.hessian[2][1] += q * total(shares);
    sum.hessian[2][2] -= all * total(spreads);
  }
}

/// ln of the median of a gamma distribution of this shape and scale 1: the root of
/// ln P(shape, e^t) = -ln 2, which rises and is concave in t, by Newton's method.
double log_gamma_median(double shape) {
  constexpr double k_log_half = -0.69314718055994530942;
  // K. P. Choi (Proc. AMS 121, 1994): the next term is below a double's last digit from here on, while
  // the series below would need ever more terms.
  if (shape >= 1000) {
    return num::log(shape - 1.0 / 3 + (8.0 / 405 + 184.0 / 25515 / shape) / shape);
  }
  const double log_constant = sampling::log_gamma(shape + 1);
  // Left of the root for small shapes, about there for large ones (Wilson and Hilferty 1931).
  const double cube_root = 1 - 1 / (9 * shape);
  double t = (log_constant + k_log_half) / shape;
  if (shape > 0.5) t = std::max(t, num::log(shape) + 3 * num::log(cube_root));
  for (int step = 0; step < 60; ++step) {
    // P = x^shape e^-x/Γ(shape+1) (1 + x/(shape+1) + x²/((shape+1)(shape+2)) + …).
    const double x = num::exp(t);
    double series = 1, term = 1;
    for (double k = 1; term > 1e-17 * series; k += 1) {
      term *= x / (shape + k);
      series += term;
    }
    const double log_p = shape * t - x - log_constant + num::log(series);
    const double change = (k_log_half - log_p) * series / shape;
    t += change;
    if (std::abs(change) < 1e-14 * std::max(1.0, std::abs(t))) break;
  }
  return t;
}

}  // namespace

std::optional<GammaGammaFit> fit_gamma_gamma(const std::vector<SpendHistory>& customers,
                                             const GammaGamma* start, const Progress& progress) {
  const SpendSummary summary(customers);
  // The mean comes out right, whatever the currency.
  const GammaGamma from = start ? *start : GammaGamma{4, 4, 0.75 * summary.mean_value};
  int evaluations = 0;
  const auto at = [&](const Point& point, Curve& curve) {
    if (progress && !progress(evaluations / (evaluations + 4.0))) return false;
    add_spend(summary, {num::exp(point[0]), num::exp(point[1]), num::exp(point[2])}, curve);
    ++evaluations;
    return true;
  };
  const auto top = maximum(3, {num::log(from.p), num::log(from.q), num::log(from.v), 0}, at);
  if (!top) return std::nullopt;
  GammaGammaFit fit;
  fit.parameters = {num::exp(top->logarithms[0]), num::exp(top->logarithms[1]),
                    num::exp(top->logarithms[2])};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      fit.log_covariance[3 * i + j] = top->covariance[k_most_parameters * i + j];
    }
  }
  fit.log_likelihood = top->value;
  fit.evaluations = top->evaluations;
  fit.at_boundary = top->at_boundary;
  return fit;
}

double log_likelihood(const GammaGamma& parameters, const SpendHistory& customer) {
  Curve curve;
  add_spend(SpendSummary({customer}), parameters, curve);
  return curve.value;
}

std::optional<double> expected_spend(const GammaGamma& parameters, const SpendHistory& customer) {
  const auto [p, q, v] = parameters;
  const double orders = p * customer.orders;
  if (!(orders + q > 1)) return std::nullopt;
  return p * (v + customer.orders * customer.mean) / (orders + (q - 1));
}

std::optional<double> mean_spend(const GammaGamma& parameters) {
  if (!(parameters.q > 1)) return std::nullopt;
  return parameters.p * parameters.v / (parameters.q - 1);
}

std::optional<double> median_spend(const GammaGamma& parameters) {
  const double logarithm =
      num::log(parameters.p) + num::log(parameters.v) - log_gamma_median(parameters.q);
  if (!(logarithm < 709)) return std::nullopt;
  return num::exp(logarithm);
}

double orders_and_spend_correlation(const std::vector<SpendHistory>& customers) {
  double orders = 0, mean = 0;
  for (const SpendHistory& customer : customers) {
    orders += customer.orders;
    mean += customer.mean;
  }
  const double count = static_cast<double>(customers.size());
  orders /= count;
  mean /= count;
  double of_orders = 0, of_mean = 0, together = 0;
  for (const SpendHistory& customer : customers) {
    const double x = customer.orders - orders;
    const double z = customer.mean - mean;
    of_orders += x * x;
    of_mean += z * z;
    together += x * z;
  }
  if (!(of_orders > 0) || !(of_mean > 0)) return 0;
  return together / (std::sqrt(of_orders) * std::sqrt(of_mean));
}

}  // namespace growth::calibrate
