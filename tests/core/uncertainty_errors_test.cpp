// Every problem of what is uncertain, through the one door: code, path, what was given, what is
// allowed, in both languages, all at once; and numbers at the ends of what a double can hold.
#include <doctest/doctest.h>

#include <cctype>
#include <cmath>
#include <limits>
#include <string>

#include "check_each.hpp"
#include "growth/fields.hpp"
#include "growth/run.hpp"
#include "growth/simulate.hpp"
#include "growth/validate.hpp"
#include "support.hpp"

using namespace growth;
using test::Json;

namespace {

struct WrongInput {
  const char* text;  // the value of `uncertainty`, or of `sensitivity`
  const char* code;
  const char* path;     // below that key
  const char* got;      // JSON
  const char* allowed;  // how it begins
};

void check_errors(const std::string& command, const std::string& key, const WrongInput& bad) {
  CAPTURE(std::string(bad.text));
  const std::string request = "{\"" + key + "\":" + bad.text + "}";
  const Response response = run(command, request, {});
  CHECK(!response.ok);
  const Json answer = Json::parse(response.text);
  CAPTURE(response.text);
  REQUIRE(answer.contains("errors"));
  REQUIRE(answer["errors"].size() == 1);
  const Json& error = answer["errors"][0];
  CHECK(error["code"] == bad.code);
  CHECK(error["path"] == key + bad.path);
  CHECK(error["got"] == Json::parse(bad.got));
  CHECK(error["allowed"].get<std::string>().rfind(bad.allowed, 0) == 0);
  for (const char* language : {"zh", "en"}) {
    CHECK(error["message"][language].get<std::string>().size() > 8);
  }
  CHECK(response.headline.en == error["message"]["en"]);
}

// Inputs of one path; F stands for costs.fixed_monthly.
#define F ".inputs.costs.fixed_monthly"
#define IN(dist) R"({"inputs":{"costs.fixed_monthly":)" dist "}}"

constexpr WrongInput k_wrong_inputs[] = {
    {"5", "wrong_type", "", "5", "an object"},
    {"null", "wrong_type", "", R"("null")", "an object"},
    {"[]", "wrong_type", "", R"("[0]")", "an object"},
    {R"({"trails":9})", "unknown_field", ".trails", R"("trails")", "one of trials, seed"},
    {R"({"trials":0})", "out_of_range", ".trials", "0.0", "a whole number 1..1000000"},
    {R"({"trials":10000000})", "out_of_range", ".trials", "1e7", "a whole number 1..1000000"},
    {R"({"trials":1.5})", "out_of_range", ".trials", "1.5", "a whole number"},
    {R"({"trials":-8})", "out_of_range", ".trials", "-8.0", "a whole number"},
    {R"({"trials":"8192"})", "wrong_type", ".trials", R"("8192")", "a number"},
    {R"({"trials":null})", "wrong_type", ".trials", R"("null")", "a number"},
    {R"({"trials":true})", "wrong_type", ".trials", "true", "a number"},
    {R"({"seed":-1})", "out_of_range", ".seed", "-1.0", "a whole number 0..4294967295"},
    {R"({"seed":4294967296})", "out_of_range", ".seed", "4294967296.0", "a whole number"},
    {R"({"seed":0.5})", "out_of_range", ".seed", "0.5", "a whole number"},
    {R"({"seed":[]})", "wrong_type", ".seed", R"("[0]")", "a number"},
    {R"({"traffic_volatility":4})", "out_of_range", ".traffic_volatility", "4.0", "0..3"},
    {R"({"traffic_volatility":-0.1})", "out_of_range", ".traffic_volatility", "-0.1", "0..3"},
    {R"({"traffic_volatility":"no"})", "wrong_type", ".traffic_volatility", R"("no")", "a number"},
    {R"({"sampler":"halton"})", "out_of_range", ".sampler", R"("halton")", "one of sobol, philox"},
    {R"({"sampler":1})", "wrong_type", ".sampler", "1", "text"},
    {R"({"inputs":[]})", "wrong_type", ".inputs", R"("[0]")", "an object"},
    {R"({"inputs":null})", "wrong_type", ".inputs", R"("null")", "an object"},
    // paths
    {R"({"inputs":{"costs.fixed_montly":{"uniform":{"low":0,"high":1}}}})", "unknown_field",
     ".inputs.costs.fixed_montly", R"("costs.fixed_montly")", "a numeric field"},
    {R"({"inputs":{"channels[7].precision":{"uniform":{"low":0,"high":1}}}})", "unknown_field",
     ".inputs.channels[7].precision", R"("channels[7].precision")", "a numeric field"},
    {R"({"inputs":{"":{"uniform":{"low":0,"high":1}}}})", "unknown_field", ".inputs.", R"("")",
     "a numeric field"},
    {R"({"inputs":{"horizon_months":{"uniform":{"low":6,"high":9}}}})", "conflict",
     ".inputs.horizon_months", R"("horizon_months")", "a numeric field"},
    {R"({"inputs":{"business.seasonality":{"uniform":{"low":0,"high":1}}}})", "conflict",
     ".inputs.business.seasonality", R"("business.seasonality")", "a numeric field"},
    {R"({"inputs":{"business.tags":{"uniform":{"low":0,"high":1}}}})", "conflict",
     ".inputs.business.tags", R"("business.tags")", "a numeric field"},
    // distributions, in their form
    {IN("null"), "wrong_type", F, R"("null")", "an object"},
    {IN("6000"), "wrong_type", F, "6000", "an object"},
    {IN(R"("about 6000")"), "wrong_type", F, R"("about 6000")", "an object"},
    {IN("{}"), "missing", F ".dist", "null", "one of uniform, triangular, pert, normal"},
    {IN(R"({"low":1,"high":2})"), "missing", F ".dist", "null", "one of uniform"},
    {IN(R"({"dist":"gamma","low":1})"), "out_of_range", F ".dist", R"("gamma")", "one of uniform"},
    {IN(R"({"type":"Pert"})"), "out_of_range", F ".type", R"("Pert")", "one of uniform"},
    {IN(R"({"dist":3})"), "wrong_type", F ".dist", "3", "text"},
    {IN(R"({"gamma":{"low":1}})"), "missing", F ".dist", "null", "one of uniform"},
    {IN(R"({"pert":[1,2,3]})"), "wrong_type", F ".pert", R"("[3]")", "an object"},
    {IN(R"({"dist":"uniform","low":1,"high":2,"mode":1})"), "unknown_field", F ".mode", R"("mode")",
     "one of low, high"},
    {IN(R"({"uniform":{"low":1,"high":2,"hihg":2}})"), "unknown_field", F ".uniform.hihg", R"("hihg")",
     "one of low, high"},
    {IN(R"({"dist":"uniform","low":1})"), "missing", F ".high", "null", "a number"},
    {IN(R"({"triangular":{"low":1,"high":2}})"), "missing", F ".triangular.mode", "null", "a number"},
    {IN(R"({"dist":"normal","mean":5})"), "missing", F ".sd", "null", "a number"},
    {IN(R"({"dist":"uniform","low":null,"high":2})"), "wrong_type", F ".low", R"("null")", "a number"},
    {IN(R"({"dist":"uniform","low":"1","high":2})"), "wrong_type", F ".low", R"("1")", "a number"},
    {IN(R"({"dist":"normal","mean":1e308,"sd":1})"), "out_of_range", F ".mean", "1e308",
     "-1e+15..1e+15"},
    {IN(R"({"dist":"normal","mean":1,"sd":1e300})"), "out_of_range", F ".sd", "1e300", "-1e+15..1e+15"},
    {IN(R"({"dist":"normal","mean":1e999,"sd":1})"), "not_finite", F ".mean", R"("1e999")",
     "a finite number"},
    // distributions that are none
    {IN(R"({"dist":"uniform","low":3,"high":2})"), "conflict", F ".low", "3.0", "at most 2"},
    {IN(R"({"dist":"triangular","low":3,"mode":2,"high":1})"), "conflict", F ".low", "3.0",
     "at most 1"},
    {IN(R"({"dist":"triangular","low":1,"mode":0,"high":2})"), "conflict", F ".low", "1.0",
     "at most 0"},
    {IN(R"({"dist":"pert","low":1,"mode":3,"high":2})"), "conflict", F ".mode", "3.0", "at most 2"},
    {IN(R"({"dist":"normal","mean":5,"sd":0})"), "out_of_range", F ".sd", "0.0", "above 0"},
    {IN(R"({"dist":"normal","mean":5,"sd":-1})"), "out_of_range", F ".sd", "-1.0", "above 0"},
    {IN(R"({"dist":"lognormal","median":0,"sigma":1})"), "out_of_range", F ".median", "0.0", "above 0"},
    {IN(R"({"dist":"lognormal","median":-5,"sigma":1})"), "out_of_range", F ".median", "-5.0",
     "above 0"},
    {IN(R"({"dist":"lognormal","median":5,"sigma":0})"), "out_of_range", F ".sigma", "0.0", "above 0"},
    {IN(R"({"dist":"lognormal","median":5,"sigma":-2})"), "out_of_range", F ".sigma", "-2.0",
     "above 0"},
    {IN(R"({"dist":"beta","mean":0,"concentration":9})"), "out_of_range", F ".mean", "0.0",
     "above 0 and below 1"},
    {IN(R"({"dist":"beta","mean":1,"concentration":9})"), "out_of_range", F ".mean", "1.0",
     "above 0 and below 1"},
    {IN(R"({"dist":"beta","mean":0.5,"concentration":0})"), "out_of_range", F ".concentration", "0.0",
     "above 0"},
    {IN(R"({"dist":"beta","mean":0.5,"concentration":1e300})"), "out_of_range", F ".concentration",
     "1e300", "-1e+15..1e+15"},
    // Once read for ever: no mass anywhere but at 0 and 1, and that without a digit.
    {IN(R"({"dist":"beta","mean":1e-300,"concentration":1e-300})"), "out_of_range", F ".concentration",
     "1e-300", "larger"},
    {IN(R"({"dist":"beta","mean":0.5,"concentration":1e-300})"), "out_of_range", F ".concentration",
     "1e-300", "larger"},
    {IN(R"({"dist":"p10_p90","p10":7,"p90":7})"), "conflict", F ".p10", "7.0", "below 7"},
    {IN(R"({"dist":"p10_p90","p10":8,"p90":7})"), "conflict", F ".p10", "8.0", "below 7"},
    // ranges without probability
    {R"({"inputs":{"private.reach_rate":{"dist":"normal","mean":5,"sd":0.01}}})", "conflict",
     ".inputs.private.reach_rate", "null", "0..1"},
    {R"({"inputs":{"private.reach_rate":{"dist":"uniform","low":2,"high":3}}})", "conflict",
     ".inputs.private.reach_rate", "null", "0..1"},
    {R"({"inputs":{"private.reach_rate":{"dist":"pert","low":2,"mode":2,"high":2}}})", "conflict",
     ".inputs.private.reach_rate", "null", "0..1"},
    {R"({"inputs":{"private.reach_rate":{"dist":"uniform","low":-3,"high":0}}})", "conflict",
     ".inputs.private.reach_rate", "null", "0..1"},
    // medians that contradict the scenario: first_wave_max is 500
    {R"({"inputs":{"live.first_wave_min":{"dist":"uniform","low":900,"high":1100}}})", "conflict",
     ".inputs", "1000.0", ""},
    // targets
    {R"({"targets":{}})", "wrong_type", ".targets", R"("{…}")", "a list"},
    {R"({"targets":[5]})", "wrong_type", ".targets[0]", "5", "an object"},
    {R"({"targets":[{"metric":"prophet","at_least":0}]})", "out_of_range", ".targets[0].metric",
     R"("prophet")", "one of gmv"},
    {R"({"targets":[{"metric":"gmv","at_least":0},{"metric":7,"at_least":0}]})", "wrong_type",
     ".targets[1].metric", "7", "text"},
    {R"({"targets":[{"at_least":0}]})", "missing", ".targets[0].metric", "null", "one of gmv"},
    {R"({"targets":[{"metric":"gmv"}]})", "missing", ".targets[0].at_least", "null", "a number"},
    {R"({"targets":[{"metric":"gmv","at_least":"1"}]})", "wrong_type", ".targets[0].at_least", R"("1")",
     "a number"},
    {R"({"targets":[{"metric":"gmv","at_least":1,"at_most":2}]})", "unknown_field",
     ".targets[0].at_most", R"("at_most")", "one of metric"},
};

// Correlations between two inputs that are in order.
#define CORRELATED(correlation)                                         \
  R"({"inputs":{"costs.fixed_monthly":{"uniform":{"low":0,"high":1}},)" \
  R"("costs.session_cost":{"uniform":{"low":0,"high":1}},)"             \
  R"("costs.hourly_cost":{"uniform":{"low":0,"high":1}}},"correlation":)" correlation "}"
#define PATHS R"("paths":["costs.fixed_monthly","costs.session_cost"])"

constexpr WrongInput k_correlations[] = {
    {CORRELATED("[]"), "wrong_type", "", R"("[0]")", "an object"},
    {CORRELATED("{" PATHS "}"), "missing", ".matrix", "null", "a list"},
    {CORRELATED(R"({"matrix":[[1]]})"), "missing", ".paths", "null", "a list"},
    {CORRELATED(R"({"paths":"x","matrix":[[1]]})"), "wrong_type", ".paths", R"("x")", "a list"},
    {CORRELATED("{" PATHS R"(,"matrix":1})"), "wrong_type", ".matrix", "1", "a list"},
    {CORRELATED("{" PATHS R"(,"matrix":[[1,0],[0,1]],"kind":"t"})"), "unknown_field", ".kind",
     R"("kind")", "one of paths"},
    {CORRELATED(R"({"paths":["costs.fixed_monthly",7],"matrix":[[1,0],[0,1]]})"), "wrong_type",
     ".paths[1]", "7", "text"},
    {CORRELATED(
         R"({"paths":["costs.fixed_monthly","costs.join_cost_per_user"],"matrix":[[1,0],[0,1]]})"),
     "conflict", ".paths[1]", R"("costs.join_cost_per_user")", "a path of uncertainty.inputs"},
    {CORRELATED(R"({"paths":["costs.fixed_monthly","costs.fixed_monthly"],"matrix":[[1,0],[0,1]]})"),
     "conflict", ".paths[1]", R"("costs.fixed_monthly")", "each path once"},
    {CORRELATED("{" PATHS R"(,"matrix":[[1,0]]})"), "out_of_range", ".matrix", "1.0", "2 entries"},
    {CORRELATED("{" PATHS R"(,"matrix":[[1,0],[0,1,0]]})"), "out_of_range", ".matrix[1]", "3.0",
     "2 entries"},
    {CORRELATED("{" PATHS R"(,"matrix":[[1,0],5]})"), "wrong_type", ".matrix[1]", "5", "a list"},
    {CORRELATED("{" PATHS R"(,"matrix":[[1,"x"],[0,1]]})"), "wrong_type", ".matrix[0][1]", R"("x")",
     "a number"},
    {CORRELATED("{" PATHS R"(,"matrix":[[1,1.5],[1.5,1]]})"), "out_of_range", "", "", ""},
    {CORRELATED("{" PATHS R"(,"matrix":[[0.9,0],[0,1]]})"), "out_of_range", ".matrix[0][0]", "0.9",
     "1 (the diagonal)"},
    {CORRELATED("{" PATHS R"(,"matrix":[[1,0.2],[0.3,1]]})"), "conflict", ".matrix[1][0]", "0.3",
     "0.2"},
    {CORRELATED("{" PATHS R"(,"matrix":[[1,1],[1,1]]})"), "conflict", ".matrix", "null",
     "a positive definite matrix"},
    // Each pair could be; all three together cannot: the determinant is 1 - 3·0.81 - 2·0.729 < 0.
    {CORRELATED(R"({"paths":["costs.fixed_monthly","costs.session_cost","costs.hourly_cost"],)"
                R"("matrix":[[1,0.9,-0.9],[0.9,1,0.9],[-0.9,0.9,1]]})"),
     "conflict", ".matrix", "null", "a positive definite matrix"},
};

constexpr WrongInput k_sensitivities[] = {
    {"5", "wrong_type", "", "5", "an object"},
    {"null", "wrong_type", "", R"("null")", "an object"},
    {R"({"metrics":"gmv"})", "unknown_field", ".metrics", R"("metrics")", "one of metric"},
    {R"({"metric":"prophet"})", "out_of_range", ".metric", R"("prophet")", "one of gmv"},
    {R"({"metric":null})", "wrong_type", ".metric", R"("null")", "text"},
    {R"({"methods":"sobol"})", "wrong_type", ".methods", R"("sobol")", "a list"},
    {R"({"methods":["tornado","morris"]})", "out_of_range", ".methods[1]", R"("morris")",
     "one of tornado, sobol"},
    {R"({"methods":[1]})", "wrong_type", ".methods[0]", "1", "text"},
    {R"({"base_samples":10000000})", "out_of_range", ".base_samples", "1e7", "a whole number 1..65536"},
    {R"({"base_samples":0})", "out_of_range", ".base_samples", "0.0", "a whole number"},
    {R"({"base_samples":64.5})", "out_of_range", ".base_samples", "64.5", "a whole number"},
    {R"({"base_samples":"many"})", "wrong_type", ".base_samples", R"("many")", "a number"},
};

/// Nothing a JSON reader could not read, and no number that is none: outside of texts there is no
/// letter but those of true, false, null and exponents.
void check_sound(const Response& response) {
  const Json answer = Json::parse(response.text, nullptr, false);
  REQUIRE(!answer.is_discarded());
  const Json flat = answer.flatten();
  for (const auto& [key, value] : flat.items()) {
    const auto& place = key;  // a binding itself cannot be captured
    if (!value.is_number()) continue;
    CAPTURE(place);
    CHECK_EACH(std::isfinite(value.get<double>()));
    // Sums of legal inputs stay far from the largest number; what is near it was none.
    if (response.ok) CHECK_EACH(std::fabs(value.get<double>()) < 1e30);
  }
  bool in_text = false;
  std::string letters;
  for (std::size_t i = 0; i < response.text.size(); ++i) {
    const char c = response.text[i];
    if (c == '\\') {
      ++i;
    } else if (c == '"') {
      in_text = !in_text;
    } else if (!in_text && std::isalpha(static_cast<unsigned char>(c)) != 0) {
      letters += c;
      continue;
    }
    if (!letters.empty()) {
      const bool known = letters == "e" || letters == "true" || letters == "false" || letters == "null";
      if (!known) CHECK_MESSAGE(known, letters);
      letters.clear();
    }
  }
}

}  // namespace

TEST_CASE("every problem of the uncertainty is one clear error") {
  for (const WrongInput& bad : k_wrong_inputs) {
    check_errors("simulate", "uncertainty", bad);
    check_errors("sensitivity", "uncertainty", bad);
  }
}

TEST_CASE("the nearest name is offered") {
  const Response response =
      run("simulate",
          R"({"uncertainty":{"inputs":{"costs.fixed_montly":{"uniform":{"low":0,"high":1}}}}})", {});
  CHECK(response.headline.en.find("costs.fixed_monthly") != std::string::npos);
  CHECK(response.headline.zh.find("costs.fixed_monthly") != std::string::npos);
}

TEST_CASE("every problem of a correlation is one clear error") {
  for (const WrongInput& bad : k_correlations) {
    if (bad.got[0] == '\0') continue;
    CAPTURE(std::string(bad.text));
    // The path below uncertainty.correlation.
    const std::string path = std::string(".correlation") + bad.path;
    check_errors("simulate", "uncertainty", {bad.text, bad.code, path.c_str(), bad.got, bad.allowed});
  }
  // A coefficient out of range stands in two places, and both are told.
  const Json answer = Json::parse(
      run("simulate", "{\"uncertainty\":" CORRELATED("{" PATHS R"(,"matrix":[[1,1.5],[1.5,1]]})") "}",
          {})
          .text);
  REQUIRE(answer["errors"].size() == 2);
  CHECK(answer["errors"][0]["path"] == "uncertainty.correlation.matrix[0][1]");
  CHECK(answer["errors"][1]["path"] == "uncertainty.correlation.matrix[1][0]");
  CHECK(answer["errors"][1]["code"] == "out_of_range");
  CHECK(answer["errors"][1]["allowed"] == "-1..1");
}

TEST_CASE("every problem of a sensitivity is one clear error") {
  for (const WrongInput& bad : k_sensitivities) check_errors("sensitivity", "sensitivity", bad);
}

TEST_CASE("all problems at once, each input's beside the others'") {
  const Response response = run("sensitivity", R"({"uncertainty":{"trials":0,"seed":-1,"sampler":"x",
      "inputs":{
        "costs.fixed_monthly":{"uniform":{"low":3,"high":2}},
        "costs.session_cost":{"normal":{"mean":"x","sd":0}},
        "nothing":{"uniform":{"low":0,"high":1}},
        "orders.return_rate":{"normal":{"mean":5,"sd":0.01}},
        "private.reach_rate":{"beta":{"mean":2,"concentration":-1}}},
      "correlation":{"paths":["costs.fixed_monthly","costs.hourly_cost"],"matrix":[[1,0],[0,1]]},
      "targets":[{"metric":"x"}]},
      "sensitivity":{"metric":"x","methods":["y"],"base_samples":0}})",
                                {});
  CHECK(!response.ok);
  std::vector<std::string> paths;
  const Json answer = Json::parse(response.text);
  for (const Json& error : answer["errors"]) paths.push_back(error["path"]);
  const std::vector<std::string> wanted{
      "uncertainty.trials", "uncertainty.seed", "uncertainty.sampler",
      "uncertainty.inputs.costs.fixed_monthly.low", "uncertainty.inputs.costs.session_cost.normal.mean",
      "uncertainty.inputs.nothing", "uncertainty.inputs.orders.return_rate",
      "uncertainty.inputs.private.reach_rate.mean",
      "uncertainty.inputs.private.reach_rate.concentration",
      // fixed_monthly is among the inputs, wrong as it is; hourly_cost is not.
      "uncertainty.correlation.paths[1]", "uncertainty.targets[0].metric",
      "uncertainty.targets[0].at_least", "sensitivity.metric", "sensitivity.methods[0]",
      "sensitivity.base_samples"};
  CHECK(paths == wanted);
}

namespace {

using Paths = std::vector<std::string>;

Paths error_paths(const std::string& command, const std::string& request) {
  Paths paths;
  for (const Json& error : test::errors_of(command, request)) paths.push_back(error["path"]);
  return paths;
}

}  // namespace

TEST_CASE("problems of the scenario do not hide those of the command") {
  const std::string bad_scenario = R"({"private":{"users":-1},"horizon_months":0.5,)";
  const Paths of_scenario{"horizon_months", "private.users"};
  const auto with = [&](const Paths& more) {
    Paths paths = of_scenario;
    paths.insert(paths.end(), more.begin(), more.end());
    return paths;
  };
  const std::string uncertainty =
      R"("uncertainty":{"trials":0,"inputs":{"private.usres":{},"private.users":{"pert":{"low":1}}}})";
  const Paths of_uncertainty{"uncertainty.trials", "uncertainty.inputs.private.usres",
                             "uncertainty.inputs.private.users.pert.mode",
                             "uncertainty.inputs.private.users.pert.high"};
  CHECK(error_paths("simulate", bad_scenario + uncertainty + "}") == with(of_uncertainty));
  Paths both = with(of_uncertainty);
  both.emplace_back("sensitivity.metric");
  CHECK(error_paths("sensitivity",
                    bad_scenario + uncertainty + R"(,"sensitivity":{"metric":"prophet"}})") == both);
  both = with({"seek.path", "seek.target"});
  both.insert(both.end(), of_uncertainty.begin(), of_uncertainty.end());
  CHECK(error_paths("seek", bad_scenario + uncertainty +
                                R"(,"seek":{"path":"x","metric":"gmv","statistic":"mean"}})") == both);
  CHECK(error_paths("allocate", bad_scenario + R"("allocate":{"objective":"roas"}})") ==
        with({"allocate.budget", "allocate.objective"}));
  // What is in order is not reported, and neither is the scenario's contradiction a second time.
  CHECK(error_paths("simulate",
                    R"({"live":{"first_wave_min":900},"uncertainty":{"inputs":{
                     "private.users":{"uniform":{"low":1,"high":2}}}}})") ==
        Paths{"live.first_wave_min"});
}

TEST_CASE("which channels there are is not judged where they could not be read") {
  const std::string bad_channels = R"({"channels":{"id":"tv"},)";
  CHECK(error_paths("simulate", bad_channels + R"("uncertainty":{
            "inputs":{"channels[0].precision":{"normal":{"mean":1}},"private.users":{"uniform":{"low":1,"high":2}}},
            "correlation":{"paths":["channels[0].precision","private.users"],"matrix":[[1,0],[0,1]]}}})") ==
        Paths{"channels", "uncertainty.inputs.channels[0].precision.normal.sd"});
  CHECK(error_paths("seek", bad_channels + R"("seek":{"path":"channels[5].monthly_spend","target":"1",
            "metric":"max_cost_per_viewer_channels.tv"}})") == Paths{"channels", "seek.target"});
  CHECK(error_paths("allocate",
                    bad_channels + R"("allocate":{"budget":1,"bounds":{"tv":[0,1]},"x":1}})") ==
        Paths{"channels", "allocate.x"});
}

TEST_CASE("64 inputs are answered, 65 refused") {
  Json request = Json::parse(R"({"horizon_months":1})");
  Scenario<double> scenario;
  scenario.channels.resize(8, scenario.channels[0]);
  for (std::size_t i = 0; i < 8; ++i) {
    scenario.channels[i].id = "c" + std::to_string(i);
    request["channels"].push_back({{"id", scenario.channels[i].id},
                                   {"monthly_spend", 100},
                                   {"cost_per_viewer", 0.3},
                                   {"half_saturation", 60000},
                                   {"precision", 0.7}});
  }
  Json& uncertainty = request["uncertainty"];
  uncertainty = {{"trials", 40}, {"traffic_volatility", 0.5}};
  visit_numbers(scenario, [&](const Field& field, std::string_view path, double& value) {
    if (uncertainty["inputs"].size() == 65 || path.starts_with("live.first_wave")) return;
    const double high = std::min(field.range.high, value + 0.2 * std::fabs(value) + 0.01);
    uncertainty["inputs"][std::string(path)] = {{"dist", "uniform"}, {"low", value}, {"high", high}};
  });
  REQUIRE(uncertainty["inputs"].size() == 65);
  request["sensitivity"] = {{"base_samples", 4}};
  bool ok = true;
  for (const std::string command : {"simulate", "sensitivity"}) {
    const Json errors = test::ask(command, request, ok)["errors"];
    CHECK(!ok);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0]["code"] == "out_of_range");
    CHECK(errors[0]["path"] == "uncertainty.inputs");
    CHECK(errors[0]["got"] == 65);
  }
  uncertainty["inputs"].erase(uncertainty["inputs"].begin());
  CHECK(test::ask("simulate", request)["totals"]["profit"]["sd"].get<double>() > 0);
  CHECK(test::ask("sensitivity", request)["sobol"].size() == 65);
}

TEST_CASE("16 targets are answered, 17 refused") {
  Json request = Json::parse(R"({"horizon_months":1,"uncertainty":{"trials":8}})");
  Json& targets = request["uncertainty"]["targets"];
  for (int i = 0; i < 16; ++i) targets.push_back({{"metric", "gmv"}, {"at_least", i}});
  CHECK(test::ask("simulate", request)["probability"]["targets"].size() == 16);
  targets.push_back({{"metric", "gmv"}, {"at_least", 16}});
  bool ok = true;
  const Json errors = test::ask("simulate", request, ok)["errors"];
  CHECK(!ok);
  REQUIRE(errors.size() == 1);
  CHECK(errors[0]["code"] == "out_of_range");
  CHECK(errors[0]["path"] == "uncertainty.targets");
  CHECK(errors[0]["got"] == 17);
  CHECK(errors[0]["allowed"] == "at most 16 entries");
}

TEST_CASE("a distribution may be written in each of its forms") {
  const char* forms[] = {R"({"dist":"pert","low":5000,"mode":6000,"high":9000})",
                         R"({"type":"pert","low":5000,"mode":6000,"high":9000})",
                         R"({"high":9000,"kind":"pert","low":5000,"mode":6000})",
                         R"({"distribution":"pert","mode":6000,"low":5000,"high":9000})",
                         R"({"pert":{"low":5000,"mode":6000,"high":9000}})",
                         R"({"pert":{"high":9e3,"mode":6e3,"low":5e3}})"};
  const auto answer = [](const std::string& form) {
    return run("simulate",
               R"({"horizon_months":2,"uncertainty":{"trials":64,"inputs":{"costs.fixed_monthly":)" +
                   form + "}}}",
               {});
  };
  const Response first = answer(forms[0]);
  REQUIRE(first.ok);
  CHECK(Json::parse(first.text)["totals"]["profit"]["sd"].get<double>() > 0);
  for (const char* form : forms) {
    CAPTURE(std::string(form));
    CHECK(answer(form).text == first.text);
  }
  // The order of the inputs does not matter either.
  const char* orders[] = {
      R"("costs.fixed_monthly":{"uniform":{"low":0,"high":9}},"orders.return_rate":{"uniform":{"low":0,"high":1}})",
      R"("orders.return_rate":{"uniform":{"low":0,"high":1}},"costs.fixed_monthly":{"uniform":{"low":0,"high":9}})"};
  std::vector<std::string> texts;
  for (const char* order : orders) {
    texts.push_back(
        run("simulate", std::string(R"({"uncertainty":{"trials":64,"inputs":{)") + order + "}}}", {})
            .text);
  }
  CHECK(texts[0] == texts[1]);
}

TEST_CASE("hostile numbers end in a finite answer or an error") {
  const char* distributions[] = {R"({"normal":{"mean":1e308,"sd":1}})",
                                 R"({"normal":{"mean":0,"sd":1e300}})",
                                 R"({"normal":{"mean":1e15,"sd":1e15}})",
                                 R"({"normal":{"mean":-1e15,"sd":1e15}})",
                                 R"({"normal":{"mean":0.5,"sd":1e-300}})",
                                 R"({"normal":{"mean":0,"sd":5e-324}})",
                                 R"({"normal":{"mean":-7,"sd":1}})",
                                 R"({"normal":{"mean":-1e-300,"sd":1e-300}})",
                                 R"({"lognormal":{"median":1,"sigma":700}})",
                                 R"({"lognormal":{"median":1e-300,"sigma":1e-300}})",
                                 R"({"lognormal":{"median":5e-324,"sigma":1e15}})",
                                 R"({"lognormal":{"median":1e15,"sigma":1e15}})",
                                 R"({"lognormal":{"median":0.5,"sigma":1e-300}})",
                                 R"({"beta":{"mean":0.5,"concentration":1e300}})",
                                 R"({"beta":{"mean":0.5,"concentration":1e15}})",
                                 R"({"beta":{"mean":0.5,"concentration":1e-15}})",
                                 R"({"beta":{"mean":1e-300,"concentration":1}})",
                                 R"({"beta":{"mean":1e-300,"concentration":1e15}})",
                                 R"({"beta":{"mean":1e-15,"concentration":1e-80}})",
                                 R"({"beta":{"mean":0.5,"concentration":1e-99}})",
                                 R"({"beta":{"mean":0.9999999999999999,"concentration":1e15}})",
                                 R"({"beta":{"mean":0.9999999999999999,"concentration":1e-60}})",
                                 R"({"uniform":{"low":-1e15,"high":1e15}})",
                                 R"({"uniform":{"low":0,"high":5e-324}})",
                                 R"({"triangular":{"low":0,"mode":5e-324,"high":1e-323}})",
                                 R"({"triangular":{"low":-1e15,"mode":0,"high":1e15}})",
                                 R"({"pert":{"low":-1e15,"mode":1e15,"high":1e15}})",
                                 R"({"pert":{"low":0,"mode":0,"high":5e-324}})",
                                 R"({"pert":{"low":0.5,"mode":0.5,"high":0.5000000000000001}})",
                                 R"({"pert":{"low":0,"mode":0,"high":1e-300}})",
                                 R"({"p10_p90":{"p10":-1e15,"p90":1e15}})",
                                 R"({"p10_p90":{"p10":0.5,"p90":0.5000000000000001}})",
                                 R"({"p10_p90":{"p10":0,"p90":5e-324}})"};
  const char* paths[] = {"orders.return_rate",
                         "private.users",
                         "audience.purity",
                         "orders.price_elasticity",
                         "channels[0].half_saturation",
                         "channels[0].shape",
                         "costs.gross_margin",
                         "quality.weight.gpm",
                         "live.hours_per_session",
                         "conversion.public"};
  for (const char* distribution : distributions) {
    for (const char* path : paths) {
      CAPTURE(std::string(distribution));
      CAPTURE(std::string(path));
      const std::string request =
          R"({"horizon_months":2,"channels":[{"id":"a","monthly_spend":100,"cost_per_viewer":1,"half_saturation":9,"precision":0.5}],)"
          R"("sensitivity":{"base_samples":8},"uncertainty":{"trials":16,"traffic_volatility":3,"inputs":{")" +
          std::string(path) + "\":" + distribution + "}}}";
      check_sound(run("simulate", request, {}));
      check_sound(run("sensitivity", request, {}));
    }
  }
}

TEST_CASE("weights that vanish together leave finite futures") {
  // The reciprocal of a sum near 0 has no value, and 0/0 has none: both once came out as numbers.
  std::string inputs;
  for (const char* weight :
       {"private_viewers", "square_ctr", "dwell_minutes", "gpm", "interaction_rate"}) {
    inputs += (inputs.empty() ? "\"quality.weight." : ",\"quality.weight.") + std::string(weight) +
              R"(":{"beta":{"mean":0.5,"concentration":1e-90}})";
  }
  check_sound(run("simulate",
                  "{\"horizon_months\":2,\"uncertainty\":{\"trials\":256,\"inputs\":{" + inputs + "}}}",
                  {}));
  // Only their shares count, however small they are.
  Json usual;
  Json tiny;
  for (const char* weight :
       {"private_viewers", "square_ctr", "dwell_minutes", "gpm", "interaction_rate"}) {
    const bool counts = weight[0] == 'g' || weight[0] == 'd';
    usual["quality"]["weight"][weight] = counts ? 0.5 : 0.0;
    tiny["quality"]["weight"][weight] = counts ? 1e-315 : 0.0;
  }
  CHECK(test::plan_of(tiny)["summary"]["profit"].get<double>() ==
        doctest::Approx(test::plan_of(usual)["summary"]["profit"].get<double>()).epsilon(1e-12));
  // All certain to be 0 is a contradiction, as in a plan.
  std::string zeros;
  for (const char* weight :
       {"private_viewers", "square_ctr", "dwell_minutes", "gpm", "interaction_rate"}) {
    zeros += (zeros.empty() ? "\"quality.weight." : ",\"quality.weight.") + std::string(weight) +
             R"(":{"uniform":{"low":0,"high":0}})";
  }
  const Response response = run("simulate", "{\"uncertainty\":{\"inputs\":{" + zeros + "}}}", {});
  CHECK(!response.ok);
  CHECK(Json::parse(response.text)["errors"][0]["code"] == "conflict");
}

TEST_CASE("what is made in C++ is checked by the same rules") {
  using enum DistributionKind;
  const Scenario<double> scenario;
  const double nan = std::nan("");
  const double infinity = std::numeric_limits<double>::infinity();
  const auto paths_of = [&](const Uncertainty& uncertainty) {
    std::vector<std::string> paths;
    for (const Error& error : validate(scenario, uncertainty)) {
      CHECK(!error.message.zh.empty());
      CHECK(!error.message.en.empty());
      paths.push_back(error.path);
    }
    return paths;
  };
  Uncertainty good;
  good.inputs = {{"costs.fixed_monthly", {uniform, {1, 2}}},
                 {"costs.session_cost", {normal, {500, 50}}}};
  CHECK(paths_of({}).empty());
  CHECK(paths_of(good).empty());

  Uncertainty bad = good;
  bad.trials = 0;
  bad.traffic_volatility = nan;
  CHECK(paths_of(bad) == Paths{"uncertainty.trials", "uncertainty.traffic_volatility"});
  bad = good;
  bad.trials = k_most_trials + 1;
  CHECK(paths_of(bad) == Paths{"uncertainty.trials"});
  for (const double value : {nan, infinity, -infinity}) {
    for (std::size_t i = 0; i < 3; ++i) {
      bad = good;
      bad.inputs[0].distribution = {pert, {1, 2, 3}};
      bad.inputs[0].distribution.parameters[i] = value;
      CHECK(paths_of(bad) == Paths{"uncertainty.inputs.costs.fixed_monthly"});
    }
  }
  bad = good;
  bad.inputs[0].distribution = {uniform, {-1.7e308, 1.7e308}};  // as wide as no number
  CHECK(paths_of(bad) == Paths{"uncertainty.inputs.costs.fixed_monthly"});
  bad = good;
  bad.inputs[1].path = "costs.fixed_monthly";
  CHECK(paths_of(bad) == Paths{"uncertainty.inputs.costs.fixed_monthly"});
  bad = good;
  bad.inputs[1].path = "channels[2].shape";
  CHECK(paths_of(bad) == Paths{"uncertainty.inputs.channels[2].shape"});
  bad = good;
  bad.correlation = {{"costs.fixed_monthly", "costs.session_cost"}, {1, 0.5}};
  CHECK(paths_of(bad) == Paths{"uncertainty.correlation.matrix"});
  bad.correlation.matrix = {1, nan, nan, 1};
  CHECK(paths_of(bad) == Paths{"uncertainty.correlation.matrix"});
  CHECK(validate(scenario, bad)[0].code == ErrorCode::not_finite);
  CHECK(validate(scenario, bad)[0].got == Given(std::string("NaN")));
  bad = good;
  bad.targets = {{"gmv", 1}, {"nothing", 1}, {"profit", infinity}};
  CHECK(paths_of(bad) == Paths{"uncertainty.targets[1].metric", "uncertainty.targets[2].at_least"});
  bad.targets.assign(k_most_targets + 1, {"gmv", 1});
  CHECK(paths_of(bad) == Paths{"uncertainty.targets"});
  bad.targets.pop_back();
  CHECK(paths_of(bad).empty());
}
