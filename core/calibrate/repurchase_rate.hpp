// The repurchase rate of the last or the first 12 months, by the two definitions merchants use.
#pragma once

#include <optional>

#include "calibrate/order_log.hpp"

namespace growth::calibrate {

/// Of the customers whose first order is at least 12 months (of 30 days) old: the share who ordered
/// again within 12 months of it. Nothing where no customer is that old.
[[nodiscard]] std::optional<MeasuredShare> rate_of_cohort(const OrderLog& log);

/// Length in days of the period of rate_of_period: 12 months, or the whole record if that is shorter.
[[nodiscard]] int period_rate_days(const OrderLog& log);

/// Of the customers who ordered in the last period_rate_days of the record: the share who ordered on
/// two days or more in it.
[[nodiscard]] std::optional<MeasuredShare> rate_of_period(const OrderLog& log);

}  // namespace growth::calibrate
