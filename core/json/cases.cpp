#include "json/cases.hpp"

#include <map>

#include "analysis/formula.hpp"
#include "analysis/wording.hpp"
#include "growth/plan.hpp"
#include "growth/run.hpp"
#include "json/library.hpp"
#include "json/problems.hpp"
#include "json/read_scenario.hpp"

namespace growth::json {
namespace {

/// A run of a case: a preset (or the defaults) with the case's own inputs over it.
Result<Plan> run_of(const Json& run) {
  Document document;
  document.root = Json::object();
  if (const Json* preset = find(run, "preset")) {
    document.root = load(data::presets(), preset->get_ref<const std::string&>()).at("scenario");
  }
  if (const Json* changes = find(run, "scenario")) document.root.merge_patch(*changes);
  const Result<Scenario<double>> scenario = read_scenario(document, names_of(data::policies()));
  if (!scenario.ok()) return scenario.errors();
  return plan(scenario.value(), find_pack(scenario.value().incentives.pack));
}

double computed(const Json& check, const std::map<std::string, Plan>& plans) {
  const std::string& formula = check.at("formula").get_ref<const std::string&>();
  const int month = check.value("month", 1) - 1;
  const double value = analysis::evaluate(formula, plans.at(check.at("run").get<std::string>()), month);
  // A comparison of two runs is stated as their ratio.
  const Json* over = find(check, "over");
  if (over == nullptr) return value;
  return value / analysis::evaluate(formula, plans.at(over->get<std::string>()), month);
}

}  // namespace

Result<Json> run_cases() {
  Json answer = {{"cases", Json::array()}, {"met", 0}, {"missed", 0}};
  int met_count = 0;
  int missed_count = 0;
  for (const data::File& file : data::cases()) {
    const Json definition = content(file);
    std::map<std::string, Plan> plans;
    for (const auto& [name, run] : definition.at("runs").items()) {
      Result<Plan> result = run_of(run);
      if (!result.ok()) return result.errors();
      plans.emplace(name, std::move(result).value());
    }
    Json entry = Json::object();
    for (const char* key : {"id", "title", "facts", "published", "assumed"})
      entry[key] = definition.at(key);
    entry["checks"] = Json::array();
    bool all = true;
    for (const Json& check : definition.at("checks")) {
      const double value = computed(check, plans);
      const bool met =
          value >= check.at("low").get<double>() && value <= check.at("high").get<double>();
      all = all && met;
      entry["checks"].push_back({{"label", check.at("label")},
                                 {"computed", value},
                                 {"low", check.at("low")},
                                 {"high", check.at("high")},
                                 {"met", met}});
    }
    entry["met"] = all;
    (all ? met_count : missed_count) += 1;
    answer["cases"].push_back(std::move(entry));
  }
  answer["met"] = met_count;
  answer["missed"] = missed_count;
  return answer;
}

}  // namespace growth::json

namespace growth {

std::string cases_table() {
  using json::Json;
  const Result<Json> answer = json::run_cases();
  if (!answer.ok()) return answer.errors().front().message.en + "\n";
  std::string text;
  for (const Json& entry : answer.value()["cases"]) {
    text += entry["id"].get<std::string>() + "\n  published  " +
            entry["published"]["en"].get<std::string>() + "\n  assumed    " +
            entry["assumed"]["en"].get<std::string>() + "\n";
    for (const Json& check : entry["checks"]) {
      text += std::string(check["met"].get<bool>() ? "  met     " : "  MISSED  ") +
              analysis::significant_text(check["computed"].get<double>(), 4) + " in " +
              analysis::significant_text(check["low"].get<double>(), 4) + " … " +
              analysis::significant_text(check["high"].get<double>(), 4) + "  " +
              check["label"]["en"].get<std::string>() + "\n";
    }
  }
  return text + answer.value()["met"].dump() + " met, " + answer.value()["missed"].dump() + " missed\n";
}

}  // namespace growth
