// Goal seek: the search on functions whose crossings are known, plans with closed forms, every error.
#include "growth/seek.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

#include "analysis/crossings.hpp"
#include "growth/run.hpp"
#include "support.hpp"

using namespace growth;
using test::Json;

namespace {

constexpr double k_pi = 3.14159265358979323846;

/// The search on a plain function; NaN stands for "does not exist".
template <class Function>
SeekResult search(Function&& f, const analysis::Goal& goal, int* calls = nullptr) {
  int inputs_seen = 0;
  const auto result = analysis::find_crossings(
      [&](std::span<const double> inputs, std::span<std::optional<double>> reached) {
        for (std::size_t i = 0; i < inputs.size(); ++i) {
          CHECK(inputs[i] == inputs[i]);
          const double value = f(inputs[i]);
          if (!std::isnan(value)) reached[i] = value;
        }
        inputs_seen += static_cast<int>(inputs.size());
        return true;
      },
      goal);
  REQUIRE(result.has_value());
  if (calls != nullptr) *calls = inputs_seen;
  return *result;
}

Json seek_answer(Json scenario, const Json& wanted) {
  scenario["seek"] = wanted;
  return test::ask("seek", scenario);
}

void check_found(double value, double expected, double relative = 1e-9) {
  CAPTURE(value);
  CAPTURE(expected);
  CHECK(std::fabs(value - expected) <= relative * std::fabs(expected));
}

/// Nothing but one paid channel: no pool, no natural or referred viewers, no repeat orders, nobody
/// joins. Profit is then months * (viewers * conversion * margin of an order - spend - fixed costs).
Json paid_only(double spend, double cost_per_viewer = 0.5) {
  return {{"horizon_months", 10},
          {"live", {{"sessions_per_month", 0}}},
          {"private", {{"users", 0}, {"buyer_join_rate", 0}, {"viewer_join_rate", 0}}},
          {"conversion", {{"public", 0.01}}},
          {"audience", {{"reference_purity", 0.8}, {"learning_rate", 0}}},
          {"orders", {{"average_order_value", 100}, {"return_rate", 0.1}}},
          {"channels",
           {{{"id", "ads"},
             {"monthly_spend", spend},
             {"cost_per_viewer", cost_per_viewer},
             {"half_saturation", 30000},
             {"precision", 0.8}}}},
          {"repurchase", {{"private_rate", 0}, {"public_rate", 0}}},
          {"costs",
           {{"gross_margin", 0.7},
            {"platform_fee_rate", 0.05},
            {"shipping_per_order", 3},
            {"return_cost_per_order", 5},
            {"fixed_monthly", 1000}}}};
}
// 100*(0.9*0.7 - 0.9*0.05) - 3 - 0.1*5
constexpr double k_order_margin = 55;

}  // namespace

TEST_CASE("every crossing of a wave is found to rounding") {
  const auto result = search([](double x) { return std::sin(x); }, {0.25, 0.5, 30, 14});
  const double a = std::asin(0.25);
  CHECK(result.found);
  REQUIRE(result.crossings.size() == 9);
  for (std::size_t i = 0; i < result.crossings.size(); ++i) {
    const double k = static_cast<double>(i + 1);
    const double expected = i % 2 == 0 ? k * k_pi - a : k * k_pi + k_pi - (k_pi - a);
    check_found(result.crossings[i].value, expected, 1e-12);
    CHECK(*result.crossings[i].reached >= 0.25);
  }
  // Around 14 lie 4π+a = 12.82 and 5π-a = 15.46.
  check_found(result.nearest->value, 4 * k_pi + a, 1e-12);
  CHECK(result.met_now);
}

TEST_CASE("a single smooth crossing costs the scan and a few more") {
  int calls = 0;
  const auto result = search([](double x) { return x * x * x; }, {2, 1, 3, 1.5}, &calls);
  check_found(result.nearest->value, std::cbrt(2.0), 1e-12);
  CHECK(calls < 257 + 20);
}

TEST_CASE("wide ranges are scanned by factors, from zero or from above it") {
  for (const double root : {2e-5, 3.0, 70000.0, 9.9e8}) {
    CAPTURE(root);
    const auto f = [&](double x) { return x - root; };
    check_found(search(f, {0, 0, 1e9, 5}).nearest->value, root, 1e-11);
    if (root < 1e6) check_found(search(f, {0, 1e-5, 1e6, 5}).nearest->value, root, 1e-11);
  }
  // Two crossings a tenth apart near the small end: lost in equal steps, found in equal factors.
  const auto pair = search([](double x) { return (x - 50) * (x - 55); }, {0, 1e-2, 1e6, 1});
  REQUIRE(pair.crossings.size() == 2);
  check_found(pair.crossings[0].value, 50);
  check_found(pair.crossings[1].value, 55);
}

TEST_CASE("a root at zero and a root at an end are found") {
  const auto at_zero = search([](double x) { return x; }, {0, -0.3, 0.5, 0.1});
  REQUIRE(at_zero.crossings.size() == 1);
  CHECK(std::fabs(at_zero.nearest->value) < 1e-15);
  const auto at_end = search([](double x) { return x; }, {2, 1, 2, 1});
  REQUIRE(at_end.crossings.size() == 1);
  CHECK(at_end.nearest->value == 2);
}

TEST_CASE("a jump over the target counts, on the side where the goal is met") {
  const double edge = 0.7310585786300049;
  const auto up = search([&](double x) { return x < edge ? 1.0 : 5.0; }, {3, 0.1, 1, 0.2});
  REQUIRE(up.crossings.size() == 1);
  check_found(up.nearest->value, edge);
  CHECK(*up.nearest->reached == 5);
  CHECK(up.nearest->value >= edge);
  CHECK(!up.met_now);
  const auto down = search([&](double x) { return x <= edge ? 5.0 : 1.0; }, {3, 0.1, 1, 0.2});
  REQUIRE(down.crossings.size() == 1);
  check_found(down.nearest->value, edge);
  CHECK(*down.nearest->reached == 5);
  CHECK(down.met_now);
}

TEST_CASE("where a metric stays on the target, both ends and the current input count") {
  const auto f = [](double x) { return std::floor(x); };
  const auto beside = search(f, {3, 0.5, 9.5, 7});
  REQUIRE(beside.crossings.size() == 2);
  check_found(beside.crossings[0].value, 3);
  check_found(beside.crossings[1].value, 4);
  CHECK(*beside.crossings[1].reached == 3);
  const auto within = search(f, {3, 0.5, 9.5, 3.25});
  CHECK(within.nearest->value == 3.25);
  // An input that changes nothing: the goal is met everywhere or nowhere.
  const auto constant = search([](double) { return 4.0; }, {4, 1, 2, 1.5});
  CHECK(constant.found);
  CHECK(constant.nearest->value == 1.5);
  const auto never = search([](double) { return 4.0; }, {5, 1, 2, 1.5});
  CHECK(!never.found);
  CHECK(*never.best.reached == 4);
}

TEST_CASE("a touch at a point of the scan counts") {
  const auto result = search([](double x) { return (x - 2) * (x - 2); }, {0, 0, 4, 1});
  // The scan is geometric from 0; a touch is met at the current input only.
  const auto at_current = search([](double x) { return (x - 2) * (x - 2); }, {0, 1, 4, 2});
  REQUIRE(at_current.crossings.size() == 1);
  CHECK(at_current.nearest->value == 2);
  CHECK(std::fabs(result.best.value - 2) < 1e-7);
}

TEST_CASE("a crossing within one step of the scan is found where nothing else crosses") {
  // Above the target only within ±1e-4 of 2.00012.
  const auto f = [](double x) { return 1e-8 - (x - 2.00012) * (x - 2.00012); };
  const auto result = search(f, {0, 1, 4, 3});
  REQUIRE(result.crossings.size() == 2);
  check_found(result.crossings[0].value, 2.00002);
  check_found(result.crossings[1].value, 2.00022);
}

TEST_CASE("unreachable goals come with the closest approach") {
  const auto inside =
      search([](double x) { return 3 - std::pow(std::log(x / 40), 2); }, {5, 1, 900, 8});
  CHECK(!inside.found);
  CHECK(!inside.nearest.has_value());
  CHECK(inside.crossings.empty());
  check_found(inside.best.value, 40, 1e-7);
  check_found(*inside.best.reached, 3, 1e-14);
  const auto at_end = search([](double x) { return x; }, {5, 1, 2, 1.5});
  CHECK(at_end.best.value == 2);
}

TEST_CASE("a metric that exists in a part of the range only") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  // Crosses right beside the place where it begins, within the first step of the scan.
  const auto f = [&](double x) { return x < 1.0001 ? nan : 10 - x; };
  const auto result = search(f, {8.9995, 0.5, 3.5, 0.6});
  REQUIRE(result.crossings.size() == 1);
  check_found(result.nearest->value, 1.0005);
  CHECK(!result.current.reached.has_value());
  CHECK(!result.met_now);
  const auto nowhere = search([&](double) { return nan; }, {1, 0, 3, 1});
  CHECK(!nowhere.found);
  CHECK(!nowhere.best.reached.has_value());
  // A pole is no crossing of the target.
  const auto pole = search([&](double x) { return x == 2 ? nan : 1 / (x - 2); }, {0, 1, 3.1, 1.5});
  CHECK(pole.crossings.size() <= 1);
}

TEST_CASE("a search that is stopped has no result") {
  int calls = 0;
  const auto stopped = analysis::find_crossings(
      [&](std::span<const double> inputs, std::span<std::optional<double>> reached) {
        for (std::size_t i = 0; i < inputs.size(); ++i) reached[i] = inputs[i];
        return ++calls < 2;
      },
      {0.1, -1, 1, 0.5});
  CHECK(!stopped.has_value());
  CHECK(calls == 2);
}

TEST_CASE("profit falls by fixed costs one for one") {
  const Json scenario = Json::object();
  const Json plan = test::plan_of(scenario);
  const double profit = plan["summary"]["profit"];
  for (const double target : {0.0, 12345.0, -4000.0}) {
    const Json answer = seek_answer(
        scenario, {{"path", "costs.fixed_monthly"}, {"metric", "profit"}, {"target", target}});
    const double expected = 6000 + (profit - target) / 12;
    CAPTURE(answer.dump());
    if (expected < 0) {
      CHECK(answer["status"] == "unreachable");
      CHECK(answer["value"].is_null());
      CHECK(answer["reached"].is_null());
      CHECK(answer["best"]["value"] == 0);
      continue;
    }
    CHECK(answer["status"] == "found");
    CHECK(answer["schema"] == "growth.seek/1");
    check_found(answer["value"], expected);
    CHECK(answer["reached"].get<double>() >= target);
    CHECK(answer["met_now"] == (profit >= target));
    CHECK(answer["current"]["value"] == 6000);
    CHECK(answer["current"]["reached"] == profit);
    CHECK(answer["crossings"].size() == 1);
  }
}

TEST_CASE("break-even cost per viewer and spend of one paid channel, by hand") {
  const double spend = 20000;
  const double fixed = 1000;
  // 0 = half/cpv/(1 + half/spend) * conversion * margin - spend - fixed
  const double buyers_value = 30000 / (1 + 30000 / spend) * 0.01 * k_order_margin;
  const Json answer = seek_answer(
      paid_only(spend),
      {{"path", "channels[0].cost_per_viewer"}, {"metric", "summary.profit"}, {"target", 0}});
  CAPTURE(answer.dump());
  REQUIRE(answer["crossings"].size() == 1);
  check_found(answer["value"], buyers_value / (spend + fixed));

  // In the spend s the same is a quadratic: c*s/(s+half) - s - fixed = 0, c =
  // half/cpv*conversion*margin.
  const Json both =
      seek_answer(paid_only(spend, 0.25),
                  {{"path", "channels[0].monthly_spend"}, {"metric", "profit"}, {"target", 0}});
  const double c = 30000 / 0.25 * 0.01 * k_order_margin;
  const double p = 30000 + fixed - c;
  const double q = fixed * 30000;
  const double root = std::sqrt(p * p / 4 - q);
  CAPTURE(both.dump());
  REQUIRE(both["crossings"].size() == 2);
  check_found(both["crossings"][0]["value"], -p / 2 - root);
  check_found(both["crossings"][1]["value"], -p / 2 + root);
}

TEST_CASE("unit economics, by hand") {
  const auto value_of = [](const char* path, const char* metric, double target) {
    const Json answer =
        seek_answer(paid_only(20000), {{"path", path}, {"metric", metric}, {"target", target}});
    CAPTURE(answer.dump());
    CHECK(answer["status"] == "found");
    return answer["value"].get<double>();
  };
  // 100*0.9*(margin - 0.05) - 3.5 = target
  check_found(value_of("costs.gross_margin", "first_order_margin", 28), 0.4);
  check_found(value_of("costs.gross_margin", "unit_economics.break_even_roi", 4), 0.25 / 0.9 + 0.05);
  // Nobody joins or comes back, so a customer is worth the first order.
  check_found(value_of("costs.shipping_per_order", "max_cac", 50), 8);
  check_found(value_of("channels[0].precision", "max_cost_per_viewer_channels.ads", 0.11),
             0.11 * 0.8 / (0.01 * k_order_margin));
  check_found(value_of("audience.purity", "max_cost_per_viewer", 0.22),
             0.22 * 0.8 / (0.01 * k_order_margin));
}

TEST_CASE("ROAS: nothing without spend, yet its limit from the right is found") {
  // roas = price * half/cpv/(spend + half) * conversion
  const double at_first = 100 * 0.01 / 0.5;
  const Json answer = seek_answer(paid_only(0), {{"path", "channels[0].monthly_spend"},
                                                 {"metric", "roas"},
                                                 {"target", at_first * 0.999},
                                                 {"low", 0},
                                                 {"high", 100000}});
  CAPTURE(answer.dump());
  REQUIRE(answer["crossings"].size() == 1);
  check_found(answer["value"], 30000 / 0.999 - 30000);
  CHECK(answer["current"]["reached"].is_null());
  CHECK(answer["met_now"] == false);
}

TEST_CASE("months to payback are whole; none is later than all") {
  // More margin pays back from the first month on or never: nothing is paid in advance.
  const double viewers = 30000 / 0.35 / (1 + 30000.0 / 20000);
  const Json answer =
      seek_answer(paid_only(20000, 0.35),
                  {{"path", "costs.gross_margin"}, {"metric", "payback_month"}, {"target", 1}});
  CAPTURE(answer.dump());
  CHECK(answer["status"] == "found");
  CHECK(answer["reached"] == 1);
  CHECK(answer["current"]["reached"].is_null());
  CHECK(answer["met_now"] == true);
  // viewers*0.01*(90*(margin - 0.05) - 3.5) = 20000 + 1000
  check_found(answer["crossings"][0]["value"], (21000 / (viewers * 0.01) + 3.5) / 90 + 0.05);
}

TEST_CASE("a programme's threshold is a jump") {
  Json scenario = paid_only(8000);
  scenario["incentives"] = {{"programmes",
                             {{{"id", "match"},
                               {"metric", "media_spend"},
                               {"delay_months", 0},
                               {"reward",
                                {{"kind", "cash_yuan"},
                                 {"rule", "step"},
                                 {"tiers", {{{"from", 15000}, {"value", 9000}}}}}}}}}};
  const Json answer = seek_answer(scenario, {{"path", "channels[0].monthly_spend"},
                                             {"metric", "profit"},
                                             {"target", 10000},
                                             {"low", 10000},
                                             {"high", 20000}});
  CAPTURE(answer.dump());
  REQUIRE(!answer["crossings"].empty());
  check_found(answer["crossings"][0]["value"], 15000);
  CHECK(answer["crossings"][0]["value"].get<double>() >= 15000);
  CHECK(answer["crossings"][0]["reached"].get<double>() >= 10000);
}

TEST_CASE("inputs that would contradict others are left out of the search") {
  // first_wave_max below first_wave_min (50) is no plan; the default range starts at 0.
  const Json answer =
      seek_answer(Json::object(), {{"path", "live.first_wave_max"}, {"metric", "gmv"}, {"target", 0}});
  CHECK(answer["status"] == "unreachable");
  check_found(answer["best"]["value"], 50);
}

TEST_CASE("what is sought is what the plan then gives") {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    CAPTURE(seed);
    const Json scenario = test::scenario_json(test::random_scenario(seed));
    const Json plan = test::plan_of(scenario);
    const double gmv = plan["summary"]["gmv"];
    const Json answer =
        seek_answer(scenario, {{"path", "private.users"}, {"metric", "gmv"}, {"target", 1.3 * gmv}});
    for (const Json& crossing : answer["crossings"]) {
      Json changed = scenario;
      changed["private"]["users"] = crossing["value"];
      CHECK(test::plan_of(changed)["summary"]["gmv"] == crossing["reached"]);
      CHECK(crossing["reached"].get<double>() >= 1.3 * gmv);
      changed["private"]["users"] = crossing["value"].get<double>() * (1 - 2e-9);
      const bool met_before = test::plan_of(changed)["summary"]["gmv"].get<double>() >= 1.3 * gmv;
      changed["private"]["users"] = crossing["value"].get<double>() * (1 + 2e-9);
      const bool met_after = test::plan_of(changed)["summary"]["gmv"].get<double>() >= 1.3 * gmv;
      CHECK(met_before != met_after);
    }
  }
}

TEST_CASE("every error of a goal has its code and path") {
  const test::ErrorCase cases[] = {
      {R"(5)", "wrong_type", "seek"},
      {R"({"metric":"gmv","target":1})", "missing", "seek.path"},
      {R"({"path":"private.users","target":1})", "missing", "seek.metric"},
      {R"({"path":"private.users","metric":"gmv"})", "missing", "seek.target"},
      {R"({"path":7,"metric":"gmv","target":1})", "wrong_type", "seek.path"},
      {R"({"path":"private.users","metric":[],"target":1})", "wrong_type", "seek.metric"},
      {R"({"path":"private.users","metric":"gmv","target":"1"})", "wrong_type", "seek.target"},
      {R"({"path":"private.users","metric":"gmv","target":null})", "wrong_type", "seek.target"},
      {R"({"path":"private.users","metric":"gmv","target":1e999})", "not_finite", "seek.target"},
      {R"({"path":"private.users","metric":"gmv","target":1,"low":"a"})", "wrong_type", "seek.low"},
      {R"({"path":"private.users","metric":"gmv","target":1,"low":-1})", "out_of_range", "seek.low"},
      {R"({"path":"orders.return_rate","metric":"gmv","target":1,"high":1.5})", "out_of_range",
       "seek.high"},
      {R"({"path":"private.users","metric":"gmv","target":1,"low":9,"high":9})", "conflict",
       "seek.low"},
      {R"({"path":"private.usres","metric":"gmv","target":1})", "out_of_range", "seek.path"},
      {R"({"path":"channels[2].monthly_spend","metric":"gmv","target":1})", "out_of_range",
       "seek.path"},
      {R"({"path":"horizon_months","metric":"gmv","target":1})", "out_of_range", "seek.path"},
      {R"({"path":"business.seasonality","metric":"gmv","target":1})", "out_of_range", "seek.path"},
      {R"({"path":"private.users","metric":"gvm","target":1})", "out_of_range", "seek.metric"},
      {R"({"path":"private.users","metric":"summary.max_cac","target":1})", "out_of_range",
       "seek.metric"},
      {R"({"path":"private.users","metric":"max_cost_per_viewer_channels.tv","target":1})",
       "out_of_range", "seek.metric"},
      {R"({"path":"private.users","metric":"gmv","target":1,"statistic":"p51"})", "out_of_range",
       "seek.statistic"},
      {R"({"path":"private.users","metric":"gmv","target":1,"statistic":5})", "wrong_type",
       "seek.statistic"},
      {R"({"path":"private.users","metric":"gmv","target":1,"statistic":"p50"})", "missing",
       "uncertainty"},
      {R"({"path":"private.users","metric":"gmv","target":1,"lo":3})", "unknown_field", "seek.lo"},
  };
  for (const test::ErrorCase& bad : cases) test::check_error("seek", bad);
  const Json none = test::errors_of("seek", "{}");
  CHECK(none[0]["code"] == "missing");
  CHECK(none[0]["path"] == "seek");
  CHECK(test::errors_of("seek",
                        R"({"seek":{"path":"x","metric":"y","target":"z","statistic":"w","v":1}})")
            .size() == 5);
  const Json typo =
      test::errors_of("seek", R"({"seek":{"path":"private.usres","metric":"gmv","target":1}})");
  CHECK(typo[0]["message"]["en"].get<std::string>().find("“private.users”") != std::string::npos);
}

TEST_CASE("progress is told, and can stop a goal seek") {
  const Scenario<double> scenario;
  SeekRequest request{"private.users", "gmv", 1e6, 0, 1e8};
  double last = 0;
  Execution execution;
  execution.progress = [&](double share) {
    CHECK(share > last);
    CHECK(share <= 1);
    last = share;
    return true;
  };
  CHECK(seek(scenario, nullptr, request, {}, execution).has_value());
  CHECK(last > 0);
  execution.progress = [](double) { return false; };
  CHECK(!seek(scenario, nullptr, request, {}, execution).has_value());
}
