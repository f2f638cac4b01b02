#include "calibrate/season.hpp"

#include <algorithm>

#include "calibrate/cells.hpp"

namespace growth::calibrate {
namespace {

constexpr double k_fewest_expected = 30;

std::size_t month_of(Day day) { return static_cast<std::size_t>(civil(day).month - 1); }

/// Last days of the calendar months from `first` on.
std::vector<Day> month_ends(Day first, Day last) {
  std::vector<Day> ends;
  CivilDate date = civil(first);
  do {
    date = date.month == 12 ? CivilDate{date.year + 1, 1, 1} : CivilDate{date.year, date.month + 1, 1};
    ends.push_back(day_of(date.year, date.month, 1) - 1);
  } while (ends.back() < last);
  return ends;
}

}  // namespace

SeasonIndex season_index(const OrderLog& log, const ObservedBase& base, const Clock& clock,
                         const ExpectedOrders& expected) {
  SeasonIndex seen{};
  SeasonIndex awaited{};
  for_each_customer(log, [&](const Order* begin, const Order* end) {
    for (const Order* order = begin + 1; order != end && order->day <= base.calibration_end; ++order) {
      ++seen[month_of(order->day)];
    }
  });
  const std::vector<Day> ends = month_ends(log.first, base.calibration_end);
  for (const Starters& start : starters(base)) {
    double before = 0;
    for (const Day end : ends) {
      if (end < start.first) continue;
      const double until = start.customers * expected.within(clock.weeks(
                                                 start.first, std::min(end, base.calibration_end)));
      awaited[month_of(end)] += until - before;
      before = until;
    }
  }
  SeasonIndex index{};
  std::array<bool, 12> known{};
  double sum = 0;
  int months = 0;
  for (std::size_t month = 0; month < index.size(); ++month) {
    known[month] = awaited[month] >= k_fewest_expected;
    if (!known[month]) continue;
    index[month] = seen[month] / awaited[month];
    sum += index[month];
    ++months;
  }
  for (std::size_t month = 0; month < index.size(); ++month) {
    index[month] = known[month] && sum > 0 ? index[month] * months / sum : 1;
  }
  return index;
}

}  // namespace growth::calibrate
