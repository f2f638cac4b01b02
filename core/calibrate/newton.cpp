#include "calibrate/newton.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "calibrate/symmetric.hpp"

namespace growth::calibrate {
namespace {

constexpr double k_longest_step = 2;
// The step after one of this length changes the thirteenth digit.
constexpr double k_exact_step = 1e-6;
constexpr double k_no_gain = 1e-16;
// Where no more than this is to be gained, a step of 0.1 means a standard error of 700 in a logarithm:
// the data cannot tell the parameter.
constexpr double k_boundary_gain = 1e-7;
constexpr double k_boundary_step = 0.1;
constexpr double k_flat_curvature = 1e-6;
constexpr double k_farthest = 40;
constexpr int k_most_steps = 200;
constexpr int k_most_halvings = 20;
constexpr double k_rounding = 1e-12;

/// Eigenvalues and vectors of minus the Hessian.
Eigen curvature(const Curve& curve, std::size_t n) {
  std::array<double, k_most_parameters * k_most_parameters> m{};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) m[i * n + j] = m[j * n + i] = -curve.hessian[i][j];
  }
  return eigen(std::span(m).first(n * n), n);
}

struct Step {
  Point change{};
  double longest{};
  double gain{};  // what the quadratic through the point promises of the whole step
};

Step newton_step(const Curve& curve, const Eigen& at, std::size_t n) {
  double steepest = 0;
  for (std::size_t i = 0; i < n; ++i) steepest = std::max(steepest, std::abs(at.values[i]));
  Step step;
  for (std::size_t i = 0; i < n; ++i) {
    double slope = 0;
    for (std::size_t k = 0; k < n; ++k) slope += at.vectors[i * n + k] * curve.gradient[k];
    // In a direction without any curvature the slope is rounding, too.
    const double bend = std::max(std::abs(at.values[i]), 1e-15 * steepest + 1e-300);
    step.gain += 0.5 * slope * slope / bend;
    for (std::size_t k = 0; k < n; ++k) step.change[k] += at.vectors[i * n + k] * slope / bend;
  }
  for (const double change : step.change) step.longest = std::max(step.longest, std::abs(change));
  if (step.longest > k_longest_step) {
    for (double& change : step.change) change *= k_longest_step / step.longest;
  }
  return step;
}

bool far_from(const Point& start, const Point& point) {
  for (std::size_t i = 0; i < start.size(); ++i) {
    if (std::abs(point[i] - start[i]) > k_farthest) return true;
  }
  return false;
}

}  // namespace

std::optional<Maximum> maximum(int parameters, const Point& start, const EvaluateCurve& evaluate) {
  const std::size_t n = static_cast<std::size_t>(parameters);
  Maximum result;
  result.logarithms = start;
  Curve curve;
  ++result.evaluations;
  if (!evaluate(start, curve)) return std::nullopt;
  Eigen at = curvature(curve, n);
  result.at_boundary = true;  // until the top is reached
  for (int taken = 0; taken < k_most_steps; ++taken) {
    const Step step = newton_step(curve, at, n);
    const bool flat = step.gain < k_boundary_gain && step.longest > k_boundary_step;
    if (flat || far_from(start, result.logarithms)) break;
    if (step.longest < k_exact_step || step.gain < k_no_gain) {
      for (std::size_t i = 0; i < n; ++i) result.logarithms[i] += step.change[i];
      curve.value += step.gain;
      result.at_boundary = false;
      break;
    }
    double part = 1;
    int halvings = 0;
    for (; halvings < k_most_halvings; ++halvings, part /= 2) {
      Point next = result.logarithms;
      for (std::size_t i = 0; i < n; ++i) next[i] += part * step.change[i];
      Curve there;
      ++result.evaluations;
      if (!evaluate(next, there)) return std::nullopt;
      const double enough =
          curve.value + 1e-4 * part * std::min(step.gain, 1.0) - k_rounding * std::abs(curve.value);
      if (there.value >= enough) {
        result.logarithms = next;
        curve = there;
        at = curvature(curve, n);
        break;
      }
    }
    // No step climbs: this is the top as far as rounding lets one see.
    if (halvings == k_most_halvings) {
      result.at_boundary = false;
      break;
    }
  }
  result.value = curve.value;
  for (std::size_t i = 0; i < n; ++i) {
    result.at_boundary = result.at_boundary || !(at.values[i] > k_flat_curvature);
  }
  if (result.at_boundary) return result;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      double& entry = result.covariance[i * k_most_parameters + j];
      for (std::size_t k = 0; k < n; ++k)
        entry += at.vectors[k * n + i] * at.vectors[k * n + j] / at.values[k];
    }
  }
  return result;
}

}  // namespace growth::calibrate
