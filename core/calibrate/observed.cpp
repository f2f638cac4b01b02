#include "calibrate/observed.hpp"

#include <algorithm>
#include <tuple>

namespace growth::calibrate {

ObservedBase observe(const OrderLog& log, Day calibration_end, const Clock& clock) {
  ObservedBase base;
  base.calibration_end = calibration_end;
  base.last = log.last;
  base.held_out_weeks = clock.weeks(calibration_end, log.last);
  base.customers.reserve(log.customers);
  for_each_customer(log, [&](const Order* begin, const Order* end) {
    if (begin->day > calibration_end) return;
    const Order* const after =
        std::find_if(begin, end, [&](const Order& order) { return order.day > calibration_end; });
    const auto days = [&](Day to) { return static_cast<std::uint32_t>(to - begin->day); };
    ObservedCustomer customer;
    customer.history = {static_cast<std::uint32_t>(after - begin - 1), days((after - 1)->day),
                        days(calibration_end)};
    customer.first = begin->day;
    customer.customer = begin->customer;
    for (const Order* order = begin + 1; order < after; ++order) {
      if (!(order->amount > 0)) continue;
      ++customer.valued_repeats;
      customer.mean_value += order->amount;
    }
    if (customer.valued_repeats > 0) customer.mean_value /= customer.valued_repeats;
    customer.held_out = static_cast<std::uint32_t>(end - after);
    base.repeats += customer.history.repeats;
    base.customers.push_back(customer);
  });
  // The order of grouped(): the age fixes the first day.
  std::sort(base.customers.begin(), base.customers.end(),
            [](const ObservedCustomer& a, const ObservedCustomer& b) {
              const auto key = [](const ObservedCustomer& c) {
                return std::tie(c.history.repeats, c.history.last, c.history.age);
              };
              return key(a) < key(b);
            });
  if (clock.plain()) {
    std::vector<DayHistory> histories;
    histories.reserve(base.customers.size());
    for (const ObservedCustomer& customer : base.customers) histories.push_back(customer.history);
    base.histories = grouped(std::move(histories));
  } else {
    std::vector<History> histories;
    histories.reserve(base.customers.size());
    for (const ObservedCustomer& customer : base.customers) {
      const Day last_order = customer.first + static_cast<Day>(customer.history.last);
      histories.push_back({static_cast<double>(customer.history.repeats),
                           clock.weeks(customer.first, last_order),
                           clock.weeks(customer.first, calibration_end)});
    }
    base.histories = ungrouped(histories);
  }
  return base;
}

std::vector<Starters> starters(const ObservedBase& base) {
  std::vector<Day> firsts;
  firsts.reserve(base.customers.size());
  for (const ObservedCustomer& customer : base.customers) firsts.push_back(customer.first);
  std::sort(firsts.begin(), firsts.end());
  std::vector<Starters> list;
  for (const Day first : firsts) {
    if (list.empty() || list.back().first != first) list.push_back({first, 0});
    ++list.back().customers;
  }
  return list;
}

}  // namespace growth::calibrate
