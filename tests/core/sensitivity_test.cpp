// Which guesses matter: where the profit is linear in them, their shares of the variance are known.
#include "growth/sensitivity.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "growth/run.hpp"
#include "growth/validate.hpp"
#include "support.hpp"

using namespace growth;
using test::Json;

namespace {

/// Costs alone: profit = -2·(fixed + 12·session), and nothing else happens.
Json two_costs() {
  return Json::parse(R"({"horizon_months":2,"private":{"users":0},
    "live":{"first_wave_min":0,"first_wave_max":0},"costs":{"hourly_cost":0},
    "uncertainty":{"inputs":{
      "costs.fixed_monthly":{"dist":"uniform","low":4000,"high":8000},
      "costs.session_cost":{"dist":"normal","mean":500,"sd":50}}}})");
}

std::map<std::string, Json> by_path(const Json& list) {
  std::map<std::string, Json> map;
  for (const Json& entry : list) map[entry["path"]] = entry;
  return map;
}

Json errors_of(const Json& request) {
  bool ok = true;
  Json answer = test::ask("sensitivity", request, ok);
  CHECK(!ok);
  return answer["errors"];
}

}  // namespace

TEST_CASE("profit linear in two costs: shares of the variance") {
  const Json answer = test::ask("sensitivity", two_costs());
  CHECK(answer["schema"] == "growth.sensitivity/1");
  CHECK(answer["metric"] == "profit");
  const double fixed = 4.0 * 4000 * 4000 / 12;
  const double session = 4.0 * (12 * 50) * (12 * 50);
  CHECK(answer["mean"].get<double>() == doctest::Approx(-24000).epsilon(1e-4));
  CHECK(answer["variance"].get<double>() == doctest::Approx(fixed + session).epsilon(0.005));
  REQUIRE(answer["sobol"].size() == 2);
  const auto sobol = by_path(answer["sobol"]);
  const std::pair<const char*, double> shares[] = {{"costs.fixed_monthly", fixed / (fixed + session)},
                                                   {"costs.session_cost", session / (fixed + session)}};
  for (const auto& [key, share] : shares) {
    const auto& path = key;  // a binding itself cannot be captured
    CAPTURE(path);
    const Json& index = sobol.at(path);
    for (const std::string name : {"first", "total"}) {
      const double difference = std::fabs(index[name].get<double>() - share);
      CHECK(difference < 0.01);
      CHECK(difference < 4 * index[name + "_error"].get<double>());
      CHECK(index[name + "_error"].get<double>() < 0.01);
    }
  }
}

TEST_CASE("a tornado is the plan at each input's own 10 % and 90 % point") {
  // 10 % of a uniform; of a normal: mean ∓ 1.2815515655446 sd (UNCERTAINTY.md).
  Json request = two_costs();
  request["private"]["users"] = 6000;
  request["sensitivity"] = {{"methods", {"tornado"}}, {"metric", "npv"}};
  request["uncertainty"]["inputs"]["orders.return_rate"] = {{"uniform", {{"low", 0}, {"high", 0.3}}}};
  const Json answer = test::ask("sensitivity", request);
  CHECK(answer["metric"] == "npv");
  CHECK(answer["sobol"].empty());
  // What was not sampled is not known.
  CHECK(answer["mean"].is_null());
  CHECK(answer["variance"].is_null());
  REQUIRE(answer["tornado"].size() == 3);
  const auto bars = by_path(answer["tornado"]);
  CHECK(bars.at("costs.fixed_monthly")["low"].get<double>() == doctest::Approx(4400).epsilon(1e-14));
  CHECK(bars.at("costs.fixed_monthly")["high"].get<double>() == doctest::Approx(7600).epsilon(1e-14));
  CHECK(bars.at("costs.session_cost")["low"].get<double>() ==
        doctest::Approx(500 - 50 * 1.2815515655446004).epsilon(1e-13));
  CHECK(bars.at("costs.session_cost")["high"].get<double>() ==
        doctest::Approx(500 + 50 * 1.2815515655446004).epsilon(1e-13));
  CHECK(bars.at("orders.return_rate")["high"].get<double>() == doctest::Approx(0.27).epsilon(1e-14));
  const Json::json_pointer places[] = {Json::json_pointer("/costs/fixed_monthly"),
                                       Json::json_pointer("/costs/session_cost"),
                                       Json::json_pointer("/orders/return_rate")};
  const char* paths[] = {"costs.fixed_monthly", "costs.session_cost", "orders.return_rate"};
  for (std::size_t i = 0; i < 3; ++i) {
    CAPTURE(paths[i]);
    for (const std::string end : {"low", "high"}) {
      Json plan = request;
      plan["costs"]["fixed_monthly"] = 6000;
      plan["costs"]["session_cost"] = 500;
      plan["orders"]["return_rate"] = 0.15;
      plan[places[i]] = bars.at(paths[i])[end];
      // The futures sum their waves by doubling, which rounds differently.
      CHECK(bars.at(paths[i])["at_" + end].get<double>() ==
            doctest::Approx(test::plan_of(plan)["summary"]["npv"].get<double>()).epsilon(1e-12));
    }
  }
  // Widest first.
  double last = INFINITY;
  for (const Json& bar : answer["tornado"]) {
    const double width = std::fabs(bar["at_high"].get<double>() - bar["at_low"].get<double>());
    CHECK(width <= last);
    last = width;
  }
}

TEST_CASE("largest first; seeds and parts") {
  Json request = Json::parse(test::file_text("golden/futures-scenario.json"));
  request["sensitivity"]["base_samples"] = 600;
  const std::string text = run("sensitivity", request.dump(), {}).text;
  const Json answer = Json::parse(text);
  REQUIRE(answer["sobol"].size() == 8);
  REQUIRE(answer["tornado"].size() == 7);
  for (std::size_t i = 1; i < 8; ++i) {
    CHECK(answer["sobol"][i - 1]["total"].get<double>() >= answer["sobol"][i]["total"].get<double>());
  }
  RunOptions options;
  options.execution.parallel = [](int parts, const std::function<void(int)>& work) {
    for (int part = parts; part-- > 0;) work(part);
  };
  CHECK(run("sensitivity", request.dump(), options).text == text);
  request["uncertainty"]["seed"] = 8;
  const Json other = test::ask("sensitivity", request);
  CHECK(other["variance"] != answer["variance"]);
  CHECK(other["tornado"] == answer["tornado"]);
}

TEST_CASE("the luck of the months is a factor of its own") {
  // Strangers alone; each brings viewers in proportion to ζ, and the fixed cost brings none.
  Json request = Json::parse(R"({"horizon_months":3,
    "private":{"users":0,"viewer_join_rate":0,"buyer_join_rate":0},
    "live":{"weight_inertia":1,"first_wave_min":1,"first_wave_max":1,
            "public_ceiling":1e9,"monthly_public_ceiling":1e10},
    "conversion":{"private":0,"referral":0,"public":0},
    "uncertainty":{"traffic_volatility":0.4,"inputs":{
      "costs.fixed_monthly":{"uniform":{"low":0,"high":1000}},
      "live.sessions_per_month":{"uniform":{"low":10,"high":14}}}},
    "sensitivity":{"metric":"viewers","base_samples":16384}})");
  const Json answer = test::ask("sensitivity", request);
  const auto sobol = by_path(answer["sobol"]);
  REQUIRE(sobol.size() == 3);
  CHECK(answer["tornado"].size() == 2);  // luck has no 10 % point
  CHECK(sobol.at("costs.fixed_monthly")["total"] == 0);
  // viewers = c·S·Σζ with independent S and ζ: relative variances v_S = (4²/12)/12², v_ζ =
  // (e^{v²}-1)/3.
  const double of_sessions = 16.0 / 12 / 144;
  const double of_luck = std::expm1(0.16) / 3;
  const double all = of_sessions + of_luck + of_sessions * of_luck;
  const Json& luck = sobol.at("uncertainty.traffic_volatility");
  CHECK(std::fabs(luck["first"].get<double>() - of_luck / all) < 0.03);
  CHECK(std::fabs(luck["total"].get<double>() - (of_luck + of_sessions * of_luck) / all) < 0.03);
  CHECK(std::fabs(sobol.at("live.sessions_per_month")["first"].get<double>() - of_sessions / all) <
        0.03);
  request["uncertainty"]["traffic_volatility"] = 0;
  CHECK(by_path(test::ask("sensitivity", request)["sobol"]).size() == 2);
}

TEST_CASE("a metric that does not vary has no indices") {
  Json request = two_costs();
  request["sensitivity"] = {{"metric", "media_spend"}, {"base_samples", 64}};
  const Json answer = test::ask("sensitivity", request);
  CHECK(answer["variance"] == 0);
  CHECK(answer["mean"] == 0);
  for (const Json& index : answer["sobol"]) {
    for (const char* name : {"first", "first_error", "total", "total_error"})
      CHECK(index[name].is_null());
  }
  for (const Json& bar : answer["tornado"]) CHECK(bar["at_low"] == bar["at_high"]);
}

TEST_CASE("what cannot be asked is refused") {
  // ROAS without spend does not exist.
  Json request = two_costs();
  for (const Json& methods : {Json{"tornado"}, Json{"sobol"}, Json{"tornado", "sobol"}}) {
    request["sensitivity"] = {{"metric", "roas"}, {"methods", methods}, {"base_samples", 8}};
    const Json errors = errors_of(request);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0]["code"] == "conflict");
    CHECK(errors[0]["path"] == "sensitivity.metric");
    CHECK(errors[0]["got"] == "roas");
  }
  // Correlated inputs: no Sobol' indices, but a tornado.
  request = two_costs();
  request["uncertainty"]["correlation"] = Json::parse(
      R"({"paths":["costs.fixed_monthly","costs.session_cost"],"matrix":[[1,0.4],[0.4,1]]})");
  const Json errors = errors_of(request);
  REQUIRE(errors.size() == 1);
  CHECK(errors[0]["code"] == "conflict");
  CHECK(errors[0]["path"] == "sensitivity.methods");
  request["sensitivity"] = {{"methods", {"tornado"}}};
  CHECK(test::ask("sensitivity", request)["tornado"].size() == 2);
  // Nothing is uncertain.
  for (const char* text : {"{}", R"({"uncertainty":{}})", R"({"uncertainty":{"inputs":{}}})"}) {
    const Json none = errors_of(Json::parse(text));
    REQUIRE(none.size() == 1);
    CHECK(none[0]["code"] == "missing");
    CHECK(none[0]["path"] == "uncertainty.inputs");
  }
}

TEST_CASE("a sensitivity that is stopped has no answer") {
  RunOptions options;
  options.execution.progress = [](double) { return false; };
  const Response response = run("sensitivity", two_costs().dump(), options);
  CHECK(!response.ok);
  CHECK(Json::parse(response.text)["errors"].size() == 1);
  double last = 0;
  options.execution.progress = [&](double share) {
    CHECK(share > last);
    last = share;
    return true;
  };
  CHECK(run("sensitivity", two_costs().dump(), options).ok);
  CHECK(last == 1);
}
