#include "calibrate/symmetric.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sampling/copula.hpp"

namespace growth::calibrate {

std::optional<std::vector<double>> inverse(std::span<const double> matrix, std::size_t n) {
  const auto factor = sampling::cholesky(matrix, n);
  if (!factor) return {};
  const std::vector<double>& l = *factor;
  std::vector<double> result(n * n);
  std::vector<double> column(n);
  for (std::size_t unit = 0; unit < n; ++unit) {
    for (std::size_t i = 0; i < n; ++i) {
      double sum = i == unit ? 1 : 0;
      for (std::size_t k = 0; k < i; ++k) sum -= l[i * n + k] * column[k];
      column[i] = sum / l[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
      double sum = column[i];
      for (std::size_t k = i + 1; k < n; ++k) sum -= l[k * n + i] * column[k];
      column[i] = sum / l[i * n + i];
      result[i * n + unit] = column[i];
    }
  }
  return result;
}

Eigen eigen(std::span<const double> matrix, std::size_t n) {
  std::vector<double> a(matrix.begin(), matrix.end());
  std::vector<double> v(n * n);
  for (std::size_t i = 0; i < n; ++i) v[i * n + i] = 1;
  // Converges quadratically: a dozen rounds are enough for any size met here.
  constexpr int k_most_rounds = 40;
  constexpr double k_settled = 1e-34;  // squares below the last digit of the eigenvalues
  for (int round = 0; round < k_most_rounds; ++round) {
    double off = 0;
    double on = 0;
    for (std::size_t p = 0; p < n; ++p) {
      on += a[p * n + p] * a[p * n + p];
      for (std::size_t q = p + 1; q < n; ++q) {
        const double across = a[p * n + q];
        off += across * across;
        if (across == 0) continue;
        const double theta = (a[q * n + q] - a[p * n + p]) / (2 * across);
        const double t = (theta < 0 ? -1 : 1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
        const double c = 1 / std::sqrt(t * t + 1);
        const double s = t * c;
        for (std::size_t k = 0; k < n; ++k) {
          const double kp = a[k * n + p];
          const double kq = a[k * n + q];
          a[k * n + p] = c * kp - s * kq;
          a[k * n + q] = s * kp + c * kq;
        }
        for (std::size_t k = 0; k < n; ++k) {
          const double pk = a[p * n + k];
          const double qk = a[q * n + k];
          a[p * n + k] = c * pk - s * qk;
          a[q * n + k] = s * pk + c * qk;
          const double vp = v[p * n + k];
          const double vq = v[q * n + k];
          v[p * n + k] = c * vp - s * vq;
          v[q * n + k] = s * vp + c * vq;
        }
      }
    }
    if (off <= k_settled * on) break;
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t i, std::size_t j) { return a[i * n + i] < a[j * n + j]; });
  Eigen result;
  for (const std::size_t i : order) {
    result.values.push_back(a[i * n + i]);
    result.vectors.insert(result.vectors.end(), v.begin() + static_cast<std::ptrdiff_t>(i * n),
                          v.begin() + static_cast<std::ptrdiff_t>((i + 1) * n));
  }
  return result;
}

}  // namespace growth::calibrate
