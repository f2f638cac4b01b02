// What orders are worth, and how much of it hangs on few customers.
#pragma once

#include <optional>

#include "calibrate/order_log.hpp"

namespace growth::calibrate {

/// Nothing where the file has no amounts. Orders without a value (amount 0) are left out.
[[nodiscard]] std::optional<OrderValues> order_values(const OrderLog& log);

[[nodiscard]] Concentration concentration(const OrderLog& log);

}  // namespace growth::calibrate
