// Money: what an order leaves, when money arrives, what customers are worth (steps 13 and 15 and
// section 4 of the model).
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "growth/plan.hpp"
#include "growth/scenario.hpp"
#include "model/customers.hpp"
#include "model/traffic.hpp"
#include "number/number.hpp"

namespace growth::model {

/// Demand factor of the calendar month in which plan month t (from 0) falls.
[[nodiscard]] inline double season_factor(const Business& business, int t) {
  return business.seasonality[static_cast<std::size_t>((business.start_month - 1 + t) % 12)];
}

inline constexpr double k_days_per_month = 30;

/// What an order brings and costs, after orders.price_change; unit cost stays.
template <class Number>
struct Pricing {
  Number price;         ///< P, of a first order
  Number repeat_price;  ///< of a repeat order
  Number demand;        ///< κ, what the price change does to demand
  Number unit_cost;     ///< 1 - M: cost of goods per ¥ of settled sales
  Number margin;        ///< M
  Number kept;          ///< share of order value that is not refunded
  Number order_cost;    ///< ¥ per order: shipping, and the cost of returns

  explicit Pricing(const Scenario<Number>& scenario) {
    const Orders<Number>& orders = scenario.orders;
    const Costs<Number>& costs = scenario.costs;
    const Number level = 1.0 + orders.price_change;
    price = orders.average_order_value * level;
    repeat_price = price * scenario.repurchase.order_value_ratio;
    demand = num::pow(level, orders.price_elasticity);
    unit_cost = (1.0 - costs.gross_margin) / level;
    margin = (costs.gross_margin + orders.price_change) / level;
    kept = 1.0 - orders.return_rate;
    order_cost = costs.shipping_per_order + orders.return_rate * costs.return_cost_per_order;
  }
};

/// How sales revenue spreads over the months in which it arrives: `settlement_days` later, split
/// between the two months around that day.
template <class Number>
class Settlement {
 public:
  static constexpr int k_longest_lag = 7;  ///< months: 180 days and the month after

  explicit Settlement(const Number& settlement_days) {
    const Number lag = settlement_days / k_days_per_month;
    longest_lag_ = static_cast<int>(num::largest(lag)) + 1;
    for (int j = 0; j <= longest_lag_; ++j) {
      const Number distance = lag - static_cast<double>(j);
      const Number nearness = 1.0 - num::max(distance, -distance);
      share_[static_cast<std::size_t>(j)] = num::max(Number(0), nearness);
    }
  }

  /// Share of a month's revenue that arrives `lag` months later; none arrives after longest_lag().
  [[nodiscard]] const Number& share(int lag) const { return share_[static_cast<std::size_t>(lag)]; }
  [[nodiscard]] int longest_lag() const { return longest_lag_; }

 private:
  std::array<Number, k_longest_lag + 1> share_;
  int longest_lag_;
};

/// Unit economics of a scenario; platform fee is the shop's own, no programme counted.
template <class Number>
[[nodiscard]] UnitEconomics<Number> unit_economics(const Scenario<Number>& scenario) {
  const Pricing<Number> pricing(scenario);
  const Costs<Number>& costs = scenario.costs;
  const Repurchase<Number>& repurchase = scenario.repurchase;

  UnitEconomics<Number> units;
  units.break_even_margin = pricing.kept * (pricing.margin - costs.platform_fee_rate);
  units.first_order_margin = pricing.price * units.break_even_margin - pricing.order_cost;
  units.repeat_order_margin = pricing.repeat_price * units.break_even_margin - pricing.order_cost;

  const RepeatCurve<Number> pool_curve(repurchase.curve_private, repurchase.private_rate, repurchase);
  const RepeatCurve<Number> outside_curve(repurchase.curve_public, repurchase.public_rate, repurchase);
  const Number join = scenario.private_domain.buyer_join_rate;
  const Number churn = scenario.private_domain.monthly_churn;
  const Number repeat_worth = pricing.kept * live_factor(repurchase, scenario.live.sessions_per_month) *
                              units.repeat_order_margin;
  const Number discount = 1.0 / (1.0 + costs.discount_rate_monthly);

  units.ltv_private = units.first_order_margin - costs.join_cost_per_user;
  units.ltv_public = units.first_order_margin;
  const auto blend = [&] { return join * units.ltv_private + (1.0 - join) * units.ltv_public; };
  units.value_to_age.push_back(blend());
  Number stay(1);
  Number leave(0);
  Number discounted(1);
  Number decay(1);  // δ^(age-1)
  for (int age = 1; age <= repurchase.ltv_months; ++age) {
    leave = leave + churn * stay;
    stay = (1.0 - churn) * stay;
    discounted = discounted * discount;
    const Number in_pool =
        pool_curve.is_given() ? Number(pool_curve.given_at(age)) : pool_curve.at_first() * decay;
    const Number outside = outside_curve.is_given() ? Number(outside_curve.given_at(age))
                                                    : outside_curve.at_first() * decay;
    units.ltv_private = units.ltv_private + (repeat_worth * (stay * in_pool + leave * outside) -
                                             stay * costs.private_cost_per_user) *
                                                discounted;
    units.ltv_public = units.ltv_public + repeat_worth * outside * discounted;
    units.value_to_age.push_back(blend());
    decay = decay * repurchase.retention;
  }
  units.max_cac = blend();

  const auto conversion = [&](const Number& purity) {
    return conversion_rate(
        scenario.conversion.public_domain * (purity / scenario.audience.reference_purity),
        pricing.demand);
  };
  units.max_cost_per_viewer = conversion(scenario.audience.purity) * units.max_cac;
  units.first_order_max_cost_per_viewer =
      conversion(scenario.audience.purity) * units.first_order_margin;
  for (const Channel<Number>& channel : scenario.channels) {
    units.max_cost_per_viewer_channels.push_back(conversion(channel.precision) * units.max_cac);
  }
  units.voucher_yuan_worth = scenario.vouchers.point_value / scenario.vouchers.cost_per_viewer *
                             (conversion(scenario.vouchers.precision) * units.max_cac);
  return units;
}

}  // namespace growth::model
