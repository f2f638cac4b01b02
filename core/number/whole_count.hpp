// Counts of steps (waves in a session, sessions in a month) that are whole as a rule: what is repeated
// so many times then takes a few multiplications instead of exponentials.
#pragma once

#include <array>
#include <bit>

#include "number/number.hpp"

namespace growth::num {

/// 1 + g + g² + … of `count` ≥ 1 terms, by doubling: every step adds what is not negative, so that no
/// digit is lost for 0 ≤ g. g^count must be a number.
template <class Real>
[[nodiscard]] Real geometric_sum_of_whole(const Real& g, int count) {
  const auto bits = static_cast<unsigned>(count);
  Real sum(1);    // of the terms that the bits so far count
  Real power(g);  // g to that number
  for (unsigned bit = std::bit_floor(bits) >> 1; bit != 0; bit >>= 1) {
    sum = sum + sum * power;
    power = power * power;
    if ((bits & bit) != 0) {
      sum = sum + power;
      power = power * g;
    }
  }
  return sum;
}

/// A count that is kept. Only packs look whether it is whole: of one future alone nothing is gained.
template <class Number>
class WholeCount {
 public:
  WholeCount(const Number& /*count*/, const Number& /*most*/) {}

  /// Whether apply() may ask for whole().
  [[nodiscard]] static constexpr bool any() { return false; }

  /// otherwise(); see below.
  template <class Whole, class Otherwise>
  [[nodiscard]] Number apply(const Number& /*x*/, const Whole& /*whole*/,
                             const Otherwise& otherwise) const {
    return otherwise();
  }
};

template <int Width>
class WholeCount<Lanes<Width>> {
 public:
  /// Whole counts from 2 to `most` are taken for such.
  WholeCount(const Lanes<Width>& count, const Lanes<Width>& most) {
    for (int i = 0; i < Width; ++i) {
      const double in_lane = count.lane(i);
      const bool fits = in_lane >= 2 && in_lane <= k_most && in_lane <= most.lane(i);
      const int rounded = fits ? static_cast<int>(in_lane) : 0;
      const int whole = static_cast<double>(rounded) == in_lane ? rounded : 0;
      in_lanes_[static_cast<std::size_t>(i)] = whole;
      any_ = any_ || whole != 0;
      same_ = same_ && whole == in_lanes_[0];
    }
  }

  /// Whether a lane's count is whole.
  [[nodiscard]] bool any() const { return any_; }
  /// whole(x, count) in the lanes whose count is whole, otherwise() in the others: which of the two a
  /// lane has does not depend on its neighbours.
  template <class Whole, class Otherwise>
  [[nodiscard]] Lanes<Width> apply(const Lanes<Width>& x, const Whole& whole,
                                   const Otherwise& otherwise) const {
    if (any_ && same_) return whole(x, in_lanes_[0]);
    Lanes<Width> result = otherwise();
    if (!any_) return result;
    for (int i = 0; i < Width; ++i) {
      const int count = in_lanes_[static_cast<std::size_t>(i)];
      if (count != 0) result.set_lane(i, whole(x.lane(i), count));
    }
    return result;
  }

 private:
  static constexpr double k_most = 1 << 20;

  std::array<int, Width> in_lanes_;  // 0: not whole
  bool any_{false};
  bool same_{true};
};

}  // namespace growth::num
