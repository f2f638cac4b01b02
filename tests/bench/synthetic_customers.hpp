// Customers who buy as the BG/NBD says, with the parameters of the CDNOW sample: won over 90 days,
// watched for two years, in whole days.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "calibrate/customer_base.hpp"
#include "sampling/philox.hpp"

namespace growth::bench {

/// Uniform numbers of one customer.
class Draws {
 public:
  explicit Draws(std::uint32_t customer) : customer_(customer) {}
  [[nodiscard]] double uniform() {
    if (used_ == 2) {
      words_ = sampling::philox4x32_10({customer_, block_++, 0, 0}, {20261121, 0});
      used_ = 0;
    }
    const std::size_t at = 2 * static_cast<std::size_t>(used_++);
    return sampling::to_unit(words_[at], words_[at + 1]);
  }
  [[nodiscard]] double exponential() { return -std::log(uniform()); }
  /// Marsaglia and Tsang (2000), with the power for shapes below 1.
  [[nodiscard]] double gamma(double shape) {
    const double power = shape < 1 ? std::pow(uniform(), 1 / shape) : 1;
    const double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
    for (;;) {
      const double normal =
          std::sqrt(2 * exponential()) * std::cos(2 * 3.14159265358979323846 * uniform());
      const double v = std::pow(1 + normal / std::sqrt(9 * d), 3);
      if (v > 0 && std::log(uniform()) < 0.5 * normal * normal + d - d * v + d * std::log(v)) {
        return power * d * v;
      }
    }
  }

 private:
  std::uint32_t customer_;
  std::uint32_t block_{};
  int used_{2};
  std::array<std::uint32_t, 4> words_{};
};

inline std::vector<calibrate::DayHistory> synthetic_customers(std::uint32_t count) {
  std::vector<calibrate::DayHistory> customers;
  customers.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    Draws draws(i);
    const std::uint32_t age = 730 - static_cast<std::uint32_t>(90 * draws.uniform());
    const double per_day = draws.gamma(0.243) / (4.414 * 7);
    const double a = draws.gamma(0.793);
    const double leaving = a / (a + draws.gamma(2.426));
    calibrate::DayHistory customer{0, 0, age};
    for (double day = 0;;) {
      day += draws.exponential() / per_day;
      if (!(day < age)) break;
      // Orders of one day count once.
      if (const auto whole = static_cast<std::uint32_t>(day); whole > customer.last) {
        customer.last = whole;
        ++customer.repeats;
      }
      if (draws.uniform() < leaving) break;
    }
    customers.push_back(customer);
  }
  return customers;
}

}  // namespace growth::bench
