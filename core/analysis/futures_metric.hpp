// One summary metric over the futures of a scenario, while some inputs are moved: what seek and
// allocate ask when they look at a statistic instead of the plan itself. The futures stay the same
// ones, so a difference comes from the inputs alone.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/futures.hpp"
#include "growth/plan.hpp"
#include "growth/uncertainty.hpp"
#include "sampling/order_statistics.hpp"

namespace growth::analysis {

class FuturesMetric {
 public:
  /// `moved` are paths of numeric inputs; one that is uncertain is no longer.
  FuturesMetric(const Scenario<double>& scenario, const model::CompiledIncentives& incentives,
                const Uncertainty& uncertainty, std::string_view metric,
                const std::vector<std::string>& moved, const Execution& execution);

  [[nodiscard]] int trials() const { return uncertainty_.trials; }

  /// The metric in the first `futures` futures with the moved inputs at `at`; NaN where it does not
  /// exist. The result is valid until the next call.
  [[nodiscard]] std::span<const double> values(std::span<const double> at, int futures);

  /// The p-quantile of the same; NaN where the metric does not exist in every future.
  [[nodiscard]] double quantile(std::span<const double> at, int futures, double p);
  [[nodiscard]] double mean(std::span<const double> at, int futures);
  /// Share of the futures in which the metric is above 0.
  [[nodiscard]] double share_positive(std::span<const double> at, int futures);

 private:
  Uncertainty uncertainty_;  // of what stays uncertain
  const Execution& execution_;
  std::size_t metric_;
  int months_;
  Draws draws_;
  Runner runner_;
  std::vector<double> values_;
  sampling::QuantileSelector selector_;
};

}  // namespace growth::analysis
