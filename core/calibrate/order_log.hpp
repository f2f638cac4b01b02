// An order export made clean: which rows count as orders, and why the others do not.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "calibrate/string_table.hpp"
#include "growth/calibrate.hpp"
#include "growth/table.hpp"

namespace growth::calibrate {

/// One customer's purchases of one day, amounts added.
struct Order {
  std::uint32_t customer{};  ///< from 0, in the order of first appearance in the file
  Day day{};
  double amount{};  ///< in the file's currency; 0 where the file has no amounts
};

struct OrderLog {
  std::vector<Order> orders;  ///< by customer, then by day
  std::uint32_t customers{};
  Day first{};  ///< day of the first and last order that count
  Day last{};
  bool has_amounts{};
  RecordsRead records;  ///< what was read and dropped, for the answer
  StringTable names;    ///< customers as the file calls them, dropped ones among them
  std::vector<std::uint32_t> name_numbers;  ///< of each customer, among the names

  [[nodiscard]] std::string_view name_of(std::uint32_t customer) const {
    return names.text_of(name_numbers[customer]);
  }
};

/// Reads the whole table. Errors: columns that cannot be found, rows that are no CSV, nothing left.
/// Stopped by `progress`: an empty list of errors.
[[nodiscard]] Result<OrderLog> read_order_log(Table& table, const OrdersRequest& request,
                                              const Progress& progress);

}  // namespace growth::calibrate
