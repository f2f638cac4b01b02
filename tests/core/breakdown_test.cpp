// The plan taken apart: what is drawn adds up to the plan, and each split means what it says.
#include "growth/breakdown.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "check_each.hpp"
#include "growth/quantities.hpp"
#include "support.hpp"

using namespace growth;
using test::Json;
using test::relative_difference;

namespace {

constexpr std::uint64_t k_scenarios = 200;

template <class Check>
void for_each_plan(Check&& check) {
  for (std::uint64_t seed = 1; seed <= k_scenarios; ++seed) {
    CAPTURE(seed);
    const Plan whole = plan(test::random_scenario(seed), nullptr);
    check(whole, breakdown(whole));
  }
}

const Flow& flow_at(const Breakdown& parts, std::string_view id) {
  for (const Flow& flow : parts.flows) {
    if (flow.id == id) return flow;
  }
  REQUIRE_MESSAGE(false, id);
  return parts.flows.front();
}

/// What passes through a node in a month.
struct Passing {
  double in{};
  double out{};
};
std::map<std::string_view, Passing> passing(const Flow& flow, std::size_t month) {
  std::map<std::string_view, Passing> nodes;
  for (const FlowNode& node : flow.nodes) nodes[node.id];
  for (const FlowLink& link : flow.links) {
    CHECK_EACH(nodes.count(link.source) == 1);
    CHECK_EACH(nodes.count(link.target) == 1);
    nodes[link.source].out += link.values[month];
    nodes[link.target].in += link.values[month];
  }
  return nodes;
}

double link_value(const Flow& flow, std::string_view source, std::string_view target,
                  std::size_t month) {
  for (const FlowLink& link : flow.links) {
    if (link.source == source && link.target == target) return link.values[month];
  }
  REQUIRE_MESSAGE(false, target);
  return 0;
}

double column(const Month<double>& month, std::string_view id) {
  for (const auto& entry : month_columns()) {
    if (entry.quantity.id == id) return entry.read(month);
  }
  return std::nan("");
}

bool same(double a, double b, double scale = 1e-6) { return relative_difference(a, b, scale) < 1e-9; }

const ReturnOnSpend& definition_at(const Breakdown& parts, std::string_view id) {
  for (const ReturnOnSpend& definition : parts.returns) {
    if (definition.id == id) return definition;
  }
  REQUIRE_MESSAGE(false, id);
  return parts.returns.front();
}

Breakdown parts_of(const Scenario<double>& scenario) { return breakdown(plan(scenario, nullptr)); }

/// A plan that spends and whose first orders leave something.
Scenario<double> spending() {
  Scenario<double> scenario;
  scenario.channels.front().monthly_spend = 6000;
  return scenario;
}

}  // namespace

TEST_CASE("at every node of every flow as much leaves as arrives") {
  for_each_plan([](const Plan& whole, const Breakdown& parts) {
    for (const Flow& flow : parts.flows) {
      CAPTURE(flow.id);
      for (const FlowLink& link : flow.links) {
        REQUIRE(link.values.size() == whole.months.size());
        for (const double value : link.values) CHECK_EACH(value >= 0);
      }
      for (std::size_t t = 0; t < whole.months.size(); ++t) {
        double sources = 0;
        double sinks = 0;
        const auto nodes = passing(flow, t);
        for (const auto& entry : nodes) {
          const auto& id = entry.first;
          const auto& node = entry.second;
          CAPTURE(id);
          const bool between = node.in > 0 && node.out > 0;
          if (between) CHECK_EACH(same(node.in, node.out));
          if (node.in == 0) sources += node.out;
          if (node.out == 0) sinks += node.in;
        }
        CHECK(same(sources, sinks));
      }
    }
  });
}

TEST_CASE("nodes that are columns of the plan have their numbers") {
  for_each_plan([](const Plan& whole, const Breakdown& parts) {
    for (std::size_t t = 0; t < whole.months.size(); ++t) {
      const Month<double>& month = whole.months[t];
      const auto visits = passing(flow_at(parts, "visits"), t);
      const auto customers = passing(flow_at(parts, "customers"), t);
      double viewers = 0;
      for (const auto* nodes : {&visits, &customers}) {
        for (const auto& entry : *nodes) {
          const auto& id = entry.first;
          const auto& node = entry.second;
          const double expected = column(month, id);
          if (std::isnan(expected)) continue;
          CAPTURE(id);
          CHECK_EACH(same(std::max(node.in, node.out), expected));
          if (nodes == &visits) viewers += node.in;
        }
      }
      CHECK(same(viewers, month.viewers));
      const double refunded = customers.at("refunded").in;
      CHECK(same(refunded, month.new_customers * whole.scenario.orders.return_rate));
      CHECK(same(customers.at("in_pool").in + customers.at("outside").in + refunded,
                 month.new_customers));
      CHECK(same(passing(flow_at(parts, "orders"), t).at("orders").in, month.orders));
      const auto pool = passing(flow_at(parts, "pool"), t);
      const bool last = t + 1 == whole.months.size();
      const double next = last ? whole.summary.private_users_end : whole.months[t + 1].private_users;
      CHECK(same(pool.at("private_users").out, month.private_users));
      CHECK(same(pool.at("next_month").in, next));
      CHECK(same(pool.at("joined_after_buying").out + pool.at("joined_after_watching").out,
                 month.pool_joins));
    }
  });
}

TEST_CASE(
    "what the pool unlocks is what the platform would push for it alone, while no ceiling binds") {
  Scenario<double> scenario;
  scenario.live.public_ceiling = 1e9;
  scenario.live.monthly_public_ceiling = 1e10;
  scenario.live.sessions_per_month = 4;
  const Flow flow = flow_at(parts_of(scenario), "visits");
  const double unlocked = link_value(flow, "by_pool", "viewers_natural", 0);
  const double pushed = link_value(flow, "by_platform", "viewers_natural", 0);
  CHECK(unlocked > 0);

  Scenario<double> pool_alone = scenario;
  pool_alone.live.first_wave_min = pool_alone.live.first_wave_max = 0;
  CHECK(plan(pool_alone, nullptr).months.front().viewers_natural ==
        doctest::Approx(unlocked).epsilon(1e-4));
  Scenario<double> without_pool = scenario;
  without_pool.private_domain.users = 0;
  without_pool.quality.weight.private_viewers = 0;
  Scenario<double> equal_room = scenario;
  equal_room.quality.weight.private_viewers = 0;
  const Flow equal = flow_at(parts_of(equal_room), "visits");
  CHECK(plan(without_pool, nullptr).months.front().viewers_natural ==
        doctest::Approx(link_value(equal, "by_platform", "viewers_natural", 0)).epsilon(1e-4));
  // A private viewer counts as one of the first wave: 50 + 450·0.2 others.
  const Month<double> month = plan(scenario, nullptr).months.front();
  CHECK(unlocked / pushed == doctest::Approx(month.session_private / 140).epsilon(1e-12));
}

TEST_CASE("repeat orders by cohort add up to the plan's columns") {
  for_each_plan([](const Plan& whole, const Breakdown& parts) {
    const std::size_t horizon = whole.months.size();
    REQUIRE(parts.cohorts.size() == horizon + 1);
    for (std::size_t t = 0; t < horizon; ++t) {
      double by_pool = 0;
      double by_outside = 0;
      for (const Cohort& cohort : parts.cohorts) {
        const auto start = static_cast<std::size_t>(cohort.month);
        REQUIRE(cohort.by_pool.size() == horizon - start);
        REQUIRE(cohort.by_outside.size() == horizon - start);
        if (t < start) continue;
        by_pool += cohort.by_pool[t - start];
        by_outside += cohort.by_outside[t - start];
      }
      CHECK(same(by_pool, whole.months[t].repeat_orders_private));
      CHECK(same(by_outside, whole.months[t].repeat_orders_public));
    }
    for (std::size_t t = 0; t < horizon; ++t) {
      const Cohort& cohort = parts.cohorts[t + 1];
      const auto customers = passing(flow_at(parts, "customers"), t);
      CHECK(same(cohort.joined, customers.at("in_pool").in));
      CHECK(same(cohort.outside, customers.at("outside").in));
    }
  });
}

TEST_CASE("a cohort's repeat orders follow the curve of its age, by hand") {
  Scenario<double> scenario;
  scenario.horizon_months = 5;
  scenario.repurchase.partner_share = 0.4;
  for (const bool given : {false, true}) {
    CAPTURE(given);
    if (given) scenario.repurchase.curve_private = std::vector<double>{0.2, 0.1, 0.05};
    const Breakdown parts = parts_of(scenario);
    const double stay = 1 - 0.015;
    const auto formula = [](double rate, int age) {
      return rate * 2.5 * 0.15 * std::pow(0.85, age - 1) / (1 - std::pow(0.85, 12));
    };
    const auto in_pool = [&](int age) {
      if (!given) return formula(0.45, age);
      return age <= 3 ? (*scenario.repurchase.curve_private)[static_cast<std::size_t>(age - 1)] : 0;
    };
    const double live = 0.5 + 0.5 * (1 - std::exp(-6.0));
    const double kept_beside_partners = 1 - 0.5 * 0.4;
    const Cohort& second = parts.cohorts[2];
    CHECK(second.month == 2);
    for (int age = 1; age <= 3; ++age) {
      const auto i = static_cast<std::size_t>(age - 1);
      const double still = std::pow(stay, age);
      CHECK(
          same(second.by_pool[i], kept_beside_partners * live * second.joined * still * in_pool(age)));
      CHECK(same(second.by_outside[i],
                 live * (second.joined * (1 - still) + second.outside) * formula(0.15, age)));
    }
    const Cohort& before = parts.cohorts.front();
    CHECK(before.joined == 1800);
    // They first bought six months before the plan; a curve of three months is over by then.
    CHECK(same(before.by_pool[0], kept_beside_partners * live * 1800 * (given ? 0 : formula(0.45, 6))));
  }
}

TEST_CASE("the steps from GMV to profit add up") {
  for_each_plan([](const Plan& whole, const Breakdown& parts) {
    const std::vector<BridgeStep>& bridge = parts.bridge;
    CHECK(bridge.front().value == whole.summary.gmv);
    CHECK(bridge.back().value == whole.summary.profit);
    double running = 0;
    for (std::size_t i = 0; i + 1 < bridge.size(); ++i) {
      running += bridge[i].value;
      CHECK(same(running, bridge[i].running, whole.summary.gmv + 1));
    }
    CHECK(same(running, whole.summary.profit, whole.summary.gmv + 1));
    CHECK(same(bridge[0].value + bridge[1].value, whole.summary.settled_gmv, whole.summary.gmv + 1));
  });
}

TEST_CASE("the room climbs the published ladder, and knows what the next rung takes") {
  for_each_plan([](const Plan& whole, const Breakdown& parts) {
    REQUIRE(parts.room.months.size() == whole.months.size());
    CHECK(parts.room.months.front().stage == whole.diagnosis.stage);
    CHECK(parts.room.months.front().viewers_per_session == whole.diagnosis.viewers_per_session);
    for (const RoomReading& reading : parts.room.months) {
      CHECK(reading.next.has_value() == (reading.stage != RoomStage::head));
      if (!reading.next) continue;
      CHECK(reading.next->short_by >= 0);
      const Rung& rung = parts.room.rungs[static_cast<std::size_t>(reading.next->stage)];
      const double now = rung.metric == "viewers_2h" ? reading.viewers_2h : reading.viewers_per_session;
      CHECK(same(now + reading.next->short_by, rung.from));
    }
  });
  const Room room = parts_of({}).room;
  CHECK(room.rungs[1].from == 200);
  CHECK(room.rungs[1].exclusive);
  CHECK(room.rungs[2].from == 1000);
  CHECK(room.rungs[3].from == 10000);
  CHECK(room.rungs[4].from == 100000);
}

TEST_CASE("the definitions of ROI hold together") {
  int spent = 0;
  for_each_plan([&](const Plan& whole, const Breakdown& parts) {
    const double kept = 1 - whole.scenario.orders.return_rate;
    const auto value = [&](std::string_view id) { return definition_at(parts, id).value.value; };
    const auto break_even = [&](std::string_view id) {
      return definition_at(parts, id).break_even.value;
    };
    CHECK(value("paid").has_value() == defined(whole.summary.roas).has_value());
    if (!value("paid")) return;
    ++spent;
    CHECK(same(*value("paid"), *defined(whole.summary.roas)));
    CHECK(same(*value("settled"), *value("paid") * kept));
    CHECK(same(*value("overall"), whole.summary.gmv / whole.summary.media_spend));
    CHECK(break_even("net") == 1);
    for (const ReturnConversion& conversion : parts.conversions) {
      if (!conversion.factor.value) continue;
      CHECK(same(*value(conversion.from) * *conversion.factor.value, *value(conversion.to)));
    }
    // Paid and settled pay exactly where net does, and the whole plan where it earns.
    if (std::fabs(*value("net") - 1) > 1e-9) {
      for (const std::string_view id : {"paid", "settled"}) {
        CHECK((break_even(id) && *value(id) >= *break_even(id)) == (*value("net") > 1));
      }
    }
    if (std::fabs(whole.summary.profit) > 1e-6) {
      CHECK((break_even("overall") && *value("overall") >= *break_even("overall")) ==
            (whole.summary.profit > 0));
    }
  });
  CHECK(spent > 100);
}

TEST_CASE("net ROI by hand: what an order leaves after goods, fee and fulfilment") {
  const Plan whole = plan(spending(), nullptr);
  const Breakdown parts = breakdown(whole);
  double customers = 0;
  for (const Month<double>& month : whole.months) customers += month.new_customers_paid;
  const double left = 200 * 0.9 * (0.5 - 0.05) - 5 - 0.1 * 8;
  CHECK(*definition_at(parts, "net").value.value ==
        doctest::Approx(customers * left / (12 * 6000)).epsilon(1e-12));
  CHECK(*definition_at(parts, "paid").break_even.value == doctest::Approx(200 / left).epsilon(1e-12));
  CHECK(*definition_at(parts, "settled").break_even.value ==
        doctest::Approx(180 / left).epsilon(1e-12));
  CHECK(definition_at(parts, "overall").value.with_numbers.find("/72,000") != std::string::npos);
  CHECK(definition_at(parts, "paid").value.formula ==
        std::find_if(summary_quantities().begin(), summary_quantities().end(), [](const auto& entry) {
          return entry.quantity.id == "roas";
        })->quantity.formula);
}

TEST_CASE("an ROI that does not exist says why, in both languages") {
  const auto says_why = [](const StatedNumber& stated) {
    return !stated.value && !stated.reason.zh.empty() && !stated.reason.en.empty() &&
           stated.with_numbers.empty() && !stated.in_words.zh.empty();
  };
  const Breakdown idle = parts_of({});
  for (const ReturnOnSpend& definition : idle.returns) CHECK(says_why(definition.value));
  // What it takes to break even can be told all the same.
  CHECK(*definition_at(idle, "paid").break_even.value == doctest::Approx(200 / 75.2).epsilon(1e-12));
  CHECK(says_why(idle.conversions[1].factor));

  Scenario<double> returned = spending();
  returned.orders.return_rate = 1;
  const Breakdown parts = parts_of(returned);
  CHECK(*definition_at(parts, "settled").value.value == 0);
  CHECK(*definition_at(parts, "net").value.value < 0);
  CHECK(says_why(definition_at(parts, "paid").break_even));
  CHECK(says_why(definition_at(parts, "overall").break_even));
  CHECK(says_why(parts.conversions[1].factor));

  Scenario<double> free_goods = spending();
  free_goods.orders.average_order_value = 0;
  free_goods.costs.shipping_per_order = free_goods.costs.return_cost_per_order = 0;
  for (const ReturnOnSpend& definition : parts_of(free_goods).returns) {
    if (definition.id != "net") CHECK(says_why(definition.break_even));
  }
}

TEST_CASE("formulas of the breakdown are told in words, without a name of the engine's") {
  const auto plain = [](const StatedNumber& stated) {
    for (const std::string* words : {&stated.in_words.zh, &stated.in_words.en, &stated.with_numbers}) {
      CAPTURE(*words);
      CHECK(words->find('_') == std::string::npos);
    }
  };
  const Breakdown parts = parts_of(spending());
  for (const ReturnOnSpend& definition : parts.returns) {
    plain(definition.value);
    plain(definition.break_even);
  }
  for (const ReturnConversion& conversion : parts.conversions) plain(conversion.factor);
}

TEST_CASE(
    "breakdown answers in JSON, finite at the ends of the ranges, and refuses what plan refuses") {
  const Json answer = test::ask("breakdown", Json::parse(R"({"horizon_months": 60})"));
  CHECK(answer["schema"] == "growth.breakdown/1");
  CHECK(answer["flows"].size() == 4);
  CHECK(answer["cohorts"].size() == 61);
  CHECK(answer["cohorts"][60]["repeat_orders_private"].empty());
  CHECK(answer["roi"]["definitions"][0]["value"].is_null());
  CHECK(answer["roi"]["definitions"][0]["reason"]["en"].is_string());
  CHECK(answer["room"]["rungs"][0]["fact"].is_null());
  for (
      const char* extreme :
      {R"({"private":{"users":0},"live":{"sessions_per_month":0,"first_wave_min":0,"first_wave_max":0}})",
       R"({"private":{"users":1e9,"monthly_churn":1},"orders":{"average_order_value":1e7},
            "channels":[{"id":"a","monthly_spend":1e9,"cost_per_viewer":1e-4,"half_saturation":0.01,"precision":1}]})",
       R"({"orders":{"price_change":-0.9,"price_elasticity":-10},"costs":{"gross_margin":-1},
            "channels":[{"id":"a","monthly_spend":1e-9,"cost_per_viewer":1e6,"half_saturation":1e10,"precision":0}]})"}) {
    bool ok = false;
    const Json got = test::ask("breakdown", Json::parse(extreme), ok);
    CHECK_MESSAGE(ok, got.dump());
    CHECK(got.dump().find("null,\"running\"") == std::string::npos);
  }
  const std::string bad = R"({"horizon_months":0,"private":{"users":-1}})";
  CHECK(test::errors_of("breakdown", bad) == test::errors_of("plan", bad));
}
