// Where the next ¥ goes: the monthly spends per channel that bring most.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "growth/plan.hpp"
#include "growth/uncertainty.hpp"

namespace growth {

enum class Objective { profit, gmv };

/// plan: the total of the plan itself; p10: its 10th percentile over the futures; probability: the
/// share of the futures with a profit above 0.
enum class AllocationStatistic { plan, p10, probability };

struct SpendBounds {
  double low{};
  double high{};
};

struct AllocationRequest {
  double budget{};  ///< ¥ per month, all channels together
  Objective objective{Objective::profit};
  AllocationStatistic statistic{AllocationStatistic::plan};
  std::vector<SpendBounds> bounds;  ///< per channel of the scenario
};

struct Split {
  std::vector<double> spend;  ///< ¥ per month and channel, in the order of the scenario
  double objective{};
};

struct Allocation {
  Split best;
  double unspent{};
  std::vector<double> marginal;  ///< objective per further ¥ a month on the channel, at the best split
  Split current;
  Split equal;
  /// Spends within which the objective stays within 1 % of the budget of its best, one channel moved
  /// against the others.
  std::vector<SpendBounds> flat;
  struct Point {
    double budget{};
    double objective{};
  };
  std::vector<Point>
      curve;  ///< the best objective over budgets from the bounds' minimum to twice the budget
};

/// Nothing when it was stopped. `uncertainty` is read for statistics other than `plan` only.
[[nodiscard]] std::optional<Allocation> allocate(const Scenario<double>& scenario,
                                                 const PolicyPack* pack,
                                                 const AllocationRequest& request,
                                                 const Uncertainty& uncertainty,
                                                 const Execution& execution);

}  // namespace growth
