// Time between two days of the record, in weeks: as it passes, or as the season's index stretches it
// (operational time). Every formula of the customer-base models holds in either.
#pragma once

#include <array>
#include <vector>

#include "growth/calibrate.hpp"

namespace growth::calibrate {

inline constexpr int k_days_per_week = 7;
inline constexpr int k_days_per_month = 30;  // the plan's month
inline constexpr int k_days_per_year = 12 * k_days_per_month;

/// Demand per calendar month against the year's mean, from January.
using SeasonIndex = std::array<double, 12>;

class Clock {
 public:
  /// As time passes.
  Clock() = default;
  /// Weeks of operational time between `first` and `last`: a day of a month counts as much as the
  /// month's index; the record as a whole keeps its length.
  Clock(const SeasonIndex& season, Day first, Day last);

  [[nodiscard]] bool plain() const { return until_.empty(); }
  /// From the end of one day to the end of another, both within the record.
  [[nodiscard]] double weeks(Day from, Day to) const {
    if (plain()) return static_cast<double>(to - from) / k_days_per_week;
    return until_[static_cast<std::size_t>(to - first_)] -
           until_[static_cast<std::size_t>(from - first_)];
  }

 private:
  Day first_{};
  std::vector<double> until_;  // weeks from the first day to each
};

}  // namespace growth::calibrate
