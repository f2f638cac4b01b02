// The inputs of the calculator, one small struct per concept, defaults in place. Units, ranges,
// words and sources of each field stand in fields.hpp; their meaning in docs of the method.
//
// Number is double for one plan, a dual number for exact derivatives, or a pack of doubles for many
// futures at once. Whole-number fields and lists are plain in all of them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "growth/policy.hpp"

namespace growth {

inline constexpr std::size_t k_most_channels = 8;
inline constexpr std::size_t k_longest_curve = 120;

struct Business {
  int start_month{1};
  std::array<double, 12> seasonality{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  std::vector<std::string> tags;
};

/// The part of the business that may be uncertain.
template <class Number>
struct Market {
  Number months_open{0};
  Number shop_score{4.6};
  Number market_growth{0};
};

template <class Number>
struct Live {
  Number sessions_per_month{12};
  Number hours_per_session{3};
  Number account_weight{0.2};
  Number weight_inertia{0.7};
  Number first_wave_min{50};
  Number first_wave_max{500};
  Number attendance_hours{2};
  Number wave_minutes{5};
  Number public_ceiling{200000};
  Number monthly_public_ceiling{2000000};
};

/// 私域: the pool of people the merchant can call into the room.
template <class Number>
struct PrivateDomain {
  Number users{6000};
  Number customer_share{0.3};
  Number customer_age_months{6};
  Number reach_rate{0.4};
  Number attend_rate{0.15};
  Number fatigue_sessions{30};
  Number share_rate{0.05};
  Number viewers_per_share{3};
  Number pool_ceiling{1000000};
  Number monthly_churn{0.015};
  Number buyer_join_rate{0.3};
  Number viewer_join_rate{0.004};
  Number monthly_recruits{0};
  Number scene_share{0.5};
};

/// The five signals by which a room is judged.
template <class Number>
struct Indicators {
  Number private_viewers;
  Number square_ctr;
  Number dwell_minutes;
  Number gpm;
  Number interaction_rate;
};

template <class Number>
struct Quality {
  Number square_ctr{0.2};
  Number dwell_minutes{3};
  Number interaction_rate{0.05};
  Indicators<Number> benchmark{Number{200}, Number{0.3}, Number{5}, Number{600}, Number{0.05}};
  Indicators<Number> weight{Number{0.2}, Number{0.2}, Number{0.2}, Number{0.2}, Number{0.2}};
  Number benchmark_reproduction{0.75};
  Number reproduction_elasticity{0.5};
  Number reproduction_ceiling{1.15};
};

template <class Number>
struct Audience {
  Number purity{0.8};
  Number reference_purity{0.8};
  Number private_purity{0.95};
  Number learning_rate{0.2};
};

template <class Number>
struct Conversion {
  Number private_domain{0.02};
  Number referral{0.01};
  Number public_domain{0.003};
};

template <class Number>
struct Orders {
  Number average_order_value{200};
  Number price_change{0};
  Number price_elasticity{-1.5};
  Number return_rate{0.10};
};

template <class Number>
struct Channel {
  std::string id;
  Number monthly_spend{0};
  Number cost_per_viewer{0.3};
  Number half_saturation{60000};
  Number shape{1};
  Number precision{0.7};
};

template <class Number>
struct Vouchers {
  Number opening_balance{0};
  int opening_valid_months{3};
  Number use_rate{0.7};
  Number point_value{1};
  Number cost_per_viewer{0.25};
  Number half_saturation{50000};
  Number precision{0.5};
};

using Curve = std::optional<std::vector<double>>;

template <class Number>
struct Repurchase {
  int window_months{12};
  Number private_rate{0.45};
  Number public_rate{0.15};
  Number orders_per_repeater{2.5};
  Number retention{0.85};
  Curve curve_private;
  Curve curve_public;
  Number live_share{0.5};
  Number order_value_ratio{1};
  Number partner_share{0};
  Number partner_incremental{0.5};
  Number partner_commission{0.2};
  int ltv_months{24};
};

template <class Number>
struct Costs {
  Number gross_margin{0.5};
  Number platform_fee_rate{0.05};
  Number shipping_per_order{5};
  Number return_cost_per_order{8};
  Number session_cost{350};
  Number hourly_cost{150};
  Number private_cost_per_user{0.2};
  Number join_cost_per_user{1};
  Number recruit_cost_per_user{5};
  Number fixed_monthly{6000};
  Number discount_rate_monthly{0.01};
  Number settlement_days{15};
};

/// 达人与分销: customers whom affiliates bring from elsewhere.
template <class Number>
struct Distribution {
  Number share{0};
  Number commission{0.2};
};

template <class Number>
struct Programmes {
  std::string pack{"none"};       ///< id of a shipped pack, or "none"
  std::optional<Incentives> own;  ///< programmes written into the scenario, instead of a pack
  Number scale{1};
};

template <class Number>
struct Scenario {
  std::string name;
  int horizon_months{12};
  Business business;
  Market<Number> market;
  Live<Number> live;
  PrivateDomain<Number> private_domain;
  Quality<Number> quality;
  Audience<Number> audience;
  Conversion<Number> conversion;
  Orders<Number> orders;
  std::vector<Channel<Number>> channels{
      {"ads", Number{0}, Number{0.3}, Number{60000}, Number{1}, Number{0.7}},
      {"beans", Number{0}, Number{0.22}, Number{20000}, Number{1}, Number{0.55}}};
  Vouchers<Number> vouchers;
  Repurchase<Number> repurchase;
  Costs<Number> costs;
  Distribution<Number> distribution;
  Programmes<Number> incentives;
};

}  // namespace growth
