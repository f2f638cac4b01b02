// exp, expm1, log, log1p and pow with the same bits on every platform: only additions,
// multiplications, divisions and bit operations in a fixed order, no fused multiply-add, no libm.
// Largest error seen against 40-digit values: exp 0.75, log 0.72, pow 0.71, log1p 1.0, expm1 1.3 ulp
// (tests/core/elementary_test.cpp holds them below 1.5).
//
// Methods: Cody-Waite reduction with a polynomial for exp; the atanh series in s = f/(2+f) with a
// polynomial for log (Cody and Waite, Software Manual for the Elementary Functions, 1980; Muller,
// Elementary Functions, 3rd ed. 2016). The coefficients are minimax polynomials found by Remez
// exchange at 240 bits.
#pragma once

#include "number/real.hpp"

namespace growth::num {

// The steps below are always inlined into the few functions that share them: they are what the model
// spends its time in, also where the surroundings are built for size.
namespace detail {

/// Constants in memory. Engines of WebAssembly build a vector constant from two words wherever it is
/// used, which costs more than to load it; the empty statement keeps the compiler from seeing through.
[[nodiscard, gnu::always_inline]] inline const double* from_memory(const double* table) {
#if defined(__wasm_simd128__)
  asm("" : "+r"(table));
#endif
  return table;
}

// 1.5 * 2^52: adding it rounds to a whole number whose low bits stand in the low mantissa bits.
inline constexpr double k_round_to_whole = 0x1.8p52;
inline constexpr double k_log2_e = 0x1.71547652b82fep+0;
// ln 2 in two parts; the first has 32 significant bits, so that its product with an exponent is exact.
inline constexpr double k_ln2_high = 0x1.62e42fee00000p-1;
inline constexpr double k_ln2_low = 0x1.a39ef35793c76p-33;

/// Sum of two numbers without loss: value + error is exact.
template <class Real>
struct Pair {
  Real value;
  Real error;
};

template <class Real>
[[nodiscard, gnu::always_inline]] inline Pair<Real> two_sum(Real a, Real b) {
  const Real sum = a + b;
  const Real b_part = sum - a;
  const Real a_part = sum - b_part;
  return {sum, (a - a_part) + (b - b_part)};
}

/// Product without loss, by Veltkamp splitting (no fused multiply-add is assumed).
template <class Real>
[[nodiscard, gnu::always_inline]] inline Pair<Real> two_product(Real a, Real b) {
  const Real splitter = Real(134217729.0);  // 2^27 + 1
  const Real a_scaled = a * splitter;
  const Real b_scaled = b * splitter;
  const Real a_high = a_scaled - (a_scaled - a);
  const Real b_high = b_scaled - (b_scaled - b);
  const Real a_low = a - a_high;
  const Real b_low = b - b_high;
  const Real product = a * b;
  return {product, a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)};
}

/// Q(r) = (expm1(r) - r - r^2/2)/r^3 on |r| <= ln 2 / 2; relative error of expm1 below 2^-61.
inline constexpr double k_exp_tail[] = {
    0x1.5555555555559p-3,  0x1.5555555555549p-5,  0x1.111111110f7e7p-7,  0x1.6c16c16c1ccf9p-10,
    0x1.a01a01af77e3cp-13, 0x1.a01a018301210p-16, 0x1.71ddf94d5fa7ap-19, 0x1.27e52b3251d4bp-22,
    0x1.af5d2cbfcaed9p-26, 0x1.1ef521f8876e1p-29};
template <class Real>
[[nodiscard, gnu::always_inline]] inline Real exp_tail(Real r) {
  const double* c = from_memory(k_exp_tail);
  const Real r2 = r * r;
  const Real r4 = r2 * r2;
  const Real p0 = Real(c[0]) + r * Real(c[1]);
  const Real p1 = Real(c[2]) + r * Real(c[3]);
  const Real p2 = Real(c[4]) + r * Real(c[5]);
  const Real p3 = Real(c[6]) + r * Real(c[7]);
  const Real p4 = Real(c[8]) + r * Real(c[9]);
  return (p0 + r2 * p1) + r4 * ((p2 + r2 * p3) + r4 * p4);
}

/// x + x_low = exponent * ln 2 + r with |r| <= ln 2 / 2, and expm1 of that r.
template <class Real>
struct ReducedExp {
  typename Bits<Real>::Word exponent;  // two's complement
  Real expm1;
};

inline constexpr double k_exp_reduction[] = {k_log2_e, k_round_to_whole, k_ln2_high, k_ln2_low, 0.5};
template <class Real>
[[nodiscard, gnu::always_inline]] inline ReducedExp<Real> reduce_exp(Real x, Real x_low) {
  const double* c = from_memory(k_exp_reduction);
  const Real round_to_whole(c[1]);
  const Real shifted = x * Real(c[0]) + round_to_whole;
  const Real whole = shifted - round_to_whole;
  const Real high = x - whole * Real(c[2]);
  const Real low = x_low - whole * Real(c[3]);
  const Real r = high + low;
  const Real correction = (high - r) + low;
  const Real tail = r * r * (Real(c[4]) + r * exp_tail(r)) + (correction + correction * r);
  return {to_bits(shifted) - to_bits(round_to_whole), r + tail};
}

/// The same for a single x. What rounding takes from r changes expm1 by half a unit at most, which only
/// powers cannot bear.
template <class Real>
[[nodiscard, gnu::always_inline]] inline ReducedExp<Real> reduce_exp(Real x) {
  const double* c = from_memory(k_exp_reduction);
  const Real round_to_whole(c[1]);
  const Real shifted = x * Real(c[0]) + round_to_whole;
  const Real whole = shifted - round_to_whole;
  const Real r = (x - whole * Real(c[2])) - whole * Real(c[3]);
  return {to_bits(shifted) - to_bits(round_to_whole), r + r * r * (Real(c[4]) + r * exp_tail(r))};
}

/// 2^exponent for -1022 <= exponent <= 1023.
template <class Real>
[[nodiscard, gnu::always_inline]] inline Real power_of_two(typename Bits<Real>::Word exponent) {
  return from_bits((exponent + 1023) << 52);
}

/// y * 2^exponent in two steps, so that the largest and the smallest results come out right.
template <class Real>
[[nodiscard, gnu::always_inline]] inline Real scale(Real y, typename Bits<Real>::Word exponent) {
  // Half of the exponent, rounded down; made positive first, because not every machine shifts signed.
  const auto half = ((exponent + 2048) >> 1) - 1024;
  return (y * power_of_two<Real>(half)) * power_of_two<Real>(exponent - half);
}

template <class Real>
[[nodiscard, gnu::always_inline]] inline Real clamp_exponent(Real x) {
  const Real low = select(x < Real(-800), Real(-800), x);
  return select(low > Real(800), Real(800), low);
}

/// u = 2^exponent * (1 + fraction), 1 + fraction in [sqrt(1/2), sqrt(2)); u a positive normal number.
template <class Real>
struct SplitLog {
  Real exponent;
  Real fraction;
  typename Bits<Real>::Word exponent_word;
};

inline constexpr double k_log_split[] = {0x1.6a09e667f3bcdp-1 /* sqrt(1/2) */, k_round_to_whole, 1};
template <class Real>
[[nodiscard, gnu::always_inline]] inline SplitLog<Real> split_log(Real u) {
  const double* c = from_memory(k_log_split);
  const Real round_to_whole(c[1]);
  const auto word = to_bits(u);
  const auto offset = word - to_bits(Real(c[0]));
  const auto exponent = ((offset + (std::uint64_t{1024} << 52)) >> 52) - 1024;
  const Real mantissa = from_bits(word - (exponent << 52));
  const Real exponent_real = from_bits(exponent + to_bits(round_to_whole)) - round_to_whole;
  return {exponent_real, mantissa - Real(c[2]), exponent};
}

/// L(z) - k_log_tail_first over z, where log((1+s)/(1-s)) = 2 s + s z L(z) and z = s^2 <= 0.0295;
/// relative error of the logarithm below 2^-59.
inline constexpr double k_log_tail_first = 0x1.5555555555592p-1;
inline constexpr double k_log_tail[] = {0x1.999999997fea8p-2, 0x1.24924941e4a2cp-2,
                                        0x1.c71c5212f10fap-3, 0x1.74663d0e513b9p-3,
                                        0x1.39a1e7c35adddp-3, 0x1.2f03b7978560cp-3};
template <class Real>
[[nodiscard, gnu::always_inline]] inline Real log_tail_after_first(Real z) {
  const double* c = from_memory(k_log_tail);
  const Real z2 = z * z;
  const Real p0 = Real(c[0]) + z * Real(c[1]);
  const Real p1 = Real(c[2]) + z * Real(c[3]);
  const Real p2 = Real(c[4]) + z * Real(c[5]);
  return p0 + z2 * (p1 + z2 * p2);
}

/// The same series after exactly 2/3, relative error of the logarithm below 2^-66: for powers, whose
/// exponent multiplies the error of the logarithm by up to 745.
template <class Real>
[[nodiscard, gnu::always_inline]] inline Real log_tail_precise(Real z) {
  const Real z2 = z * z;
  const Real a = Real(0x1.9999999999b2fp-2) + z * Real(0x1.2492492457f51p-2);
  const Real b = Real(0x1.c71c722d3c9fap-3) + z * Real(0x1.745ce9f0fbd13p-3);
  const Real c = Real(0x1.3b1ee9b4297edp-3) + z * Real(0x1.0f801d90acaa7p-3);
  return a + z2 * (b + z2 * (c + z2 * Real(0x1.0e40e021c47f3p-3)));
}

/// exponent * ln 2 + log(1 + f).
inline constexpr double k_log_join[] = {2, k_log_tail_first, 0.5, k_ln2_low, k_ln2_high};
template <class Real>
[[nodiscard, gnu::always_inline]] inline Real join_log(Real exponent, Real f) {
  const double* c = from_memory(k_log_join);
  const Real s = f / (Real(c[0]) + f);
  const Real z = s * s;
  const Real r = z * (Real(c[1]) + z * log_tail_after_first(z));
  const Real half_square = Real(c[2]) * f * f;
  const Real low = s * (half_square + r) + exponent * Real(c[3]);
  return exponent * Real(c[4]) - ((half_square - low) - f);
}

}  // namespace detail

/// e^x.
template <class Real>
[[nodiscard]] inline Real exp(Real x) {
  const auto reduced = detail::reduce_exp(detail::clamp_exponent(x));
  return detail::scale(Real(1) + reduced.expm1, reduced.exponent);
}

/// e^x for |x| below 700: the power of two is applied in one step.
template <class Real>
[[nodiscard]] inline Real exp_moderate(Real x) {
  const auto reduced = detail::reduce_exp(x);
  return (Real(1) + reduced.expm1) * detail::power_of_two<Real>(reduced.exponent);
}

/// e^x - 1 without cancellation near 0; -1 at minus infinity.
inline constexpr double k_expm1_limits[] = {-64, 709.9, 2, 0.5, 1};
template <class Real>
[[nodiscard]] inline Real expm1(Real x) {
  // Below -64 the result is -1 to the last bit; from there on 2^exponent stays normal. Above 709.9 it
  // is beyond a double.
  const double* c = detail::from_memory(k_expm1_limits);
  const Real above = select(x < Real(c[0]), Real(c[0]), x);
  const auto reduced = detail::reduce_exp(select(above > Real(c[1]), Real(c[1]), above));
  // 2^k (1 + e) - 1 = 2^k e + (2^k - 1), where the bracket is exact while it matters; halved, because
  // 2^1024 is no double.
  const Real half_power = detail::power_of_two<Real>(reduced.exponent - 1);
  return Real(c[2]) * (half_power * reduced.expm1 + (half_power - Real(c[3])));
}

/// Natural logarithm of a positive normal number.
template <class Real>
[[nodiscard]] inline Real log_normal_number(Real x) {
  const auto split = detail::split_log(x);
  return detail::join_log(split.exponent, split.fraction);
}

/// Natural logarithm of a positive number; minus infinity at 0.
template <class Real>
[[nodiscard]] inline Real log(Real x) {
  const auto subnormal = x < Real(0x1p-1022);
  const Real normal = select(subnormal, x * Real(0x1p54), x);
  const auto split = detail::split_log(select(x > Real(0), normal, Real(1)));
  const Real exponent = split.exponent - select(subnormal, Real(54), Real(0));
  return select(x > Real(0), detail::join_log(exponent, split.fraction), Real(-__builtin_inf()));
}

/// log(1 + x) without cancellation near 0, for x >= -1; minus infinity at -1.
template <class Real>
[[nodiscard]] inline Real log1p(Real x) {
  const Real u = Real(1) + x;
  // What rounding took from u; dividing it by 2^k below makes 1 + fraction exact to second order.
  const Real lost = select(x < Real(1), x - (u - Real(1)), Real(1) - (u - x));
  const auto split = detail::split_log(select(u > Real(0), u, Real(1)));
  const Real inverse_power = from_bits((1023 - split.exponent_word) << 52);
  const Real fraction = split.fraction + lost * inverse_power;
  return select(u > Real(0), detail::join_log(split.exponent, fraction), Real(-__builtin_inf()));
}

/// x^y for x >= 0. 0^y is 0 for y > 0 and x^0 is 1.
template <class Real>
[[nodiscard]] inline Real pow(Real x, Real y) {
  using detail::two_product;
  using detail::two_sum;
  // log x as value + error with about 65 bits, so that y log x keeps full precision up to overflow.
  const auto subnormal = x < Real(0x1p-1022);
  const Real normal = select(subnormal, x * Real(0x1p54), x);
  const auto split = detail::split_log(select(x > Real(0), normal, Real(1)));
  const Real exponent = split.exponent - select(subnormal, Real(54), Real(0));
  const Real f = split.fraction;
  const auto denominator = two_sum(Real(2), f);
  const Real s = f / denominator.value;
  const auto back = two_product(s, denominator.value);
  const Real s_error = (((f - back.value) - back.error) - s * denominator.error) / denominator.value;
  const auto z = two_product(s, s);
  const Real z_error = z.error + Real(2) * s * s_error;
  // 2/3 z s in two parts, the rest of the series in one.
  const auto sz = two_product(s, z.value);
  const Real sz_error = sz.error + s * z_error + s_error * z.value;
  const auto cubic = two_product(sz.value, Real(0x1.5555555555555p-1));
  const Real cubic_error =
      cubic.error + sz_error * Real(0x1.5555555555555p-1) + sz.value * Real(0x1.5555555555555p-55);
  const Real rest = sz.value * (z.value * detail::log_tail_precise(z.value));
  const auto first = two_sum(exponent * Real(detail::k_ln2_high), Real(2) * s);
  const auto second = two_sum(first.value, cubic.value);
  const Real low = ((first.error + second.error) + (cubic_error + Real(2) * s_error)) +
                   (rest + exponent * Real(detail::k_ln2_low));
  const auto logarithm = two_sum(second.value, low);

  const auto product = two_product(y, logarithm.value);
  const Real argument = detail::clamp_exponent(product.value);
  const Real argument_low =
      select(argument == product.value, product.error + y * logarithm.error, Real(0));
  const auto reduced = detail::reduce_exp(argument, argument_low);
  const Real power = detail::scale(Real(1) + reduced.expm1, reduced.exponent);
  return select(x > Real(0), power, select(y == Real(0), Real(1), Real(0)));
}

}  // namespace growth::num
