// The plan: what a scenario brings month by month, what it adds up to, what a customer is worth,
// what each programme pays, where the result comes from and what state the room is in.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "growth/policy.hpp"
#include "growth/result.hpp"
#include "growth/scenario.hpp"

namespace growth {

/// One month. The columns of the answer first, in its order, then the terms they are made of; units,
/// definitions and formulas of each stand in quantities.hpp.
template <class Number>
struct Month {
  Number private_users;
  Number private_customers;
  Number account_weight;
  Number purity;
  Number quality;
  Number reproduction;
  Number viewers_private;
  Number viewers_referral;
  Number viewers_natural;
  Number viewers_granted;
  Number viewers_voucher;
  Number viewers_paid;
  Number viewers;
  Number viewers_2h;
  Number public_share;
  Number gpm;
  Number new_customers_private;
  Number new_customers_referral;
  Number new_customers_natural;
  Number new_customers_granted;
  Number new_customers_voucher;
  Number new_customers_paid;
  Number new_customers_affiliate;
  Number new_customers;
  Number repeat_orders_private;
  Number repeat_orders_public;
  Number orders;
  Number gmv;
  Number settled_gmv;
  Number partner_income;
  Number cost_of_goods;
  Number platform_fee;
  Number distribution_cost;
  Number fulfilment_cost;
  Number session_cost;
  Number media_spend;
  Number private_cost;
  Number fixed_cost;
  Number incentive_cash;
  Number profit;
  Number cumulative_profit;
  Number cash;
  Number cumulative_cash;
  Number voucher_granted;
  Number voucher_used;
  Number voucher_expired;
  Number voucher_balance;
  Number fee_rate;

  // terms
  Number demand;
  Number attendance;
  Number session_private;
  Number session_referral;
  Number session_natural;
  Number session_natural_2h;
  Number first_wave;
  Number wave_sum;
  Number wave_sum_2h;
  Number public_gpm;
  Number conversion_private;
  Number conversion_referral;
  Number conversion_natural;
  Number conversion_voucher;
  Number voucher_spend;
  Number granted_viewers;
  Number pool_room;
  Number buy_chance;
  Number buyers_in_room;
  Number buyer_purity;
  Number outside_buyers;
  Number partner_kept;
  Number pool_repeats;
  Number outside_repeats;
  Number live_factor;
  Number own_pool_sales;
  Number private_origin_gmv;
  Number pool_joins;
  Number revenue;
  Number cash_in;
  Number outlays;
};

/// Two numbers and what they say as a quotient, which does not exist where the denominator vanishes.
template <class Number>
struct Quotient {
  Number numerator;
  Number denominator;
};

/// Denominators below this are treated as none: leverage, ROAS and CAC are then undefined.
inline constexpr double k_no_denominator = 1e-9;

[[nodiscard]] std::optional<double> defined(const Quotient<double>& quotient);

/// Totals over the horizon. Shares of a whole that is 0 are 0.
template <class Number>
struct Summary {
  Number gmv;
  Number settled_gmv;
  Number profit;
  Number cash_low;       ///< lowest cumulative cash, at most 0
  Number payback_month;  ///< first month from which cumulative profit stays at or above 0; horizon + 1:
                         ///< none
  Number npv;
  Number orders;
  Number viewers;
  Number new_customers;
  Number repeat_share;
  Number public_share;
  Quotient<Number> leverage;
  Number media_spend;
  Quotient<Number> roas;
  Quotient<Number> cac;
  Number private_users_end;
};

/// What one customer, one viewer and one ¥ are worth.
template <class Number>
struct UnitEconomics {
  Number first_order_margin;
  Number repeat_order_margin;
  Number ltv_private;
  Number ltv_public;
  Number max_cac;
  Number max_cost_per_viewer;
  Number first_order_max_cost_per_viewer;
  std::vector<Number> max_cost_per_viewer_channels;  ///< in the order of the scenario's channels
  Number voucher_yuan_worth;
  Number break_even_margin;  ///< what one ¥ of sales leaves; break_even_roi is its inverse
  /// Lifetime value of the average new customer counted to age 0, 1, … ltv_months.
  std::vector<Number> value_to_age;
};

[[nodiscard]] std::optional<double> break_even_roi(const UnitEconomics<double>& units);
[[nodiscard]] std::optional<int> customer_payback_months(const UnitEconomics<double>& units,
                                                         const Summary<double>& summary);
[[nodiscard]] std::optional<int> payback_month(const Summary<double>& summary, int horizon_months);

/// The next rung of a step or marginal programme, seen from the last month it was active.
struct NextTier {
  double from{};
  double amount{};  ///< value of the rung (step) or rate from there on (marginal)
  bool is_rate{};
  double short_by{};  ///< in units of the programme's metric
  int month{};        ///< 1-based
};

/// A requirement that did not hold in the last month in which the programme could have run.
struct Unmet {
  Requirement requirement;
  double got{};
  int month{};
};

struct LedgerEntry {
  std::string id;
  RewardKind kind{};
  double earned{};   ///< before caps, in units of the kind
  double paid{};     ///< arrived within the horizon
  double capped{};   ///< taken by caps
  double pending{};  ///< due after the horizon
  std::optional<NextTier> next_tier;
  double value{};  ///< profit of the plan less that of the plan without this programme
  int active_months{};
  std::vector<std::string> missing_tags;
  std::vector<Unmet> unmet;
};

/// What is lost when only one part is switched off.
struct Contribution {
  double profit{};
  double gmv{};
  double cost{};
  std::optional<double> roi;  ///< profit gained before its own cost over that cost
};

struct ChannelResult {
  std::string id;
  double viewers{};        ///< over the horizon
  double new_customers{};  ///< over the horizon
  Contribution contribution;
  double marginal_profit_per_yuan{};  ///< d total profit / d monthly spend / months
};

struct Attribution {
  Contribution private_pool;
  Contribution vouchers;
  Contribution incentives;
  Contribution repurchase;
  std::vector<ChannelResult> channels;
};

enum class RoomStage { cold_start, warming, launched, established, head };
[[nodiscard]] std::string_view room_stage_name(RoomStage stage);

struct IndicatorReading {
  std::string_view id;
  double value{};
  double benchmark{};
  double ratio{};
  bool at_limit{};      ///< the ratio lies outside the range in which the room's quality reacts
  double elasticity{};  ///< percent of total GMV per percent of the indicator
  double profit_per_percent{};
  double profit_at_benchmark{};  ///< profit gained if it stood at its benchmark (lost, where above)
};

/// Something the merchant can change, with what a change brings (exact derivatives of the totals).
struct Lever {
  std::string path;
  double value{};
  double step{};            ///< the change that is judged: a tenth, or a sensible first step from 0
  double gmv_elasticity{};  ///< percent of total GMV per percent of the input, 0 at 0
  double gmv_per_step{};
  double profit_per_step{};
};

struct Diagnosis {
  RoomStage stage{};
  double viewers_2h{};
  double viewers_per_session{};
  bool fully_public{};
  double public_share{};
  double gpm{};
  double published_gpm{};
  std::vector<IndicatorReading> indicators;
  std::vector<Lever> levers;   ///< decisions, the most profitable first
  std::string best_indicator;  ///< the indicator with the largest elasticity
  std::string best_lever;      ///< indicator or decision that adds most profit
};

struct Warning {
  std::string code;
  std::string path;
  Message message;
};

struct Plan {
  Scenario<double> scenario;
  std::vector<Month<double>> months;
  std::vector<std::string> stages;  ///< id per month; empty without stages
  Summary<double> summary;
  UnitEconomics<double> unit_economics;
  std::vector<LedgerEntry> ledger;
  Attribution attribution;
  Diagnosis diagnosis;
  std::vector<Warning> warnings;
};

/// The full plan. `pack` is the shipped pack the scenario names, or null where it names none or
/// carries programmes of its own. The scenario must have passed validate() (validate.hpp).
[[nodiscard]] Plan plan(const Scenario<double>& scenario, const PolicyPack* pack);

}  // namespace growth
