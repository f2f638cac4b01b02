// What customers of each month of first order did in the months after.
#pragma once

#include "calibrate/order_log.hpp"

namespace growth::calibrate {

[[nodiscard]] CohortTable cohort_table(const OrderLog& log);

}  // namespace growth::calibrate
