// e^w E_ν(w) = ∫ from 1 to ∞ e^(w - w t) t^-ν dt, a discounted sum of what falls like a power of time.
#pragma once

namespace growth::calibrate {

/// e^w E_ν(w) for one order ν > 0 and falling w > 0. By Lentz's continued fraction where that
/// converges fast, else from the last place by the differential equation, whose solutions run together
/// in that direction; only positive numbers are added, so that no order is special.
class ScaledExponentialIntegral {
 public:
  explicit ScaledExponentialIntegral(double order) : order_(order) {}
  /// `w` not above that of the call before.
  [[nodiscard]] double operator()(double w);

 private:
  [[nodiscard]] double by_fraction(double w) const;

  double order_;
  double last_w_{};  // 0: none yet
  double last_value_{};
};

}  // namespace growth::calibrate
