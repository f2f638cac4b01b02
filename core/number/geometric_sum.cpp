#include <cmath>

#include "number/number.hpp"

namespace growth::num {

GeometricSumSlopes geometric_sum_slopes(double g, double count) {
  const double step = g - 1;
  if (g <= 0) {
    // g^count vanishes to first order where count > 1.
    return {count > 1 ? 1.0 : 0.0, 0.0};
  }
  const double logarithm = log1p(step);
  const double exponent = count * logarithm;
  const double sum = geometric_sum(g, count);
  if (exponent > k_largest_wave_exponent) return {-sum / step, 0.0};

  const double power = exp(exponent);
  const double in_count = step == 0 ? 1.0 : power * (logarithm / step);
  // (count g^(count-1) - sum)/(g - 1) cancels near g = 1; there the binomial series of the sum,
  // Σ C(count, j+1) step^j, is differentiated term by term instead.
  if (std::abs(count * step) > 0.1) return {(count * power / g - sum) / step, in_count};
  double binomial = count * (count - 1) / 2;  // C(count, 2)
  double power_of_step = 1;
  double in_g = 0;
  for (int j = 1; j <= 20; ++j) {
    in_g += j * binomial * power_of_step;
    binomial *= (count - j - 1) / (j + 2);
    power_of_step *= step;
  }
  return {in_g, in_count};
}

}  // namespace growth::num
