// What the model asks of its number type, for plain doubles and dual numbers alike: comparison by
// select, and the few shapes that need a careful form. `Mask` is what a comparison gives.
#pragma once

#include "number/dual.hpp"
#include "number/elementary.hpp"
#include "number/lanes.hpp"

namespace growth::num {

template <class Number>
[[nodiscard]] Number clamp(const Number& x, double low, double high) {
  return min(max(x, Number(low)), Number(high));
}

// Masks: what comparisons give, combined without a branch.
[[nodiscard]] inline bool always(double) { return true; }
template <int Width>
[[nodiscard]] bool always(const Dual<Width>&) {
  return true;
}
[[nodiscard]] inline bool both(bool a, bool b) { return a && b; }
[[nodiscard]] inline bool either(bool a, bool b) { return a || b; }
[[nodiscard]] inline bool inverse(bool a) { return !a; }

/// Zero and one as types, for what is known when the code is compiled: nothing is left of adding the
/// one or multiplying by the other. For a number, which may be anything but -0, the bits are the same.
struct Zero {
  template <class Number>
  operator Number() const {
    return Number(0);
  }
  friend Zero operator+(Zero, Zero) { return {}; }
};
struct One {};
template <class Number>
[[nodiscard, gnu::always_inline]] inline Number operator+(const Number& a, Zero) {
  return a;
}
template <class Number>
[[nodiscard, gnu::always_inline]] inline Number operator+(Zero, const Number& a) {
  return a;
}
template <class Number>
[[nodiscard, gnu::always_inline]] inline Zero operator*(const Number&, Zero) {
  return {};
}
template <class Number>
[[nodiscard, gnu::always_inline]] inline Zero operator*(Zero, const Number&) {
  return {};
}
template <class Number>
[[nodiscard, gnu::always_inline]] inline Number operator*(One, const Number& a) {
  return a;
}

/// A part over its whole, 0 where there is no whole.
template <class Number>
[[nodiscard]] Number share(const Number& part, const Number& whole) {
  const auto nothing = whole == Number(0);
  return select(nothing, Number(0), part / select(nothing, Number(1), whole));
}

/// The plain value behind a number.
[[nodiscard]] inline double value_of(double x) { return x; }
template <int Width>
[[nodiscard]] double value_of(const Dual<Width>& x) {
  return x.value;
}

/// The largest plain value a number stands for: its own here, that of its lanes in a pack.
template <class Number>
[[nodiscard]] double largest(const Number& x) {
  return value_of(x);
}

/// Whether a number is this constant in every respect: in all its lanes, and without a derivative.
[[nodiscard]] inline bool is_constant(double x, double constant) { return x == constant; }
template <int Width>
[[nodiscard]] bool is_constant(const Dual<Width>& x, double constant) {
  bool flat = x.value == constant;
  for (int i = 0; i < Width; ++i) flat = flat && x.slope[i] == 0;
  return flat;
}
template <int Width>
[[nodiscard]] bool is_constant(const Lanes<Width>& x, double constant) {
  bool same = true;
  for (int i = 0; i < Width; ++i) same = same && x.lane(i) == constant;
  return same;
}

/// 1/(1/x + inverse_ceiling): x while it is small, never above the ceiling; 0 at 0. This form neither
/// overflows nor cancels and has the right derivative at 0.
template <class Number>
[[nodiscard]] Number saturate_by(const Number& x, const Number& inverse_ceiling) {
  return x / (1.0 + x * inverse_ceiling);
}
template <class Number>
[[nodiscard]] Number saturate(const Number& x, const Number& ceiling) {
  return saturate_by(x, 1.0 / ceiling);
}

/// 1/(1 + half/x): the share of its limit that a concave response has reached at spend x; 0 at 0.
template <class Number>
[[nodiscard]] Number hyperbola(const Number& x, const Number& half) {
  const Number ratio = x / half;
  return ratio / (1.0 + ratio);
}

/// 1/(1 + (half/x)^shape): the share of its limit that a response has reached at spend x; 0 at 0.
/// Hill (1910); `shape` 1 is concave from the start, above 1 an S-curve.
template <class Number>
[[nodiscard]] Number hill(const Number& x, const Number& half, const Number& shape) {
  if (is_constant(shape, 1)) return hyperbola(x, half);
  const Number ratio = x / half;
  // A power of exactly one keeps the ratio itself, so that the derivative at 0 is 1/half.
  const Number power = select(shape == Number(1), ratio, pow(ratio, shape));
  return power / (1.0 + power);
}

/// -expm1(-x)/x, which is 1 at x = 0.
template <class Number>
[[nodiscard]] Number saturation_ratio(const Number& x) {
  const auto small = x < Number(1e-9);
  const Number divisor = select(small, Number(1), x);
  return select(small, Number(1), -expm1(-divisor) / divisor);
}

/// Largest exponent of the wave sum: e^600 keeps everything that follows finite.
inline constexpr double k_largest_wave_exponent = 600;

/// 1 + g + g^2 + … of `count` terms, continued to real counts: (g^count - 1)/(g - 1), `count` at
/// g = 1 and 1 at g = 0; the exponent is held at k_largest_wave_exponent.
template <class Real>
[[nodiscard]] Real geometric_sum(Real g, Real count) {
  const Real step = g - Real(1);
  const Real grown = expm1(min(Real(k_largest_wave_exponent), count * log1p(step)));
  const auto at_one = step == Real(0);
  return select(at_one, count, grown / select(at_one, Real(1), step));
}

/// The same sum from the logarithm of g; minus infinity for g = 0.
template <class Real>
[[nodiscard]] Real geometric_sum_of_log(Real log_g, Real count) {
  const Real grown = expm1(min(Real(k_largest_wave_exponent), count * log_g));
  const auto at_one = log_g == Real(0);
  return select(at_one, count, grown / expm1(select(at_one, Real(1), log_g)));
}

/// The partial derivatives of geometric_sum.
struct GeometricSumSlopes {
  double in_g;
  double in_count;
};
[[nodiscard]] GeometricSumSlopes geometric_sum_slopes(double g, double count);

template <int Width>
[[nodiscard]] Dual<Width> geometric_sum(Dual<Width> g, Dual<Width> count) {
  const double value = geometric_sum(g.value, count.value);
  const auto slopes = geometric_sum_slopes(g.value, count.value);
  return g.chain(value, slopes.in_g) + count.chain(0, slopes.in_count);
}
template <int Width>
[[nodiscard]] Dual<Width> geometric_sum_of_log(Dual<Width> log_g, Dual<Width> count) {
  const double value = geometric_sum_of_log(log_g.value, count.value);
  const double g = exp(log_g.value);
  const auto slopes = geometric_sum_slopes(g, count.value);
  return log_g.chain(value, slopes.in_g * g) + count.chain(0, slopes.in_count);
}

/// A running sum that keeps what rounding takes away (Knuth's two-sum, branch-free), so that a total
/// equals its parts to the last cent.
template <class Number>
class CompensatedSum {
 public:
  void add(const Number& x) {
    const auto next = detail::two_sum(sum_, x);
    sum_ = next.value;
    error_ = error_ + next.error;
  }
  [[nodiscard]] Number total() const { return sum_ + error_; }

 private:
  Number sum_{0.0};
  Number error_{0.0};
};

/// For dual numbers the value is compensated, the derivatives are plain sums.
template <int Width>
class CompensatedSum<Dual<Width>> {
 public:
  void add(const Dual<Width>& x) {
    value_.add(x.value);
    slope_ = slope_ + x.slope;
  }
  [[nodiscard]] Dual<Width> total() const { return {value_.total(), slope_}; }

 private:
  CompensatedSum<double> value_;
  Slopes<Width> slope_{};
};

}  // namespace growth::num
