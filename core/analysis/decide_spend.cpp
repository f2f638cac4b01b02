// What viewers, clicks and orders may cost, and where the next ¥1,000 a month goes.
#include <algorithm>

#include "analysis/decide.hpp"
#include "number/number.hpp"

namespace growth::analysis {
namespace {

constexpr double k_amount = 1000;  // ¥ a month

std::string spend_path(std::size_t channel) {
  return "channels[" + std::to_string(channel) + "].monthly_spend";
}

std::string_view price_verdict(const HighestPriceAnswer& answer) {
  if (!(answer.per_order > 0)) return "no_price";
  const auto any = [&](auto&& holds) {
    return std::any_of(answer.channels.begin(), answer.channels.end(), holds);
  };
  const auto is_bought = [](const ChannelPrice& channel) { return channel.is_bought; };
  const auto too_dear = [](const ChannelPrice& channel) { return channel.paid > channel.highest; };
  if (any([&](const auto& channel) { return is_bought(channel) && too_dear(channel); })) {
    return "overpaying";
  }
  if (any(is_bought)) return "within";
  if (any([&](const auto& channel) { return !too_dear(channel); })) return "could_buy";
  return answer.channels.empty() ? "within" : "too_dear";
}

}  // namespace

HighestPriceAnswer highest_price(const Question& question) {
  HighestPriceAnswer answer;
  const Plan& plan = question.plan();
  const UnitEconomics<double>& units = plan.unit_economics;
  answer.per_viewer = units.max_cost_per_viewer;
  answer.per_viewer_first_order = units.first_order_max_cost_per_viewer;
  answer.per_order = units.max_cac;
  answer.per_order_first_order = units.first_order_margin;
  answer.paid_per_order = defined(plan.summary.cac);
  for (std::size_t c = 0; c < question.scenario().channels.size(); ++c) {
    const Channel<double>& channel = question.scenario().channels[c];
    const ChannelResult& result = plan.attribution.channels[c];
    const double spent = channel.monthly_spend * question.months();
    ChannelPrice price;
    price.id = channel.id;
    price.highest = units.max_cost_per_viewer_channels[c];
    price.is_bought = spent > 0 && result.viewers >= k_no_denominator;
    price.paid = price.is_bought ? spent / result.viewers : channel.cost_per_viewer;
    if (price.is_bought) price.paid_per_order = defined(Quotient<double>{spent, result.new_customers});
    price.marginal_profit_per_yuan = result.marginal_profit_per_yuan;
    answer.channels.push_back(std::move(price));
  }
  answer.verdict = price_verdict(answer);
  return answer;
}

namespace {

double vouchers_granted(const std::vector<Month<double>>& months) {
  double granted = 0;
  for (const Month<double>& month : months) granted += month.voucher_granted;
  return granted;
}

/// What one more ¥ a month moves an input by; nothing where money does not buy more of it.
struct Purchase {
  std::string path;
  double per_yuan{};
};

std::vector<Purchase> purchases(const Question& question) {
  const Scenario<double>& scenario = question.scenario();
  const Plan& plan = question.plan();
  std::vector<Purchase> list;
  for (std::size_t c = 0; c < scenario.channels.size(); ++c) list.push_back({spend_path(c), 1});
  const double recruit = scenario.costs.recruit_cost_per_user;
  if (recruit > 0) list.push_back({"private.monthly_recruits", 1 / recruit});
  const double sessions = scenario.live.sessions_per_month;
  const double per_session = num::share(plan.months.front().session_cost, sessions);
  if (per_session > 0) list.push_back({"live.sessions_per_month", 1 / per_session});
  // A price cut gives away its share of what is sold now.
  const double monthly_gmv = plan.summary.gmv / question.months();
  if (monthly_gmv > 0) {
    list.push_back({"orders.price_change", -(1 + scenario.orders.price_change) / monthly_gmv});
  }
  return list;
}

}  // namespace

std::vector<MoneyUse> money_uses(const Question& question) {
  const Plan& plan = question.plan();
  const double granted = vouchers_granted(plan.months);
  // To keep it comes first, and so before a use that gains nothing either.
  std::vector<MoneyUse> uses(1);
  for (const Purchase& purchase : purchases(question)) {
    const Question::Input input = question.input(purchase.path);
    MoneyUse use;
    use.path = purchase.path;
    use.now = input.value;
    use.then = use.now + k_amount * purchase.per_yuan;
    if (use.then < input.field.range.low || use.then > input.field.range.high) continue;
    std::vector<Month<double>> months;
    const Summary<double> totals =
        model::run(question.with(use.path, use.then), question.compiled(),
                   [&](int, const Month<double>& month, const auto&) { months.push_back(month); });
    use.gain = totals.profit - plan.summary.profit;
    use.vouchers = vouchers_granted(months) - granted;
    uses.push_back(std::move(use));
  }
  std::stable_sort(uses.begin(), uses.end(),
                   [](const MoneyUse& a, const MoneyUse& b) { return a.gain > b.gain; });
  return uses;
}

NextThousandAnswer next_thousand(const Question& question) {
  constexpr int k_points = 11;
  constexpr double k_farthest = 10 * k_amount;
  NextThousandAnswer answer;
  answer.amount = k_amount;
  answer.uses = money_uses(question);
  const bool keeps = answer.uses.front().path.empty();
  answer.verdict = keeps ? "keep" : "spend";
  if (answer.uses.size() == 1) return answer;

  const MoneyUse& best = answer.uses[keeps ? 1 : 0];
  const std::vector<Purchase> bought = purchases(question);
  const auto purchase = std::find_if(bought.begin(), bought.end(),
                                     [&](const Purchase& entry) { return entry.path == best.path; });
  const Range range = question.input(best.path).field.range;
  answer.curve = {"amount", "gain", {}};
  for (const double amount : evenly(0, k_farthest, k_points)) {
    const double value = best.now + amount * purchase->per_yuan;
    if (value < range.low || value > range.high) break;
    answer.curve.points.push_back(
        {amount, question.totals(best.path, value).profit - question.plan().summary.profit});
  }
  return answer;
}

}  // namespace growth::analysis
