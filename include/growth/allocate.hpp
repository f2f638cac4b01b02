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
  /// Per channel of the scenario; the lower ones sum to at most the budget. No spend goes beyond the
  /// budget either, so an upper bound may simply be the field's.
  std::vector<SpendBounds> bounds;
};

struct Split {
  std::vector<double> spend;  ///< ¥ per month and channel, in the order of the scenario
  double objective{};
};

struct Allocation {
  Split best;
  double unspent{};
  /// What one further ¥ a month on the channel adds to the objective over the whole horizon, at the
  /// best split (exact derivative, from the right at 0). Over the months it costs as many ¥ as there
  /// are months; the profit already has that cost taken off.
  std::vector<double> marginal;
  Split current;
  Split equal;
  /// Spends within which the objective loses at most 1 % of the budget over the horizon, one channel
  /// moved against the others: more is taken from what is unspent, then from the others in proportion;
  /// less goes to the others in proportion, or stays unspent where something already does.
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
