// The ten questions a merchant asks of a plan, each answered with numbers, the curve behind a picture
// and a verdict that a page puts into words. Nothing here is a model of its own: every number is a
// total of the plan, run again with something changed, or a quotient of such totals.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "growth/plan.hpp"
#include "growth/uncertainty.hpp"

namespace growth {

enum class Decision {
  next_tier,
  voucher,
  private_users,
  private_scenes,
  highest_price,
  next_thousand,
  room,
  first_order_loss,
  cash,
  go_or_stop,
};
inline constexpr int k_decision_count = static_cast<int>(Decision::go_or_stop) + 1;
[[nodiscard]] std::string_view decision_name(Decision decision);

/// Why a question has no answer in this scenario.
struct NoAnswer {
  std::string_view code;
  Text message;
};

/// A metric over one input (or over the months), for a picture.
struct DecisionCurve {
  std::string_view x;  ///< "month", "metric", or the kind of input that is moved
  std::string_view y;
  struct Point {
    double x{};
    double y{};
  };
  std::vector<Point> points;  ///< at most k_most_curve_points, rising in x
};
inline constexpr int k_most_curve_points = 25;

/// What every answer has. With `no_answer` nothing else of it means anything.
struct DecisionAnswer {
  std::optional<NoAnswer> no_answer;
  std::string_view verdict;  ///< the answer as a word, one of those listed beside each question
  DecisionCurve curve;
};

/// One decision moved, for all months, to where a tier is reached.
struct TierPush {
  std::string path;
  double now{};
  double needed{};
  /// Profit given up over the whole plan by the move alone, the programme left out of both plans;
  /// negative: the move pays by itself.
  double cost{};
  double reward{};  ///< what the programme is then worth in profit, less what it is worth now
  double net{};     ///< profit of the plan with the move less that of the plan as it is: reward - cost
};

/// The next rung of a programme, in the first month in which there is one: a tier, or the one
/// requirement that keeps the programme from paying at all.
struct TierStep {
  std::string programme;
  RewardKind kind{};
  bool is_entry{};  ///< the requirement that is missed, instead of a tier
  Metric metric{};
  int month{};        ///< 1-based
  double now{};       ///< the metric in that month
  double needed{};    ///< at the rung
  double short_by{};  ///< needed - now
  double extra{};     ///< reward on the rung less that of now, after scale and caps, in its kind's unit
  /// Profit the plan gains when exactly that extra is granted for that month as a fixed reward and
  /// nothing else changes. Nothing where the pack has no room for one more programme.
  std::optional<double> worth;
  /// Every decision that alone gets there within what is typical of it (or three times its value), the
  /// cheapest first.
  std::vector<TierPush> pushes;
};

/// Verdicts: pays_anyway (the cheapest move gains without the programme), worth_it, not_worth_it,
/// out_of_reach (no single decision gets there). The curve is the programme's reward over its metric.
struct NextTierAnswer : DecisionAnswer {
  std::vector<TierStep> steps;  ///< the one with the best move first
};

/// Verdicts: none_earned, discount_pays_anyway, worth_a_discount, not_worth_a_discount. The curve is
/// the profit over orders.price_change, from the price as it is down.
struct VoucherAnswer : DecisionAnswer {
  double worth{};      ///< of one face ¥ at low use, by unit economics
  double next_yuan{};  ///< profit that one more face ¥ adds now
  double granted{};    ///< face ¥ over the plan, the opening balance included
  double used{};
  double expired{};
  double left{};   ///< still valid after the last month
  double value{};  ///< profit lost if none were spent
  /// The best price cut of the curve, and what it does.
  double discount{};         ///< change of price as a share, below 0; 0: none is better
  double discount_profit{};  ///< profit gained by it
  /// A cut of a twentieth, judged: profit lost per ¥ of GMV it adds with voucher programmes left out of
  /// both plans, vouchers earned and profit gained from them per ¥ of that GMV. Nothing where a cut
  /// adds no GMV.
  std::optional<double> cost_per_gmv;
  std::optional<double> earned_per_gmv;
  std::optional<double> gain_per_gmv;
};

/// Verdicts: met, needs_more, out_of_reach. The curve is the monthly GMV over private.users.
struct PrivateUsersAnswer : DecisionAnswer {
  double goal{};  ///< ¥ of GMV a month
  double gmv{};   ///< ¥ a month now
  double users{};
  std::optional<double> needed;
  std::optional<double> profit_at_needed;  ///< with those users from the start, free of charge
  std::optional<double> worth_per_user;    ///< profit per further user up to there
  double most{};                           ///< ¥ of GMV a month at the closest the goal comes
  /// Public viewers that one private viewer brings: in the plan, and where its profit would be 0 (by
  /// quality.benchmark_reproduction). Nothing where there are no private viewers, or no such place.
  std::optional<double> leverage;
  std::optional<double> break_even_leverage;
  double reproduction{};
  std::optional<double> break_even_reproduction;
  bool profitable{};
};

/// Verdicts: route_all, all_routed, no_effect, costs. The curve is the profit over private.scene_share.
struct PrivateScenesAnswer : DecisionAnswer {
  std::vector<std::string> programmes;  ///< that reward recognised scenes
  double share{};
  double profit{};
  double profit_all{};
  double profit_none{};
};

struct ChannelPrice {
  std::string id;
  double highest{};  ///< ¥ a viewer of the channel may cost
  double paid{};     ///< average over the plan; without spend the first viewers' price
  bool is_bought{};  ///< there is spend
  std::optional<double> paid_per_order;  ///< ¥ per new customer
  double marginal_profit_per_yuan{};
};

/// A click in the square opens the room, so that a click, a room entry and a viewer are one and have
/// one price. Verdicts: no_price (an order loses money however it comes), overpaying, within,
/// could_buy, too_dear (of channels that are not bought). Without curve.
struct HighestPriceAnswer : DecisionAnswer {
  double per_viewer{};  ///< natural quality, repeats included
  double per_viewer_first_order{};
  double per_order{};  ///< a new customer, repeats included
  double per_order_first_order{};
  std::optional<double> paid_per_order;  ///< over all channels
  std::vector<ChannelPrice> channels;
};

/// One place for ¥1,000 a month.
struct MoneyUse {
  std::string path;  ///< the input that is moved; empty: keep it
  double now{};
  double then{};
  double gain{};      ///< profit over the plan, the money itself taken off
  double vouchers{};  ///< further face ¥ that become valid
};

/// Verdicts: spend, keep. The curve is the gain of the best use over ¥ a month.
struct NextThousandAnswer : DecisionAnswer {
  double amount{};
  std::vector<MoneyUse> uses;  ///< the best first; keeping it is one of them and gains 0
};

/// Verdicts: indicator (the best lever is one of the five), decision, none. Without curve.
struct RoomAnswer : DecisionAnswer {
  Diagnosis diagnosis;
  /// Views that the next stage asks for, of the first two hours up to launched, else of a session;
  /// nothing at the head.
  std::optional<RoomStage> next_stage;
  std::optional<double> next_stage_views;
  double lever_gain{};  ///< profit by a tenth more (or less) of the best lever
};

/// Verdicts: first_order_pays, pays_back, needs_more, out_of_reach. The curve is what a customer leaves
/// after acquisition over the repeat rate that can be moved.
struct FirstOrderLossAnswer : DecisionAnswer {
  double first_order_margin{};
  double repeats_worth{};   ///< what repeat orders add to a customer's worth
  double customer_worth{};  ///< max_cac
  double acquisition{};     ///< ¥ per new customer of paid channels, 0 where none are bought
  int months{};             ///< over which a customer is counted
  std::optional<int> payback_months;
  double private_rate{};
  double public_rate{};
  /// Rates at which a customer is worth what it costs, and at which the plan's profit is 0, the other
  /// held; nothing where there is none or a curve stands in the rate's place.
  std::optional<double> needed_private_rate;
  std::optional<double> needed_public_rate;
  std::optional<double> plan_private_rate;
};

struct SettlementCash {
  double days{};
  double low{};
  int month{};  ///< of the lowest point, 1-based; 0: cash never falls below 0
};

/// Verdicts: no_need, settlement_only (with money at once there would be no gap), loss_first. The curve
/// is the cumulative cash over the months.
struct CashAnswer : DecisionAnswer {
  double low{};
  int low_month{};     ///< 1-based; 0: never below 0
  double unsettled{};  ///< the most that is earned and not yet arrived
  int unsettled_month{};
  double settlement_days{};
  std::vector<SettlementCash> settlements;  ///< at 0, 7, 15, 30, 45, 60 days
};

/// A belief at which the plan's profit is 0, the others held.
struct Flip {
  std::string path;
  double now{};
  double value{};
  double distance{};  ///< |value - now| over |now|; over the span of what is typical where it is 0
};

/// Verdicts: scale (profit, and the next ¥ adds more than it costs), go (profit, and it does not), fix
/// (a loss that one belief within k_near_flip would turn), stop. The curve is the profit over the first
/// flip.
struct GoOrStopAnswer : DecisionAnswer {
  double profit{};
  std::optional<int> payback_month;
  double marginal_profit_per_yuan{};  ///< of the best channel; 0 without channels
  double next_thousand_gain{};        ///< of the best use, 0 for keeping it
  std::string next_thousand_path;     ///< empty: keep it
  std::vector<Flip> flips;            ///< nearest first, at most k_most_flips
};
inline constexpr double k_near_flip = 0.2;
inline constexpr std::size_t k_most_flips = 6;

struct DecideRequest {
  std::optional<Decision> decision;          ///< nothing: all ten
  std::optional<double> goal_gmv_monthly{};  ///< of private_users; nothing: twice the present one
};

struct Decisions {
  std::optional<NextTierAnswer> next_tier;
  std::optional<VoucherAnswer> voucher;
  std::optional<PrivateUsersAnswer> private_users;
  std::optional<PrivateScenesAnswer> private_scenes;
  std::optional<HighestPriceAnswer> highest_price;
  std::optional<NextThousandAnswer> next_thousand;
  std::optional<RoomAnswer> room;
  std::optional<FirstOrderLossAnswer> first_order_loss;
  std::optional<CashAnswer> cash;
  std::optional<GoOrStopAnswer> go_or_stop;
};

/// Nothing when it was stopped. `pack` as for plan(); the scenario must have passed validate().
[[nodiscard]] std::optional<Decisions> decide(const Scenario<double>& scenario, const PolicyPack* pack,
                                              const DecideRequest& request, const Execution& execution);

}  // namespace growth
