#include "analysis/futures_metric.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace growth::analysis {
namespace {

/// What stays uncertain when some inputs are moved by hand; the inputs of a copula keep to themselves.
Uncertainty without(Uncertainty uncertainty, const std::vector<std::string>& moved) {
  const auto is_moved = [&](const std::string& path) {
    return std::find(moved.begin(), moved.end(), path) != moved.end();
  };
  auto& inputs = uncertainty.inputs;
  inputs.erase(std::remove_if(inputs.begin(), inputs.end(),
                              [&](const UncertainInput& input) { return is_moved(input.path); }),
               inputs.end());
  Correlation kept;
  const Correlation& all = uncertainty.correlation;
  const std::size_t n = all.paths.size();
  for (std::size_t i = 0; i < n; ++i) {
    if (is_moved(all.paths[i])) continue;
    kept.paths.push_back(all.paths[i]);
    for (std::size_t j = 0; j < n; ++j) {
      if (!is_moved(all.paths[j])) kept.matrix.push_back(all.matrix[i * n + j]);
    }
  }
  uncertainty.correlation = std::move(kept);
  return uncertainty;
}

std::vector<std::string> joined(std::vector<std::string> paths, const std::vector<std::string>& more) {
  paths.insert(paths.end(), more.begin(), more.end());
  return paths;
}

}  // namespace

FuturesMetric::FuturesMetric(const Scenario<double>& scenario,
                             const model::CompiledIncentives& incentives,
                             const Uncertainty& uncertainty, std::string_view metric,
                             const std::vector<std::string>& moved, const Execution& execution)
    : uncertainty_(without(uncertainty, moved)),
      execution_(execution),
      metric_(summary_metric(metric)),
      months_(scenario.horizon_months),
      draws_(scenario, uncertainty_),
      runner_(scenario, incentives, joined(paths_of(uncertainty_), moved)),
      values_(static_cast<std::size_t>(uncertainty.trials)) {}

std::span<const double> FuturesMetric::values(std::span<const double> at, int futures) {
  const int blocks = (futures + k_block - 1) / k_block;
  for_each_part(execution_, blocks, [&](int block) {
    const int first = block * k_block;
    const int count = std::min(k_block, futures - first);
    const FutureInputs drawn(draws_, first, count, at, months_);
    std::vector<double*> totals(summary_metric_count(), nullptr);
    totals[metric_] = values_.data() + first;
    runner_.run(count, drawn.inputs(), drawn.noise(), k_block, {&totals});
  });
  return std::span<const double>(values_).first(static_cast<std::size_t>(futures));
}

double FuturesMetric::quantile(std::span<const double> at, int futures, double p) {
  const std::span<const double> found = values(at, futures);
  if (std::any_of(found.begin(), found.end(), [](double x) { return std::isnan(x); })) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  double quantile = 0;
  selector_.quantiles(found, std::span(&p, 1), std::span(&quantile, 1));
  return quantile;
}

double FuturesMetric::mean(std::span<const double> at, int futures) {
  return sampling::mean(values(at, futures));
}

double FuturesMetric::share_positive(std::span<const double> at, int futures) {
  const std::span<const double> found = values(at, futures);
  const auto hits = std::count_if(found.begin(), found.end(), [](double x) { return x > 0; });
  return static_cast<double>(hits) / static_cast<double>(found.size());
}

}  // namespace growth::analysis
