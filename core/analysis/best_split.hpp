// The best split of a budget over channels: the search itself, which knows no plan. What is maximised
// (a total of the plan, or a statistic over many futures) is behind ObjectiveAt.
//
// Responses may be S-curves, so the objective has many local optima and a gradient alone stays in the
// nearest one. The search therefore goes from the whole to the detail:
//   1. tabulate the objective along each channel, the others held at the best split so far, and take
//      the best sum of table entries within the budget by dynamic programming (exact for objectives
//      that are sums over channels, a good start for those that nearly are), once freely and once for
//      each choice of channels that are on and off; a lattice over whole splits stands beside it for
//      what is no sum;
//   2. climb from the most promising of them by slopes and curvatures, each step the exact solution of
//      the separable quadratic problem with budget and bounds (its multiplier is the marginal return);
//   3. shift money along each channel and between each pair, without slopes: that finds the edges of
//      jumps (a programme that pays from some spend on) and guards against whatever 1 and 2 missed.
// Every step is deterministic.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "growth/allocate.hpp"

namespace growth::analysis {

/// Writes the objective of each split; `spends` holds the splits one after the other, one number per
/// channel. Asked for as many at once as the search has use for. Returns false to stop the search.
using ObjectiveAt = std::function<bool(std::span<const double> spends, std::span<double> objective)>;

/// Writes the slope of the objective in the spend of each channel at one split.
using SlopesAt = std::function<void(std::span<const double> spend, std::span<double> slopes)>;

struct SplitProblem {
  ObjectiveAt objective;
  SlopesAt slopes;                  ///< empty: slopes are taken from differences of the objective
  std::vector<SpendBounds> bounds;  ///< per channel; their lows sum to at most the budget
  double budget{};                  ///< spends sum to at most this
  std::vector<double> current;      ///< per channel; need not keep to budget and bounds
  /// Totals of all channels at which the objective may jump: each is tried exactly.
  std::vector<double> jumps;
  /// The objective may jump at other places too, which nobody knows: look wider.
  bool rough{};
  double flat_loss{};  ///< how much below its best the objective may fall within Allocation::flat
};

/// Nothing when it was stopped.
[[nodiscard]] std::optional<Allocation> best_split(const SplitProblem& problem);

}  // namespace growth::analysis
