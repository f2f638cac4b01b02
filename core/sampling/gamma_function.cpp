#include "sampling/gamma_function.hpp"

#include "number/elementary.hpp"

namespace growth::sampling {
namespace {

// From here on the asymptotic series below are good to the last digit.
constexpr double k_large = 16;

}  // namespace

double log_gamma(double x) {
  return (x - 0.5) * num::log(x) - x + k_half_log_two_pi + stirling_error(x);
}

double stirling_error(double x) {
  double sum = 0;
  for (; x < k_large; x += 1) sum += (x + 0.5) * num::log1p(1 / x) - 1;
  // Bernoulli numbers; the first term left out is below 2e-18.
  const double r = 1 / x;
  const double r2 = r * r;
  const double series =
      r * (1.0 / 12 -
           r2 * (1.0 / 360 -
                 r2 * (1.0 / 1260 - r2 * (1.0 / 1680 - r2 * (1.0 / 1188 - r2 * (691.0 / 360360))))));
  return sum + series;
}

double digamma_error(double x) {
  // ψ(x) = ψ(x+1) - 1/x, and the logarithm rises by log1p(1/x).
  double sum = 0;
  for (; x < k_large; x += 1) sum += num::log1p(1 / x) - 1 / x;
  const double r = 1 / x;
  const double r2 = r * r;
  const double series =
      0.5 * r +
      r2 * (1.0 / 12 -
            r2 * (1.0 / 120 -
                  r2 * (1.0 / 252 - r2 * (1.0 / 240 - r2 * (1.0 / 132 - r2 * (691.0 / 32760))))));
  return sum - series;
}

double trigamma(double x) {
  double sum = 0;
  for (; x < k_large; x += 1) sum += 1 / x / x;
  const double r = 1 / x;
  const double r2 = r * r;
  const double series =
      r + 0.5 * r2 +
      r * r2 *
          (1.0 / 6 -
           r2 * (1.0 / 30 - r2 * (1.0 / 42 - r2 * (1.0 / 30 - r2 * (5.0 / 66 - r2 * (691.0 / 2730))))));
  return sum + series;
}

}  // namespace growth::sampling
