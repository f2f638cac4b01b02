// Small symmetric matrices, row by row, as a fit of a dozen parameters needs them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace growth::calibrate {

/// Nothing where the matrix is not positive definite.
[[nodiscard]] std::optional<std::vector<double>> inverse(std::span<const double> matrix, std::size_t n);

/// Eigenvalues, rising, and their unit vectors, one after the other.
struct Eigen {
  std::vector<double> values;
  std::vector<double> vectors;
};
/// By cyclic Jacobi rotations (Golub & Van Loan, Matrix Computations, 8.5).
[[nodiscard]] Eigen eigen(std::span<const double> matrix, std::size_t n);

}  // namespace growth::calibrate
