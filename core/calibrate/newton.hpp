// Maximum of a likelihood in the logarithms of up to four parameters by Newton's method.
#pragma once

#include <array>
#include <functional>
#include <optional>

namespace growth::calibrate {

inline constexpr std::size_t k_most_parameters = 4;
using Point = std::array<double, k_most_parameters>;
using Matrix = std::array<std::array<double, k_most_parameters>, k_most_parameters>;

/// A value and its derivatives; of the symmetric Hessian the lower triangle.
struct Curve {
  double value{};
  Point gradient{};
  Matrix hessian{};
};

/// Fills in the curve at a point (which comes in as zeros); false stops the search.
using EvaluateCurve = std::function<bool(const Point& logarithms, Curve& curve)>;

struct Maximum {
  Point logarithms{};
  double value{};
  int evaluations{};
  /// A parameter ran away while the value no longer gained.
  bool at_boundary{};
  /// Inverse of minus the Hessian, row by row; 0 at the boundary.
  std::array<double, k_most_parameters * k_most_parameters> covariance{};
};

/// Newton's method with the eigenvalues of the Hessian made negative (so that it climbs also where the
/// function is not concave), steps of at most 2 in a logarithm, and halving. Nothing when stopped.
[[nodiscard]] std::optional<Maximum> maximum(int parameters, const Point& start,
                                             const EvaluateCurve& evaluate);

}  // namespace growth::calibrate
