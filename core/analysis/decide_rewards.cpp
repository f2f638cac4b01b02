// What programmes pay for: the next tier, vouchers, and sales through recognised private scenes.
#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/crossings.hpp"
#include "analysis/decide.hpp"

namespace growth::analysis {
namespace {

/// A decision is tried up to this many times its value, or to the end of what is typical.
constexpr double k_stretch = 3;
/// Intervals in which one month's metric is scanned over a decision.
constexpr std::size_t k_intervals = 24;
/// Differences of profit smaller than this share of the GMV, or this many ¥, are rounding.
constexpr double k_rounding = 1e-9;

bool differs(double profit, const Question& question) {
  return std::fabs(profit) > k_rounding * std::max(1.0, std::fabs(question.plan().summary.gmv));
}

/// The month's metrics and which programmes are active in it.
struct MonthState {
  model::Metrics<double> metrics;
  double fee{};
  std::vector<bool> active;
};

std::vector<MonthState> states(const Scenario<double>& scenario,
                               const model::CompiledIncentives& compiled) {
  std::vector<MonthState> months;
  (void)model::run(scenario, compiled,
                   [&](int t, const Month<double>& month, const model::Simulation<double>& simulation) {
                     MonthState state{simulation.metrics(), month.fee_rate, {}};
                     const model::IncentiveBook<double>& book = simulation.incentives();
                     for (const model::CompiledProgramme& programme : compiled.programmes) {
                       state.active.push_back(book.in_season(programme, t) &&
                                              book.active(programme, simulation.metrics()));
                     }
                     months.push_back(std::move(state));
                   });
  return months;
}

/// The tier above x, or null.
const Tier* tier_above(const Programme& rule, double x) {
  if (rule.reward.rule != RewardRule::step && rule.reward.rule != RewardRule::marginal) return nullptr;
  for (const Tier& tier : rule.reward.tiers) {
    if (tier.from > x) return &tier;
  }
  return nullptr;
}

class TierSearch {
 public:
  explicit TierSearch(const Question& question)
      : question_(question), months_(states(question.scenario(), question.compiled())) {}

  std::vector<TierStep> run() {
    std::vector<TierStep> steps;
    const auto& programmes = question_.incentives().programmes;
    for (std::size_t p = 0; p < programmes.size(); ++p) {
      std::optional<TierStep> step = rung(p);
      if (!step) continue;
      step->worth = worth(p, *step);
      step->pushes = pushes(p, *step);
      steps.push_back(std::move(*step));
    }
    std::stable_sort(steps.begin(), steps.end(),
                     [](const TierStep& a, const TierStep& b) { return best_net(a) > best_net(b); });
    return steps;
  }

 private:
  static double best_net(const TierStep& step) {
    double best = -std::numeric_limits<double>::infinity();
    for (const TierPush& push : step.pushes) best = std::max(best, push.net);
    return best;
  }

  /// The next rung of a programme in the first month that has one.
  std::optional<TierStep> rung(std::size_t p) const {
    const model::CompiledProgramme& programme = question_.compiled().programmes[p];
    const Programme& rule = *programme.rule;
    if (rule.reward.kind == RewardKind::fee_rate) return {};
    for (std::size_t t = 0; t < months_.size(); ++t) {
      const MonthState& month = months_[t];
      if (!model::IncentiveBook<double>::in_season(programme, static_cast<int>(t))) continue;
      TierStep step;
      step.programme = rule.id;
      step.kind = rule.reward.kind;
      step.month = static_cast<int>(t) + 1;
      Metric metric = rule.metric;
      if (month.active[p]) {
        const Tier* tier = tier_above(rule, std::max(0.0, month.metrics[metric] - rule.baseline));
        if (tier == nullptr) continue;
        step.needed = rule.baseline + tier->from;
      } else {
        const Requirement* missed = only_missed(rule, month.metrics);
        if (missed == nullptr) continue;
        step.is_entry = true;
        metric = missed->metric;
        step.needed = *missed->at_least;
      }
      step.metric = metric;
      step.now = month.metrics[metric];
      step.short_by = step.needed - step.now;
      model::Metrics<double> there = month.metrics;
      there[metric] = step.needed;
      step.extra = extra(p, month, there);
      if (step.extra > 0) return step;
    }
    return {};
  }

  /// The one requirement that does not hold and asks for more of something; null where several are
  /// missed or the programme belongs to another stage.
  static const Requirement* only_missed(const Programme& rule, const model::Metrics<double>& metrics) {
    const Requirement* missed = nullptr;
    for (const Requirement& requirement : rule.requirements) {
      if (model::holds(requirement, metrics)) continue;
      if (missed != nullptr || !requirement.at_least) return nullptr;
      missed = &requirement;
    }
    if (missed == nullptr || metrics[missed->metric] >= *missed->at_least) return nullptr;
    return missed;
  }

  [[nodiscard]] double payable(std::size_t p, const model::Metrics<double>& metrics, double fee) const {
    const Programme& rule = question_.incentives().programmes[p];
    const double value =
        model::reward_value(rule, metrics[rule.metric], fee) * question_.scenario().incentives.scale;
    return std::min(value, rule.cap_per_month.value_or(std::numeric_limits<double>::infinity()));
  }

  /// What the rung adds to what is paid now, beside the others of its exclusive group.
  [[nodiscard]] double extra(std::size_t p, const MonthState& month,
                             const model::Metrics<double>& there) const {
    const auto& programmes = question_.compiled().programmes;
    double now = month.active[p] ? payable(p, month.metrics, month.fee) : 0;
    double then = payable(p, there, month.fee);
    for (std::size_t other = 0; other < programmes.size(); ++other) {
      if (other == p || programmes[p].group < 0 || programmes[other].group != programmes[p].group) {
        continue;
      }
      if (!month.active[other]) continue;
      const double rival = payable(other, month.metrics, month.fee);
      now = std::max(now, rival);
      then = std::max(then, rival);
    }
    double more = std::max(0.0, then - now);
    if (const auto& cap = question_.incentives().programmes[p].cap_total) {
      const LedgerEntry& entry = question_.plan().ledger[p];
      more = std::min(more, std::max(0.0, *cap - entry.paid - entry.pending));
    }
    return more;
  }

  /// The extra alone, as a fixed reward of that month, with the programme's own delay and validity.
  [[nodiscard]] std::optional<double> worth(std::size_t p, const TierStep& step) const {
    const double scale = question_.scenario().incentives.scale;
    Incentives granted = question_.incentives();
    if (granted.programmes.size() >= k_most_programmes || !(scale > 0)) return {};
    Programme extra = granted.programmes[p];
    extra.stages.clear();
    extra.tags.clear();
    extra.requirements.clear();
    extra.exclusive_group.clear();
    extra.cap_per_month.reset();
    extra.cap_total.reset();
    extra.first_month = step.month;
    extra.last_month = step.month;
    extra.metric = Metric::months_open;
    extra.reward = {step.kind, RewardRule::fixed, step.extra / scale, {}};
    granted.programmes.push_back(std::move(extra));
    const Scenario<double>& scenario = question_.scenario();
    const auto compiled = model::compile(granted, scenario.business.tags);
    return model::run(scenario, compiled).profit - question_.plan().summary.profit;
  }

  [[nodiscard]] std::vector<TierPush> pushes(std::size_t p, const TierStep& step) const {
    const auto without =
        model::compile(question_.incentives(), question_.scenario().business.tags, static_cast<int>(p));
    const double profit = question_.plan().summary.profit;
    const double alone = model::run(question_.scenario(), without).profit;
    std::vector<TierPush> found;
    for (const std::string& path : question_.inputs(Role::decision)) {
      const std::optional<double> needed = reached_at(path, step);
      if (!needed) continue;
      const Scenario<double> there = question_.with(path, *needed);
      TierPush push{path, question_.input(path).value, *needed, 0, 0, 0};
      push.net = model::run(there, question_.compiled()).profit - profit;
      push.cost = alone - model::run(there, without).profit;
      push.reward = push.net + push.cost;
      found.push_back(std::move(push));
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const TierPush& a, const TierPush& b) { return a.cost < b.cost; });
    return found;
  }

  /// Where a decision, moved for all months, brings the month's metric to the rung.
  [[nodiscard]] std::optional<double> reached_at(const std::string& path, const TierStep& step) const {
    const Question::Input input = question_.input(path);
    const double low = std::max(input.field.range.low, std::min(input.field.typical.low, input.value));
    const double high =
        std::min(input.field.range.high, std::max(input.field.typical.high, k_stretch * input.value));
    Scenario<double> changed = question_.scenario();
    changed.horizon_months = step.month;
    double& value = *find_number(changed, path).value;
    const MetricAt measure = [&](std::span<const double> inputs,
                                 std::span<std::optional<double>> reached) {
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        value = inputs[i];
        (void)model::run(changed, question_.compiled(),
                         [&](int, const Month<double>&, const model::Simulation<double>& simulation) {
                           reached[i] = simulation.metrics()[step.metric];
                         });
      }
      return true;
    };
    // Most decisions do not reach it: that is seen at once.
    constexpr int k_few = 9;
    const std::vector<double> few = evenly(low, high, k_few);
    std::vector<std::optional<double>> reached(few.size());
    measure(few, reached);
    if (std::none_of(reached.begin(), reached.end(),
                     [&](const auto& at) { return at && *at >= step.needed; })) {
      return {};
    }
    const auto result =
        find_crossings(measure, {step.needed, low, high, input.value, k_intervals, 1e-12});
    if (!result || !result->nearest) return {};
    return result->nearest->value;
  }

  const Question& question_;
  std::vector<MonthState> months_;
};

/// What a programme pays over its metric, from nothing to half as much again as its next rung. A jump
/// has a point right before it.
DecisionCurve reward_curve(const Question& question, const TierStep& step) {
  constexpr double k_beyond = 1.5;
  constexpr double k_right_before = 1 - 1e-9;
  DecisionCurve curve{"metric", "reward", {}};
  const auto& programmes = question.incentives().programmes;
  const auto rule = std::find_if(programmes.begin(), programmes.end(),
                                 [&](const Programme& entry) { return entry.id == step.programme; });
  const bool same = rule->metric == step.metric;
  const double high = k_beyond * std::max(step.needed, step.now);
  std::vector<double> at{0, step.now, step.needed, high};
  if (step.is_entry) at.push_back(step.needed * k_right_before);
  for (const Tier& tier : rule->reward.tiers) {
    const double from = rule->baseline + tier.from;
    at.push_back(from);
    if (rule->reward.rule == RewardRule::step) at.push_back(from * k_right_before);
  }
  std::sort(at.begin(), at.end());
  at.erase(std::unique(at.begin(), at.end()), at.end());
  for (const double x : at) {
    if (x > high || curve.points.size() >= k_most_curve_points) break;
    // A programme that is entered pays nothing before; paid by another metric, the extra from there on.
    const bool inside = !step.is_entry || x >= step.needed;
    const double full =
        same ? model::reward_value(*rule, x, question.scenario().costs.platform_fee_rate) *
                   question.scenario().incentives.scale
             : step.extra;
    const double most = rule->cap_per_month.value_or(std::numeric_limits<double>::infinity());
    curve.points.push_back({x, inside ? std::min(full, most) : 0});
  }
  return curve;
}

}  // namespace

NextTierAnswer next_tier(const Question& question) {
  NextTierAnswer answer;
  const auto& programmes = question.incentives().programmes;
  if (programmes.empty()) {
    answer.no_answer = {
        "no_programmes",
        {"没有套用平台政策，也就没有档位可冲。先选一套政策。",
         "No platform policy applies, so there is no tier to climb. Choose a policy first."}};
    return answer;
  }
  answer.steps = TierSearch(question).run();
  if (answer.steps.empty()) {
    answer.no_answer = {
        "no_tiers",
        {"这套政策没有下一档：要么按比例一直给，要么已到最高档，要么条件差得不止一条。",
         "This policy has no next tier: it pays by a plain rate, or you are on the top one, "
         "or more than one condition is missed."}};
    return answer;
  }
  const TierStep& best = answer.steps.front();
  answer.curve = reward_curve(question, best);
  const auto net = std::max_element(best.pushes.begin(), best.pushes.end(),
                                    [](const auto& a, const auto& b) { return a.net < b.net; });
  if (best.pushes.empty()) {
    answer.verdict = "out_of_reach";
  } else if (best.pushes.front().cost <= 0) {
    answer.verdict = "pays_anyway";
  } else {
    answer.verdict = net->net > 0 ? "worth_it" : "not_worth_it";
  }
  return answer;
}

namespace {

struct VoucherFlow {
  double granted{};
  double used{};
  double expired{};
  double left{};
};

VoucherFlow voucher_flow(const std::vector<Month<double>>& months) {
  VoucherFlow flow;
  for (const Month<double>& month : months) {
    flow.granted += month.voucher_granted;
    flow.used += month.voucher_used;
    flow.expired += month.voucher_expired;
    flow.left = month.voucher_balance;
  }
  return flow;
}

/// Earned by a plan, that which arrives later included.
double vouchers_earned(const Scenario<double>& scenario, const model::CompiledIncentives& compiled) {
  double earned = 0;
  (void)model::run(scenario, compiled,
                   [&](int, const Month<double>&, const model::Simulation<double>& simulation) {
                     earned = 0;
                     const auto& accounts = simulation.incentives().accounts();
                     for (std::size_t p = 0; p < accounts.size(); ++p) {
                       if (compiled.programmes[p].rule->reward.kind != RewardKind::voucher_yuan)
                         continue;
                       earned += accounts[p].paid.total() + accounts[p].pending.total();
                     }
                   });
  return earned;
}

constexpr const char* k_price = "orders.price_change";

/// A price cut of `share` on top of the change that is planned already.
double cut(double price_change, double share) { return (1 + price_change) * (1 - share) - 1; }

}  // namespace

VoucherAnswer voucher(const Question& question) {
  constexpr double k_deepest_cut = 0.3;
  constexpr int k_cuts = 13;
  constexpr double k_judged_cut = 0.05;
  VoucherAnswer answer;
  const Scenario<double>& scenario = question.scenario();
  const Plan& plan = question.plan();
  answer.worth = plan.unit_economics.voucher_yuan_worth;
  // A whole ¥: at a balance of 0 the model's slope is that of a lot used up at once.
  answer.next_yuan =
      question.totals("vouchers.opening_balance", scenario.vouchers.opening_balance + 1).profit -
      plan.summary.profit;
  const VoucherFlow flow = voucher_flow(plan.months);
  answer.granted = flow.granted;
  answer.used = flow.used;
  answer.expired = flow.expired;
  answer.left = flow.left;
  answer.value = plan.attribution.vouchers.profit;

  const double price_now = scenario.orders.price_change;
  const double lowest = question.input(k_price).field.range.low;
  answer.curve = {k_price, "profit", {}};
  for (const double share : evenly(k_deepest_cut, 0, k_cuts)) {
    const double price = share > 0 ? cut(price_now, share) : price_now;
    if (price < lowest) continue;
    const double profit = question.totals(k_price, price).profit;
    answer.curve.points.push_back({price, profit});
    if (differs(profit - plan.summary.profit, question) &&
        profit - plan.summary.profit > answer.discount_profit) {
      answer.discount_profit = profit - plan.summary.profit;
      answer.discount = -share;
    }
  }

  model::CompiledIncentives without = question.compiled();
  for (model::CompiledProgramme& programme : without.programmes) {
    if (programme.rule->reward.kind == RewardKind::voucher_yuan) programme.last_month = -1;
  }
  const double judged = cut(price_now, k_judged_cut);
  if (judged >= lowest) {
    const Summary<double> plain = model::run(scenario, without);
    const Scenario<double> cheaper = question.with(k_price, judged);
    const Summary<double> cheaper_plain = model::run(cheaper, without);
    const double gmv = cheaper_plain.gmv - plain.gmv;
    if (differs(gmv, question) && gmv > 0) {
      const Summary<double> cheaper_all = model::run(cheaper, question.compiled());
      const double lost = plain.profit - cheaper_plain.profit;
      answer.cost_per_gmv = lost / gmv;
      answer.earned_per_gmv = (vouchers_earned(cheaper, question.compiled()) -
                               vouchers_earned(scenario, question.compiled())) /
                              gmv;
      answer.gain_per_gmv = (cheaper_all.profit - plan.summary.profit + lost) / gmv;
    }
  }

  const bool pays_vouchers =
      std::any_of(plan.ledger.begin(), plan.ledger.end(), [](const LedgerEntry& entry) {
        return entry.kind == RewardKind::voucher_yuan && entry.active_months > 0;
      });
  if (!pays_vouchers && flow.granted == 0) {
    answer.verdict = "none_earned";
  } else if (answer.discount_profit <= 0) {
    answer.verdict = "not_worth_a_discount";
  } else {
    const Scenario<double> cheaper = question.with(k_price, cut(price_now, -answer.discount));
    const bool pays_alone = model::run(cheaper, without).profit >= model::run(scenario, without).profit;
    answer.verdict = pays_alone ? "discount_pays_anyway" : "worth_a_discount";
  }
  return answer;
}

PrivateScenesAnswer private_scenes(const Question& question) {
  constexpr const char* k_scenes = "private.scene_share";
  constexpr int k_points = 11;
  PrivateScenesAnswer answer;
  for (const Programme& programme : question.incentives().programmes) {
    const bool rewards =
        programme.metric == Metric::private_scene_settled ||
        std::any_of(programme.requirements.begin(), programme.requirements.end(),
                    [](const auto& rule) { return rule.metric == Metric::private_scene_settled; });
    if (rewards) answer.programmes.push_back(programme.id);
  }
  if (answer.programmes.empty()) {
    answer.no_answer = {
        "no_scene_programme",
        {"套用的政策里没有按私域场景成交给的激励，走不走场景利润都一样。",
         "The policy in use pays nothing for orders through private scenes; the route makes "
         "no difference to profit."}};
    return answer;
  }
  answer.share = question.scenario().private_domain.scene_share;
  answer.profit = question.plan().summary.profit;
  answer.curve = {k_scenes, "profit", {}};
  for (const double share : evenly_with(0, 1, k_points, {answer.share})) {
    answer.curve.points.push_back({share, question.totals(k_scenes, share).profit});
  }
  answer.profit_none = answer.curve.points.front().y;
  answer.profit_all = answer.curve.points.back().y;
  if (!differs(answer.profit_all - answer.profit_none, question)) {
    answer.verdict = "no_effect";
  } else if (answer.profit_all < answer.profit) {
    answer.verdict = "costs";
  } else {
    answer.verdict = answer.share >= 1 ? "all_routed" : "route_all";
  }
  return answer;
}

}  // namespace growth::analysis
