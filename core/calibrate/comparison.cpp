#include "calibrate/comparison.hpp"

#include <algorithm>
#include <cmath>

namespace growth::calibrate {
namespace {

/// The week that a day belongs to.
std::size_t week_of(Day day, const std::vector<Day>& ends) {
  return static_cast<std::size_t>(std::lower_bound(ends.begin(), ends.end(), day) - ends.begin());
}

std::size_t level_of(std::uint32_t repeats) { return std::min<std::size_t>(repeats, k_levels - 1); }

}  // namespace

ExpectedOrders::ExpectedOrders(CustomerBaseModel model, const Parameters& parameters,
                               double longest_weeks) {
  const int days = static_cast<int>(std::ceil(longest_weeks * k_days_per_week)) + 1;
  by_day_.reserve(static_cast<std::size_t>(days) + 1);
  for (int day = 0; day <= days; ++day) {
    by_day_.push_back(expected_orders(model, parameters, static_cast<double>(day) / k_days_per_week));
  }
}

double ExpectedOrders::within(double weeks) const {
  if (!(weeks > 0)) return 0;
  // A day's step is far below what bends the curve; whole days, the usual case, are exact.
  const double days = std::min(weeks * k_days_per_week, static_cast<double>(by_day_.size() - 1));
  const double whole = std::min(std::floor(days), static_cast<double>(by_day_.size() - 2));
  const auto day = static_cast<std::size_t>(whole);
  return by_day_[day] + (days - whole) * (by_day_[day + 1] - by_day_[day]);
}

bool compare_with_holdout(const ObservedBase& base, const Parameters& parameters,
                          CustomerBaseModelFit& fit, const Progress& progress) {
  struct Sum {
    double customers{};
    double actual{};
    double predicted{};
  };
  std::array<Sum, k_levels> levels{};
  Sum all;
  double absolute = 0;
  double squared = 0;
  std::size_t next = 0;
  std::size_t groups_done = 0;
  constexpr std::size_t k_groups_between_reports = 8192;
  for (const Histories::Group& group : base.histories.groups) {
    if (progress && ++groups_done % k_groups_between_reports == 0 &&
        !progress(static_cast<double>(groups_done) /
                  static_cast<double>(base.histories.groups.size()))) {
      return false;
    }
    const double predicted =
        expected_orders(fit.model, parameters, base.histories.history(group), base.held_out_weeks);
    Sum& level = levels[level_of(group.repeats)];
    // Groups stand in the order of the customers.
    const auto customers = static_cast<std::size_t>(group.customers);
    for (const std::size_t end = next + customers; next < end; ++next) {
      const double actual = base.customers[next].held_out;
      level.actual += actual;
      absolute += std::fabs(actual - predicted);
      squared += (actual - predicted) * (actual - predicted);
    }
    level.customers += group.customers;
    level.predicted += group.customers * predicted;
  }
  for (const Sum& level : levels) {
    all.customers += level.customers;
    all.actual += level.actual;
    all.predicted += level.predicted;
  }
  if (all.customers == 0) return true;
  fit.holdout = HoldoutErrors{all.actual, all.predicted, absolute / all.customers,
                              std::sqrt(squared / all.customers)};
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const Sum& level = levels[i];
    if (level.customers == 0) continue;
    fit.by_repeats.push_back({static_cast<int>(i), i + 1 == levels.size(),
                              static_cast<std::size_t>(level.customers), level.actual / level.customers,
                              level.predicted / level.customers});
  }
  return true;
}

std::vector<Day> week_ends(Day first, Day last) {
  std::vector<Day> ends;
  for (Day end = first + k_days_per_week - 1;; end += k_days_per_week) {
    ends.push_back(end);
    if (end >= last) return ends;
  }
}

std::vector<std::size_t> weekly_repeats(const OrderLog& log, const ObservedBase& base,
                                        const std::vector<Day>& ends) {
  std::vector<std::size_t> weeks(ends.size());
  for_each_customer(log, [&](const Order* begin, const Order* end) {
    if (begin->day > base.calibration_end) return;
    for (const Order* order = begin + 1; order != end; ++order) ++weeks[week_of(order->day, ends)];
  });
  return weeks;
}

std::vector<double> expected_weekly_repeats(const ObservedBase& base, const Clock& clock,
                                            const ExpectedOrders& expected,
                                            const std::vector<Day>& ends) {
  std::vector<double> weeks(ends.size());
  for (const Starters& start : starters(base)) {
    double before = 0;
    for (std::size_t week = week_of(start.first, ends); week < ends.size(); ++week) {
      const double until =
          start.customers * expected.within(clock.weeks(start.first, std::min(ends[week], base.last)));
      weeks[week] += until - before;
      before = until;
    }
  }
  return weeks;
}

std::vector<std::size_t> customers_by_repeats(const ObservedBase& base) {
  std::vector<std::size_t> customers(k_levels);
  for (const ObservedCustomer& customer : base.customers)
    ++customers[level_of(customer.history.repeats)];
  return customers;
}

std::vector<double> expected_customers_by_repeats(const ObservedBase& base, CustomerBaseModel model,
                                                  const Parameters& parameters) {
  // By age, in the model's own time.
  std::vector<double> of_age(base.histories.times.size());
  for (const Histories::Group& group : base.histories.groups) of_age[group.age] += group.customers;
  std::vector<double> customers(k_levels);
  for (std::size_t age = 0; age < of_age.size(); ++age) {
    if (of_age[age] == 0) continue;
    double rest = 1;
    for (std::size_t level = 0; level + 1 < k_levels; ++level) {
      const double probability = order_count_probability(model, parameters, static_cast<int>(level),
                                                         base.histories.times[age]);
      customers[level] += of_age[age] * probability;
      rest -= probability;
    }
    customers.back() += of_age[age] * std::max(0.0, rest);
  }
  return customers;
}

}  // namespace growth::calibrate
