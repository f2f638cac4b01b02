#include "growth/breakdown.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "analysis/diagnosis.hpp"
#include "analysis/returns_on_spend.hpp"
#include "analysis/room_ladder.hpp"
#include "growth/quantities.hpp"
#include "model/customers.hpp"
#include "number/number.hpp"

namespace growth {
namespace {

using Months = std::vector<Month<double>>;

/// Label of a month column.
Text column_label(std::string_view id) {
  const auto columns = month_columns();
  return std::find_if(columns.begin(), columns.end(),
                      [&](const auto& entry) { return entry.quantity.id == id; })
      ->quantity.label;
}

/// A way into the room: its column of viewers and that of those who buy.
struct Source {
  std::string_view viewers;
  std::string_view customers;
  double Month<double>::*viewer_count;
  double Month<double>::*customer_count;
};
constexpr Source k_sources[] = {
    {"viewers_private", "new_customers_private", &Month<double>::viewers_private,
     &Month<double>::new_customers_private},
    {"viewers_referral", "new_customers_referral", &Month<double>::viewers_referral,
     &Month<double>::new_customers_referral},
    {"viewers_natural", "new_customers_natural", &Month<double>::viewers_natural,
     &Month<double>::new_customers_natural},
    {"viewers_granted", "new_customers_granted", &Month<double>::viewers_granted,
     &Month<double>::new_customers_granted},
    {"viewers_voucher", "new_customers_voucher", &Month<double>::viewers_voucher,
     &Month<double>::new_customers_voucher},
    {"viewers_paid", "new_customers_paid", &Month<double>::viewers_paid,
     &Month<double>::new_customers_paid},
};

template <class Value>
FlowLink link(std::string_view source, std::string_view target, const Months& months, Value&& value) {
  FlowLink result{source, target, {}};
  result.values.reserve(months.size());
  for (const Month<double>& month : months) result.values.push_back(value(month));
  return result;
}

/// Of the natural viewers those that private viewers unlocked: as their share of the first wave.
double unlocked(const Month<double>& month) {
  return month.viewers_natural * num::share(month.session_private, month.first_wave);
}

Flow visits(const Months& months) {
  Flow flow{
      "visits",
      Unit::viewers,
      {"谁带来观众", "Who brings the viewers"},
      {"私域带来的＝私域自己进房、他们转发来的，加上他们撬动的自然公域。自然公域按首波分：一个私域观众"
       "撬"
       "动一个，其余是平台首推；后面每一波都照首波放大，所以没碰到公域上限时这样分是准的，碰到上限两边"
       "同比例打折。私域让直播间质量变好、每一波推得更多，这部分也按首波的比例分，没有另算给私域。",
       "The pool brings its own visits, those it forwards to, and the natural viewers it unlocks. "
       "Natural viewers are split by the first wave: one for each private viewer, the rest is the "
       "platform's own push. Every later wave grows from the first, so the split is exact while "
       "no ceiling of public traffic binds, and at a ceiling both parts shrink alike. That the "
       "pool also makes the room better, so that each wave is larger, is split the same way and "
       "not credited to the pool alone."},
      {{"by_pool", {"私域带来", "Brought by the pool"}},
       {"by_platform", {"平台首推", "Platform's own push"}},
       {"by_programmes", {"激励和流量券", "Programmes and vouchers"}},
       {"by_spend", {"花钱投放", "Paid for"}}},
      {}};
  for (const Source& source : k_sources) {
    flow.nodes.push_back({source.viewers, column_label(source.viewers)});
  }
  flow.nodes.push_back({"first_buyers", {"首次下单", "Buy for the first time"}});
  flow.nodes.push_back({"no_first_order", {"没有首次下单", "No first order"}});

  const auto all_of = [&](std::string_view origin, std::string_view viewers,
                          double Month<double>::*count) {
    flow.links.push_back(link(origin, viewers, months, [&](const auto& m) { return m.*count; }));
  };
  all_of("by_pool", "viewers_private", &Month<double>::viewers_private);
  all_of("by_pool", "viewers_referral", &Month<double>::viewers_referral);
  flow.links.push_back(link("by_pool", "viewers_natural", months, unlocked));
  flow.links.push_back(link("by_platform", "viewers_natural", months, [](const auto& m) {
    return std::max(0.0, m.viewers_natural - unlocked(m));
  }));
  all_of("by_programmes", "viewers_granted", &Month<double>::viewers_granted);
  all_of("by_programmes", "viewers_voucher", &Month<double>::viewers_voucher);
  all_of("by_spend", "viewers_paid", &Month<double>::viewers_paid);
  for (const Source& source : k_sources) {
    all_of(source.viewers, "first_buyers", source.customer_count);
    flow.links.push_back(link(source.viewers, "no_first_order", months, [&](const auto& m) {
      return std::max(0.0, m.*source.viewer_count - m.*source.customer_count);
    }));
  }
  return flow;
}

/// Share of this month's buyers from outside the pool who join it.
double joining_share(const Scenario<double>& scenario, const Month<double>& month) {
  return scenario.private_domain.buyer_join_rate * month.pool_room;
}

Flow customers(const Scenario<double>& scenario, const Months& months) {
  Flow flow{
      "customers",
      Unit::users,
      {"新客去了哪", "Where new customers go"},
      {"当月首购的人按首单有没有退分：退掉首单的不算客户；留下首单的，要么在私域（本来就在，或买完加"
       "进来），要么留在外面。",
       "First buyers of the month: those whose first order is refunded are no customers; the "
       "others are in the pool, from before or by joining, or stay outside."},
      {},
      {}};
  std::vector<Source> sources(std::begin(k_sources), std::end(k_sources));
  sources.push_back({{}, "new_customers_affiliate", nullptr, &Month<double>::new_customers_affiliate});
  for (const Source& source : sources) {
    flow.nodes.push_back({source.customers, column_label(source.customers)});
  }
  flow.nodes.push_back({"in_pool", {"在私域", "In the pool"}});
  flow.nodes.push_back({"outside", {"留在外面", "Outside"}});
  flow.nodes.push_back({"refunded", {"首单退掉", "First order refunded"}});
  const double kept = 1.0 - scenario.orders.return_rate;
  for (const Source& source : sources) {
    const bool from_pool = source.customers == "new_customers_private";
    const auto kept_of = [&, from_pool, count = source.customer_count](const Month<double>& m) {
      return model::kept_customers(from_pool ? m.*count : 0.0, from_pool ? 0.0 : m.*count,
                                   joining_share(scenario, m), kept);
    };
    flow.links.push_back(
        link(source.customers, "in_pool", months, [&](const auto& m) { return kept_of(m).joined; }));
    if (!from_pool) {
      flow.links.push_back(
          link(source.customers, "outside", months, [&](const auto& m) { return kept_of(m).outside; }));
    }
    flow.links.push_back(link(source.customers, "refunded", months, [&](const auto& m) {
      return m.*source.customer_count * scenario.orders.return_rate;
    }));
  }
  return flow;
}

Flow orders(const Months& months) {
  return {
      "orders",
      Unit::orders,
      {"订单从哪来", "Where the orders come from"},
      {"首单加上老客的复购；私域里被别家货替代掉的不算在内。",
       "First orders and repeat orders, less what partner goods displace in the pool."},
      {{"first_orders", {"首单", "First orders"}},
       {"repeat_orders_private", column_label("repeat_orders_private")},
       {"repeat_orders_public", column_label("repeat_orders_public")},
       {"orders", column_label("orders")}},
      {link("first_orders", "orders", months,
            [](const auto& m) { return m.partner_kept * m.new_customers_private + m.outside_buyers; }),
       link("repeat_orders_private", "orders", months,
            [](const auto& m) { return m.repeat_orders_private; }),
       link("repeat_orders_public", "orders", months,
            [](const auto& m) { return m.repeat_orders_public; })}};
}

Flow pool(const Scenario<double>& scenario, const Months& months) {
  const auto buyers = [&](const Month<double>& m) {
    return joining_share(scenario, m) * m.outside_buyers;
  };
  const double churn = scenario.private_domain.monthly_churn;
  return {
      "pool",
      Unit::users,
      {"私域的进出", "The pool, in and out"},
      {"月初的人扣掉流失的，加上买完加进来的、看完加进来的和拉新的，就是下月初的私域。退掉首单的人也可"
       "能加"
       "了进来。",
       "Members at the start of the month less those who leave, and those who join after buying, "
       "after watching, or are recruited, are the pool of the next month. Some who join have "
       "returned their first order."},
      {{"private_users", {"月初私域", "Pool at the start"}},
       {"joined_after_buying", {"买完加入", "Joined after buying"}},
       {"joined_after_watching", {"看完加入", "Joined after watching"}},
       {"recruits", {"拉新", "Recruited"}},
       {"next_month", {"下月初私域", "Pool next month"}},
       {"left", {"流失", "Left"}}},
      {link("private_users", "next_month", months,
            [&](const auto& m) { return m.private_users * (1.0 - churn); }),
       link("private_users", "left", months, [&](const auto& m) { return m.private_users * churn; }),
       link("joined_after_buying", "next_month", months, buyers),
       link("joined_after_watching", "next_month", months,
            [&](const auto& m) { return std::max(0.0, m.pool_joins - buyers(m)); }),
       link("recruits", "next_month", months,
            [&](const auto& m) { return m.pool_room * scenario.private_domain.monthly_recruits; })}};
}

/// Each cohort in a book of its own: the model's book is linear in them.
std::vector<Cohort> cohorts(const Scenario<double>& scenario, const Months& months) {
  const PrivateDomain<double>& pool = scenario.private_domain;
  const int horizon = static_cast<int>(months.size());
  const double opening = pool.users * pool.customer_share;
  std::vector<Cohort> result;
  for (int start = 0; start <= horizon; ++start) {
    Cohort cohort;
    cohort.month = start;
    model::Kept<double> customers{opening, 0};
    if (start > 0) {
      const Month<double>& first = months[static_cast<std::size_t>(start - 1)];
      customers =
          model::kept_customers(first.new_customers_private, first.outside_buyers,
                                joining_share(scenario, first), 1.0 - scenario.orders.return_rate);
    }
    cohort.joined = customers.joined;
    cohort.outside = customers.outside;
    model::CohortBook<double> book(scenario.repurchase, pool.monthly_churn, start == 0 ? opening : 0,
                                   pool.customer_age_months);
    for (int t = 0; t < horizon; ++t) {
      const Month<double>& month = months[static_cast<std::size_t>(t)];
      if (t >= start) {
        const auto repeats =
            model::placed(book.template repeats<true>(t), month.demand, month.live_factor);
        cohort.by_pool.push_back(month.partner_kept * repeats.pool);
        cohort.by_outside.push_back(repeats.outside);
      }
      book.template add_cohort<true>(t + 1 == start ? customers : model::Kept<double>{0, 0});
    }
    result.push_back(std::move(cohort));
  }
  return result;
}

std::vector<BridgeStep> bridge(const Plan& plan) {
  const Summary<double>& summary = plan.summary;
  std::vector<BridgeStep> steps;
  num::CompensatedSum<double> running;
  const auto step = [&](std::string_view id, const Text& label, double value) {
    running.add(value);
    steps.push_back({id, label, value, running.total()});
  };
  const auto column = [&](std::string_view id, double sign, double Month<double>::*member) {
    num::CompensatedSum<double> total;
    for (const Month<double>& month : plan.months) total.add(month.*member);
    step(id, column_label(id), sign * total.total());
  };
  step("gmv", column_label("gmv"), summary.gmv);
  step("returns", {"退货", "Returns"}, summary.settled_gmv - summary.gmv);
  column("cost_of_goods", -1, &Month<double>::cost_of_goods);
  column("platform_fee", -1, &Month<double>::platform_fee);
  column("distribution_cost", -1, &Month<double>::distribution_cost);
  column("fulfilment_cost", -1, &Month<double>::fulfilment_cost);
  column("session_cost", -1, &Month<double>::session_cost);
  column("media_spend", -1, &Month<double>::media_spend);
  column("private_cost", -1, &Month<double>::private_cost);
  column("fixed_cost", -1, &Month<double>::fixed_cost);
  column("partner_income", 1, &Month<double>::partner_income);
  column("incentive_cash", 1, &Month<double>::incentive_cash);
  steps.push_back({"profit", column_label("profit"), summary.profit, summary.profit});
  return steps;
}

Room room(const Plan& plan) {
  Room result{{analysis::k_room_ladder.begin(), analysis::k_room_ladder.end()}, {}};
  for (const Month<double>& month : plan.months) {
    RoomReading reading;
    reading.viewers_2h = month.viewers_2h;
    reading.viewers_per_session = num::share(month.viewers, plan.scenario.live.sessions_per_month);
    reading.stage = analysis::room_stage(reading.viewers_2h, reading.viewers_per_session);
    if (const Rung* rung = analysis::rung_above(reading.stage)) {
      const bool early = rung->metric == analysis::k_views_at_two_hours;
      reading.next = NextRung{rung->stage,
                              rung->from - (early ? reading.viewers_2h : reading.viewers_per_session)};
    }
    result.months.push_back(reading);
  }
  return result;
}

}  // namespace

Breakdown breakdown(const Plan& plan) {
  const Scenario<double>& scenario = plan.scenario;
  const Months& months = plan.months;
  return {{visits(months), customers(scenario, months), orders(months), pool(scenario, months)},
          cohorts(scenario, months),
          bridge(plan),
          room(plan),
          analysis::returns_on_spend(plan),
          analysis::return_conversions(plan)};
}

}  // namespace growth
