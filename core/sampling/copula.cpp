#include "sampling/copula.hpp"

#include "sampling/normal.hpp"

namespace growth::sampling {
namespace {

// A pivot of a correlation matrix below this is what rounding leaves of a singular one.
constexpr double k_smallest_pivot = 1e-12;

}  // namespace

std::optional<std::vector<double>> cholesky(std::span<const double> matrix, std::size_t n) {
  std::vector<double> factor(n * n, 0.0);
  for (std::size_t row = 0; row < n; ++row) {
    for (std::size_t column = 0; column <= row; ++column) {
      double rest = matrix[row * n + column];
      for (std::size_t k = 0; k < column; ++k) rest -= factor[row * n + k] * factor[column * n + k];
      if (column < row) {
        factor[row * n + column] = rest / factor[column * n + column];
        continue;
      }
      // Also turns away what is no number.
      if (!(rest > k_smallest_pivot * matrix[row * n + row])) return std::nullopt;
      factor[row * n + row] = __builtin_sqrt(rest);
    }
  }
  return factor;
}

void apply_gaussian_copula(std::span<const double> factor, std::span<const std::span<double>> columns) {
  const std::size_t n = columns.size();
  for (const auto column : columns) {
    for (double& u : column) u = normal_quantile(u);
  }
  // From the last row up, because each row needs the columns before it as they were.
  for (std::size_t row = n; row-- > 0;) {
    const std::span<double> result = columns[row];
    const double own = factor[row * n + row];
    for (double& z : result) z *= own;
    for (std::size_t k = 0; k < row; ++k) {
      const double weight = factor[row * n + k];
      if (weight == 0) continue;
      const std::span<const double> other = columns[k];
      for (std::size_t i = 0; i < result.size(); ++i) result[i] += weight * other[i];
    }
    for (double& z : result) {
      const double u = normal_cdf(z);
      z = u < 0x1p-1000 ? 0x1p-1000 : u < 1 - 0x1p-53 ? u : 1 - 0x1p-53;
    }
  }
}

}  // namespace growth::sampling
