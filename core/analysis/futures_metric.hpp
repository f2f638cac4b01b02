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
  /// The p-quantile of values that were found before.
  [[nodiscard]] double quantile_of(std::span<const double> found, double p);
  [[nodiscard]] double mean(std::span<const double> at, int futures);
  /// Share of the futures in which the metric is above 0.
  [[nodiscard]] double share_positive(std::span<const double> at, int futures);

  /// Keeps the few futures whose rank is near that of the p-quantile and of `target` among `found`, the
  /// values of all of them at one place. False where those are not few, where too many have the value
  /// of the quantile itself, or where one has none.
  [[nodiscard]] bool narrow(std::span<const double> found, double p, double target);
  /// The quantile that narrow() was asked for with the moved inputs at `at`, from the few: that of all
  /// futures as long as the others stay below or above it, as they were there.
  [[nodiscard]] double narrowed_quantile(std::span<const double> at);

 private:
  /// The metric of `count` futures, whose inputs and luck stand side by side with a `stride`.
  void run(int count, const double* inputs, const double* noise, std::size_t stride, double* found);
  void draw_kept();

  Uncertainty uncertainty_;  // of what stays uncertain
  const Execution& execution_;
  std::size_t metric_;
  int months_;
  std::size_t moved_;  // inputs
  Draws draws_;
  Runner runner_;
  std::vector<double> values_;
  sampling::QuantileSelector selector_;
  // Of narrow():
  std::vector<int> kept_;        // futures, in their order
  std::vector<double> drawn_;    // a column for each input, drawn and moved, and for each month's luck
  std::vector<double> of_kept_;  // values
  std::size_t rank_{};           // of the value at or below the quantile, among the kept
  double share_{};               // of the way to the next one
};

}  // namespace growth::analysis
