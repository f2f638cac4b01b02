// What the elementary functions need of a real number type, written once for a plain double; a pack
// of doubles specialises the same names. Everything is branch-free on values, so that a pack takes
// the same steps as one number and gives the same bits.
#pragma once

#include <cstdint>
#include <cstring>

namespace growth::num {

template <class Real>
struct Bits;

template <>
struct Bits<double> {
  using Word = std::uint64_t;
};

[[nodiscard, gnu::always_inline]] inline std::uint64_t to_bits(double x) {
  std::uint64_t word;
  std::memcpy(&word, &x, sizeof word);
  return word;
}
[[nodiscard, gnu::always_inline]] inline double from_bits(std::uint64_t word) {
  double x;
  std::memcpy(&x, &word, sizeof x);
  return x;
}
/// Rounded correctly, as IEEE 754 asks of every machine.
[[nodiscard, gnu::always_inline]] inline double sqrt(double x) { return __builtin_sqrt(x); }
[[nodiscard, gnu::always_inline]] inline double select(bool condition, double if_true,
                                                       double if_false) {
  return condition ? if_true : if_false;
}

template <class Number>
[[nodiscard, gnu::always_inline]] inline Number min(const Number& a, const Number& b) {
  return select(b < a, b, a);
}

template <class Number>
[[nodiscard, gnu::always_inline]] inline Number max(const Number& a, const Number& b) {
  return select(a < b, b, a);
}

}  // namespace growth::num
