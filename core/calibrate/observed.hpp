// The customers of an order log as the models see them: what each did up to a day, and after it.
#pragma once

#include <cstdint>
#include <vector>

#include "calibrate/clock.hpp"
#include "calibrate/customer_base.hpp"
#include "calibrate/order_log.hpp"

namespace growth::calibrate {

/// Up to the end of calibration, with what came after.
struct ObservedCustomer {
  DayHistory history;              ///< in days
  Day first{};                     ///< day of the first order
  std::uint32_t customer{};        ///< of the log
  std::uint32_t held_out{};        ///< orders after the end of calibration
  std::uint32_t valued_repeats{};  ///< repeat orders before it that have a value
  double mean_value{};             ///< of these
};

/// Customers whose first order came by `calibration_end`, by history and first day.
struct ObservedBase {
  std::vector<ObservedCustomer> customers;
  Histories histories;  ///< of the same customers, in the same order
  Day calibration_end{};
  Day last{};  ///< of the record
  double held_out_weeks{};
  std::uint64_t repeats{};
};

[[nodiscard]] ObservedBase observe(const OrderLog& log, Day calibration_end, const Clock& clock);

/// Customers whose first order came on the same day.
struct Starters {
  Day first{};
  double customers{};
};
/// In rising order of the day.
[[nodiscard]] std::vector<Starters> starters(const ObservedBase& base);

/// Calls visit(begin, end) with the range of orders of every customer of the log.
template <class Visit>
void for_each_customer(const OrderLog& log, Visit&& visit) {
  const Order* const end = log.orders.data() + log.orders.size();
  for (const Order* begin = log.orders.data(); begin != end;) {
    const Order* next = begin;
    while (next != end && next->customer == begin->customer) ++next;
    visit(begin, next);
    begin = next;
  }
}

}  // namespace growth::calibrate
