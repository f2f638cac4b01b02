// What a command that fits is asked for, beside its table.
#pragma once

#include <string_view>

#include "calibrate/columns.hpp"
#include "growth/calibrate.hpp"
#include "growth/result.hpp"

namespace growth::json {

/// Nothing or an object: `columns` and `date_order` for every kind; of orders also `calibration_end`,
/// `today`, `zero_orders`, `season`, `scope`, `horizon_months`,
/// `discount_rate_monthly` and `list_customers`; of sessions and contracts `today`; the rest of
/// theirs (`scenario`; `period`, `discount_rate`) is left to their commands.
[[nodiscard]] Result<OrdersRequest> read_fit_request(std::string_view text, calibrate::RecordKind kind);

/// The command was called without a table.
[[nodiscard]] Error no_table();

}  // namespace growth::json
