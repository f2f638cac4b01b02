// A pack of doubles that the model steps through together, one future in each lane: 128-bit registers,
// which WebAssembly has and every machine that runs it. Every operation is that of the plain double,
// lane by lane, so a future has the same bits in every lane, in every width, and alone. A pack of
// several registers gives the processor something to do while one of them waits for a division.
#pragma once

#include "number/elementary.hpp"

namespace growth::num {

/// One register: up to two lanes.
template <int Width>
struct LaneRegister {
  static constexpr int width = Width < 2 ? Width : 2;
  static constexpr int count = Width / width;
  typedef double Reals __attribute__((vector_size(width * sizeof(double))));
  typedef std::int64_t Masks __attribute__((vector_size(width * sizeof(double))));
  typedef std::uint64_t Words __attribute__((vector_size(width * sizeof(double))));
};

/// What a comparison gives: all bits of a lane set, or none.
template <int Width>
struct LaneMask {
  typename LaneRegister<Width>::Masks registers[LaneRegister<Width>::count];
};

namespace detail {

/// A result whose registers are make(i).
template <class Result, int Width, class Make>
[[nodiscard, gnu::always_inline]] inline Result by_register(Make&& make) {
  Result result;
  for (int i = 0; i < LaneRegister<Width>::count; ++i) result.registers[i] = make(i);
  return result;
}

}  // namespace detail

/// The bits of the lanes as whole numbers.
template <int Width>
struct LaneWord {
  typename LaneRegister<Width>::Words registers[LaneRegister<Width>::count];

#define GROWTH_WORD_OPERATION(operation, Other, other)                                           \
  [[gnu::always_inline]] friend inline LaneWord operator operation(const LaneWord& a, Other b) { \
    return detail::by_register<LaneWord, Width>(                                                 \
        [&](int i) { return a.registers[i] operation other; });                                  \
  }
  GROWTH_WORD_OPERATION(+, const LaneWord&, b.registers[i])
  GROWTH_WORD_OPERATION(-, const LaneWord&, b.registers[i])
  GROWTH_WORD_OPERATION(+, std::uint64_t, b)
  GROWTH_WORD_OPERATION(-, std::uint64_t, b)
  GROWTH_WORD_OPERATION(<<, int, b)
  GROWTH_WORD_OPERATION(>>, int, b)
#undef GROWTH_WORD_OPERATION
  [[gnu::always_inline]] friend inline LaneWord operator-(std::uint64_t a, const LaneWord& b) {
    return detail::by_register<LaneWord, Width>([&](int i) { return a - b.registers[i]; });
  }
};

template <int Width>
struct Lanes {
  using Register = LaneRegister<Width>;
  using Mask = LaneMask<Width>;

  typename Register::Reals registers[Register::count];

  Lanes() = default;  // as a double: no value until one is given
  [[gnu::always_inline]] Lanes(double constant) {
    for (auto& part : registers) part = constant - typename Register::Reals{};
  }

  [[nodiscard]] double lane(int i) const { return registers[i / Register::width][i % Register::width]; }
  void set_lane(int i, double value) { registers[i / Register::width][i % Register::width] = value; }

  [[gnu::always_inline]] friend inline Lanes operator-(const Lanes& a) {
    return detail::by_register<Lanes, Width>([&](int i) { return -a.registers[i]; });
  }
#define GROWTH_LANE_OPERATION(operation, Result)                                                   \
  [[gnu::always_inline]] friend inline Result operator operation(const Lanes& a, const Lanes& b) { \
    return detail::by_register<Result, Width>(                                                     \
        [&](int i) { return a.registers[i] operation b.registers[i]; });                           \
  }
  GROWTH_LANE_OPERATION(+, Lanes)
  GROWTH_LANE_OPERATION(-, Lanes)
  GROWTH_LANE_OPERATION(*, Lanes)
  GROWTH_LANE_OPERATION(/, Lanes)
  GROWTH_LANE_OPERATION(<, Mask)
  GROWTH_LANE_OPERATION(>, Mask)
  GROWTH_LANE_OPERATION(<=, Mask)
  GROWTH_LANE_OPERATION(>=, Mask)
  GROWTH_LANE_OPERATION(==, Mask)
#undef GROWTH_LANE_OPERATION
};

template <int Width>
struct Bits<Lanes<Width>> {
  using Word = LaneWord<Width>;
};

template <int Width>
[[nodiscard, gnu::always_inline]] inline LaneWord<Width> to_bits(const Lanes<Width>& x) {
  return detail::by_register<LaneWord<Width>, Width>(
      [&](int i) { return (typename LaneRegister<Width>::Words)x.registers[i]; });
}
template <int Width>
[[nodiscard, gnu::always_inline]] inline Lanes<Width> from_bits(const LaneWord<Width>& word) {
  return detail::by_register<Lanes<Width>, Width>(
      [&](int i) { return (typename LaneRegister<Width>::Reals)word.registers[i]; });
}

template <int Width>
[[nodiscard, gnu::always_inline]] inline Lanes<Width> select(const LaneMask<Width>& condition,
                                                             const Lanes<Width>& if_true,
                                                             const Lanes<Width>& if_false) {
  return detail::by_register<Lanes<Width>, Width>(
      [&](int i) { return condition.registers[i] ? if_true.registers[i] : if_false.registers[i]; });
}

// The same choice as one instruction. GCC does not find it, and Clang turns a comparison with a
// constant into WebAssembly's other minimum, which engines make of many.
#if defined(__wasm_simd128__)
#define GROWTH_MINIMUM(a, b) __builtin_wasm_pmin_f64x2(a, b)
#define GROWTH_MAXIMUM(a, b) __builtin_wasm_pmax_f64x2(a, b)
#elif defined(__SSE2__)
#define GROWTH_MINIMUM(a, b) __builtin_ia32_minpd(b, a)
#define GROWTH_MAXIMUM(a, b) __builtin_ia32_maxpd(b, a)
#else
#define GROWTH_MINIMUM(a, b) ((b) < (a) ? (b) : (a))
#define GROWTH_MAXIMUM(a, b) ((a) < (b) ? (b) : (a))
#endif
template <int Width>
requires(Width >= 2) [[nodiscard, gnu::always_inline]] inline Lanes<Width> min(const Lanes<Width>& a,
                                                                               const Lanes<Width>& b) {
  return detail::by_register<Lanes<Width>, Width>(
      [&](int i) { return GROWTH_MINIMUM(a.registers[i], b.registers[i]); });
}
template <int Width>
requires(Width >= 2) [[nodiscard, gnu::always_inline]] inline Lanes<Width> max(const Lanes<Width>& a,
                                                                               const Lanes<Width>& b) {
  return detail::by_register<Lanes<Width>, Width>(
      [&](int i) { return GROWTH_MAXIMUM(a.registers[i], b.registers[i]); });
}
#undef GROWTH_MINIMUM
#undef GROWTH_MAXIMUM

template <int Width>
[[nodiscard, gnu::always_inline]] inline Lanes<Width> sqrt(const Lanes<Width>& x) {
  Lanes<Width> root;
#if defined(__wasm_simd128__) || defined(__SSE2__)
  if constexpr (Width >= 2) {
    for (int i = 0; i < LaneRegister<Width>::count; ++i) {
#if defined(__wasm_simd128__)
      root.registers[i] = __builtin_wasm_sqrt_f64x2(x.registers[i]);
#else
      root.registers[i] = __builtin_ia32_sqrtpd(x.registers[i]);
#endif
    }
    return root;
  }
#endif
  for (int i = 0; i < Width; ++i) root.set_lane(i, sqrt(x.lane(i)));
  return root;
}

template <int Width>
[[nodiscard]] inline LaneMask<Width> always(const Lanes<Width>& x) {
  return x == x;
}
template <int Width>
[[nodiscard]] inline LaneMask<Width> both(const LaneMask<Width>& a, const LaneMask<Width>& b) {
  return detail::by_register<LaneMask<Width>, Width>(
      [&](int i) { return a.registers[i] & b.registers[i]; });
}
template <int Width>
[[nodiscard]] inline LaneMask<Width> either(const LaneMask<Width>& a, const LaneMask<Width>& b) {
  return detail::by_register<LaneMask<Width>, Width>(
      [&](int i) { return a.registers[i] | b.registers[i]; });
}
template <int Width>
[[nodiscard]] inline LaneMask<Width> inverse(const LaneMask<Width>& a) {
  return detail::by_register<LaneMask<Width>, Width>([&](int i) { return ~a.registers[i]; });
}

template <int Width>
[[nodiscard]] inline double largest(const Lanes<Width>& x) {
  double most = x.lane(0);
  for (int i = 1; i < Width; ++i) {
    if (x.lane(i) > most) most = x.lane(i);
  }
  return most;
}

}  // namespace growth::num
