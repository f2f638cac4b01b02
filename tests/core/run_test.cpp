// The one door: every error code with its path, hostile text, round trips.
#include "growth/run.hpp"

#include <doctest/doctest.h>

#include <string>

#include "support.hpp"

using namespace growth;
using test::Json;

namespace {

struct Case {
  const char* scenario;
  const char* code;
  const char* path;
};

// Section 10 of the model, line by line.
constexpr Case k_cases[] = {
    {R"({"unknown":1})", "unknown_field", "unknown"},
    {R"({"live":{"session_per_month":3}})", "unknown_field", "live.session_per_month"},
    {R"({"quality":{"benchmark":{"x":1}}})", "unknown_field", "quality.benchmark.x"},
    {R"({"channels":[{"id":"a","cost_per_viewer":1,"half_saturation":1,"precision":1,"x":0}]})",
     "unknown_field", "channels[0].x"},
    {R"({"live":5})", "wrong_type", "live"},
    {R"({"live":null})", "wrong_type", "live"},
    {R"({"live":{"sessions_per_month":"12"}})", "wrong_type", "live.sessions_per_month"},
    {R"({"live":{"sessions_per_month":null}})", "wrong_type", "live.sessions_per_month"},
    {R"({"live":{"sessions_per_month":true}})", "wrong_type", "live.sessions_per_month"},
    {R"({"live":{"sessions_per_month":[1]}})", "wrong_type", "live.sessions_per_month"},
    {R"({"name":7})", "wrong_type", "name"},
    {R"({"business":{"tags":"brand"}})", "wrong_type", "business.tags"},
    {R"({"business":{"tags":[1]}})", "wrong_type", "business.tags[0]"},
    {R"({"business":{"seasonality":1}})", "wrong_type", "business.seasonality"},
    {R"({"repurchase":{"curve_private":null}})", "wrong_type", "repurchase.curve_private"},
    {R"({"channels":{}})", "wrong_type", "channels"},
    {R"({"channels":[1]})", "wrong_type", "channels[0]"},
    {R"({"incentives":{"pack":1}})", "wrong_type", "incentives.pack"},
    {R"({"incentives":{"programmes":{}}})", "wrong_type", "incentives.programmes"},
    {R"([])", "wrong_type", ""},
    {R"(7)", "wrong_type", ""},
    {R"({"orders":{"return_rate":1.01}})", "out_of_range", "orders.return_rate"},
    {R"({"orders":{"return_rate":-0.01}})", "out_of_range", "orders.return_rate"},
    {R"({"horizon_months":61})", "out_of_range", "horizon_months"},
    {R"({"horizon_months":0})", "out_of_range", "horizon_months"},
    {R"({"horizon_months":12.5})", "out_of_range", "horizon_months"},
    {R"({"business":{"start_month":13}})", "out_of_range", "business.start_month"},
    {R"({"schema":"growth.scenario/2"})", "out_of_range", "schema"},
    {R"({"business":{"seasonality":[1,1]}})", "out_of_range", "business.seasonality"},
    {R"({"business":{"seasonality":[1,1,1,1,1,1,1,1,1,1,1,11]}})", "out_of_range",
     "business.seasonality[11]"},
    {R"({"incentives":{"pack":"no-such-pack"}})", "out_of_range", "incentives.pack"},
    {R"({"channels":[{"id":"Ads","cost_per_viewer":1,"half_saturation":1,"precision":1}]})",
     "out_of_range", "channels[0].id"},
    {R"({"channels":[{"id":"a","cost_per_viewer":0,"half_saturation":1,"precision":1}]})",
     "out_of_range", "channels[0].cost_per_viewer"},
    {R"({"channels":[{"cost_per_viewer":1,"half_saturation":1,"precision":1}]})", "missing",
     "channels[0].id"},
    {R"({"channels":[{"id":"a","half_saturation":1,"precision":1}]})", "missing",
     "channels[0].cost_per_viewer"},
    {R"({"channels":[{"id":"a","cost_per_viewer":1,"precision":1}]})", "missing",
     "channels[0].half_saturation"},
    {R"({"channels":[{"id":"a","cost_per_viewer":1,"half_saturation":1}]})", "missing",
     "channels[0].precision"},
    {R"({"live":{"first_wave_min":600}})", "conflict", "live.first_wave_min"},
    {R"({"quality":{"weight":{"private_viewers":0,"square_ctr":0,"dwell_minutes":0,"gpm":0,"interaction_rate":0}}})",
     "conflict", "quality.weight"},
    {R"({"channels":[{"id":"a","cost_per_viewer":1,"half_saturation":1,"precision":1},{"id":"a","cost_per_viewer":1,"half_saturation":1,"precision":1}]})",
     "conflict", "channels[1].id"},
    {R"({"live":{"sessions_per_month":1,"sessions_per_month":2}})", "conflict",
     "live.sessions_per_month"},
    {R"({"channels":[{"id":"a","id":"b","cost_per_viewer":1,"half_saturation":1,"precision":1}]})",
     "conflict", "channels[0].id"},
    {R"({"live":{"sessions_per_month":1e999}})", "not_finite", "live.sessions_per_month"},
    {R"({"channels":[{"id":"a","cost_per_viewer":-1e400,"half_saturation":1,"precision":1}]})",
     "not_finite", "channels[0].cost_per_viewer"},
    {R"({"live":{"sessions_per_month":NaN}})", "bad_json", "live.sessions_per_month"},
    {R"({"live":{"sessions_per_month":12,}})", "bad_json", "live.sessions_per_month"},
    {"", "bad_json", ""},
    {"{", "bad_json", ""},
    {"{\"name\":\"\xff\"}", "bad_json", "name"},
    {"{\"name\":\"\xed\xa0\x80\"}", "bad_json", "name"},
    // programmes
    {R"({"incentives":{"programmes":[{"metric":"gmv","reward":{"kind":"cash_yuan","rule":"rate","rate":1}}]}})",
     "missing", "incentives.programmes[0].id"},
    {R"({"incentives":{"programmes":[{"id":"p","reward":{"kind":"cash_yuan","rule":"rate","rate":1}}]}})",
     "missing", "incentives.programmes[0].metric"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv"}]}})", "missing",
     "incentives.programmes[0].reward"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","reward":{"rule":"rate","rate":1}}]}})",
     "missing", "incentives.programmes[0].reward.kind"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","reward":{"kind":"cash_yuan","rule":"rate"}}]}})",
     "missing", "incentives.programmes[0].reward.rate"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","reward":{"kind":"cash_yuan","rule":"step"}}]}})",
     "missing", "incentives.programmes[0].reward.tiers"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","requires":[{"metric":"gmv"}],"reward":{"kind":"cash_yuan","rule":"rate","rate":1}}]}})",
     "missing", "incentives.programmes[0].requires[0].at_least"},
    {R"({"incentives":{"stages":[{"id":"a"},{"id":"b"}],"programmes":[]}})", "missing",
     "incentives.stages[0].until"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"sales","reward":{"kind":"cash_yuan","rule":"rate","rate":1}}]}})",
     "out_of_range", "incentives.programmes[0].metric"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","reward":{"kind":"gold","rule":"rate","rate":1}}]}})",
     "out_of_range", "incentives.programmes[0].reward.kind"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","reward":{"kind":"cash_yuan","rule":"rate","rate":-1}}]}})",
     "out_of_range", "incentives.programmes[0].reward.rate"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","delay_months":61,"reward":{"kind":"cash_yuan","rule":"rate","rate":1}}]}})",
     "out_of_range", "incentives.programmes[0].delay_months"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","stages":["x"],"reward":{"kind":"cash_yuan","rule":"rate","rate":1}}]}})",
     "out_of_range", "incentives.programmes[0].stages[0]"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","reward":{"kind":"cash_yuan","rule":"step","tiers":[]}}]}})",
     "out_of_range", "incentives.programmes[0].reward.tiers"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","reward":{"kind":"cash_yuan","rule":"rate","rate":1,"value":2}}]}})",
     "unknown_field", "incentives.programmes[0].reward.value"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","reward":{"kind":"cash_yuan","rule":"step","tiers":[{"from":2,"value":1},{"from":2,"value":3}]}}]}})",
     "conflict", "incentives.programmes[0].reward.tiers[1].from"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","first_month":3,"last_month":2,"reward":{"kind":"cash_yuan","rule":"rate","rate":1}}]}})",
     "conflict", "incentives.programmes[0].first_month"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","reward":{"kind":"cash_yuan","rule":"rate","rate":1}},{"id":"p","metric":"gmv","reward":{"kind":"cash_yuan","rule":"rate","rate":1}}]}})",
     "conflict", "incentives.programmes[1].id"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","delay_months":0,"reward":{"kind":"voucher_yuan","rule":"rate","rate":1}}]}})",
     "conflict", "incentives.programmes[0].metric"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"sessions","delay_months":0,"requires":[{"metric":"gmv","at_least":1}],"reward":{"kind":"public_viewers","rule":"rate","rate":1}}]}})",
     "conflict", "incentives.programmes[0].requires[0].metric"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"months_open","reward":{"kind":"fee_rate","rule":"rate","rate":1}}]}})",
     "conflict", "incentives.programmes[0].reward.rule"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","reward":{"kind":"fee_rate","rule":"fixed","value":0.01}}]}})",
     "conflict", "incentives.programmes[0].metric"},
    {R"({"incentives":{"programmes":[{"id":"p","metric":"gmv","exclusive_group":"g","reward":{"kind":"cash_yuan","rule":"rate","rate":1}},{"id":"q","metric":"gmv","exclusive_group":"g","delay_months":3,"reward":{"kind":"cash_yuan","rule":"rate","rate":1}}]}})",
     "conflict", "incentives.programmes[1].exclusive_group"},
    {R"({"incentives":{"stages":[{"id":"a","until":{"months_open":3}},{"id":"a"}],"programmes":[]}})",
     "conflict", "incentives.stages[1].id"},
};

Json errors_of(const std::string& request) {
  const Response response = run("plan", request, {});
  CHECK(!response.ok);
  CHECK(!response.headline.zh.empty());
  CHECK(!response.headline.en.empty());
  return Json::parse(response.text)["errors"];
}

}  // namespace

TEST_CASE("every kind of bad input is one clear error with its path") {
  for (const Case& bad : k_cases) {
    CAPTURE(std::string(bad.scenario));
    const Json errors = errors_of(bad.scenario);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0]["code"] == bad.code);
    CHECK(errors[0]["path"] == bad.path);
    CHECK(errors[0]["message"]["zh"].get<std::string>().size() > 10);
    CHECK(errors[0]["message"]["en"].get<std::string>().size() > 10);
    CHECK(errors[0].contains("got"));
    CHECK(errors[0].contains("allowed"));
  }
}

TEST_CASE("all problems at once, in field order, each with what was given") {
  const Json errors = errors_of(R"({
    "schema": "x", "horizon_months": 0, "typo": 1,
    "costs": {"gross_margin": 2, "fixed_monthly": "much"},
    "live": {"hours_per_session": 1e400, "wave_minutes": 5, "wave_minutes": 6},
    "channels": [{"id": "a"}],
    "incentives": {"pack": "nope", "programmes": [{"id": "p"}]}
  })");
  std::string paths;
  for (const Json& error : errors) paths += error["path"].get<std::string>() + " ";
  CHECK(paths ==
        "schema horizon_months live.hours_per_session live.wave_minutes channels[0].cost_per_viewer "
        "channels[0].half_saturation channels[0].precision costs.gross_margin costs.fixed_monthly "
        "incentives.pack incentives.programmes[0].metric incentives.programmes[0].reward typo ");
}

TEST_CASE("got and allowed, in the merchant's words") {
  const Json error = errors_of(R"({"orders":{"return_rate":1.5}})")[0];
  CHECK(error["got"] == 1.5);
  CHECK(error["allowed"] == "0..1");
  CHECK(error["message"]["zh"] == "“退货率”要填 0 到 1（0%–100%），现在是 1.5。");
  CHECK(error["message"]["en"] == "“Return rate” must be 0..1, not 1.5.");
  const Json typo = errors_of(R"({"live":{"sesions_per_month":3}})")[0];
  CHECK(typo["message"]["en"] ==
        "There is no field “live.sesions_per_month”. Did you mean “sessions_per_month”?");
}

TEST_CASE("hostile text ends in an error object") {
  const auto code_of = [](const std::string& request) { return errors_of(request)[0]["code"]; };
  CHECK(code_of(std::string(100000, '[')) == "bad_json");
  std::string deep;
  for (int i = 0; i < 50000; ++i) deep += "{\"a\":";
  CHECK(code_of(deep) == "bad_json");
  CHECK(code_of(std::string(5u << 20, ' ')) == "too_large");
  CHECK(code_of("{\"name\":\"" + std::string(5u << 20, 'x') + "\"}") == "too_large");
  CHECK(code_of(std::string("{\"name\":\"a\0b\"}", 14)) == "bad_json");
  CHECK(code_of("{\"name\":\"\\ud800\"}") == "bad_json");
  CHECK(code_of("\xEF\xBB\xBF[") == "bad_json");
  // As many unknown keys as fit: the answer stays small and says how many it left out.
  std::string many = "{";
  for (int i = 0; i < 200000; ++i) many += (i == 0 ? "" : ",") + ("\"k" + std::to_string(i) + "\":0");
  const Response response = run("plan", many + "}", {});
  CHECK(!response.ok);
  CHECK(response.text.size() < 200000);
  CHECK(Json::parse(response.text)["omitted"] == 200000 - 256);
}

TEST_CASE("a hundred numbers beyond double are each reported") {
  std::string scenario = "{\"business\":{\"seasonality\":[";
  for (int i = 0; i < 12; ++i) scenario += (i == 0 ? "1e999" : ",-1e999");
  const Json errors = errors_of(scenario + "]}}");
  CHECK(errors.size() == 12);
  CHECK(errors[11]["path"] == "business.seasonality[11]");
  CHECK(errors[11]["code"] == "not_finite");
}

TEST_CASE("line and column of a JSON fault count characters") {
  const Json error = errors_of("{\n  \"name\": \"商家\" x\n}")[0];
  CHECK(error["allowed"].get<std::string>().find("line 2, column 16") != std::string::npos);
}

TEST_CASE("the completed scenario reads back to itself, whatever it held") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    CAPTURE(seed);
    const Json first = test::plan_of(test::scenario_json(test::random_scenario(seed)));
    const Json second = test::plan_of(first["scenario"]);
    CHECK(first.dump() == second.dump());
  }
}

TEST_CASE("what other commands read travels on with the scenario") {
  const Json request = Json::parse(R"({"uncertainty":{"trials":64},"seek":{"path":"private.users"}})");
  const Json scenario = test::plan_of(request)["scenario"];
  CHECK(scenario["uncertainty"] == request["uncertainty"]);
  CHECK(scenario["seek"] == request["seek"]);
}

TEST_CASE("commands: list and one whole, unknown ones and ids refused") {
  for (const char* command : {"presets", "policies", "schema", "facts"}) {
    CAPTURE(std::string(command));
    bool ok = false;
    const Json list = test::ask(command, nullptr, ok);
    CHECK(ok);
    const Json refused = test::ask(command, {{"id", "no-such-id"}}, ok);
    CHECK(!ok);
    CHECK(refused["errors"][0]["code"] == "out_of_range");
    CHECK(refused["errors"][0]["path"] == "id");
  }
  bool ok = false;
  const Json unknown = test::ask("plam", Json::object(), ok);
  CHECK(!ok);
  CHECK(unknown["errors"][0]["path"] == "command");
  CHECK(test::ask("facts", {{"id", "F45"}})["grade"] == "B");
  CHECK(test::ask("schema", {{"id", "scenario"}})["properties"].contains("live"));
}

TEST_CASE("explain takes its metric from the scenario and refuses others with the list") {
  bool ok = false;
  CHECK(test::ask("explain", Json::parse(R"({"explain":{"metric":"gmv","month":2}})"), ok)["section"] ==
        "summary");
  CHECK(ok);
  for (const char* request :
       {R"({})", R"({"explain":{}})", R"({"explain":{"metric":5}})", R"({"explain":5})",
        R"({"explain":{"metric":"x"}})", R"({"explain":{"metric":"gmv","month":13}})",
        R"({"explain":{"metric":"gmv","month":"1"}})", R"({"explain":{"metric":"gmv","month":1.5}})"}) {
    CAPTURE(std::string(request));
    static_cast<void>(test::ask("explain", Json::parse(request), ok));
    CHECK(!ok);
  }
}

TEST_CASE("pretty answers hold the same JSON") {
  RunOptions options;
  options.pretty = true;
  const Response pretty = run("plan", "{}", options);
  CHECK(pretty.text.find("\n  ") != std::string::npos);
  CHECK(Json::parse(pretty.text) == Json::parse(run("plan", "{}", {}).text));
}
