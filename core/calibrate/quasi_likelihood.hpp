// A mean with a few parameters and observations that scatter about it: quasi-likelihood (Wedderburn,
// Biometrika 61, 1974) by Fisher scoring. The mean is the model's own formula, evaluated with dual
// numbers, so that its derivatives cannot disagree with it.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include "calibrate/symmetric.hpp"
#include "number/number.hpp"

namespace growth::calibrate {

/// How the scatter grows with the mean: as counts do, or in proportion to it.
enum class Scatter { like_counts, in_proportion };

template <int Width>
struct QuasiFit {
  std::array<double, Width> parameters{};
  std::array<double, static_cast<std::size_t>(Width* Width)> covariance{};  ///< dispersion included
  double dispersion{};  ///< Pearson's; for counts at least 1
  double objective{};   ///< quasi-likelihood, dispersion not divided out
  std::vector<double> expected;
};

/// The quasi-likelihood of `observed` at `expected`; minus infinity where a mean is not positive.
[[nodiscard]] inline double quasi_likelihood(Scatter scatter, const std::vector<double>& observed,
                                             const std::vector<double>& expected) {
  num::CompensatedSum<double> sum;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    const double mean = expected[i];
    if (!(mean > 0) || !std::isfinite(mean)) return -std::numeric_limits<double>::infinity();
    sum.add(scatter == Scatter::like_counts ? observed[i] * num::log(mean) - mean
                                            : -num::log(mean) - observed[i] / mean);
  }
  return sum.total();
}

/// Fits `mean(parameters, row)` to `observed`, from `start`. Nothing where the data leave a direction
/// open or no maximum is found.
template <int Width, class Mean>
[[nodiscard]] std::optional<QuasiFit<Width>> fit_quasi_likelihood(
    Scatter scatter, const std::vector<double>& observed, const std::array<double, Width>& start,
    const Mean& mean) {
  // Dual numbers come in powers of two.
  using Number = num::Dual<static_cast<int>(std::bit_ceil(static_cast<unsigned>(Width)))>;
  constexpr auto n = static_cast<std::size_t>(Width);
  constexpr int k_most_steps = 100;
  constexpr double k_longest_step = 1;  // of a logarithm or an exponent
  constexpr double k_done = 1e-16;      // squared length of a step in standard errors
  const auto means = [&](const std::array<double, Width>& at) {
    std::vector<double> values;
    for (std::size_t i = 0; i < observed.size(); ++i) values.push_back(mean(at, i));
    return values;
  };
  QuasiFit<Width> fit;
  fit.parameters = start;
  fit.expected = means(start);
  fit.objective = quasi_likelihood(scatter, observed, fit.expected);
  if (!std::isfinite(fit.objective)) return {};
  for (int step = 0; step < k_most_steps; ++step) {
    std::array<Number, Width> at;
    for (std::size_t k = 0; k < n; ++k) {
      at[k] = Number(fit.parameters[k]);
      at[k].slope[k] = 1;
    }
    std::vector<double> score(n);
    std::vector<double> information(n * n);
    double pearson = 0;
    for (std::size_t i = 0; i < observed.size(); ++i) {
      const Number m = mean(at, i);
      const double variance = scatter == Scatter::like_counts ? m.value : m.value * m.value;
      const double off = observed[i] - m.value;
      pearson += off * off / variance;
      for (std::size_t a = 0; a < n; ++a) {
        score[a] += off / variance * m.slope[a];
        for (std::size_t b = 0; b < n; ++b)
          information[a * n + b] += m.slope[a] * m.slope[b] / variance;
      }
    }
    const auto covariance = inverse(information, n);
    if (!covariance) return {};
    std::array<double, Width> move{};
    double decrement = 0;
    double longest = 0;
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) move[a] += (*covariance)[a * n + b] * score[b];
      decrement += move[a] * score[a];
      longest = std::max(longest, std::abs(move[a]));
    }
    if (!std::isfinite(longest)) return {};
    double fraction = longest > k_longest_step ? k_longest_step / longest : 1;
    bool higher = false;
    QuasiFit<Width> next;
    // A step so short that rounding hides its gain is taken on trust, and is the last.
    for (; !(decrement < k_done) && fraction > 1e-8 && !higher; fraction *= 0.5) {
      for (std::size_t a = 0; a < n; ++a) next.parameters[a] = fit.parameters[a] + fraction * move[a];
      next.expected = means(next.parameters);
      next.objective = quasi_likelihood(scatter, observed, next.expected);
      higher = next.objective > fit.objective;
    }
    if (higher) {
      fit = std::move(next);
      continue;
    }
    const double left = static_cast<double>(observed.size()) - static_cast<double>(n);
    fit.dispersion = left >= 1 ? pearson / left : 1;
    if (scatter == Scatter::like_counts) fit.dispersion = std::max(1.0, fit.dispersion);
    std::transform(covariance->begin(), covariance->end(), fit.covariance.begin(),
                   [&](double entry) { return entry * fit.dispersion; });
    return fit;
  }
  return {};
}

}  // namespace growth::calibrate
