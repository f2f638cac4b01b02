#include "calibrate/repeat_curve.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "calibrate/observed.hpp"
#include "calibrate/repeat_decay.hpp"
#include "number/elementary.hpp"

namespace growth::calibrate {
namespace {

constexpr double k_weeks_per_month = static_cast<double>(k_days_per_month) / k_days_per_week;
constexpr int k_window_months = 12;
// The standard normal's 90 % point.
constexpr double k_z90 = 1.2815515655446004;

double orders_by(const CustomerBaseFit& fit, const Parameters& parameters, int months) {
  return expected_orders(fit.model, parameters, months * k_weeks_per_month);
}

double retention(const CustomerBaseFit& fit, const Parameters& parameters) {
  double before = 0;
  double ages = 0;
  for (int age = 1; age <= k_window_months; ++age) {
    const double until = orders_by(fit, parameters, age);
    ages += age * (until - before);
    before = until;
  }
  return before > 0 ? decay_of_mean_age(ages / before, k_window_months) : 1;
}

double reorder_share(const CustomerBaseFit& fit, const Parameters& parameters) {
  return 1 - order_count_probability(fit.model, parameters, 0, k_window_months * k_weeks_per_month);
}

Estimate natural(const LogEstimate& estimate) {
  return {estimate.value, estimate.value * estimate.log_error};
}

}  // namespace

LogEstimate propagated(const CustomerBaseFit& fit,
                       const std::function<double(const Parameters&)>& quantity) {
  const auto count = static_cast<std::size_t>(parameter_count(fit.model));
  // Central differences in the logarithms; the step leaves half of a double's digits.
  constexpr double k_step = 1e-5;
  const auto log_of = [&](const Parameters& parameters) {
    return num::log(std::max(quantity(parameters), 1e-300));
  };
  std::array<double, 4> slope{};
  for (std::size_t i = 0; i < count; ++i) {
    Parameters up = fit.parameters;
    Parameters down = fit.parameters;
    up[i] *= num::exp(k_step);
    down[i] *= num::exp(-k_step);
    slope[i] = (log_of(up) - log_of(down)) / (2 * k_step);
  }
  double variance = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j)
      variance += slope[i] * fit.log_covariance[i * 4 + j] * slope[j];
  }
  return {quantity(fit.parameters), std::sqrt(std::max(0.0, variance))};
}

RepeatCurve repeat_curve(const OrderLog& log, const CustomerBaseFit& fit, int months,
                         double forecast_error) {
  RepeatCurve curve;
  for (int age = 1; age <= months; ++age) {
    const LogEstimate month = propagated(fit, [&](const Parameters& parameters) {
      return std::max(0.0, orders_by(fit, parameters, age) - orders_by(fit, parameters, age - 1));
    });
    const double spread =
        num::exp(k_z90 * std::min(std::hypot(month.log_error, forecast_error), 100.0));
    curve.p10.push_back(month.value / spread);
    curve.p50.push_back(month.value);
    curve.p90.push_back(month.value * spread);
  }
  const auto length = static_cast<std::size_t>(months);
  std::vector<std::size_t> orders(length);
  curve.exposed.resize(length);
  for_each_customer(log, [&](const Order* begin, const Order* end) {
    const auto whole_months = static_cast<std::size_t>((log.last - begin->day) / k_days_per_month);
    const std::size_t reach = std::min(whole_months, length);
    for (std::size_t age = 0; age < reach; ++age) ++curve.exposed[age];
    for (const Order* order = begin + 1; order != end; ++order) {
      const auto age = static_cast<std::size_t>((order->day - begin->day - 1) / k_days_per_month);
      if (age < reach) ++orders[age];
    }
  });
  for (std::size_t age = 0; age < length; ++age) {
    curve.observed.push_back(curve.exposed[age] == 0 ? std::optional<double>()
                                                     : static_cast<double>(orders[age]) /
                                                           static_cast<double>(curve.exposed[age]));
  }
  return curve;
}

RepeatFormula repeat_formula(const CustomerBaseFit& fit, double forecast_error) {
  LogEstimate orders = propagated(fit, [&](const Parameters& p) {
    return orders_by(fit, p, k_window_months) / std::max(reorder_share(fit, p), 1e-300);
  });
  orders.log_error = std::hypot(orders.log_error, forecast_error);
  return {natural(propagated(fit, [&](const Parameters& p) { return reorder_share(fit, p); })),
          natural(orders),
          natural(propagated(fit, [&](const Parameters& p) { return retention(fit, p); }))};
}

}  // namespace growth::calibrate
