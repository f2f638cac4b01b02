// Dual numbers: a value with its exact derivatives in Width directions at once (forward mode). The
// model is instantiated with them wherever a derivative is reported, so a derivative can never
// disagree with the formula it belongs to.
#pragma once

#include <cmath>
#include <limits>

#include "number/elementary.hpp"

namespace growth::num {

inline constexpr double k_infinite = std::numeric_limits<double>::infinity();

/// `Width` doubles that are added and multiplied together: 128-bit operations where there are any.
template <int Width>
struct SlopesOf {
  typedef double Type __attribute__((vector_size(Width * sizeof(double)), aligned(sizeof(double))));
};
template <int Width>
using Slopes = typename SlopesOf<Width>::Type;

template <int Width>
struct Dual {
  double value;
  Slopes<Width> slope;

  Dual() = default;  // as a double: no value until one is given
  Dual(double constant) : value(constant), slope{} {}
  Dual(double f, Slopes<Width> derivatives) : value(f), slope(derivatives) {}

  /// f(x) from f's value and first derivative at x. An infinite derivative (log at 0) counts as none:
  /// it is only met where the value itself is held by a limit.
  [[nodiscard]] Dual chain(double f, double derivative) const {
    return {f, slope * (std::abs(derivative) < k_infinite ? derivative : 0.0)};
  }

  friend Dual operator-(const Dual& a) { return {-a.value, -a.slope}; }
  friend Dual operator+(const Dual& a, const Dual& b) { return {a.value + b.value, a.slope + b.slope}; }
  friend Dual operator-(const Dual& a, const Dual& b) { return {a.value - b.value, a.slope - b.slope}; }
  friend Dual operator*(const Dual& a, const Dual& b) {
    return {a.value * b.value, a.slope * b.value + b.slope * a.value};
  }
  friend Dual operator/(const Dual& a, const Dual& b) {
    const double quotient = a.value / b.value;
    return {quotient, (a.slope - b.slope * quotient) * (1 / b.value)};
  }

  // With a constant, which has no slopes.
  friend Dual operator+(const Dual& a, double b) { return {a.value + b, a.slope}; }
  friend Dual operator+(double a, const Dual& b) { return {a + b.value, b.slope}; }
  friend Dual operator-(const Dual& a, double b) { return {a.value - b, a.slope}; }
  friend Dual operator-(double a, const Dual& b) { return {a - b.value, -b.slope}; }
  friend Dual operator*(const Dual& a, double b) { return {a.value * b, a.slope * b}; }
  friend Dual operator*(double a, const Dual& b) { return {a * b.value, b.slope * a}; }
  friend Dual operator/(const Dual& a, double b) { return {a.value / b, a.slope * (1 / b)}; }
  friend Dual operator/(double a, const Dual& b) {
    const double quotient = a / b.value;
    return {quotient, b.slope * (-quotient / b.value)};
  }
  friend bool operator<(const Dual& a, const Dual& b) { return a.value < b.value; }
  friend bool operator>(const Dual& a, const Dual& b) { return a.value > b.value; }
  friend bool operator<=(const Dual& a, const Dual& b) { return a.value <= b.value; }
  friend bool operator>=(const Dual& a, const Dual& b) { return a.value >= b.value; }
  friend bool operator==(const Dual& a, const Dual& b) { return a.value == b.value; }
};

template <int Width>
[[nodiscard]] Dual<Width> select(bool condition, const Dual<Width>& if_true,
                                 const Dual<Width>& if_false) {
  return condition ? if_true : if_false;
}

template <int Width>
[[nodiscard]] Dual<Width> exp(Dual<Width> x) {
  const double value = exp(x.value);
  return x.chain(value, value);
}

template <int Width>
[[nodiscard]] Dual<Width> exp_moderate(Dual<Width> x) {
  const double value = exp_moderate(x.value);
  return x.chain(value, value);
}

template <int Width>
[[nodiscard]] Dual<Width> expm1(Dual<Width> x) {
  return x.chain(expm1(x.value), exp(x.value));
}

template <int Width>
[[nodiscard]] Dual<Width> log(Dual<Width> x) {
  return x.chain(log(x.value), 1 / x.value);
}

template <int Width>
[[nodiscard]] Dual<Width> log_normal_number(Dual<Width> x) {
  return x.chain(log_normal_number(x.value), 1 / x.value);
}

template <int Width>
[[nodiscard]] Dual<Width> log1p(Dual<Width> x) {
  return x.chain(log1p(x.value), 1 / (1 + x.value));
}

/// x^y for x >= 0; at x = 0 the derivative in x is that from the right and the one in y is 0.
template <int Width>
[[nodiscard]] Dual<Width> pow(Dual<Width> x, Dual<Width> y) {
  const double value = pow(x.value, y.value);
  const double in_x = y.value == 0 ? 0 : y.value * pow(x.value, y.value - 1);
  const double in_y = x.value > 0 ? value * log(x.value) : 0;
  return x.chain(value, in_x) + y.chain(0, in_y);
}

}  // namespace growth::num
