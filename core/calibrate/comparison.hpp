// One fitted model beside what was observed: the holdout, the weeks, the customers by orders.
#pragma once

#include <vector>

#include "calibrate/observed.hpp"

namespace growth::calibrate {

/// Repeat orders expected of a new customer within so many weeks, tabulated by the day: they are asked
/// for by the hundred thousand.
class ExpectedOrders {
 public:
  ExpectedOrders(CustomerBaseModel model, const Parameters& parameters, double longest_weeks);
  [[nodiscard]] double within(double weeks) const;

 private:
  std::vector<double> by_day_;
};

/// Levels of repeat orders that are told apart; the last one holds more, too.
inline constexpr std::size_t k_levels = 8;

/// Fills `fit.holdout` and `fit.by_repeats` by the parameters given. False when stopped.
[[nodiscard]] bool compare_with_holdout(const ObservedBase& base, const Parameters& parameters,
                                        CustomerBaseModelFit& fit, const Progress& progress);

/// Last days of the weeks from the record's first day on; the last may reach beyond the record.
[[nodiscard]] std::vector<Day> week_ends(Day first, Day last);

/// Repeat orders per week of the customers of `base` over the whole record.
[[nodiscard]] std::vector<std::size_t> weekly_repeats(const OrderLog& log, const ObservedBase& base,
                                                      const std::vector<Day>& ends);
/// The same as the model expects them.
[[nodiscard]] std::vector<double> expected_weekly_repeats(const ObservedBase& base, const Clock& clock,
                                                          const ExpectedOrders& expected,
                                                          const std::vector<Day>& ends);

/// Customers with 0, 1, … repeat orders by the end of calibration: k_levels entries.
[[nodiscard]] std::vector<std::size_t> customers_by_repeats(const ObservedBase& base);
[[nodiscard]] std::vector<double> expected_customers_by_repeats(const ObservedBase& base,
                                                                CustomerBaseModel model,
                                                                const Parameters& parameters);

}  // namespace growth::calibrate
