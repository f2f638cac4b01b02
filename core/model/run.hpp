// A scenario from the first month to the last, and what it adds up to (section 4 of the model).
#pragma once

#include "growth/plan.hpp"
#include "model/simulation.hpp"

namespace growth::model {

/// The next month: as a function of its own where every column is wanted, else as part of its caller.
template <Detail detail, Extras extras, class Number>
[[gnu::always_inline]] inline Month<Number> next(Simulation<Number>& simulation, const Number& noise) {
  if constexpr (detail == Detail::every_column) {
    return simulation.step(noise);
  } else {
    return simulation.template step_inline<detail, extras>(noise);
  }
}

/// Runs the plan with noise(month index) on the natural traffic of each month and returns its totals;
/// calls see(month index, month, simulation) after each month.
template <Detail detail, Extras extras, class Number, class Noise, class See>
[[nodiscard]] Summary<Number> run(const Scenario<Number>& scenario,
                                  const CompiledIncentives& incentives, Noise&& noise, See&& see) {
  Simulation<Number> simulation(scenario, incentives);
  const int horizon = scenario.horizon_months;
  const Number none(static_cast<double>(horizon + 1));

  Number npv(0);
  Number orders(0), viewers(0), new_customers(0), repeats(0), public_viewers(0), natural(0),
      private_viewers(0), media_spend(0), paid(0), voucher(0);
  Summary<Number> summary;
  summary.cash_low = Number(0);
  summary.payback_month = none;
  summary.profit = Number(0);
  const Number discount = 1.0 / (1.0 + scenario.costs.discount_rate_monthly);
  Number discounted(1);  // (1+discount)^-(t+1)
  // A ¥ of revenue, discounted from the month of its sale to those of its arrival.
  Number arrival_discount(0);
  {
    Number factor(1);
    for (int lag = 0; lag <= simulation.settlement().longest_lag(); ++lag) {
      arrival_discount = arrival_discount + simulation.settlement().share(lag) * factor;
      factor = factor * discount;
    }
  }
  for (int t = 0; t < horizon; ++t) {
    const Month<Number> m = next<detail, extras>(simulation, noise(t));
    orders = orders + m.orders;
    viewers = viewers + m.viewers;
    new_customers = new_customers + m.new_customers;
    repeats = repeats + (m.repeat_orders_private + m.repeat_orders_public);
    public_viewers = public_viewers + (m.viewers_natural + if_any<extras>(m.viewers_granted));
    natural = natural + m.viewers_natural;
    private_viewers = private_viewers + m.viewers_private;
    media_spend = media_spend + m.media_spend;
    paid = paid + m.new_customers_paid;
    voucher = voucher + if_any<extras>(m.new_customers_voucher);
    discounted = discounted * discount;
    npv = npv + (m.revenue * arrival_discount - m.outlays) * discounted;
    summary.profit = m.cumulative_profit;
    summary.cash_low = num::min(summary.cash_low, m.cumulative_cash);
    const auto in_profit = m.cumulative_profit >= Number(0);
    summary.payback_month = num::select(
        in_profit, num::min(summary.payback_month, Number(static_cast<double>(t + 1))), none);
    see(t, m, simulation);
  }
  summary.gmv = simulation.gmv();
  summary.settled_gmv = simulation.gmv() * simulation.pricing().kept;
  summary.npv = npv;
  summary.orders = orders;
  summary.viewers = viewers;
  summary.new_customers = new_customers;
  summary.repeat_share = num::share(repeats, summary.orders);
  summary.public_share = num::share(public_viewers, summary.viewers);
  summary.leverage = {natural, private_viewers};
  summary.media_spend = media_spend;
  summary.roas = {simulation.pricing().price * (if_any<extras>(voucher) + paid), summary.media_spend};
  summary.cac = {summary.media_spend, paid};
  summary.private_users_end = simulation.pool_users();
  return summary;
}

/// The same without noise.
template <class Number, class See>
[[nodiscard]] Summary<Number> run(const Scenario<Number>& scenario,
                                  const CompiledIncentives& incentives, See&& see) {
  return run<Detail::every_column, Extras::any>(
      scenario, incentives, [](int) { return Number(1); }, see);
}

/// The totals alone.
template <class Number>
[[nodiscard]] Summary<Number> run(const Scenario<Number>& scenario,
                                  const CompiledIncentives& incentives) {
  return run(scenario, incentives, [](int, const Month<Number>&, const Simulation<Number>&) {});
}

extern template Summary<double> run(const Scenario<double>&, const CompiledIncentives&);

}  // namespace growth::model
