// The repeat curve of a fitted model, its band, and the same in the plan's form.
#include "calibrate/repeat_curve.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "calibrate/cells.hpp"

namespace growth::calibrate {
namespace {

constexpr double k_weeks = 30.0 / 7;

/// An NBD with r/alpha orders per week and hardly any difference between customers.
CustomerBaseFit constant_rate(double per_week, double log_error) {
  CustomerBaseFit fit;
  fit.model = CustomerBaseModel::nbd;
  fit.parameters = {1e6 * per_week, 1e6, 0, 0};
  fit.log_covariance[1 * 4 + 1] = log_error * log_error;
  return fit;
}

CustomerBaseFit cdnow() {
  CustomerBaseFit fit;
  fit.model = CustomerBaseModel::bg_nbd;
  fit.parameters = {.242594522430, 4.41360201901, .792922017226, 2.42590677683};
  for (std::size_t i = 0; i < 4; ++i) fit.log_covariance[i * 5] = 0.01;
  return fit;
}

OrderLog two_customers() {
  OrderLog log;
  log.orders = {{0, 0, 1}, {0, 30, 1}, {0, 31, 1}, {1, 20, 1}, {1, 80, 1}};
  log.customers = 2;
  log.first = 0;
  log.last = 95;
  return log;
}

TEST_CASE("the observed curve counts orders by age among customers old enough") {
  const RepeatCurve curve = repeat_curve(two_customers(), constant_rate(0.1, 0.2), 4);
  // Customer 0 is 95 days old: 3 months; customer 1 is 75: 2 months. Its order at age 60 is of month 2.
  CHECK(curve.exposed == std::vector<std::size_t>{2, 2, 1, 0});
  CHECK(curve.observed[0] == std::optional<double>(0.5));
  CHECK(curve.observed[1] == std::optional<double>(1.0));
  CHECK(curve.observed[2] == std::optional<double>(0.0));
  CHECK_FALSE(curve.observed[3]);
}

TEST_CASE("at a constant rate the curve is flat and its band is the rate's") {
  const RepeatCurve curve = repeat_curve(two_customers(), constant_rate(0.1, 0.2), 6);
  for (std::size_t age = 0; age < 6; ++age) {
    CHECK(curve.p50[age] == doctest::Approx(0.1 * k_weeks).epsilon(1e-9));
    CHECK(curve.p90[age] / curve.p50[age] == doctest::Approx(std::exp(1.2815515655 * 0.2)).epsilon(1e-7));
    CHECK(curve.p10[age] * curve.p90[age] == doctest::Approx(curve.p50[age] * curve.p50[age]));
  }
}

TEST_CASE("the curve's months add up to the orders expected of a new customer") {
  const CustomerBaseFit fit = cdnow();
  const RepeatCurve curve = repeat_curve(two_customers(), fit, 60);
  double sum = 0;
  for (std::size_t age = 0; age < 60; ++age) {
    sum += curve.p50[age];
    CHECK(curve.p10[age] <= curve.p50[age]);
    CHECK(curve.p50[age] <= curve.p90[age]);
    if (age > 0) CHECK(curve.p50[age] <= curve.p50[age - 1]);
  }
  CHECK(sum == doctest::Approx(expected_orders(fit.model, fit.parameters, 60 * k_weeks)));
}

TEST_CASE("the formula gives the model's orders and their mean age within 12 months") {
  const CustomerBaseFit fit = cdnow();
  const RepeatFormula formula = repeat_formula(fit);
  const double orders = expected_orders(fit.model, fit.parameters, 12 * k_weeks);
  CHECK(formula.rate.value * formula.orders_per_repeater.value == doctest::Approx(orders));
  CHECK(formula.orders_per_repeater.value >= 1);
  // m(a) of the plan's formula: rate·orders·(1-δ)δ^(a-1)/(1-δ^12).
  const double d = formula.retention.value;
  double age_of_formula = 0;
  double age_of_model = 0;
  for (int age = 1; age <= 12; ++age) {
    age_of_formula += age * (1 - d) * std::pow(d, age - 1) / (1 - std::pow(d, 12));
    age_of_model += age *
                    (expected_orders(fit.model, fit.parameters, age * k_weeks) -
                     expected_orders(fit.model, fit.parameters, (age - 1) * k_weeks)) /
                    orders;
  }
  CHECK(age_of_formula == doctest::Approx(age_of_model).epsilon(1e-9));
  CHECK(formula.rate.standard_error > 0);
  CHECK(formula.retention.standard_error > 0);
}

TEST_CASE("a constant rate keeps all its customers' orders: retention 1") {
  CHECK(repeat_formula(constant_rate(0.1, 0.2)).retention.value == doctest::Approx(1).epsilon(1e-9));
}

TEST_CASE("errors propagate as powers do") {
  // The logarithm of r²/alpha has the variance 4·0.04 + 0.01 - 4·cov.
  CustomerBaseFit fit = constant_rate(0.5, 0.1);
  fit.log_covariance[0] = 0.04;
  fit.log_covariance[1] = fit.log_covariance[4] = 0.005;
  const LogEstimate estimate =
      propagated(fit, [](const Parameters& p) { return p[0] * p[0] / p[1]; });
  CHECK(estimate.log_error == doctest::Approx(std::sqrt(0.16 + 0.01 - 0.02)).epsilon(1e-8));
}

}  // namespace
}  // namespace growth::calibrate
