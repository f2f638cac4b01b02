// Correlated inputs: a Gaussian copula keeps each input's own distribution and binds their ranks.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace growth::sampling {

/// The lower triangular factor L with L Lᵀ = matrix; both row by row, n² entries, above the diagonal of
/// L zeros. Nothing where the matrix is not positive definite. Only its lower triangle is read.
[[nodiscard]] std::optional<std::vector<double>> cholesky(std::span<const double> matrix,
                                                          std::size_t n);

/// Turns n columns of independent uniforms into dependent ones, in place: z = Φ⁻¹(u), L z, Φ again.
/// `factor` as from cholesky() of a correlation matrix (unit diagonal); columns of one size, values in
/// (0, 1) before and after. Rows do not depend on each other, so any split into blocks gives the same.
void apply_gaussian_copula(std::span<const double> factor, std::span<const std::span<double>> columns);

}  // namespace growth::sampling
