#include "growth/allocate.hpp"

#include <algorithm>

#include "analysis/best_split.hpp"
#include "analysis/futures_metric.hpp"
#include "analysis/gradient.hpp"
#include "analysis/search_progress.hpp"
#include "model/run.hpp"

namespace growth {
namespace {

/// Of the sample's futures that the search over statistics looks at.
constexpr int k_futures_of_search = 512;
/// Rounds a search takes, about.
constexpr int k_rounds = 64;

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

/// What both ways of judging a split have in common.
analysis::SplitProblem split_problem(const Scenario<double>& scenario, const Incentives& incentives,
                                     const AllocationRequest& request) {
  analysis::SplitProblem problem;
  problem.bounds = request.bounds;
  problem.budget = request.budget;
  for (const Channel<double>& channel : scenario.channels) {
    problem.current.push_back(channel.monthly_spend);
  }
  problem.jumps = spend_thresholds(incentives);
  problem.rough = !incentives.programmes.empty();
  constexpr double k_flat_share = 0.01;
  problem.flat_loss = k_flat_share * request.budget * scenario.horizon_months;
  return problem;
}

std::optional<Allocation> allocate_plan(const Scenario<double>& scenario, const Incentives& incentives,
                                        const AllocationRequest& request, const Execution& execution) {
  const model::CompiledIncentives compiled = model::compile(incentives, scenario.business.tags);
  const std::size_t channels = scenario.channels.size();
  const bool of_profit = request.objective == Objective::profit;
  Scenario<double> changed = scenario;
  analysis::SpendSlopes slopes(scenario, compiled);
  analysis::SearchProgress progress(execution, k_rounds);
  analysis::SplitProblem problem = split_problem(scenario, incentives, request);
  problem.objective = [&](std::span<const double> spends, std::span<double> objective) {
    for (std::size_t i = 0; i < objective.size(); ++i) {
      for (std::size_t c = 0; c < channels; ++c) {
        changed.channels[c].monthly_spend = spends[i * channels + c];
      }
      const Summary<double> summary = model::run(changed, compiled);
      objective[i] = of_profit ? summary.profit : summary.gmv;
    }
    return progress.step();
  };
  problem.slopes = [&](std::span<const double> spend, std::span<double> slope) {
    const std::vector<analysis::Slope> found = slopes.at(spend);
    for (std::size_t c = 0; c < channels; ++c) {
      slope[c] = of_profit ? found[c].profit : found[c].gmv;
    }
  };
  return analysis::best_split(problem);
}

/// The same over futures. The search looks at the first of them; what it found, the current and the
/// equal split are then judged by all.
std::optional<Allocation> allocate_futures(const Scenario<double>& scenario,
                                           const Incentives& incentives,
                                           const AllocationRequest& request,
                                           const Uncertainty& uncertainty, const Execution& execution) {
  constexpr double k_low_quantile = 0.1;
  const model::CompiledIncentives compiled = model::compile(incentives, scenario.business.tags);
  std::vector<std::string> spends;
  for (std::size_t c = 0; c < scenario.channels.size(); ++c) {
    spends.push_back("channels[" + std::to_string(c) + "].monthly_spend");
  }
  const bool of_profit =
      request.statistic == AllocationStatistic::probability || request.objective == Objective::profit;
  analysis::FuturesMetric futures(scenario, compiled, uncertainty, of_profit ? "profit" : "gmv", spends,
                                  execution);
  const auto judge = [&](std::span<const double> split, int count) {
    return request.statistic == AllocationStatistic::probability
               ? futures.share_positive(split, count)
               : futures.quantile(split, count, k_low_quantile);
  };
  const int few = std::min(futures.trials(), k_futures_of_search);
  analysis::SearchProgress progress(execution, k_rounds);
  analysis::SplitProblem problem = split_problem(scenario, incentives, request);
  problem.rough = problem.rough || request.statistic == AllocationStatistic::probability;
  // A share of futures has no ¥; one in a thousand counts as nothing lost.
  if (request.statistic == AllocationStatistic::probability) problem.flat_loss = 1e-3;
  problem.objective = [&](std::span<const double> splits, std::span<double> objective) {
    const std::size_t channels = scenario.channels.size();
    for (std::size_t i = 0; i < objective.size(); ++i) {
      objective[i] = judge(splits.subspan(i * channels, channels), few);
    }
    return progress.step();
  };
  std::optional<Allocation> found = analysis::best_split(problem);
  if (!found) return {};
  for (Split* split : {&found->best, &found->current, &found->equal}) {
    split->objective = judge(split->spend, futures.trials());
  }
  return found;
}

}  // namespace

std::optional<Allocation> allocate(const Scenario<double>& scenario, const PolicyPack* pack,
                                   const AllocationRequest& request, const Uncertainty& uncertainty,
                                   const Execution& execution) {
  const Incentives& incentives = model::incentives_of(scenario, pack);
  if (request.statistic == AllocationStatistic::plan) {
    return allocate_plan(scenario, incentives, request, execution);
  }
  return allocate_futures(scenario, incentives, request, uncertainty, execution);
}

}  // namespace growth
