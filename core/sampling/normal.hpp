// The standard normal distribution and its inverse, over the project's own exp and log so that they
// give the same bits everywhere. Inline: futures are drawn through them by the hundred thousand.
#pragma once

#include <array>

#include "number/elementary.hpp"

namespace growth::sampling {

namespace detail {

// (x + 2) Q(x) e^(x²/2) as a polynomial in (x - 5)/(x + 5), x in [0, ∞): error below 1e-17. The map is
// that of Shepherd and Laframboise (Math. Comp. 36, 1981); Chebyshev fit at 50 digits.
inline constexpr std::array<double, 25> k_scaled_tail = {
    0.5384351348250441,     -0.235009837098021,     0.14709918031196617,    -0.07088152487889794,
    0.021454309317900596,   0.0011230627559817242,  -0.006179044852627793,  0.004143156311205053,
    -0.0014565216004029174, 0.00014206843940868554, 0.0001219066266968762,  -5.264626480816234e-05,
    -3.251553390315003e-06, 7.789701046043061e-06,  -7.457076976785793e-07, -1.0639587246604613e-06,
    2.054308392243964e-07,  1.5683649436973365e-07, -3.777471633895915e-08, -2.493876457437741e-08,
    5.83900733171006e-09,   3.6145386418870144e-09, -7.126827596144298e-10, -3.1874182786131746e-10,
    5.077987685670526e-11};

/// c[0] + c[1] x + c[2] x² + c[3] x³.
[[nodiscard]] inline double cubic(const double* c, double x, double x2) {
  return (c[0] + c[1] * x) + x2 * (c[2] + c[3] * x);
}

/// Degree 7 over degree 7.
[[nodiscard]] inline double ratio_of_polynomials(const std::array<double, 8>& above,
                                                 const std::array<double, 8>& below, double x) {
  const double x2 = x * x;
  const double x4 = x2 * x2;
  return (cubic(above.data(), x, x2) + x4 * cubic(above.data() + 4, x, x2)) /
         (cubic(below.data(), x, x2) + x4 * cubic(below.data() + 4, x, x2));
}

// M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied
// Statistics 37 (1988) 477-484, PPND16: relative error of the approximation below 1e-16.
inline constexpr std::array<double, 8> k_centre_above = {
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
inline constexpr std::array<double, 8> k_centre_below = {1,
                                                         4.2313330701600911252e1,
                                                         6.8718700749205790830e2,
                                                         5.3941960214247511077e3,
                                                         2.1213794301586595867e4,
                                                         3.9307895800092710610e4,
                                                         2.8729085735721942674e4,
                                                         5.2264952788528545610e3};
inline constexpr std::array<double, 8> k_tail_above = {
    1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
    3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4};
inline constexpr std::array<double, 8> k_tail_below = {1,
                                                       2.05319162663775882187e0,
                                                       1.67638483018380384940e0,
                                                       6.89767334985100004550e-1,
                                                       1.48103976427480074590e-1,
                                                       1.51986665636164571966e-2,
                                                       5.47593808499534494600e-4,
                                                       1.05075007164441684324e-9};
inline constexpr std::array<double, 8> k_far_tail_above = {
    6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7};
inline constexpr std::array<double, 8> k_far_tail_below = {1,
                                                           5.99832206555887937690e-1,
                                                           1.36929880922735805310e-1,
                                                           1.48753612908506148525e-2,
                                                           7.86869131145613259100e-4,
                                                           1.84631831751005468180e-5,
                                                           1.42151175831644588870e-7,
                                                           2.04426310338993978564e-15};

}  // namespace detail

/// P(Z > x), accurate relative to itself also far above; 0 from about 38.6 on.
[[nodiscard]] inline double normal_upper_tail(double x) {
  const double magnitude = x < 0 ? -x : x;
  const double bounded = magnitude < 40 ? magnitude : 40;
  const double t = (bounded - 5) / (bounded + 5);
  const double t2 = t * t;
  const double t4 = t2 * t2;
  const double t8 = t4 * t4;
  const double* c = detail::k_scaled_tail.data();
  const double low = detail::cubic(c, t, t2) + t4 * detail::cubic(c + 4, t, t2);
  const double middle = detail::cubic(c + 8, t, t2) + t4 * detail::cubic(c + 12, t, t2);
  const double high = (detail::cubic(c + 16, t, t2) + t4 * detail::cubic(c + 20, t, t2)) + t8 * c[24];
  const double scaled = (low + t8 * (middle + t8 * high)) / (bounded + 2);
  // Without the part of x² that rounding loses, the exponential would lose three digits at 38.
  const auto half_square = num::detail::two_product(bounded, 0.5 * bounded);
  const double tail = scaled * num::exp(-half_square.value) * (1 - half_square.error);
  return x < 0 ? 1 - tail : tail;
}

/// Φ(x), accurate relative to itself also far below.
[[nodiscard]] inline double normal_cdf(double x) { return normal_upper_tail(-x); }

/// The z with Φ(z) = lower, where upper = 1 - lower is given, too: so that the smaller one keeps its
/// digits. -∞ and ∞ where one of them is 0.
[[nodiscard]] inline double normal_deviate(double lower, double upper) {
  const bool below = lower < upper;
  const double tail = below ? lower : upper;
  const double offset = 0.5 - tail;
  if (offset <= 0.425) {
    const double z =
        offset * detail::ratio_of_polynomials(detail::k_centre_above, detail::k_centre_below,
                                              0.180625 - offset * offset);
    return below ? -z : z;
  }
  if (!(tail > 0)) return below ? -__builtin_inf() : __builtin_inf();
  const double r = __builtin_sqrt(-num::log(tail));
  const double z =
      r <= 5 ? detail::ratio_of_polynomials(detail::k_tail_above, detail::k_tail_below, r - 1.6)
             : detail::ratio_of_polynomials(detail::k_far_tail_above, detail::k_far_tail_below, r - 5);
  return below ? -z : z;
}

/// Φ⁻¹(p) for p in (0, 1); -∞ at 0, ∞ at 1.
[[nodiscard]] inline double normal_quantile(double p) { return normal_deviate(p, 1 - p); }

}  // namespace growth::sampling
