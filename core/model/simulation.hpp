// The month step and its state (section 2 of the model). The steps are numbered as there.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "growth/plan.hpp"
#include "growth/scenario.hpp"
#include "model/channels.hpp"
#include "model/customers.hpp"
#include "model/economics.hpp"
#include "model/incentives.hpp"
#include "model/traffic.hpp"
#include "number/number.hpp"
#include "number/whole_count.hpp"

namespace growth::model {

/// Chance of buying at which a pool member is held to have bought: log1p(-x) stays finite.
inline constexpr double k_almost_sure = 1 - 1e-12;

/// More sessions a month than this are not gone through one by one.
inline constexpr double k_most_whole_sessions = 1000;

template <class Number>
struct ChannelTerms {
  Number viewers;     ///< per month
  Number precision;   ///< share in the target group
  Number conversion;  ///< per viewer, at ordinary demand
};

/// Share of the prospects in the pool that buy within a month of `sessions` sessions, at `chance` each.
template <class Number>
[[nodiscard]] Number first_order_share(const Number& sessions, const Number& chance) {
  const auto few = sessions < Number(1);
  return num::select(few, sessions * chance, -num::expm1(sessions * num::log1p(-chance)));
}

/// The same with the sessions looked at beforehand: the chance times how often it is still open,
/// session by session.
template <class Number>
[[nodiscard]] Number first_order_share(const Number& sessions, const Number& chance,
                                       const num::WholeCount<Number>& count) {
  return count.apply(
      chance,
      []<class Real>(const Real& x, int times) {
        return x * num::geometric_sum_of_whole(Real(1.0 - x), times);
      },
      [&] { return first_order_share(sessions, chance); });
}

/// What is wanted of a month: every column and term, or only what the months after it and the totals
/// rest on.
enum class Detail { every_column, totals };

/// What most scenarios are without: programmes, vouchers, affiliates, partners, recruits and given
/// repeat curves. A step that knows it when it is compiled leaves out what would add nothing, multiply
/// by one, or ask; the bits are the same.
enum class Extras { any, none };

template <class Number>
[[nodiscard]] Extras extras_of(const Scenario<Number>& scenario, const CompiledIncentives& incentives) {
  const bool none = incentives.programmes.empty() && incentives.stages.empty() &&
                    num::is_constant(scenario.vouchers.opening_balance, 0) &&
                    num::is_constant(scenario.distribution.share, 0) &&
                    num::is_constant(scenario.repurchase.partner_share, 0) &&
                    num::is_constant(scenario.private_domain.monthly_recruits, 0) &&
                    !scenario.repurchase.curve_private && !scenario.repurchase.curve_public;
  return none ? Extras::none : Extras::any;
}

/// A number that belongs to the extras: `Without` (num::Zero, num::One) where there are none.
template <Extras extras, class Without = num::Zero, class Number>
[[nodiscard, gnu::always_inline]] inline auto if_any(const Number& extra) {
  if constexpr (extras == Extras::any) {
    return extra;
  } else {
    return Without{};
  }
}

/// A plan in the making: construct it, then call step() once for each month in order.
/// `scenario` and `incentives` must outlive it.
template <class Number>
class Simulation {
 public:
  Simulation(const Scenario<Number>& scenario, const CompiledIncentives& incentives)
      : scenario_(scenario),
        pricing_(scenario),
        quality_(scenario.quality),
        reproduction_(scenario.quality),
        settlement_(scenario.costs.settlement_days),
        attendance_(attendance(scenario.live, scenario.private_domain)),
        waves_(scenario.live.hours_per_session * 60.0 / scenario.live.wave_minutes),
        whole_waves_(waves_, reproduction_.most_waves()),
        whole_sessions_(scenario.live.sessions_per_month, Number(k_most_whole_sessions)),
        waves_2h_(num::min(waves_, k_reading_minutes / scenario.live.wave_minutes)),
        live_factor_(live_factor(scenario.repurchase, scenario.live.sessions_per_month)),
        partner_kept_(1.0 - (1.0 - scenario.repurchase.partner_incremental) *
                                scenario.repurchase.partner_share),
        per_public_ceiling_(1.0 / scenario.live.public_ceiling),
        per_monthly_ceiling_(1.0 / scenario.live.monthly_public_ceiling),
        per_pool_ceiling_(1.0 / scenario.private_domain.pool_ceiling),
        per_reference_purity_(1.0 / scenario.audience.reference_purity),
        public_conversion_per_purity_(scenario.conversion.public_domain * per_reference_purity_),
        voucher_conversion_(scenario.conversion.public_domain *
                            (scenario.vouchers.precision * per_reference_purity_)),
        referral_per_viewer_(scenario.private_domain.share_rate *
                             scenario.private_domain.viewers_per_share),
        price_of_thousand_(1000.0 * pricing_.price),
        affiliate_cost_(pricing_.price * pricing_.kept * scenario.distribution.commission),
        partner_income_(scenario.repurchase.partner_commission * pricing_.kept *
                        scenario.repurchase.partner_share),
        session_cost_(scenario.live.sessions_per_month *
                      (scenario.costs.session_cost +
                       scenario.live.hours_per_session * scenario.costs.hourly_cost)),
        stay_(1.0 - scenario.private_domain.monthly_churn),
        weight_gain_((1.0 - scenario.live.weight_inertia) *
                     num::min(Number(1), scenario.live.sessions_per_month)),
        purity_inertia_(1.0 - scenario.audience.learning_rate),
        first_wave_slope_(scenario.live.first_wave_max - scenario.live.first_wave_min),
        trend_step_(1.0 + scenario.market.market_growth),
        trend_is_flat_(num::is_constant(scenario.market.market_growth, 0)),
        book_(incentives, scenario.horizon_months, scenario.incentives.scale),
        cohorts_(scenario.repurchase, scenario.private_domain.monthly_churn,
                 scenario.private_domain.users * scenario.private_domain.customer_share,
                 scenario.private_domain.customer_age_months),
        prospects_(scenario.private_domain.users * (1.0 - scenario.private_domain.customer_share)),
        customers_(scenario.private_domain.users * scenario.private_domain.customer_share),
        weight_(scenario.live.account_weight),
        purity_(scenario.audience.purity) {
    for (const Channel<Number>& channel : scenario.channels) {
      channels_.push_back(
          {response(channel.monthly_spend, channel.cost_per_viewer, channel.half_saturation,
                    channel.shape),
           channel.precision,
           scenario.conversion.public_domain * (channel.precision * per_reference_purity_)});
      media_spend_ = media_spend_ + channel.monthly_spend;
      channel_viewers_ = channel_viewers_ + channels_.back().viewers;
    }
    if (!num::is_constant(scenario.vouchers.opening_balance, 0)) {
      vouchers_.grant(scenario.vouchers.opening_balance, 0, scenario.vouchers.opening_valid_months);
    }
  }

  /// The next month. `noise` multiplies the natural traffic of its sessions (ζ; 1 without noise).
  /// With Detail::totals, columns that nothing else rests on are left without a value: reproduction,
  /// the sum of the first two hours' waves and what follows from it, public share, and GPM where no
  /// programme asks for it.
  Month<Number> step(const Number& noise) {
    return step_inline<Detail::every_column, Extras::any>(noise);
  }

  /// The same as part of its caller, so that columns which the caller has no use for cost nothing.
  /// Extras::none where extras_of() says so.
  template <Detail detail, Extras extras>
  [[gnu::always_inline]] inline Month<Number> step_inline(const Number& noise) {
    constexpr bool every_column = detail == Detail::every_column;
    constexpr bool any = extras == Extras::any;
    const Live<Number>& live = scenario_.live;
    const PrivateDomain<Number>& pool = scenario_.private_domain;
    const Audience<Number>& audience = scenario_.audience;
    const Costs<Number>& costs = scenario_.costs;
    const Number& sessions = live.sessions_per_month;
    const Number& kept = pricing_.kept;
    const Number one(1);
    const Number zero(0);
    Month<Number> m;

    m.private_users = prospects_ + customers_;
    m.private_customers = customers_;
    m.account_weight = weight_;
    m.purity = purity_;
    const double season = season_factor(scenario_.business, t_);
    m.demand = season * trend_ * pricing_.demand;

    // 1 and 2: private viewers and those they bring
    m.attendance = attendance_;
    m.session_private = m.private_users * m.attendance;
    m.viewers_private = sessions * m.session_private;
    m.session_referral = m.session_private * referral_per_viewer_;
    m.viewers_referral = num::saturate_by(sessions * m.session_referral, per_monthly_ceiling_);

    // 3: conversion per viewer and session
    const Conversion<Number>& conversion = scenario_.conversion;
    m.conversion_private = conversion_rate(conversion.private_domain, m.demand);
    m.conversion_referral = conversion_rate(conversion.referral, m.demand);
    m.conversion_natural = conversion_rate(public_conversion_per_purity_ * purity_, m.demand);
    m.conversion_voucher = conversion_rate(voucher_conversion_, m.demand);

    // 4 and 5: the room's quality and what it earns
    m.public_gpm = m.conversion_natural * price_of_thousand_;
    const Number log_quality = quality_.log_quality(Number(m.session_private), Number(m.public_gpm));
    m.quality = num::exp_moderate(log_quality);
    const Number log_reproduction = reproduction_.log_at(log_quality);
    if constexpr (every_column) m.reproduction = num::exp(log_reproduction);

    // 6: waves of natural public viewers
    m.first_wave = first_push(live.first_wave_min, first_wave_slope_, weight_, m.session_private);
    if constexpr (every_column) {
      m.wave_sum = wave_sum(log_reproduction, waves_);
    } else {
      const Number reproduction =
          whole_waves_.any() ? reproduction_.at(log_reproduction, Number(m.quality)) : one;
      m.wave_sum = wave_sum(log_reproduction, reproduction, waves_, whole_waves_);
    }
    m.session_natural = noise * num::saturate_by(m.first_wave * m.wave_sum, per_public_ceiling_);
    m.viewers_natural = num::saturate_by(sessions * m.session_natural, per_monthly_ceiling_);
    if constexpr (every_column) {
      m.wave_sum_2h = wave_sum(log_reproduction, waves_2h_);
      m.session_natural_2h = num::saturate_by(m.first_wave * m.wave_sum_2h, per_public_ceiling_);
      m.viewers_2h = m.session_private + m.session_referral + m.session_natural_2h;
    }

    // programmes: what is known before the month's granted viewers and vouchers are
    m.media_spend = media_spend_;
    const bool programmes_run = any && !book_.idle();
    m.fee_rate = costs.platform_fee_rate;
    m.granted_viewers = zero;
    m.viewers_granted = zero;
    if (programmes_run) {
      Metrics<Number>& metrics = metrics_;
      const Number months_open = scenario_.market.months_open + static_cast<double>(t_);
      metrics[Metric::months_open] = months_open;
      metrics[Metric::shop_score] = scenario_.market.shop_score;
      metrics[Metric::return_rate] = scenario_.orders.return_rate;
      metrics[Metric::private_users] = m.private_users;
      metrics[Metric::private_viewers] = m.viewers_private;
      metrics[Metric::referral_viewers] = m.viewers_referral;
      metrics[Metric::sessions] = sessions;
      metrics[Metric::live_hours] = sessions * live.hours_per_session;
      metrics[Metric::media_spend] = media_spend_;
      metrics[Metric::cumulative_gmv] = gmv_.total();
      book_.enter_month(months_open, metrics[Metric::cumulative_gmv]);
      m.fee_rate = book_.fee_rate(t_, costs.platform_fee_rate, metrics);
      book_.earn(t_, true, metrics, Number(m.fee_rate));

      // 7: granted viewers
      m.granted_viewers = book_.arriving(RewardKind::public_viewers, t_);
      m.viewers_granted = num::saturate_by(m.granted_viewers, per_monthly_ceiling_);
    }

    // 8: vouchers
    // Local, because the month itself must not be seen from outside: then it need not be in memory.
    Number voucher_granted = t_ == 0 ? scenario_.vouchers.opening_balance : zero;
    if (programmes_run) {
      book_.arriving_vouchers(t_, [&voucher_granted, this](const Number& face, int valid_months) {
        voucher_granted = voucher_granted + face;
        vouchers_.grant(face, t_, valid_months);
      });
    }
    m.voucher_granted = voucher_granted;
    m.voucher_used = zero;
    m.voucher_expired = zero;
    m.voucher_balance = zero;
    m.voucher_spend = zero;
    m.viewers_voucher = zero;
    if (any && !vouchers_.empty()) {
      const auto voucher = vouchers_.settle(t_, scenario_.vouchers.use_rate);
      m.voucher_used = voucher.used;
      m.voucher_expired = voucher.expired;
      m.voucher_balance = voucher.balance;
      m.voucher_spend = voucher.used * scenario_.vouchers.point_value;
      m.viewers_voucher = response(Number(m.voucher_spend), scenario_.vouchers.cost_per_viewer,
                                   scenario_.vouchers.half_saturation, one);
    }

    // 9: channels
    m.viewers_paid = channel_viewers_;
    const auto viewers_granted = if_any<extras>(m.viewers_granted);
    const auto viewers_voucher = if_any<extras>(m.viewers_voucher);
    const Number outside_viewers =
        m.viewers_referral + m.viewers_natural + viewers_granted + viewers_voucher + m.viewers_paid;
    m.viewers = m.viewers_private + outside_viewers;
    if constexpr (every_column)
      m.public_share = num::share(m.viewers_natural + viewers_granted, m.viewers);

    // 10: new customers
    m.buy_chance = num::min(m.attendance * m.conversion_private, Number(k_almost_sure));
    // Where demand does not trend, months of the same season share what they have in common.
    if (t_ == 0 || !trend_is_flat_ || season != season_) {
      if constexpr (every_column) {
        first_order_share_ = first_order_share(sessions, Number(m.buy_chance));
      } else {
        first_order_share_ = first_order_share(sessions, Number(m.buy_chance), whole_sessions_);
      }
      season_ = season;
    }
    m.new_customers_private = prospects_ * first_order_share_;
    m.new_customers_referral = m.viewers_referral * m.conversion_referral;
    m.new_customers_natural = m.viewers_natural * m.conversion_natural;
    const auto new_customers_granted = viewers_granted * m.conversion_natural;
    const auto new_customers_voucher = viewers_voucher * m.conversion_voucher;
    m.new_customers_granted = new_customers_granted;
    m.new_customers_voucher = new_customers_voucher;
    m.new_customers_paid = zero;
    Number paid_purity = zero;  // Σ buyers of a channel · its precision
    for (const ChannelTerms<Number>& channel : channels_) {
      const Number buyers = channel.viewers * conversion_rate(channel.conversion, m.demand);
      m.new_customers_paid = m.new_customers_paid + buyers;
      paid_purity = paid_purity + buyers * channel.precision;
    }
    const auto new_customers_affiliate =
        if_any<extras>(scenario_.distribution.share) *
        (m.new_customers_private + m.new_customers_referral + m.new_customers_natural);
    m.new_customers_affiliate = new_customers_affiliate;
    const Number in_room_outside = m.new_customers_referral + m.new_customers_natural +
                                   new_customers_granted + new_customers_voucher + m.new_customers_paid;
    m.buyers_in_room = m.new_customers_private + in_room_outside;
    m.outside_buyers = in_room_outside + new_customers_affiliate;
    m.new_customers = m.new_customers_private + m.outside_buyers;
    m.pool_room = num::max(zero, 1.0 - m.private_users * per_pool_ceiling_);
    const Number joining_share = pool.buyer_join_rate * m.pool_room;

    // 11: repeat orders
    m.live_factor = live_factor_;
    const Repeats<Number> repeats = placed(cohorts_.template repeats<any>(t_), m.demand, m.live_factor);
    m.pool_repeats = repeats.pool;
    m.outside_repeats = repeats.outside;
    m.partner_kept = partner_kept_;
    const auto partner_kept = if_any<extras, num::One>(partner_kept_);
    m.repeat_orders_private = partner_kept * m.pool_repeats;
    m.repeat_orders_public = m.outside_repeats;
    cohorts_.template add_cohort<any>(
        kept_customers(m.new_customers_private, m.outside_buyers, joining_share, kept));

    // 12: sales
    m.own_pool_sales =
        pricing_.price * m.new_customers_private + pricing_.repeat_price * m.pool_repeats;
    m.gmv = partner_kept * m.own_pool_sales + pricing_.price * m.outside_buyers +
            pricing_.repeat_price * m.outside_repeats;
    m.private_origin_gmv = partner_kept * m.own_pool_sales + pricing_.price * m.new_customers_referral;
    m.orders = partner_kept * (m.new_customers_private + m.pool_repeats) + m.outside_buyers +
               m.outside_repeats;
    m.settled_gmv = m.gmv * kept;
    const auto partner_income = if_any<extras>(partner_income_) * m.own_pool_sales;
    m.partner_income = partner_income;
    if (every_column || programmes_run)
      m.gpm = num::share(1000.0 * pricing_.price * m.buyers_in_room, m.viewers);

    // programmes: what is known when the month's sales are
    m.incentive_cash = zero;
    if (programmes_run) {
      Metrics<Number>& metrics = metrics_;
      metrics[Metric::viewers] = m.viewers;
      metrics[Metric::natural_viewers] = m.viewers_natural;
      metrics[Metric::orders] = m.orders;
      metrics[Metric::gmv] = m.gmv;
      metrics[Metric::settled_gmv] = m.settled_gmv;
      metrics[Metric::session_gmv] = m.gmv / num::max(one, sessions);
      metrics[Metric::new_customers] = m.new_customers;
      metrics[Metric::gmv_growth] = t_ == 0 ? zero : num::max(zero, m.gmv - previous_gmv_);
      metrics[Metric::private_settled] = m.private_origin_gmv * kept;
      metrics[Metric::private_scene_settled] = metrics[Metric::private_settled] * pool.scene_share;
      metrics[Metric::gpm] = m.gpm;
      book_.earn(t_, false, metrics, Number(m.fee_rate));
      m.incentive_cash = book_.arriving(RewardKind::cash_yuan, t_);
    }

    // 13: profit
    m.cost_of_goods = m.settled_gmv * pricing_.unit_cost;
    m.platform_fee = m.settled_gmv * m.fee_rate;
    const auto distribution_cost = affiliate_cost_ * new_customers_affiliate;
    m.distribution_cost = distribution_cost;
    m.fulfilment_cost = m.orders * pricing_.order_cost;
    m.session_cost = session_cost_;
    const Number joins_buyers = joining_share * m.outside_buyers;
    const Number joins_viewers =
        pool.viewer_join_rate * m.pool_room * num::max(zero, outside_viewers - in_room_outside);
    m.pool_joins = joins_buyers + joins_viewers;
    const auto recruits = m.pool_room * if_any<extras>(pool.monthly_recruits);
    m.private_cost = m.private_users * costs.private_cost_per_user +
                     m.pool_joins * costs.join_cost_per_user + recruits * costs.recruit_cost_per_user;
    m.fixed_cost = costs.fixed_monthly;
    // Added in pairs of like size, so that the column equals its parts to the last cent.
    m.revenue = (m.settled_gmv - m.platform_fee) + (partner_income + if_any<extras>(m.incentive_cash));
    m.outlays = ((m.cost_of_goods + distribution_cost) + (m.fulfilment_cost + m.session_cost)) +
                ((m.media_spend + m.private_cost) + m.fixed_cost);
    m.profit = m.revenue - m.outlays;
    profit_.add(m.profit);
    m.cumulative_profit = profit_.total();

    // 15: cash
    revenue_[revenue_index(t_)] = m.revenue;
    m.cash_in = settlement_.share(0) * m.revenue;
    const int longest = std::min(t_, settlement_.longest_lag());
    for (int lag = 1; lag <= longest; ++lag) {
      m.cash_in = m.cash_in + settlement_.share(lag) * revenue_[revenue_index(t_ - lag)];
    }
    m.cash = m.cash_in - m.outlays;
    cash_.add(m.cash);
    m.cumulative_cash = cash_.total();

    // 14: next month
    prospects_ = (prospects_ - m.new_customers_private) * stay_ + joins_viewers + recruits;
    customers_ = (customers_ + m.new_customers_private) * stay_ + joins_buyers;
    weight_ = live.weight_inertia * weight_ + weight_gain_ * (m.quality / (1.0 + m.quality));
    m.buyer_purity = (m.new_customers_private + m.new_customers_referral) * audience.private_purity +
                     (m.new_customers_natural + new_customers_granted) * audience.purity +
                     new_customers_voucher * scenario_.vouchers.precision + paid_purity;
    purity_ = purity_inertia_ * purity_ +
              audience.learning_rate * ((m.buyer_purity + purity_) / (m.buyers_in_room + 1.0));
    gmv_.add(m.gmv);
    previous_gmv_ = m.gmv;
    trend_ = trend_ * trend_step_;
    ++t_;
    return m;
  }

  /// Metrics of the last step, where programmes run.
  [[nodiscard]] const Metrics<Number>& metrics() const { return metrics_; }
  [[nodiscard]] const IncentiveBook<Number>& incentives() const { return book_; }
  [[nodiscard]] const Pricing<Number>& pricing() const { return pricing_; }
  [[nodiscard]] const Settlement<Number>& settlement() const { return settlement_; }
  [[nodiscard]] const std::vector<ChannelTerms<Number>>& channels() const { return channels_; }
  /// GMV so far.
  [[nodiscard]] Number gmv() const { return gmv_.total(); }
  /// Pool members after the last step.
  [[nodiscard]] Number pool_users() const { return prospects_ + customers_; }

 private:
  const Scenario<Number>& scenario_;
  Pricing<Number> pricing_;
  RoomQuality<Number> quality_;
  Reproduction<Number> reproduction_;
  Settlement<Number> settlement_;
  Number attendance_;
  Number waves_;
  num::WholeCount<Number> whole_waves_;
  num::WholeCount<Number> whole_sessions_;
  Number waves_2h_;
  Number live_factor_;
  Number partner_kept_;
  Number per_public_ceiling_;
  Number per_monthly_ceiling_;
  Number per_pool_ceiling_;
  Number per_reference_purity_;
  Number public_conversion_per_purity_;
  Number voucher_conversion_;
  Number referral_per_viewer_;
  Number price_of_thousand_;
  Number affiliate_cost_;  ///< per customer of affiliates
  Number partner_income_;  ///< per ¥ of sales in the pool
  Number session_cost_;    ///< per month
  Number stay_;            ///< share of the pool that stays for a month
  Number weight_gain_;
  Number purity_inertia_;
  Number first_wave_slope_;
  Number trend_step_;
  bool trend_is_flat_;
  std::vector<ChannelTerms<Number>> channels_;
  Number channel_viewers_{0};
  Number media_spend_{0};

  int t_{0};
  IncentiveBook<Number> book_;
  CohortBook<Number> cohorts_;
  VoucherBook<Number> vouchers_;
  Number prospects_;
  Number customers_;
  Number weight_;
  Number purity_;
  Number trend_{1};
  double season_{};  ///< of first_order_share_
  Number first_order_share_{0};
  Number previous_gmv_{0};
  num::CompensatedSum<Number> gmv_;
  num::CompensatedSum<Number> profit_;
  num::CompensatedSum<Number> cash_;
  /// Revenue of the last months, as far back as it may still arrive.
  static constexpr int k_months_kept = Settlement<Number>::k_longest_lag + 1;
  [[nodiscard]] static std::size_t revenue_index(int t) {
    return static_cast<std::size_t>(t % k_months_kept);
  }
  std::array<Number, k_months_kept> revenue_;
  Metrics<Number> metrics_;
};

extern template class Simulation<double>;

}  // namespace growth::model
