// The ten questions: every number against plans run again from outside, every verdict and every reason
// for having no answer, every error.
#include "growth/decide.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "support.hpp"

using namespace growth;
using test::Json;

namespace {

Json decided(const Json& scenario) { return test::ask("decide", scenario)["decisions"]; }

Json decided(Json scenario, const char* decision) {
  scenario["decide"] = {{"decision", decision}};
  const Json decisions = decided(scenario);
  REQUIRE(decisions.size() == 1);
  return decisions[decision];
}

/// The scenario with the input of a path at a value.
Json with(Json scenario, const std::string& path, const Json& value) {
  Json completed = test::plan_of(scenario)["scenario"];
  std::string pointer = "/" + path;
  for (char& c : pointer) {
    if (c == '.' || c == '[') c = '/';
  }
  pointer.erase(std::remove(pointer.begin(), pointer.end(), ']'), pointer.end());
  completed[Json::json_pointer(pointer)] = value;
  return completed;
}

Json summary_of(const Json& scenario) { return test::plan_of(scenario)["summary"]; }
double profit_of(const Json& scenario) { return summary_of(scenario)["profit"]; }

void check_near(double value, double expected, double scale, double relative = 1e-9) {
  CAPTURE(value);
  CAPTURE(expected);
  CHECK(std::fabs(value - expected) <= relative * std::max(scale, std::fabs(expected)));
}

/// A shop with traffic from a pool and two channels that are bought.
Json shop() {
  return {{"private", {{"users", 8000}}},
          {"live", {{"sessions_per_month", 26}}},
          {"orders", {{"return_rate", 0.2}}},
          {"channels",
           {{{"id", "ads"},
             {"monthly_spend", 12000},
             {"cost_per_viewer", 0.3},
             {"half_saturation", 60000},
             {"precision", 0.75}},
            {{"id", "beans"},
             {"monthly_spend", 3000},
             {"cost_per_viewer", 0.22},
             {"half_saturation", 20000},
             {"precision", 0.55}}}}};
}

Json programme(const char* id, const char* metric, const char* kind, Json reward) {
  reward["kind"] = kind;
  return {{"id", id}, {"metric", metric}, {"reward", reward}};
}

Json tiers(double from, double value) {
  return {{"rule", "step"}, {"tiers", {{{"from", from}, {"value", value}}}}};
}

Json with_programmes(Json scenario, const std::vector<Json>& programmes) {
  scenario["incentives"]["programmes"] = programmes;
  return scenario;
}

}  // namespace

TEST_CASE("all ten are answered, or one alone with the same numbers") {
  const Json all = decided(shop());
  REQUIRE(all.size() == k_decision_count);
  for (int i = 0; i < k_decision_count; ++i) {
    const std::string name(decision_name(static_cast<Decision>(i)));
    CAPTURE(name);
    CHECK(decided(shop(), name.c_str()).dump() == all[name].dump());
  }
}

TEST_CASE("curves are short and rise in x") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const Json decisions = decided(test::scenario_json(test::random_scenario(seed)));
    for (const auto& entry : decisions.items()) {
      const std::string& name = entry.key();
      const auto& answer = entry.value();
      CAPTURE(name);
      if (answer["status"] == "no_answer") {
        CHECK(answer["reason"]["message"]["zh"].get<std::string>().size() > 10);
        continue;
      }
      if (answer["curve"].is_null()) continue;
      const Json& points = answer["curve"]["points"];
      CHECK(points.size() <= k_most_curve_points);
      for (std::size_t i = 1; i < points.size(); ++i) {
        CHECK(points[i]["x"].get<double>() > points[i - 1]["x"].get<double>());
      }
    }
  }
}

TEST_CASE(
    "private users: the plan with them meets the goal; twice the present one where none is given") {
  const Json scenario = shop();
  const Json now = summary_of(scenario);
  const Json answer = decided(scenario, "private_users");
  const double gmv = now["gmv"];
  CHECK(answer["verdict"] == "needs_more");
  CHECK(answer["goal"] == 2 * answer["gmv"].get<double>());
  check_near(answer["gmv"], gmv / 12, 0);
  const Json there = summary_of(with(scenario, "private.users", answer["needed"]));
  check_near(there["gmv"], 2 * gmv, 0);
  CHECK(there["profit"] == answer["profit_at_needed"]);
  check_near(answer["worth_per_user"],
             (there["profit"].get<double>() - now["profit"].get<double>()) /
                 (answer["needed"].get<double>() - 8000),
             0);
  const Json even =
      summary_of(with(scenario, "quality.benchmark_reproduction", answer["break_even_reproduction"]));
  check_near(even["profit"], 0, gmv);
  CHECK(even["leverage"] == answer["break_even_leverage"]);
  CHECK(now["leverage"] == answer["leverage"]);

  Json asked = scenario;
  asked["decide"] = {{"decision", "private_users"}, {"goal_gmv_monthly", gmv / 24}};
  const Json half = decided(asked)["private_users"];
  CHECK(half["verdict"] == "met");
  CHECK(half["needed"].get<double>() < 8000);
  asked["decide"]["goal_gmv_monthly"] = 1e12;
  const Json beyond = decided(asked)["private_users"];
  CHECK(beyond["verdict"] == "out_of_reach");
  CHECK(beyond["needed"].is_null());
  CHECK(beyond["most"].get<double>() < 1e12);

  Json none = scenario;
  none["private"]["users"] = 0;
  none["private"]["buyer_join_rate"] = 0;
  none["private"]["viewer_join_rate"] = 0;
  CHECK(decided(none, "private_users")["leverage"].is_null());
  CHECK(decided(none, "private_users")["break_even_leverage"].is_null());
}

TEST_CASE(
    "next ¥1,000: each gain is the difference of two plans, the best first, keeping it among them") {
  const Json scenario = shop();
  const double profit = profit_of(scenario);
  const Json answer = decided(scenario, "next_thousand");
  CHECK(answer["verdict"] == "spend");
  REQUIRE(answer["uses"].size() == 6);
  bool keeps = false;
  double before = 1e300;
  for (const Json& use : answer["uses"]) {
    CAPTURE(use.dump());
    CHECK(use["gain"].get<double>() <= before);
    before = use["gain"];
    if (use["path"].is_null()) {
      keeps = true;
      CHECK(use["gain"] == 0);
      continue;
    }
    check_near(profit_of(with(scenario, use["path"], use["then"])) - profit, use["gain"], profit,
               1e-12);
    const std::string path = use["path"];
    if (path.find("monthly_spend") != std::string::npos) {
      CHECK(use["then"].get<double>() == use["now"].get<double>() + 1000);
    }
    if (path == "private.monthly_recruits") CHECK(use["then"] == 200);  // at ¥5 each
    // 350 and three hours of 150 a session.
    if (path == "live.sessions_per_month") check_near(use["then"], 26 + 1000.0 / 800, 0, 1e-12);
  }
  CHECK(keeps);
  CHECK(answer["curve"]["points"][1]["x"] == 1000);
  CHECK(answer["curve"]["points"][1]["y"] == answer["uses"][0]["gain"]);

  // An order that loses money is bought by nobody.
  Json loss = scenario;
  loss["costs"]["gross_margin"] = -0.5;
  loss["orders"]["price_elasticity"] = -5;
  const Json kept = decided(loss, "next_thousand");
  CHECK(kept["verdict"] == "keep");
  CHECK(kept["uses"][0]["path"].is_null());

  // Nor is a use that gains nothing: here nobody more fits into the pool, and recruits are not paid for.
  Json full = loss;
  full["private"]["pool_ceiling"] = 1;
  const Json still = decided(full, "next_thousand");
  REQUIRE(still["uses"][1]["gain"] == 0);
  CHECK(still["verdict"] == "keep");
  CHECK(still["uses"][0]["path"].is_null());
}

TEST_CASE("a price cut that earns vouchers says how many") {
  Json scenario = shop();
  scenario["orders"]["price_elasticity"] = -3;
  scenario = with_programmes(
      scenario, {programme("card", "settled_gmv", "voucher_yuan", {{"rule", "rate"}, {"rate", 0.1}})});
  double more = 0;
  const Json answer = decided(scenario, "next_thousand");
  for (const Json& use : answer["uses"]) {
    if (use["path"] != "orders.price_change") continue;
    const auto granted = [](const Json& plan) {
      double total = 0;
      for (const Json& face : plan["months"]["voucher_granted"]) total += face.get<double>();
      return total;
    };
    more = use["vouchers"];
    check_near(granted(test::plan_of(with(scenario, use["path"], use["then"]))) -
                   granted(test::plan_of(scenario)),
               more, 1e5);
  }
  CHECK(more > 0);
}

TEST_CASE("cash: the plan's own lowest point, lower the longer settlement takes") {
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    CAPTURE(seed);
    const Json scenario = test::scenario_json(test::random_scenario(seed));
    const Json answer = decided(scenario, "cash");
    CHECK(answer["low"] == summary_of(scenario)["cash_low"]);
    double before = 1;
    for (const Json& settlement : answer["settlements"]) {
      CHECK(settlement["low"].get<double>() <= before);
      before = settlement["low"];
      if (seed > 4) continue;
      const Json plan = test::plan_of(with(scenario, "costs.settlement_days", settlement["days"]));
      CHECK(plan["summary"]["cash_low"] == settlement["low"]);
      const int month = settlement["month"];
      if (month > 0) CHECK(plan["months"]["cumulative_cash"][month - 1] == settlement["low"]);
    }
  }
}

TEST_CASE("cash verdicts: no gap, a gap of settlement alone, a loss first") {
  const auto verdict = [](double fixed, double days) {
    Json scenario = shop();
    scenario["costs"] = {{"fixed_monthly", fixed}, {"settlement_days", days}};
    return decided(scenario, "cash")["verdict"].get<std::string>();
  };
  CHECK(verdict(0, 0) == "no_need");
  CHECK(verdict(0, 45) == "settlement_only");
  CHECK(verdict(60000, 0) == "loss_first");
  Json long_plan = shop();
  long_plan["horizon_months"] = 60;
  const Json points = decided(long_plan, "cash")["curve"]["points"];
  CHECK(points.back()["x"] == 60);
}

TEST_CASE("first orders at a loss: at the rate needed a customer is worth what it costs") {
  Json scenario = shop();
  scenario["channels"][0]["cost_per_viewer"] = 0.25;
  scenario["channels"][1]["cost_per_viewer"] = 0.18;
  const Json dear = decided(scenario, "first_order_loss");
  CAPTURE(dear.dump());
  const Json plan = test::plan_of(scenario);
  CHECK(dear["acquisition"] == plan["summary"]["cac"]);
  CHECK(dear["customer_worth"] == plan["unit_economics"]["max_cac"]);
  CHECK(dear["verdict"] == "needs_more");
  for (const char* rate : {"private", "public"}) {
    CAPTURE(rate);
    const Json& needed = dear[std::string("needed_") + rate + "_rate"];
    if (needed.is_null()) continue;
    const std::string path = std::string("repurchase.") + rate + "_rate";
    const Json there = test::plan_of(with(scenario, path, needed));
    check_near(there["unit_economics"]["max_cac"], dear["acquisition"], 0);
    CHECK(needed.get<double>() > dear[std::string(rate) + "_rate"].get<double>());
  }
  CHECK((dear["needed_private_rate"].is_number() || dear["needed_public_rate"].is_number()));

  Json cheap = scenario;
  for (Json& channel : cheap["channels"]) channel["cost_per_viewer"] = 0.1;
  CHECK(decided(cheap, "first_order_loss")["verdict"] == "first_order_pays");
  Json usual = scenario;
  usual["channels"][0]["cost_per_viewer"] = 0.3;
  usual["channels"][1]["cost_per_viewer"] = 0.22;
  usual["orders"]["return_rate"] = 0.25;
  usual["repurchase"] = {{"private_rate", 0.9}, {"public_rate", 0.5}};
  CHECK(decided(usual, "first_order_loss")["verdict"] == "pays_back");
  Json never = scenario;
  for (Json& channel : never["channels"]) channel["cost_per_viewer"] = 20;
  CHECK(decided(never, "first_order_loss")["verdict"] == "out_of_reach");

  Json fixed_costs = scenario;
  fixed_costs["costs"]["fixed_monthly"] = 1000;
  const Json zero = decided(fixed_costs, "first_order_loss")["plan_private_rate"];
  if (zero.is_number()) {
    const Json there = summary_of(with(fixed_costs, "repurchase.private_rate", zero));
    check_near(there["profit"], 0, there["gmv"]);
  }

  Json curves = scenario;
  curves["repurchase"] = {{"curve_private", {0.1, 0.05}}};
  const Json by_public = decided(curves, "first_order_loss");
  CHECK(by_public["needed_private_rate"].is_null());
  CHECK(by_public["curve"]["x"] == "repurchase.public_rate");
  curves["repurchase"]["curve_public"] = {0.1, 0.05};
  CHECK(decided(curves, "first_order_loss")["reason"]["code"] == "curves_given");
}

TEST_CASE("go or stop: at each flip the profit is 0, and none is nearer") {
  for (const double fixed : {1000.0, 12000.0, 60000.0}) {
    Json scenario = shop();
    scenario["costs"]["fixed_monthly"] = fixed;
    const Json now = summary_of(scenario);
    const double gmv = now["gmv"];
    const bool positive = now["profit"].get<double>() >= 0;
    const Json answer = decided(scenario, "go_or_stop");
    CAPTURE(answer.dump());
    REQUIRE(!answer["flips"].empty());
    double before = 0;
    for (const Json& flip : answer["flips"]) {
      CHECK(flip["distance"].get<double>() >= before);
      before = flip["distance"];
      check_near(profit_of(with(scenario, flip["path"], flip["value"])), 0, gmv);
      const double between = 0.5 * (flip["now"].get<double>() + flip["value"].get<double>());
      CHECK((profit_of(with(scenario, flip["path"], between)) >= 0) == positive);
    }
  }
}

TEST_CASE("go or stop: scale, go, fix, stop") {
  const auto verdict = [](const Json& scenario) {
    return decided(scenario, "go_or_stop")["verdict"].get<std::string>();
  };
  CHECK(verdict(shop()) == "scale");
  const double profit = profit_of(shop()) / 12;
  Json loss = shop();
  loss["costs"]["fixed_monthly"] = 6000 + profit + 500;
  CHECK(verdict(loss) == "fix");
  loss["costs"]["fixed_monthly"] = 6000 + 20 * profit + 1e6;
  CHECK(verdict(loss) == "stop");
  // In profit by the pool's repeat orders, with nothing that money could add to.
  Json still = shop();
  still["channels"] = Json::array();
  still["private"]["pool_ceiling"] = 8000;
  still["orders"]["price_elasticity"] = 0;
  still["live"]["sessions_per_month"] = 0;
  still["repurchase"]["live_share"] = 0;
  still["costs"] = {{"fixed_monthly", 0}};
  CHECK(verdict(still) == "go");
  const Json answer = decided(still, "go_or_stop");
  CHECK(answer["next_thousand_path"].is_null());
  CHECK(answer["next_thousand_gain"] == 0);
}

TEST_CASE("highest prices are those of the unit economics, beside what is paid") {
  const Json plan = test::plan_of(shop());
  const Json answer = decided(shop(), "highest_price");
  CHECK(answer["per_viewer"] == plan["unit_economics"]["max_cost_per_viewer"]);
  CHECK(answer["per_order"] == plan["unit_economics"]["max_cac"]);
  CHECK(answer["paid_per_order"] == plan["summary"]["cac"]);
  // half/cost/(1 + half/spend) viewers a month: the average price rises with what is spent.
  check_near(answer["channels"][0]["paid"], 0.3 * (1 + 12000.0 / 60000), 0, 1e-12);
  const auto verdict = [](const Json& scenario) {
    return decided(scenario, "highest_price")["verdict"].get<std::string>();
  };
  const auto at = [](double spend, double price) {
    Json scenario = shop();
    for (Json& channel : scenario["channels"]) {
      channel["monthly_spend"] = spend;
      channel["cost_per_viewer"] = price;
    }
    return scenario;
  };
  CHECK(verdict(at(1000, 0.01)) == "within");
  CHECK(verdict(at(1000, 10)) == "overpaying");
  CHECK(verdict(at(0, 0.01)) == "could_buy");
  CHECK(verdict(at(0, 10)) == "too_dear");
  Json loss = shop();
  loss["costs"]["gross_margin"] = -0.5;
  CHECK(verdict(loss) == "no_price");
  Json without = shop();
  without["channels"] = Json::array();
  CHECK(verdict(without) == "within");
}

TEST_CASE("the room is that of the diagnosis, with the stage that comes next") {
  const Json answer = decided(shop(), "room");
  CHECK(answer["diagnosis"].dump() == test::plan_of(shop())["diagnosis"].dump());
  const double views = answer["diagnosis"]["viewers_2h"];
  CHECK(views > 200);
  CHECK(answer["lever_gain"].get<double>() > 0);
  CHECK((answer["verdict"] == "decision") ==
        (answer["diagnosis"]["best_lever"].get<std::string>().find("quality.") != 0));
  const auto next = [](double users, double ceiling) {
    Json scenario = shop();
    scenario["private"]["users"] = users;
    scenario["live"]["public_ceiling"] = ceiling;
    scenario["live"]["first_wave_min"] = 1;
    scenario["live"]["first_wave_max"] = 1;
    return decided(scenario, "room");
  };
  CHECK(next(10, 200000)["next_stage"] == "warming");
  CHECK(next(10, 200000)["next_stage_views"] == 200);
  CHECK(next(1500, 200000)["next_stage"] == "launched");
  CHECK(next(8000, 200000)["next_stage"] == "established");
  CHECK(next(1e6, 200000)["next_stage"] == "head");
  CHECK(next(1e8, 200000)["next_stage"].is_null());
  Json indicator = shop();
  indicator["costs"]["recruit_cost_per_user"] = 1000;
  indicator["live"]["sessions_per_month"] = 300;
  indicator["channels"] = Json::array();
  indicator["costs"]["session_cost"] = 3000;
  CHECK(decided(indicator, "room")["diagnosis"].is_object());
  Json dark = shop();
  dark["live"]["sessions_per_month"] = 0;
  CHECK(decided(dark, "room")["reason"]["code"] == "no_sessions");
}

TEST_CASE("vouchers: what they are worth, and whether a discount to earn them pays") {
  const auto scenario = [](double rate, double elasticity) {
    Json made = shop();
    made["orders"]["price_elasticity"] = elasticity;
    made["vouchers"] = {{"half_saturation", 1e7}};
    if (rate > 0) {
      made = with_programmes(
          made, {programme("card", "settled_gmv", "voucher_yuan", {{"rule", "rate"}, {"rate", rate}})});
    }
    return made;
  };
  const Json earned = scenario(0.02, -1.5);
  const Json answer = decided(earned, "voucher");
  CAPTURE(answer.dump());
  CHECK(answer["verdict"] == "not_worth_a_discount");
  const Json plan = test::plan_of(earned);
  CHECK(answer["worth"] == plan["unit_economics"]["voucher_yuan_worth"]);
  CHECK(answer["value"] == plan["attribution"]["vouchers"]["profit"]);
  const auto number = [&](const char* name) { return answer[name].get<double>(); };
  check_near(number("granted"), number("used") + number("expired") + number("left"), 0, 1e-12);
  CHECK(number("next_yuan") ==
        profit_of(with(earned, "vouchers.opening_balance", 1)) - profit_of(earned));
  // A cut of a twentieth: vouchers taken out of both plans, then left in.
  const Json plain = scenario(0, -1.5);
  const Json plain_cut = with(plain, "orders.price_change", 0.95 - 1);
  const double gmv =
      summary_of(plain_cut)["gmv"].get<double>() - summary_of(plain)["gmv"].get<double>();
  const double cost = profit_of(plain) - profit_of(plain_cut);
  const double total = profit_of(with(earned, "orders.price_change", 0.95 - 1)) - profit_of(earned);
  check_near(number("cost_per_gmv"), cost / gmv, 0);
  check_near(number("gain_per_gmv"), (total + cost) / gmv, 0, 1e-7);
  CHECK(number("earned_per_gmv") > 0);

  CHECK(decided(scenario(0, -1.5), "voucher")["verdict"] == "none_earned");
  const Json elastic = decided(scenario(0.02, -6), "voucher");
  CHECK(elastic["verdict"] == "discount_pays_anyway");
  check_near(profit_of(with(scenario(0.02, -6), "orders.price_change",
                            1 * (1 + elastic["discount"].get<double>()) - 1)) -
                 profit_of(scenario(0.02, -6)),
             elastic["discount_profit"], 1e4, 1e-9);
  CHECK(decided(scenario(0.5, -1.5), "voucher")["verdict"] == "worth_a_discount");
}

TEST_CASE("private scenes: the plans with all and with none of the orders routed there") {
  const Json rate = {{"rule", "rate"}, {"rate", 0.05}};
  Json scenario =
      with_programmes(shop(), {programme("scenes", "private_scene_settled", "cash_yuan", rate)});
  const Json answer = decided(scenario, "private_scenes");
  CHECK(answer["verdict"] == "route_all");
  CHECK(answer["programmes"] == Json::array({"scenes"}));
  CHECK(answer["profit_all"] == profit_of(with(scenario, "private.scene_share", 1)));
  CHECK(answer["profit_none"] == profit_of(with(scenario, "private.scene_share", 0)));
  CHECK(answer["profit"] == profit_of(scenario));
  scenario["private"]["scene_share"] = 1;
  CHECK(decided(scenario, "private_scenes")["verdict"] == "all_routed");
  scenario["business"]["shop_score"] = 3;
  scenario["incentives"]["programmes"][0]["requires"] = {{{"metric", "shop_score"}, {"at_least", 4}}};
  CHECK(decided(scenario, "private_scenes")["verdict"] == "no_effect");
  // A help for those who have little of it.
  scenario = with_programmes(
      shop(), {programme("help", "months_open", "cash_yuan", {{"rule", "fixed"}, {"value", 5000}})});
  scenario["incentives"]["programmes"][0]["requires"] = {
      {{"metric", "private_scene_settled"}, {"below", 1000}}};
  scenario["private"]["scene_share"] = 0.01;
  CHECK(decided(scenario, "private_scenes")["verdict"] == "costs");
  CHECK(decided(shop(), "private_scenes")["reason"]["code"] == "no_scene_programme");
}

TEST_CASE("next tier: its worth is the extra granted alone, and each move is the plan with that move") {
  const Json now = test::plan_of(shop());
  const double settled = now["months"]["settled_gmv"][0];
  const Json scenario = with_programmes(
      shop(), {programme("task", "settled_gmv", "voucher_yuan", tiers(1.2 * settled, 900))});
  const Json answer = decided(scenario, "next_tier");
  CAPTURE(answer.dump());
  REQUIRE(answer["steps"].size() == 1);
  const Json& step = answer["steps"][0];
  CHECK(step["rung"] == "tier");
  CHECK(step["month"] == 1);
  CHECK(step["extra"] == 900);
  check_near(step["short_by"], 0.2 * settled, 0, 1e-9);

  Json granted = scenario;
  Json extra = programme("extra", "months_open", "voucher_yuan", {{"rule", "fixed"}, {"value", 900}});
  extra["first_month"] = 1;
  extra["last_month"] = 1;
  granted["incentives"]["programmes"].push_back(extra);
  const double profit = profit_of(scenario);
  check_near(step["worth"], profit_of(granted) - profit, profit, 1e-12);

  const Json plain = shop();
  double before = -1e300;
  REQUIRE(!step["pushes"].empty());
  for (const Json& push : step["pushes"]) {
    CAPTURE(push.dump());
    CHECK(push["cost"].get<double>() >= before);
    before = push["cost"];
    const Json there = test::plan_of(with(scenario, push["path"], push["needed"]));
    CHECK(there["months"]["settled_gmv"][0].get<double>() >= 1.2 * settled * (1 - 1e-12));
    check_near(push["net"], there["summary"]["profit"].get<double>() - profit, profit, 1e-12);
    check_near(push["cost"], profit_of(plain) - profit_of(with(plain, push["path"], push["needed"])),
               profit, 1e-12);
    check_near(push["reward"], push["net"].get<double>() + push["cost"].get<double>(), profit, 1e-12);
  }
}

TEST_CASE("next tier: an entry that is missed, a cap, and a group that pays its best only") {
  Json entry = programme("card", "settled_gmv", "voucher_yuan", {{"rule", "rate"}, {"rate", 0.01}});
  entry["requires"] = {{{"metric", "settled_gmv"}, {"at_least", 400000}}};
  entry["cap_per_month"] = 3000;
  const Json step = decided(with_programmes(shop(), {entry}), "next_tier")["steps"][0];
  CHECK(step["rung"] == "entry");
  CHECK(step["needed"] == 400000);
  CHECK(step["extra"] == 3000);
  entry["requires"].push_back({{"metric", "shop_score"}, {"at_least", 4.9}});
  CHECK(decided(with_programmes(shop(), {entry}), "next_tier")["reason"]["code"] == "no_tiers");

  Json low = programme("low", "private_users", "cash_yuan", {{"rule", "fixed"}, {"value", 700}});
  Json high = programme("high", "private_users", "cash_yuan", tiers(9000, 1000));
  low["exclusive_group"] = "either";
  high["exclusive_group"] = "either";
  CHECK(decided(with_programmes(shop(), {low, high}), "next_tier")["steps"][0]["extra"] == 300);
  high["cap_total"] = 200;
  CHECK(decided(with_programmes(shop(), {low, high}), "next_tier")["steps"][0]["extra"] == 200);
}

TEST_CASE("next tier verdicts, and why there is none") {
  const double settled = test::plan_of(shop())["months"]["settled_gmv"][0];
  const auto task = [&](double factor, double value) {
    return decided(with_programmes(shop(), {programme("task", "settled_gmv", "cash_yuan",
                                                      tiers(factor * settled, value))}),
                   "next_tier");
  };
  CHECK(task(1.02, 10)["verdict"] == "pays_anyway");
  CHECK(task(1e6, 10)["verdict"] == "out_of_reach");
  CHECK(task(0.5, 10)["reason"]["code"] == "no_tiers");
  CHECK(decided(shop(), "next_tier")["reason"]["code"] == "no_programmes");
  // Only the number of sessions counts, and another one costs more than it brings.
  const auto sessions = [](double value) {
    Json scenario = shop();
    scenario["costs"]["session_cost"] = 20000;
    return decided(
        with_programmes(scenario, {programme("often", "sessions", "cash_yuan", tiers(30, value))}),
        "next_tier")["verdict"];
  };
  CHECK(sessions(10) == "not_worth_it");
  CHECK(sessions(1e6) == "worth_it");
}

TEST_CASE("a pack with no room for one more programme has tiers without worth") {
  std::vector<Json> programmes;
  for (int i = 0; i < 63; ++i) {
    programmes.push_back(programme(("p" + std::to_string(i)).c_str(), "orders", "cash_yuan",
                                   {{"rule", "rate"}, {"rate", 0}}));
  }
  programmes.push_back(programme("tier", "private_users", "cash_yuan", tiers(20000, 100)));
  const Json answer = decided(with_programmes(shop(), programmes), "next_tier");
  CHECK(answer["steps"][0]["programme"] == "tier");
  CHECK(answer["steps"][0]["worth"].is_null());
}

TEST_CASE("every error of a decision has its code and path") {
  const test::ErrorCase cases[] = {
      {R"(5)", "wrong_type", "decide"},
      {R"({"decision":"next"})", "out_of_range", "decide.decision"},
      {R"({"decision":null})", "wrong_type", "decide.decision"},
      {R"({"goal_gmv_monthly":-1})", "out_of_range", "decide.goal_gmv_monthly"},
      {R"({"goal_gmv_monthly":"1万"})", "wrong_type", "decide.goal_gmv_monthly"},
      {R"({"goal_gmv_monthly":1e999})", "not_finite", "decide.goal_gmv_monthly"},
      {R"({"which":"cash"})", "unknown_field", "decide.which"},
  };
  for (const test::ErrorCase& bad : cases) test::check_error("decide", bad);
  CHECK(test::errors_of("decide", R"({"orders":{"return_rate":2},"decide":{"decision":"x"}})").size() ==
        2);
}

TEST_CASE("a plan keeps the question that came with it; progress is told, and can stop it") {
  CHECK(test::plan_of({{"decide", {{"decision", "cash"}}}})["scenario"]["decide"]["decision"] ==
        "cash");
  const Scenario<double> scenario;
  double last = 0;
  Execution execution;
  execution.progress = [&](double share) {
    CHECK(share > last);
    last = share;
    return true;
  };
  CHECK(decide(scenario, nullptr, {}, execution).has_value());
  CHECK(last == 1);
  execution.progress = [](double) { return false; };
  CHECK(!decide(scenario, nullptr, {}, execution).has_value());
}

TEST_CASE("every legal scenario has answers in numbers that exist") {
  for (std::uint64_t seed = 100; seed < 140; ++seed) {
    CAPTURE(seed);
    const Json scenario = test::scenario_json(test::random_scenario(seed));
    bool ok = false;
    const Json answer = test::ask("decide", scenario, ok);
    CHECK(ok);
    // The writer has no word for what is not finite.
    CHECK(answer.dump().find("inf") == std::string::npos);
    CHECK(answer.dump().find("nan") == std::string::npos);
  }
}
