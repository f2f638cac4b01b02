// A pack of doubles that the model steps through together, one future in each lane: 128-bit operations
// where there are any. Every operation is that of the plain double, lane by lane, so a future has the
// same bits in every lane, in every width, and alone.
#pragma once

#include "number/elementary.hpp"

namespace growth::num {

template <int Width>
struct LaneVectors {
  typedef double Reals __attribute__((vector_size(Width * sizeof(double))));
  typedef std::int64_t Masks __attribute__((vector_size(Width * sizeof(double))));
  typedef std::uint64_t Words __attribute__((vector_size(Width * sizeof(double))));
};

/// What a comparison gives: all bits of a lane set, or none.
template <int Width>
struct LaneMask {
  typename LaneVectors<Width>::Masks bits;
};

/// The bits of the lanes as whole numbers.
template <int Width>
struct LaneWord {
  typename LaneVectors<Width>::Words words;

  friend LaneWord operator+(LaneWord a, LaneWord b) { return {a.words + b.words}; }
  friend LaneWord operator-(LaneWord a, LaneWord b) { return {a.words - b.words}; }
  friend LaneWord operator+(LaneWord a, std::uint64_t b) { return {a.words + b}; }
  friend LaneWord operator-(LaneWord a, std::uint64_t b) { return {a.words - b}; }
  friend LaneWord operator-(std::uint64_t a, LaneWord b) { return {a - b.words}; }
  friend LaneWord operator<<(LaneWord a, int count) { return {a.words << count}; }
  friend LaneWord operator>>(LaneWord a, int count) { return {a.words >> count}; }
};

template <int Width>
struct Lanes {
  using Reals = typename LaneVectors<Width>::Reals;
  using Mask = LaneMask<Width>;

  Reals lanes;

  Lanes() = default;  // as a double: no value until one is given
  Lanes(double constant) : lanes(constant - Reals{}) {}
  explicit Lanes(Reals values) : lanes(values) {}

  friend Lanes operator-(const Lanes& a) { return Lanes(-a.lanes); }
  friend Lanes operator+(const Lanes& a, const Lanes& b) { return Lanes(a.lanes + b.lanes); }
  friend Lanes operator-(const Lanes& a, const Lanes& b) { return Lanes(a.lanes - b.lanes); }
  friend Lanes operator*(const Lanes& a, const Lanes& b) { return Lanes(a.lanes * b.lanes); }
  friend Lanes operator/(const Lanes& a, const Lanes& b) { return Lanes(a.lanes / b.lanes); }
  friend Mask operator<(const Lanes& a, const Lanes& b) { return {a.lanes < b.lanes}; }
  friend Mask operator>(const Lanes& a, const Lanes& b) { return {a.lanes > b.lanes}; }
  friend Mask operator<=(const Lanes& a, const Lanes& b) { return {a.lanes <= b.lanes}; }
  friend Mask operator>=(const Lanes& a, const Lanes& b) { return {a.lanes >= b.lanes}; }
  friend Mask operator==(const Lanes& a, const Lanes& b) { return {a.lanes == b.lanes}; }
};

template <int Width>
struct Bits<Lanes<Width>> {
  using Word = LaneWord<Width>;
};

template <int Width>
[[nodiscard, gnu::always_inline]] inline LaneWord<Width> to_bits(const Lanes<Width>& x) {
  return {(typename LaneVectors<Width>::Words)x.lanes};
}
template <int Width>
[[nodiscard, gnu::always_inline]] inline Lanes<Width> from_bits(const LaneWord<Width>& word) {
  return Lanes<Width>((typename LaneVectors<Width>::Reals)word.words);
}

template <int Width>
[[nodiscard, gnu::always_inline]] inline Lanes<Width> select(const LaneMask<Width>& condition,
                                                             const Lanes<Width>& if_true,
                                                             const Lanes<Width>& if_false) {
  return Lanes<Width>(condition.bits ? if_true.lanes : if_false.lanes);
}

template <int Width>
[[nodiscard]] inline LaneMask<Width> always(const Lanes<Width>& x) {
  return {x.lanes == x.lanes};
}
template <int Width>
[[nodiscard]] inline LaneMask<Width> both(const LaneMask<Width>& a, const LaneMask<Width>& b) {
  return {a.bits & b.bits};
}
template <int Width>
[[nodiscard]] inline LaneMask<Width> either(const LaneMask<Width>& a, const LaneMask<Width>& b) {
  return {a.bits | b.bits};
}
template <int Width>
[[nodiscard]] inline LaneMask<Width> inverse(const LaneMask<Width>& a) {
  return {~a.bits};
}

template <int Width>
[[nodiscard]] inline double largest(const Lanes<Width>& x) {
  double most = x.lanes[0];
  for (int i = 1; i < Width; ++i) {
    if (x.lanes[i] > most) most = x.lanes[i];
  }
  return most;
}

}  // namespace growth::num
