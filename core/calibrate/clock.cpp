#include "calibrate/clock.hpp"

#include "calibrate/cells.hpp"

namespace growth::calibrate {

Clock::Clock(const SeasonIndex& season, Day first, Day last) : first_(first) {
  until_.reserve(static_cast<std::size_t>(last - first) + 1);
  double sum = 0;
  until_.push_back(0);
  for (Day day = first + 1; day <= last; ++day) {
    sum += season[static_cast<std::size_t>(civil(day).month - 1)];
    until_.push_back(sum);
  }
  const double days = static_cast<double>(last - first);
  if (!(sum > 0)) return;
  for (double& weeks : until_) weeks *= days / (sum * k_days_per_week);
}

}  // namespace growth::calibrate
