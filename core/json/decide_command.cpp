#include <array>

#include "growth/decide.hpp"
#include "json/full_commands.hpp"
#include "json/known_names.hpp"
#include "json/problems.hpp"
#include "json/reading.hpp"
#include "json/request.hpp"
#include "json/write.hpp"

namespace growth::json {
namespace {

constexpr const char* k_decide = "decide";
constexpr Text k_decision_label{"问哪一个", "Decision"};
constexpr Text k_goal_label{"每月成交目标", "GMV goal per month"};

DecideRequest read_decide(Draft& draft) {
  constexpr Range k_goal_range{0, 1e12};
  Errors& errors = draft.errors;
  DecideRequest read;
  const Place wanted = member_of(draft.request.root, {}, k_decide);
  if (!is_object(wanted, errors)) return read;
  const Json& object = *wanted.value;
  std::vector<std::string> names;
  for (int i = 0; i < k_decision_count; ++i) {
    names.emplace_back(decision_name(static_cast<Decision>(i)));
  }
  if (const auto position =
          read_choice(member_of(object, k_decide, "decision", k_decision_label), names, errors)) {
    read.decision = static_cast<Decision>(*position);
  }
  read.goal_gmv_monthly = read_number(member_of(object, k_decide, "goal_gmv_monthly", k_goal_label),
                                      k_goal_range, errors, Unit::yuan_per_month);
  refuse_unknown(object, k_decide, {"decision", "goal_gmv_monthly"}, errors);
  return read;
}

void write_members(Writer& writer, const NextTierAnswer& answer) {
  writer.key("steps").begin_array();
  for (const TierStep& step : answer.steps) {
    writer.begin_object()
        .member("programme", step.programme)
        .member("kind", reward_kind_name(step.kind))
        .member("rung", step.is_entry ? "entry" : "tier")
        .member("metric", metric_name(step.metric))
        .member("month", step.month)
        .member("now", step.now)
        .member("needed", step.needed)
        .member("short_by", step.short_by)
        .member("extra", step.extra)
        .member("worth", step.worth);
    writer.key("pushes").begin_array();
    for (const TierPush& push : step.pushes) {
      writer.begin_object()
          .member("path", push.path)
          .member("now", push.now)
          .member("needed", push.needed)
          .member("cost", push.cost)
          .member("reward", push.reward)
          .member("net", push.net)
          .end_object();
    }
    writer.end_array().end_object();
  }
  writer.end_array();
}

void write_members(Writer& writer, const VoucherAnswer& answer) {
  writer.member("worth", answer.worth)
      .member("next_yuan", answer.next_yuan)
      .member("granted", answer.granted)
      .member("used", answer.used)
      .member("expired", answer.expired)
      .member("left", answer.left)
      .member("value", answer.value)
      .member("discount", answer.discount)
      .member("discount_profit", answer.discount_profit)
      .member("cost_per_gmv", answer.cost_per_gmv)
      .member("earned_per_gmv", answer.earned_per_gmv)
      .member("gain_per_gmv", answer.gain_per_gmv);
}

void write_members(Writer& writer, const PrivateUsersAnswer& answer) {
  writer.member("goal", answer.goal)
      .member("gmv", answer.gmv)
      .member("users", answer.users)
      .member("needed", answer.needed)
      .member("profit_at_needed", answer.profit_at_needed)
      .member("worth_per_user", answer.worth_per_user)
      .member("most", answer.most)
      .member("leverage", answer.leverage)
      .member("break_even_leverage", answer.break_even_leverage)
      .member("reproduction", answer.reproduction)
      .member("break_even_reproduction", answer.break_even_reproduction)
      .member("profitable", answer.profitable);
}

void write_members(Writer& writer, const PrivateScenesAnswer& answer) {
  writer.member("programmes", answer.programmes)
      .member("share", answer.share)
      .member("profit", answer.profit)
      .member("profit_all", answer.profit_all)
      .member("profit_none", answer.profit_none);
}

void write_members(Writer& writer, const HighestPriceAnswer& answer) {
  writer.member("per_viewer", answer.per_viewer)
      .member("per_viewer_first_order", answer.per_viewer_first_order)
      .member("per_order", answer.per_order)
      .member("per_order_first_order", answer.per_order_first_order)
      .member("paid_per_order", answer.paid_per_order);
  writer.key("channels").begin_array();
  for (const ChannelPrice& channel : answer.channels) {
    writer.begin_object()
        .member("id", channel.id)
        .member("highest", channel.highest)
        .member("paid", channel.paid)
        .member("is_bought", channel.is_bought)
        .member("paid_per_order", channel.paid_per_order)
        .member("marginal_profit_per_yuan", channel.marginal_profit_per_yuan)
        .end_object();
  }
  writer.end_array();
}

/// A path, or null for keeping the money.
void write_path(Writer& writer, std::string_view name, const std::string& path) {
  writer.member(name, path.empty() ? std::nullopt : std::optional<std::string>(path));
}

void write_members(Writer& writer, const NextThousandAnswer& answer) {
  writer.member("amount", answer.amount).key("uses").begin_array();
  for (const MoneyUse& use : answer.uses) {
    writer.begin_object();
    write_path(writer, "path", use.path);
    writer.member("now", use.now)
        .member("then", use.then)
        .member("gain", use.gain)
        .member("vouchers", use.vouchers)
        .end_object();
  }
  writer.end_array();
}

void write_members(Writer& writer, const RoomAnswer& answer) {
  writer
      .member("next_stage", answer.next_stage
                                ? std::optional<std::string_view>(room_stage_name(*answer.next_stage))
                                : std::nullopt)
      .member("next_stage_views", answer.next_stage_views)
      .member("lever_gain", answer.lever_gain);
  writer.key("diagnosis").begin_object();
  write_members(writer, answer.diagnosis);
  writer.end_object();
}

void write_members(Writer& writer, const FirstOrderLossAnswer& answer) {
  writer.member("first_order_margin", answer.first_order_margin)
      .member("repeats_worth", answer.repeats_worth)
      .member("customer_worth", answer.customer_worth)
      .member("acquisition", answer.acquisition)
      .member("months", answer.months)
      .member("payback_months", answer.payback_months)
      .member("private_rate", answer.private_rate)
      .member("public_rate", answer.public_rate)
      .member("needed_private_rate", answer.needed_private_rate)
      .member("needed_public_rate", answer.needed_public_rate)
      .member("plan_private_rate", answer.plan_private_rate);
}

void write_members(Writer& writer, const CashAnswer& answer) {
  writer.member("low", answer.low)
      .member("low_month", answer.low_month)
      .member("unsettled", answer.unsettled)
      .member("unsettled_month", answer.unsettled_month)
      .member("settlement_days", answer.settlement_days);
  writer.key("settlements").begin_array();
  for (const SettlementCash& cash : answer.settlements) {
    writer.begin_object()
        .member("days", cash.days)
        .member("low", cash.low)
        .member("month", cash.month)
        .end_object();
  }
  writer.end_array();
}

void write_members(Writer& writer, const GoOrStopAnswer& answer) {
  writer.member("profit", answer.profit)
      .member("payback_month", answer.payback_month)
      .member("marginal_profit_per_yuan", answer.marginal_profit_per_yuan)
      .member("next_thousand_gain", answer.next_thousand_gain);
  write_path(writer, "next_thousand_path", answer.next_thousand_path);
  writer.key("flips").begin_array();
  for (const Flip& flip : answer.flips) {
    writer.begin_object()
        .member("path", flip.path)
        .member("now", flip.now)
        .member("value", flip.value)
        .member("distance", flip.distance)
        .end_object();
  }
  writer.end_array();
}

template <class Answer>
void write(Writer& writer, Decision decision, const std::optional<Answer>& answer) {
  if (!answer) return;
  writer.key(decision_name(decision)).begin_object();
  if (answer->no_answer) {
    writer.member("status", "no_answer").key("reason").begin_object();
    writer.member("code", answer->no_answer->code).member("message", answer->no_answer->message);
    writer.end_object().end_object();
    return;
  }
  writer.member("status", "answered").member("verdict", answer->verdict);
  write_members(writer, *answer);
  const DecisionCurve& curve = answer->curve;
  if (curve.points.empty()) {
    writer.key("curve").null();
  } else {
    writer.key("curve").begin_object().member("x", curve.x).member("y", curve.y);
    writer.key("points").begin_array();
    for (const DecisionCurve::Point& point : curve.points) {
      writer.begin_object().member("x", point.x).member("y", point.y).end_object();
    }
    writer.end_array().end_object();
  }
  writer.end_object();
}

}  // namespace

Result<std::string> decide_command(std::string_view text, const RunOptions& options) {
  Result<Draft> read = read_draft(text);
  if (!read.ok()) return read.errors();
  Draft draft = std::move(read).value();
  const DecideRequest wanted = read_decide(draft);
  if (!draft.errors.empty()) return draft.errors;
  const auto answers = decide(draft.request.scenario, draft.request.pack, wanted, options.execution);
  if (!answers) return Errors{not_finished(k_decide)};

  Writer writer;
  writer.begin_object().member("schema", "growth.decisions/1").key("decisions").begin_object();
  write(writer, Decision::next_tier, answers->next_tier);
  write(writer, Decision::voucher, answers->voucher);
  write(writer, Decision::private_users, answers->private_users);
  write(writer, Decision::private_scenes, answers->private_scenes);
  write(writer, Decision::highest_price, answers->highest_price);
  write(writer, Decision::next_thousand, answers->next_thousand);
  write(writer, Decision::room, answers->room);
  write(writer, Decision::first_order_loss, answers->first_order_loss);
  write(writer, Decision::cash, answers->cash);
  write(writer, Decision::go_or_stop, answers->go_or_stop);
  writer.end_object().end_object();
  return writer.take();
}

}  // namespace growth::json
