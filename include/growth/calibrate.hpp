// Calibration: what a merchant's own records say about the inputs of the plan (section 11 of the
// method). Order exports give repeat purchase and order values, session logs give conversion and the
// room's leverage, contracts give retention. Each with its uncertainty, and with what the records
// cannot tell.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "growth/result.hpp"
#include "growth/table.hpp"
#include "growth/uncertainty.hpp"

namespace growth {

/// Days since 1970-01-01.
using Day = std::int32_t;

enum class CustomerBaseModel { nbd, bg_nbd, mbg_nbd, pareto_nbd };
/// "nbd", "bg_nbd", …
[[nodiscard]] std::string_view customer_base_model_name(CustomerBaseModel model);

/// Why a row is not an order (or a session, or a contract) of its own.
enum class DropReason {
  empty_row,
  missing_customer,  ///< guests
  missing_date,
  missing_amount,
  bad_date,
  bad_amount,
  future_date,
  cancelled,  ///< cancelled or never paid
  refunded,   ///< whole order refunded, or a negative amount
  zero_amount,
  test_order,
  duplicate_order,  ///< same order id again
  same_day,         ///< added to the customer's other order of that day
  other_currency,
  bad_number,  ///< of a session or contract
};
[[nodiscard]] std::string_view drop_reason_name(DropReason reason);

/// A column that was recognised: what it stands for and what it is called in the file.
struct RecognisedColumn {
  std::string field;  ///< "customer", "date", "amount", "order_id", "status", …
  std::string name;   ///< as in the file
  std::size_t index{};
};

/// The rows of one reason: how many, and the numbers of the first of them.
struct Dropped {
  DropReason reason{};
  std::size_t count{};
  std::vector<std::size_t> rows;  ///< at most k_most_listed_rows
};
inline constexpr std::size_t k_most_listed_rows = 100;

/// What was read of a table.
struct RecordsRead {
  std::size_t rows{};  ///< without the column names
  std::vector<RecognisedColumn> columns;
  std::vector<Dropped> dropped;  ///< reasons that occurred, in their order
  std::string currency;          ///< "CNY" unless the file says otherwise
};

/// A column by the merchant's choice: the file's name for it, or its number from 1.
struct ColumnChoice {
  std::string field;
  std::string name;
};

enum class ZeroOrders { first_only, drop, keep };

struct OrdersRequest {
  std::vector<ColumnChoice> columns;  ///< others are recognised
  std::optional<Day> calibration_end;
  std::optional<Day> today;  ///< orders after it are future dates; without it nothing is
  /// Zero orders are samples and gifts: dropped, unless they are all a customer has (first_only).
  ZeroOrders zero_orders{ZeroOrders::first_only};
};

}  // namespace growth
