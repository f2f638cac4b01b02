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

Slopes gradient(const Scenario<double>& scenario, const model::CompiledIncentives& incentives,
                std::vector<std::string> paths) {
  // Eight directions share one run of the plan: wide enough to spare runs, narrow enough for cache.
  constexpr int k_width = 8;
  using Dual = num::Dual<k_width>;
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
    model::Simulation<Dual> simulation(seeded, incentives);
    Dual gmv(0);
    Dual profit(0);
    for (int t = 0; t < scenario.horizon_months; ++t) {
      const Month<Dual> month = simulation.step(Dual(1));
      gmv = gmv + month.gmv;
      profit = profit + month.profit;
    }
    for (std::size_t i = 0; i < last - first; ++i) {
      slopes.push_back({gmv.slope[i], profit.slope[i]});
    }
  }
  return {std::move(paths), std::move(slopes)};
}

}  // namespace growth::analysis
