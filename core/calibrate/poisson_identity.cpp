#include "calibrate/poisson_identity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "calibrate/symmetric.hpp"
#include "number/number.hpp"

namespace growth::calibrate {
namespace {

constexpr int k_most_steps = 200;
/// Squared length of the last Newton step in standard errors.
constexpr double k_done = 1e-14;
/// A share of all counts so small is none; and a slope so small calls nothing back.
constexpr double k_nothing = 1e-14;
constexpr double k_level = 1e-9;
/// 95 % of a normal distribution lie below.
constexpr double k_one_sided = 1.6448536269514722;

/// The likelihood of the rates of some sources, the rest of each row's mean being given.
class Problem {
 public:
  /// `held` is a source whose rate is given, or data.sources.
  Problem(const CountsBySource& data, std::size_t held, double held_rate)
      : data_(data), held_(held), held_rate_(held_rate), scale_(data.sources) {
    // Rates are counted in units in which each source alone would explain everything.
    double counts = 0;
    for (const double count : data.counts) counts += count;
    for (std::size_t j = 0; j < data.sources; ++j) {
      double exposure = 0;
      for (std::size_t i = 0; i < data.rows(); ++i) exposure += data.exposure(i, j);
      scale_[j] = exposure > 0 ? std::max(counts, 1.0) / exposure : 0;
    }
  }

  [[nodiscard]] std::vector<double> means(const std::vector<double>& weights) const {
    std::vector<double> means(data_.rows());
    for (std::size_t i = 0; i < data_.rows(); ++i) {
      double mean = 0;
      for (std::size_t j = 0; j < data_.sources; ++j) mean += rate(weights, j) * data_.exposure(i, j);
      means[i] = mean;
    }
    return means;
  }

  /// Negative log likelihood; infinite where a count has no mean.
  [[nodiscard]] double cost(const std::vector<double>& means) const {
    num::CompensatedSum<double> sum;
    for (std::size_t i = 0; i < data_.rows(); ++i) {
      sum.add(means[i]);
      if (!(data_.counts[i] > 0)) continue;
      if (!(means[i] > 0)) return std::numeric_limits<double>::infinity();
      sum.add(-data_.counts[i] * num::log(means[i]));
    }
    return sum.total();
  }

  [[nodiscard]] bool held(std::size_t source) const { return source == held_; }
  [[nodiscard]] double rate(const std::vector<double>& weights, std::size_t source) const {
    return held(source) ? held_rate_ : weights[source] * scale_[source];
  }
  [[nodiscard]] double scale(std::size_t source) const { return scale_[source]; }

  /// Slope of the cost in the weight of a source.
  [[nodiscard]] double slope(const std::vector<double>& means, std::size_t source) const {
    double sum = 0;
    for (std::size_t i = 0; i < data_.rows(); ++i) {
      const double x = data_.exposure(i, source) * scale_[source];
      if (x == 0) continue;
      sum += data_.counts[i] > 0 ? x * (1 - data_.counts[i] / means[i]) : x;
    }
    return sum;
  }

  /// Curvature of the cost between the weights of the sources in `free`.
  [[nodiscard]] std::vector<double> curvature(const std::vector<double>& means,
                                              const std::vector<std::size_t>& free) const {
    std::vector<double> matrix(free.size() * free.size());
    for (std::size_t i = 0; i < data_.rows(); ++i) {
      if (!(data_.counts[i] > 0)) continue;
      const double weight = data_.counts[i] / (means[i] * means[i]);
      for (std::size_t a = 0; a < free.size(); ++a) {
        const double x = weight * data_.exposure(i, free[a]) * scale_[free[a]];
        for (std::size_t b = 0; b <= a; ++b) {
          matrix[a * free.size() + b] += x * data_.exposure(i, free[b]) * scale_[free[b]];
        }
      }
    }
    for (std::size_t a = 0; a < free.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b) matrix[b * free.size() + a] = matrix[a * free.size() + b];
    }
    return matrix;
  }

  /// Weights of the maximum.
  [[nodiscard]] std::vector<double> solve() const;

 private:
  const CountsBySource& data_;
  std::size_t held_;
  double held_rate_;
  std::vector<double> scale_;
};

/// Inverse of a curvature; a little is added where sources stand in for each other, which leaves
/// their sum as it is.
std::vector<double> regular_inverse(std::vector<double> matrix, std::size_t n) {
  for (double ridge = 1e-12;; ridge *= 10) {
    if (auto result = inverse(matrix, n)) return *std::move(result);
    for (std::size_t a = 0; a < n; ++a) {
      matrix[a * n + a] += ridge * std::max(matrix[a * n + a], 1e-12);
    }
  }
}

std::vector<double> Problem::solve() const {
  // Newton's method on the sources above 0, each step at most as long as none of them goes below;
  // whoever arrives at 0 rests there until, all others at their best, its slope calls it back (Lawson &
  // Hanson, Solving Least Squares Problems, 1974, chapter 23).
  const std::size_t n = data_.sources;
  std::vector<double> weights(n, 1.0 / static_cast<double>(n));
  std::vector<bool> resting(n, false);
  std::vector<double> now = means(weights);
  double cost_now = cost(now);
  for (int step = 0; step < k_most_steps; ++step) {
    std::vector<std::size_t> free;
    std::vector<double> slopes;
    for (std::size_t j = 0; j < n; ++j) {
      if (held(j) || resting[j]) continue;
      free.push_back(j);
      slopes.push_back(slope(now, j));
    }
    const std::size_t m = free.size();
    const std::vector<double> covariance = regular_inverse(curvature(now, free), m);
    std::vector<double> move(m);
    double decrement = 0;
    double longest = 1;
    for (std::size_t a = 0; a < m; ++a) {
      for (std::size_t b = 0; b < m; ++b) move[a] -= covariance[a * m + b] * slopes[b];
      decrement -= move[a] * slopes[a];
      if (move[a] < 0) longest = std::min(longest, weights[free[a]] / -move[a]);
    }
    bool lower = false;
    std::vector<double> next = weights;
    for (double fraction = longest; !(decrement < k_done) && fraction > 1e-10 * longest && !lower;
         fraction *= 0.5) {
      for (std::size_t a = 0; a < m; ++a) {
        const double weight = weights[free[a]] + fraction * move[a];
        next[free[a]] = weight > k_nothing ? weight : 0;
      }
      const std::vector<double> then = means(next);
      const double cost_then = cost(then);
      lower = cost_then < cost_now;
      if (lower) {
        now = then;
        cost_now = cost_then;
      }
    }
    if (lower) {
      weights = next;
      for (const std::size_t j : free) resting[j] = !(weights[j] > 0);
      continue;
    }
    // At the best place of the sources above 0, to rounding.
    std::size_t called = n;
    double steepest = -k_level;
    for (std::size_t j = 0; j < n; ++j) {
      if (held(j) || !resting[j]) continue;
      const double down = slope(now, j);
      if (!(down < steepest)) continue;
      steepest = down;
      called = j;
    }
    if (called == n) return weights;
    resting[called] = false;
  }
  return weights;
}

double pearson_dispersion(const CountsBySource& data, const std::vector<double>& expected,
                          std::size_t free) {
  double squares = 0;
  double bias = 0;
  double rows = 0;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    if (!(expected[i] > 0)) continue;
    const double off = data.counts[i] - expected[i];
    squares += off * off / expected[i];
    bias += off / expected[i];
    rows += 1;
  }
  const double left = rows - static_cast<double>(free);
  if (!(left >= 1)) return 1;
  const double corrected = 1 + bias / rows;
  return std::max(1.0, corrected > 0 ? squares / left / corrected : 1.0);
}

}  // namespace

PoissonIdentityFit fit_poisson_identity(const CountsBySource& data) {
  const std::size_t n = data.sources;
  PoissonIdentityFit fit;
  fit.covariance.resize(n * n);
  const Problem problem(data, n, 0);
  const std::vector<double> weights = problem.solve();
  fit.expected = problem.means(weights);
  fit.log_likelihood = -problem.cost(fit.expected);
  std::vector<std::size_t> free;
  for (std::size_t j = 0; j < n; ++j) {
    fit.rates.push_back(problem.rate(weights, j));
    fit.at_zero.push_back(!(weights[j] > 0));
    if (weights[j] > 0) free.push_back(j);
  }
  fit.dispersion = pearson_dispersion(data, fit.expected, free.size());
  if (free.empty()) return fit;
  const std::vector<double> covariance =
      regular_inverse(problem.curvature(fit.expected, free), free.size());
  for (std::size_t a = 0; a < free.size(); ++a) {
    for (std::size_t b = 0; b < free.size(); ++b) {
      fit.covariance[free[a] * n + free[b]] = fit.dispersion * covariance[a * free.size() + b] *
                                              problem.scale(free[a]) * problem.scale(free[b]);
    }
  }
  return fit;
}

double upper_limit(const CountsBySource& data, const PoissonIdentityFit& fit, std::size_t source) {
  const double allowed = 0.5 * k_one_sided * k_one_sided * fit.dispersion;
  const auto drop = [&](double rate) {
    const Problem problem(data, source, rate);
    return fit.log_likelihood + problem.cost(problem.means(problem.solve()));
  };
  double exposure = 0;
  for (std::size_t i = 0; i < data.rows(); ++i) exposure += data.exposure(i, source);
  double low = fit.rates[source];
  // With no count at all it is this; every count explained by the source makes it larger.
  double high = low + allowed / exposure;
  while (drop(high) < allowed) {
    low = high;
    high *= 2;
  }
  for (int i = 0; i < 50; ++i) {
    const double middle = 0.5 * (low + high);
    (drop(middle) < allowed ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

Separability separability(const CountsBySource& data, const PoissonIdentityFit& fit) {
  const std::size_t n = data.sources;
  Separability result;
  result.entangled.assign(n, false);
  if (n < 2) return result;
  // Weights of the expected information; a row nobody expects an order from has none.
  std::vector<double> information(n * n);
  for (std::size_t i = 0; i < data.rows(); ++i) {
    const double weight = fit.expected[i] > 0 ? 1 / fit.expected[i] : 0;
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        information[a * n + b] += weight * data.exposure(i, a) * data.exposure(i, b);
      }
    }
  }
  std::vector<double> scaled(n * n);
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      const double size = std::sqrt(information[a * n + a]) * std::sqrt(information[b * n + b]);
      scaled[a * n + b] = a == b ? 1 : (size > 0 ? information[a * n + b] / size : 0);
    }
  }
  const Eigen parts = eigen(scaled, n);
  const double largest = parts.values.back();
  result.condition = largest / std::max(parts.values.front(), 1e-18);
  for (std::size_t e = 0; e < n; ++e) {
    if (parts.values[e] * k_worst_condition > largest) break;
    // A direction in which the data say nothing: the sources that make it up.
    for (std::size_t j = 0; j < n; ++j) {
      if (std::abs(parts.vectors[e * n + j]) > 0.1) result.entangled[j] = true;
    }
  }
  return result;
}

}  // namespace growth::calibrate
