// How many private users a goal needs, and the repeat rate that makes up for first orders sold at a
// loss.
#include <algorithm>
#include <cmath>

#include "analysis/decide.hpp"

namespace growth::analysis {
namespace {

std::optional<double> crossing(const SeekResult& result) {
  if (!result.found || !result.nearest) return {};
  return result.nearest->value;
}

}  // namespace

PrivateUsersAnswer private_users(const Question& question, std::optional<double> goal_gmv_monthly) {
  constexpr const char* k_users = "private.users";
  constexpr const char* k_reproduction = "quality.benchmark_reproduction";
  constexpr double k_goal_factor = 2;
  constexpr double k_beyond = 1.25;
  constexpr int k_points = 21;
  PrivateUsersAnswer answer;
  const Scenario<double>& scenario = question.scenario();
  const Summary<double>& now = question.plan().summary;
  answer.gmv = now.gmv / question.months();
  answer.goal = goal_gmv_monthly.value_or(k_goal_factor * answer.gmv);
  answer.users = scenario.private_domain.users;
  answer.leverage = defined(now.leverage);
  answer.reproduction = scenario.quality.benchmark_reproduction;
  answer.profitable = now.profit >= 0;

  if (answer.leverage) {
    answer.break_even_reproduction = crossing(question.seek(k_reproduction, "profit", 0));
    if (answer.break_even_reproduction) {
      answer.break_even_leverage =
          defined(question.totals(k_reproduction, *answer.break_even_reproduction).leverage);
    }
  }

  const SeekResult result = question.seek(k_users, "gmv", answer.goal * question.months());
  answer.most = result.best.reached.value_or(0) / question.months();
  answer.needed = crossing(result);
  double farthest = std::max(answer.users, result.best.value);
  if (answer.needed) {
    farthest = k_beyond * std::max(answer.users, *answer.needed);
    answer.profit_at_needed = question.totals(k_users, *answer.needed).profit;
    const double further = *answer.needed - answer.users;
    if (std::fabs(further) >= k_no_denominator) {
      answer.worth_per_user = (*answer.profit_at_needed - now.profit) / further;
    }
  }
  farthest = std::min(farthest, question.input(k_users).field.range.high);
  answer.curve = {k_users, "gmv_monthly", {}};
  if (farthest > 0) {
    for (const double users : evenly_with(0, farthest, k_points, {answer.users, answer.needed})) {
      answer.curve.points.push_back({users, question.totals(k_users, users).gmv / question.months()});
    }
  }
  if (answer.gmv >= answer.goal) {
    answer.verdict = "met";
  } else {
    answer.verdict = answer.needed ? "needs_more" : "out_of_reach";
  }
  return answer;
}

FirstOrderLossAnswer first_order_loss(const Question& question) {
  constexpr const char* k_private = "repurchase.private_rate";
  constexpr const char* k_public = "repurchase.public_rate";
  constexpr int k_points = 21;
  FirstOrderLossAnswer answer;
  const Repurchase<double>& repurchase = question.scenario().repurchase;
  if (repurchase.curve_private && repurchase.curve_public) {
    answer.no_answer = {
        "curves_given",
        {"复购是按你给的逐月曲线算的，复购率改了也不起作用。去掉曲线才能问这个。",
         "Repeat orders follow the monthly curves you gave; a repeat rate changes nothing. Take "
         "the curves away to ask this."}};
    return answer;
  }
  const Plan& plan = question.plan();
  const UnitEconomics<double>& units = plan.unit_economics;
  answer.first_order_margin = units.first_order_margin;
  answer.customer_worth = units.max_cac;
  answer.repeats_worth = units.max_cac - units.first_order_margin;
  answer.acquisition = defined(plan.summary.cac).value_or(0);
  answer.months = repurchase.ltv_months;
  answer.payback_months = customer_payback_months(units, plan.summary);
  answer.private_rate = repurchase.private_rate;
  answer.public_rate = repurchase.public_rate;
  // What a customer costs does not depend on whether it comes back.
  if (!repurchase.curve_private) {
    answer.needed_private_rate = crossing(question.seek(k_private, "max_cac", answer.acquisition));
    answer.plan_private_rate = crossing(question.seek(k_private, "profit", 0));
  }
  if (!repurchase.curve_public) {
    answer.needed_public_rate = crossing(question.seek(k_public, "max_cac", answer.acquisition));
  }

  const bool by_public = repurchase.curve_private.has_value();
  const char* moved = by_public ? k_public : k_private;
  const double now = by_public ? answer.public_rate : answer.private_rate;
  const std::optional<double> needed =
      by_public ? answer.needed_public_rate : answer.needed_private_rate;
  answer.curve = {moved, "customer_worth_less_acquisition", {}};
  for (const double rate : evenly_with(0, 1, k_points, {now, needed})) {
    const double worth = model::unit_economics(question.with(moved, rate)).max_cac;
    answer.curve.points.push_back({rate, worth - answer.acquisition});
  }
  if (units.first_order_margin >= answer.acquisition) {
    answer.verdict = "first_order_pays";
  } else if (units.max_cac >= answer.acquisition) {
    answer.verdict = "pays_back";
  } else {
    const bool reachable = answer.needed_private_rate || answer.needed_public_rate;
    answer.verdict = reachable ? "needs_more" : "out_of_reach";
  }
  return answer;
}

}  // namespace growth::analysis
