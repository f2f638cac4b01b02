// Repeat orders per customer by age: measured, as the fitted model expects them with a band, and in the
// form of the plan's inputs.
#pragma once

#include <functional>
#include <optional>

#include "calibrate/clock.hpp"
#include "calibrate/customer_base.hpp"
#include "calibrate/order_log.hpp"

namespace growth::calibrate {

/// A positive function of the parameters at the estimates, and the standard error of its logarithm that
/// the covariance of the estimates gives it (delta method).
struct LogEstimate {
  double value{};
  double log_error{};
};
[[nodiscard]] LogEstimate propagated(const CustomerBaseFit& fit,
                                     const std::function<double(const Parameters&)>& quantity);

/// The model's curve over `months` months with its 10 % and 90 % points; `observed` and `exposed` from
/// the whole log.
[[nodiscard]] RepeatCurve repeat_curve(const OrderLog& log, const CustomerBaseFit& fit, int months);

/// Share who reorder within 12 months, their orders, and the decay that gives the curve's mean age of a
/// repeat order within that window.
[[nodiscard]] RepeatFormula repeat_formula(const CustomerBaseFit& fit);

}  // namespace growth::calibrate
