#include "calibrate/cohort_table.hpp"

#include "calibrate/cells.hpp"
#include "calibrate/observed.hpp"

namespace growth::calibrate {
namespace {

/// Calendar months since January of year 0.
int month_number(Day day) {
  const CivilDate date = civil(day);
  return date.year * 12 + date.month - 1;
}

}  // namespace

CohortTable cohort_table(const OrderLog& log) {
  const int first = month_number(log.first);
  const auto months = static_cast<std::size_t>(month_number(log.last) - first + 1);
  CohortTable table;
  table.customers.resize(months);
  for (std::size_t month = 0; month < months; ++month) {
    const int number = first + static_cast<int>(month);
    table.months.push_back(date_text(day_of(number / 12, number % 12 + 1, 1)).substr(0, 7));
    table.orders.emplace_back(months - month);
    table.active.emplace_back(months - month);
  }
  for_each_customer(log, [&](const Order* begin, const Order* end) {
    const int joined = month_number(begin->day);
    const auto cohort = static_cast<std::size_t>(joined - first);
    ++table.customers[cohort];
    int counted = -1;
    for (const Order* order = begin + 1; order != end; ++order) {
      const int age = month_number(order->day) - joined;
      ++table.orders[cohort][static_cast<std::size_t>(age)];
      if (age != counted) ++table.active[cohort][static_cast<std::size_t>(age)];
      counted = age;
    }
  });
  return table;
}

}  // namespace growth::calibrate
