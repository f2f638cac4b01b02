#include "growth/allocate.hpp"

#include <algorithm>

#include "analysis/best_split.hpp"
#include "analysis/gradient.hpp"
#include "model/run.hpp"

namespace growth {
namespace {

/// Totals of media spend at which programmes begin, end or step. Rules that look at other metrics jump
/// elsewhere; the search without slopes finds those.
std::vector<double> spend_thresholds(const Incentives& incentives) {
  // "Below" a threshold ends right before it.
  constexpr double k_right_before = 1 - 1e-12;
  std::vector<double> totals;
  for (const Programme& programme : incentives.programmes) {
    for (const Requirement& requirement : programme.requirements) {
      if (requirement.metric != Metric::media_spend) continue;
      if (requirement.at_least) totals.push_back(*requirement.at_least);
      if (requirement.at_most) totals.push_back(*requirement.at_most);
      if (requirement.below) totals.push_back(*requirement.below * k_right_before);
    }
    if (programme.metric != Metric::media_spend) continue;
    for (const Tier& tier : programme.reward.tiers) totals.push_back(programme.baseline + tier.from);
  }
  std::sort(totals.begin(), totals.end());
  totals.erase(std::unique(totals.begin(), totals.end()), totals.end());
  return totals;
}

}  // namespace

std::optional<Allocation> allocate(const Scenario<double>& scenario, const PolicyPack* pack,
                                   const AllocationRequest& request, const Uncertainty&,
                                   const Execution& execution) {
  // The other statistics take their place here: another analysis::ObjectiveAt (without slopes, or with
  // those of the futures), the same search.
  if (request.statistic != AllocationStatistic::plan) return {};
  static const Incentives none;
  const Incentives& incentives = scenario.incentives.own ? *scenario.incentives.own
                                 : pack != nullptr       ? pack->incentives
                                                         : none;
  const model::CompiledIncentives compiled = model::compile(incentives, scenario.business.tags);
  const std::size_t channels = scenario.channels.size();
  const bool of_profit = request.objective == Objective::profit;

  Scenario<double> changed = scenario;
  analysis::SpendSlopes slopes(scenario, compiled);
  double done = 0;
  analysis::SplitProblem problem;
  problem.objective = [&](std::span<const double> spends, std::span<double> objective) {
    for (std::size_t i = 0; i < objective.size(); ++i) {
      for (std::size_t c = 0; c < channels; ++c) {
        changed.channels[c].monthly_spend = spends[i * channels + c];
      }
      const Summary<double> summary = model::run(changed, compiled);
      objective[i] = of_profit ? summary.profit : summary.gmv;
    }
    // How many rounds are still to come is not known; each takes a part of what is left.
    done += (1 - done) / 64;
    return !execution.progress || execution.progress(done);
  };
  problem.slopes = [&](std::span<const double> spend, std::span<double> slope) {
    const std::vector<analysis::Slope> found = slopes.at(spend);
    for (std::size_t c = 0; c < channels; ++c) {
      slope[c] = of_profit ? found[c].profit : found[c].gmv;
    }
  };
  problem.bounds = request.bounds;
  problem.budget = request.budget;
  for (const Channel<double>& channel : scenario.channels) {
    problem.current.push_back(channel.monthly_spend);
  }
  problem.jumps = spend_thresholds(incentives);
  problem.rough = !compiled.programmes.empty();
  constexpr double k_flat_share = 0.01;
  problem.flat_loss = k_flat_share * request.budget * scenario.horizon_months;
  return analysis::best_split(problem);
}

}  // namespace growth
