#include "analysis/attribution.hpp"

#include <algorithm>

#include "model/run.hpp"

namespace growth::analysis {
namespace {

double total_private_cost(const std::vector<Month<double>>& months) {
  num::CompensatedSum<double> cost;
  for (const Month<double>& month : months) cost.add(month.private_cost);
  return cost.total();
}

Contribution contribution(const Summary<double>& with, const Summary<double>& without, double cost) {
  Contribution result;
  result.profit = with.profit - without.profit;
  result.gmv = with.gmv - without.gmv;
  result.cost = cost;
  if (cost > 0) result.roi = (result.profit + cost) / cost;
  return result;
}

}  // namespace

Attribution attribute(const Scenario<double>& scenario, const model::CompiledIncentives& incentives,
                      const std::vector<Month<double>>& months, const Summary<double>& summary,
                      const Slopes& slopes) {
  Attribution result;
  const double horizon = scenario.horizon_months;
  // What is not in use changes nothing when it is switched off; the plan need not be run again for it.
  const bool uses_vouchers = std::any_of(months.begin(), months.end(),
                                         [](const auto& month) { return month.voucher_used > 0; });
  {
    Scenario<double> without = scenario;
    without.private_domain.users = 0;
    without.private_domain.monthly_recruits = 0;
    std::vector<Month<double>> months_without;
    const auto summary_without = model::run(
        without, incentives,
        [&](int, const Month<double>& month, const auto&) { months_without.push_back(month); });
    const double own_cost = total_private_cost(months) - total_private_cost(months_without);
    result.private_pool = contribution(summary, summary_without, own_cost);
  }
  if (uses_vouchers) {
    Scenario<double> without = scenario;
    without.vouchers.use_rate = 0;
    result.vouchers = contribution(summary, model::run(without, incentives), 0);
  }
  if (!incentives.programmes.empty()) {
    const model::CompiledIncentives none{incentives.stages, {}, 0};
    result.incentives = contribution(summary, model::run(scenario, none), 0);
  }
  {
    Scenario<double> without = scenario;
    without.repurchase.private_rate = 0;
    without.repurchase.public_rate = 0;
    if (without.repurchase.curve_private) without.repurchase.curve_private->clear();
    if (without.repurchase.curve_public) without.repurchase.curve_public->clear();
    result.repurchase = contribution(summary, model::run(without, incentives), 0);
  }
  for (std::size_t i = 0; i < scenario.channels.size(); ++i) {
    const Channel<double>& channel = scenario.channels[i];
    ChannelResult entry;
    entry.id = channel.id;
    const double viewers = model::response(channel.monthly_spend, channel.cost_per_viewer,
                                           channel.half_saturation, channel.shape);
    entry.viewers = viewers * horizon;
    for (const Month<double>& month : months) {
      entry.new_customers +=
          viewers * model::conversion_rate(scenario.conversion.public_domain *
                                               (channel.precision / scenario.audience.reference_purity),
                                           month.demand);
    }
    if (channel.monthly_spend > 0) {
      Scenario<double> without = scenario;
      without.channels[i].monthly_spend = 0;
      entry.contribution =
          contribution(summary, model::run(without, incentives), channel.monthly_spend * horizon);
    }
    const std::string spend = "channels[" + std::to_string(i) + "].monthly_spend";
    entry.marginal_profit_per_yuan = slopes.at(spend).profit / horizon;
    result.channels.push_back(std::move(entry));
  }
  return result;
}

}  // namespace growth::analysis
