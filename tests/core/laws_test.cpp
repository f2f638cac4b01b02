// Laws that hold for every scenario: conservation, monotonicity, units, limits. 400 random scenarios.
#include <doctest/doctest.h>

#include <cmath>
#include <functional>

#include "check_each.hpp"
#include "growth/fields.hpp"
#include "growth/plan.hpp"
#include "growth/quantities.hpp"
#include "model/run.hpp"
#include "support.hpp"

using namespace growth;
using test::relative_difference;

namespace {

constexpr std::uint64_t k_scenarios = 400;

void for_each_scenario(const std::function<void(const Scenario<double>&)>& check) {
  for (std::uint64_t seed = 1; seed <= k_scenarios; ++seed) {
    CAPTURE(seed);
    check(test::random_scenario(seed));
  }
}

Summary<double> totals(const Scenario<double>& scenario) {
  static const Incentives none;
  const Incentives& incentives = scenario.incentives.own ? *scenario.incentives.own : none;
  return model::run(scenario, model::compile(incentives, scenario.business.tags));
}

/// GMV does not fall when `better` is applied. The model knows trade-offs in which more can be less,
/// and the law is stated without them: programmes may end when a merchant grows; buyers who fit the
/// target group less blur the audience; a fuller pool leaves less room to join; who buys in a weak
/// season no longer buys first in a strong one; more sessions thin out each of them (fatigue), which
/// lowers the room's quality.
void never_lowers_gmv(const char* what, const std::function<void(Scenario<double>&)>& better) {
  CAPTURE(std::string(what));
  for_each_scenario([&](const Scenario<double>& drawn) {
    Scenario<double> before = drawn;
    before.incentives.own.reset();
    before.audience.learning_rate = 0;
    before.private_domain.pool_ceiling = 1e10;
    before.market.market_growth = 0;
    before.business.seasonality.fill(1);
    before.quality.weight.private_viewers = 0;
    Scenario<double> after = before;
    better(after);
    CHECK(totals(after).gmv >= totals(before).gmv * (1 - 1e-12));
  });
}

}  // namespace

TEST_CASE("every number of every plan is finite") {
  for_each_scenario([](const Scenario<double>& scenario) {
    const Plan result = plan(scenario, nullptr);
    for (const Month<double>& month : result.months) {
      for (const auto& entry : month_columns()) CHECK_EACH(std::isfinite(entry.read(month)));
      for (const auto& entry : month_terms()) CHECK_EACH(std::isfinite(entry.read(month)));
    }
    for (const auto& entry : unit_economics_quantities()) {
      CHECK_EACH(std::isfinite(entry.read(result.unit_economics)));
    }
    CHECK(std::isfinite(result.summary.npv));
  });
}

TEST_CASE("conservation of viewers, orders, money and vouchers") {
  for_each_scenario([](const Scenario<double>& scenario) {
    const Plan result = plan(scenario, nullptr);
    double vouchers_in = 0;
    double vouchers_out = 0;
    double balance = 0;
    double profit = 0;
    double pool = scenario.private_domain.users;
    for (const Month<double>& m : result.months) {
      const double viewers = m.viewers_private + m.viewers_referral + m.viewers_natural +
                             m.viewers_granted + m.viewers_voucher + m.viewers_paid;
      CHECK(relative_difference(m.viewers, viewers) < 1e-12);
      const double buyers = m.new_customers_private + m.new_customers_referral +
                            m.new_customers_natural + m.new_customers_granted +
                            m.new_customers_voucher + m.new_customers_paid + m.new_customers_affiliate;
      CHECK(relative_difference(m.new_customers, buyers) < 1e-12);
      // To the last cent: the parts of the profit column add up to it.
      const double parts = m.settled_gmv - m.cost_of_goods - m.platform_fee - m.distribution_cost -
                           m.fulfilment_cost - m.session_cost - m.media_spend - m.private_cost -
                           m.fixed_cost + m.partner_income + m.incentive_cash;
      CHECK(std::fabs(m.profit - parts) < 0.005);
      profit += m.profit;
      CHECK(std::fabs(m.cumulative_profit - profit) < 0.005);
      // The pool changes by churn, joins and recruits alone.
      CHECK(relative_difference(m.private_users, pool, 1) < 1e-12);
      pool = m.private_users * (1 - scenario.private_domain.monthly_churn) + m.pool_joins +
             m.pool_room * scenario.private_domain.monthly_recruits;
      // Every face ¥ is used, expires or is still there.
      vouchers_in += m.voucher_granted;
      vouchers_out += m.voucher_used + m.voucher_expired;
      balance = m.voucher_balance;
      CHECK(relative_difference(vouchers_in, vouchers_out + balance, 1e-3) < 1e-9);
    }
    CHECK(relative_difference(result.summary.private_users_end, pool, 1) < 1e-12);
    CHECK(std::fabs(result.summary.profit - profit) < 0.005);
  });
}

TEST_CASE("rewards: earned is paid, capped or pending; what is paid arrives in the columns") {
  for_each_scenario([](const Scenario<double>& scenario) {
    if (!scenario.incentives.own) return;
    const Plan result = plan(scenario, nullptr);
    double cash = 0;
    double vouchers = scenario.vouchers.opening_balance;
    for (const LedgerEntry& entry : result.ledger) {
      CHECK(relative_difference(entry.earned, entry.paid + entry.capped + entry.pending, 1e-6) < 1e-9);
      if (entry.kind == RewardKind::cash_yuan) cash += entry.paid;
      if (entry.kind == RewardKind::voucher_yuan) vouchers += entry.paid;
    }
    double cash_column = 0;
    double voucher_column = 0;
    for (const Month<double>& month : result.months) {
      cash_column += month.incentive_cash;
      voucher_column += month.voucher_granted;
    }
    CHECK(relative_difference(cash, cash_column, 1e-6) < 1e-9);
    CHECK(relative_difference(vouchers, voucher_column, 1e-6) < 1e-9);
  });
}

TEST_CASE("cash: what has not arrived is what the last months still owe") {
  for_each_scenario([](const Scenario<double>& scenario) {
    const Plan result = plan(scenario, nullptr);
    double revenue = 0;
    double arrived = 0;
    for (const Month<double>& month : result.months) {
      revenue += month.revenue;
      arrived += month.cash_in;
    }
    // Revenue may be negative in no scenario; it can only be late, never lost or doubled.
    CHECK(arrived <= revenue * (1 + 1e-12) + 1e-9);
    if (scenario.costs.settlement_days == 0) CHECK(relative_difference(arrived, revenue) < 1e-12);
  });
}

TEST_CASE("more of what helps never lowers GMV") {
  never_lowers_gmv("private users", [](auto& s) { s.private_domain.users *= 1.3; });
  never_lowers_gmv("public conversion", [](auto& s) { s.conversion.public_domain *= 1.2; });
  never_lowers_gmv("private conversion", [](auto& s) { s.conversion.private_domain *= 1.2; });
  never_lowers_gmv("sessions", [](auto& s) { s.live.sessions_per_month += 2; });
  never_lowers_gmv("hours", [](auto& s) { s.live.hours_per_session *= 1.1; });
  never_lowers_gmv("repurchase", [](auto& s) {
    s.repurchase.private_rate = std::min(1.0, s.repurchase.private_rate * 1.2);
  });
  never_lowers_gmv("account weight",
                   [](auto& s) { s.live.account_weight = std::min(1.0, s.live.account_weight + 0.1); });
  never_lowers_gmv("recruits", [](auto& s) { s.private_domain.monthly_recruits *= 1.05; });
  never_lowers_gmv("season", [](auto& s) { s.business.seasonality.fill(1.1); });
}

TEST_CASE("more spend on a channel never lowers its viewers") {
  for_each_scenario([](const Scenario<double>& scenario) {
    for (const Channel<double>& c : scenario.channels) {
      const double before =
          model::response(c.monthly_spend, c.cost_per_viewer, c.half_saturation, c.shape);
      const double after =
          model::response(c.monthly_spend * 1.5 + 1, c.cost_per_viewer, c.half_saturation, c.shape);
      CHECK(after >= before);
      // Never more than its limit, never cheaper than the first viewer's price where it is concave.
      CHECK(after <= c.half_saturation / c.cost_per_viewer);
      if (c.shape == 1) CHECK(after <= (c.monthly_spend * 1.5 + 1) / c.cost_per_viewer * (1 + 1e-12));
    }
  });
}

TEST_CASE("money has no favourite unit: all ¥ times 7 is every ¥ result times 7") {
  for_each_scenario([](const Scenario<double>& drawn) {
    Scenario<double> scenario = drawn;
    scenario.incentives.own.reset();
    Scenario<double> scaled = scenario;
    const double k = 7;
    scaled.orders.average_order_value *= k;
    scaled.quality.benchmark.gpm *= k;
    for (Channel<double>& c : scaled.channels) {
      c.monthly_spend *= k;
      c.cost_per_viewer *= k;
      c.half_saturation *= k;
    }
    scaled.vouchers.opening_balance *= k;
    scaled.vouchers.cost_per_viewer *= k;
    scaled.vouchers.half_saturation *= k;
    Costs<double>& costs = scaled.costs;
    for (double* cost : {&costs.shipping_per_order, &costs.return_cost_per_order, &costs.session_cost,
                         &costs.hourly_cost, &costs.private_cost_per_user, &costs.join_cost_per_user,
                         &costs.recruit_cost_per_user, &costs.fixed_monthly}) {
      *cost *= k;
    }
    const Plan a = plan(scenario, nullptr);
    const Plan b = plan(scaled, nullptr);
    CHECK(relative_difference(a.summary.gmv * k, b.summary.gmv) < 1e-9);
    CHECK(relative_difference(a.summary.profit * k, b.summary.profit, a.summary.gmv) < 1e-9);
    CHECK(relative_difference(a.unit_economics.max_cac * k, b.unit_economics.max_cac, 1) < 1e-9);
    CHECK(relative_difference(a.summary.viewers, b.summary.viewers) < 1e-9);
  });
}

TEST_CASE("a programme that pays nothing changes nothing") {
  for_each_scenario([](const Scenario<double>& drawn) {
    Scenario<double> without = drawn;
    without.incentives.own.reset();
    Scenario<double> with = drawn;
    with.incentives.scale = 0;
    CHECK(totals(with).profit == totals(without).profit);
  });
}

TEST_CASE("the ledger's values and the attribution are differences of plans") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    const Scenario<double> scenario = test::random_scenario(seed);
    const Plan result = plan(scenario, nullptr);
    const double profit = result.summary.profit;
    Scenario<double> no_pool = scenario;
    no_pool.private_domain.users = 0;
    no_pool.private_domain.monthly_recruits = 0;
    CHECK(result.attribution.private_pool.profit == profit - totals(no_pool).profit);
    Scenario<double> no_incentives = scenario;
    if (no_incentives.incentives.own) no_incentives.incentives.own->programmes.clear();
    CHECK(result.attribution.incentives.profit == profit - totals(no_incentives).profit);
    for (std::size_t i = 0; i < scenario.channels.size(); ++i) {
      Scenario<double> no_spend = scenario;
      no_spend.channels[i].monthly_spend = 0;
      const Contribution& channel = result.attribution.channels[i].contribution;
      CHECK(channel.profit == profit - totals(no_spend).profit);
      if (channel.cost > 0) CHECK(*channel.roi == (channel.profit + channel.cost) / channel.cost);
    }
    for (std::size_t p = 0; p < result.ledger.size(); ++p) {
      Scenario<double> no_programme = scenario;
      auto& programmes = no_programme.incentives.own->programmes;
      programmes.erase(programmes.begin() + static_cast<std::ptrdiff_t>(p));
      CHECK(relative_difference(result.ledger[p].value, profit - totals(no_programme).profit,
                                std::fabs(profit)) < 1e-9);
    }
  }
}
