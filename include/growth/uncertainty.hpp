// What is uncertain about a scenario: a distribution for each input that is a guess, the luck of the
// months, and how the futures are drawn (section 6 of the method).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "growth/result.hpp"
#include "growth/scenario.hpp"

namespace growth {

inline constexpr int k_most_trials = 1'000'000;
/// Inputs that can be uncertain at once: half the dimensions of the Sobol' sequence, because
/// sensitivity draws each of them twice.
inline constexpr std::size_t k_most_uncertain_inputs = 64;
inline constexpr std::size_t k_most_targets = 16;

enum class DistributionKind { uniform, triangular, pert, normal, lognormal, beta, p10_p90 };
[[nodiscard]] std::string_view distribution_name(DistributionKind kind);

/// A distribution by its kind's own parameters, in their order:
/// uniform low, high · triangular and pert low, mode, high · normal mean, sd · lognormal median, sigma
/// · beta mean, concentration · p10_p90 the two quantiles of a normal.
struct DistributionOfInput {
  DistributionKind kind{};
  std::array<double, 3> parameters{};
};

/// A numeric input and what is believed about it. Draws are truncated to the field's range: u becomes
/// F⁻¹(F(low) + u·(F(high) - F(low))).
struct UncertainInput {
  std::string path;
  DistributionOfInput distribution;
};

enum class Sampler { sobol, philox };
[[nodiscard]] std::string_view sampler_name(Sampler sampler);

/// Gaussian copula between some of the uncertain inputs; row by row, positive definite.
struct Correlation {
  std::vector<std::string> paths;
  std::vector<double> matrix;  ///< paths.size()² entries
};

/// "metric is at least this", asked of every future.
struct Target {
  std::string metric;  ///< a summary metric
  double at_least{};
};

struct Uncertainty {
  int trials{8192};
  std::uint32_t seed{1};
  Sampler sampler{Sampler::sobol};
  double traffic_volatility{0};        ///< standard deviation of the log of a month's natural traffic
  std::vector<UncertainInput> inputs;  ///< in the order of their paths
  Correlation correlation;
  std::vector<Target> targets;
};

/// Called now and then with the share of the work that is done; false stops the run.
using Progress = std::function<bool(double share)>;

/// Calls work(part) for every part in [0, parts), in any order and on any thread, and returns when all
/// are done.
using Parallel = std::function<void(int parts, const std::function<void(int part)>& work)>;

/// How a long run is carried out; empty members: on the calling thread, silently, to its end. The
/// numbers are the same for every choice.
struct Execution {
  Parallel parallel;
  Progress progress;
};

}  // namespace growth
