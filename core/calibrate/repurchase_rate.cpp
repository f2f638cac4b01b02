#include "calibrate/repurchase_rate.hpp"

#include <algorithm>
#include <cmath>

#include "calibrate/observed.hpp"

namespace growth::calibrate {
namespace {

// The standard normal's 97.5 % point.
constexpr double k_z975 = 1.959963984540054;

/// With E. B. Wilson's interval (J. Am. Stat. Assoc. 22, 1927), which stays within 0 and 1.
std::optional<MeasuredShare> share(std::size_t part, std::size_t whole) {
  if (whole == 0) return {};
  const double n = static_cast<double>(whole);
  const double p = static_cast<double>(part) / n;
  const double z2 = k_z975 * k_z975;
  const double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = k_z975 / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  return MeasuredShare{p, part == 0 ? 0 : centre - half, part == whole ? 1 : centre + half, whole};
}

}  // namespace

std::optional<MeasuredShare> rate_of_cohort(const OrderLog& log) {
  std::size_t old_enough = 0;
  std::size_t reordered = 0;
  for_each_customer(log, [&](const Order* begin, const Order* end) {
    if (log.last - begin->day < k_days_per_year) return;
    ++old_enough;
    if (begin + 1 != end && (begin + 1)->day - begin->day <= k_days_per_year) ++reordered;
  });
  return share(reordered, old_enough);
}

int period_rate_days(const OrderLog& log) {
  return std::min(k_days_per_year, log.last - log.first + 1);
}

std::optional<MeasuredShare> rate_of_period(const OrderLog& log) {
  const Day before = log.last - period_rate_days(log);
  std::size_t bought = 0;
  std::size_t again = 0;
  for_each_customer(log, [&](const Order* begin, const Order* end) {
    const auto orders =
        std::count_if(begin, end, [&](const Order& order) { return order.day > before; });
    if (orders > 0) ++bought;
    if (orders > 1) ++again;
  });
  return share(again, bought);
}

}  // namespace growth::calibrate
