#include "analysis/gradient.hpp"

#include <algorithm>

#include "growth/fields.hpp"
#include "model/simulation.hpp"
#include "number/dual.hpp"

namespace growth::analysis {

const Slope& Slopes::at(std::string_view path) const {
  const auto found = std::find(paths.begin(), paths.end(), path);
  return values.at(static_cast<std::size_t>(found - paths.begin()));
}

namespace {

// Eight directions share one run of the plan: wide enough to spare runs, narrow enough for cache.
constexpr int k_width = 8;
using Dual = num::Dual<k_width>;
static_assert(k_width == k_most_channels);

struct Totals {
  Dual gmv{0};
  Dual profit{0};
};

Totals totals(const Scenario<Dual>& scenario, const model::CompiledIncentives& incentives) {
  model::Simulation<Dual> simulation(scenario, incentives);
  Totals sums;
  for (int t = 0; t < scenario.horizon_months; ++t) {
    const Month<Dual> month = simulation.step(Dual(1));
    sums.gmv = sums.gmv + month.gmv;
    sums.profit = sums.profit + month.profit;
  }
  return sums;
}

}  // namespace

Slopes gradient(const Scenario<double>& scenario, const model::CompiledIncentives& incentives,
                std::vector<std::string> paths) {
  const Scenario<Dual> constant = convert<Dual>(scenario);
  std::vector<Slope> slopes;
  for (std::size_t first = 0; first < paths.size(); first += k_width) {
    const std::size_t last = std::min(paths.size(), first + k_width);
    Scenario<Dual> seeded = constant;
    visit_numbers(seeded, [&](const Field&, std::string_view path, Dual& value) {
      for (std::size_t i = first; i < last; ++i) {
        if (paths[i] == path) value.slope[i - first] = 1;
      }
    });
    const Totals sums = totals(seeded, incentives);
    for (std::size_t i = 0; i < last - first; ++i) {
      slopes.push_back({sums.gmv.slope[i], sums.profit.slope[i]});
    }
  }
  return {std::move(paths), std::move(slopes)};
}

SpendSlopes::SpendSlopes(const Scenario<double>& scenario, const model::CompiledIncentives& incentives)
    : scenario_(convert<Dual>(scenario)), incentives_(incentives) {}

std::vector<Slope> SpendSlopes::at(std::span<const double> spends) {
  for (std::size_t c = 0; c < spends.size(); ++c) {
    Dual& spend = scenario_.channels[c].monthly_spend;
    spend = Dual(spends[c]);
    spend.slope[c] = 1;
  }
  const Totals sums = totals(scenario_, incentives_);
  std::vector<Slope> slopes;
  for (std::size_t c = 0; c < spends.size(); ++c) {
    slopes.push_back({sums.gmv.slope[c], sums.profit.slope[c]});
  }
  return slopes;
}

}  // namespace growth::analysis
