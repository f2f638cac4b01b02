// Part of the build: every shipped JSON file against its schema, and the files against each other.
// Ends with 1 and a line per problem.
#include <algorithm>
#include <cmath>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#include <vector>

#include "growth/fields.hpp"
#include "json/cases.hpp"
#include "json/library.hpp"
#include "json/read_scenario.hpp"
#include "json/schema.hpp"

namespace {

using growth::data::File;
using growth::json::Json;
using Plain = nlohmann::json;  // what valijson has an adapter for

int problems = 0;

void report(const std::string& where, const std::string& what) {
  std::cerr << where << ": " << what << '\n';
  ++problems;
}

void check_schema(const std::string& where, const Json& file, std::string_view schema_id) {
  const Plain schema_json = Plain::parse(growth::json::schema(schema_id).dump());
  valijson::Schema schema;
  valijson::SchemaParser parser;
  const valijson::adapters::NlohmannJsonAdapter schema_adapter(schema_json);
  parser.populateSchema(schema_adapter, schema);
  valijson::Validator validator;
  valijson::ValidationResults results;
  const Plain plain = Plain::parse(file.dump());
  const valijson::adapters::NlohmannJsonAdapter adapter(plain);
  if (validator.validate(schema, adapter, &results)) return;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    std::string path;
    for (const std::string& part : error.context) path += part;
    report(where, path + ": " + error.description);
  }
}

void report_all(const std::string& where, const growth::Errors& errors) {
  for (const growth::Error& error : errors) report(where, error.path + ": " + error.message.en);
}

std::set<std::string> fact_ids;

void check_fact_ids(const std::string& where, const Json& ids) {
  for (const Json& id : ids) {
    const auto text = id.get<std::string>();
    if (!text.empty() && text.front() == 'F' && fact_ids.count(text) == 0) {
      report(where, "there is no figure " + text);
    }
  }
}

void check_facts() {
  std::set<std::string> source_ids;
  std::map<std::string, std::set<std::string>> conflicts;
  for (const File& file : growth::data::facts()) {
    const std::string where(file.name);
    const Json content = growth::json::content(file);
    const bool is_section = content.contains("facts");
    check_schema(where, content, is_section ? "facts" : file.name);
    if (content.contains("sources")) {
      for (const Json& source : content["sources"]) source_ids.insert(source["id"]);
    }
    if (!is_section) continue;
    for (const Json& fact : content["facts"]) {
      const auto id = fact["id"].get<std::string>();
      if (!fact_ids.insert(id).second) report(where, id + " is given twice");
      if (fact.contains("low") && fact.contains("high") && fact["low"] > fact["high"]) {
        report(where, id + ": low above high");
      }
      for (const Json& other : fact.value("conflicts", Json::array())) conflicts[id].insert(other);
    }
  }
  for (const auto& [id, others] : conflicts) {
    for (const std::string& other : others) {
      if (conflicts[other].count(id) == 0) report(id, "its conflict with " + other + " is one-sided");
    }
  }
  for (const File& file : growth::data::facts()) {
    const Json content = growth::json::content(file);
    for (const Json& fact : content.value("facts", Json::array())) {
      Json sources = fact["source"];
      if (!sources.is_array()) sources = Json::array({sources});
      for (const Json& source : sources) {
        if (source_ids.count(source) == 0) report(fact["id"], "there is no source " + source.dump());
      }
    }
    for (const Json& conflict : content.value("conflicts", Json::array())) {
      check_fact_ids(std::string(file.name), conflict["facts"]);
    }
  }
}

void check_policies() {
  for (const File& file : growth::data::policies()) {
    const std::string where(file.name);
    const Json pack = growth::json::content(file);
    check_schema(where, pack, "policy");
    if (pack["id"] != file.name) report(where, "its id differs from its file name");
    if (pack["effective_from"] > pack["effective_to"]) report(where, "it ends before it begins");
    growth::Errors errors;
    static_cast<void>(growth::json::read_pack(pack, errors));
    report_all(where, errors);
    check_fact_ids(where, pack["sources"]);
    for (const Json& programme : pack["programmes"]) {
      const Json source = programme.value("source", Json::array());
      if (!source.is_array() || (source.empty() && !programme.contains("assumed"))) {
        report(where, programme["id"].get<std::string>() + " names neither figures nor assumptions");
      } else {
        check_fact_ids(where, source);
      }
      if (!programme.contains("name")) report(where, "a programme has no name");
      // A number that nobody published must say so: "assumed" names members of the programme.
      for (const Json& name : programme.value("assumed", Json::array())) {
        const auto text = name.get<std::string>();
        if (!programme.contains(text) && text != "delay_months" && text != "valid_months") {
          report(where, "assumed names no member: " + text);
        }
      }
    }
  }
}

/// Paths of everything a scenario sets, lists and channels whole.
void leaves(const Json& value, const std::string& path, std::set<std::string>& found) {
  if (!value.is_object()) {
    found.insert(path);
    return;
  }
  for (const auto& [key, member] : value.items()) {
    leaves(member, path.empty() ? key : path + "." + key, found);
  }
}

/// Basis and figures of one note; nothing but an assumption stands without a figure.
void check_basis(const std::string& where, const std::string& path, const Json& entry) {
  check_fact_ids(where, entry.value("facts", Json::array()));
  if (entry["basis"] != "assumed" && !entry.contains("facts"))
    report(where, path + " rests on no figure");
}

/// A kind of distribution and the names of its parameters.
const std::map<std::string, std::vector<std::string>> k_distributions = {
    {"uniform", {"low", "high"}},       {"triangular", {"low", "mode", "high"}},
    {"pert", {"low", "mode", "high"}},  {"normal", {"mean", "sd"}},
    {"lognormal", {"median", "sigma"}}, {"beta", {"mean", "concentration"}},
    {"p10_p90", {"p10", "p90"}}};

/// The middle of a distribution whose parameters are there: its median, near enough for a check.
double middle(const Json& distribution) {
  const auto kind = distribution["dist"].get<std::string>();
  const auto parameter = [&](const char* name) { return distribution[name].get<double>(); };
  if (kind == "normal" || kind == "beta") return parameter("mean");
  if (kind == "lognormal") return parameter("median");
  if (kind == "p10_p90") return (parameter("p10") + parameter("p90")) / 2;
  const double centre = (parameter("low") + parameter("high")) / 2;
  if (kind == "uniform") return centre;
  return (parameter("mode") + centre) / 2;
}

/// How far the middle of a spread may lie from the preset's own value, relative to it.
constexpr double k_nearness = 0.05;

void check_spread(const std::string& where, const std::string& path, const Json& distribution,
                  double value, const growth::Range& range) {
  const auto known = k_distributions.find(distribution.value("dist", ""));
  if (known == k_distributions.end()) {
    report(where, path + ": there is no such distribution");
    return;
  }
  std::set<std::string> wanted(known->second.begin(), known->second.end());
  wanted.insert("dist");
  std::set<std::string> given;
  for (const auto& [key, parameter] : distribution.items()) {
    given.insert(key);
    if (key != "dist" && !parameter.is_number()) report(where, path + ": " + key + " is no number");
  }
  if (given != wanted) {
    report(where, path + ": not the parameters of " + known->first);
    return;
  }
  const auto rises = [&](const char* low, const char* high) {
    if (distribution.contains(low) && distribution.contains(high) &&
        distribution[low].get<double>() >= distribution[high].get<double>()) {
      report(where, path + ": " + low + " is not below " + high);
    }
  };
  rises("low", "high");
  rises("low", "mode");
  rises("mode", "high");
  rises("p10", "p90");
  for (const char* name : {"sd", "sigma", "concentration", "median"}) {
    if (distribution.contains(name) && distribution[name].get<double>() <= 0) {
      report(where, path + ": " + name + " is not above 0");
    }
  }
  for (const char* name : {"low", "mode", "high", "mean", "median", "p10", "p90"}) {
    if (!distribution.contains(name)) continue;
    const auto bound = distribution[name].get<double>();
    if (bound < range.low || bound > range.high) report(where, path + ": " + name + " is not legal");
  }
  if (std::abs(middle(distribution) - value) > k_nearness * std::abs(value)) {
    report(where, path + ": its spread lies beside the preset's value");
  }
}

/// Every uncertain input is a number of the scenario, spread around its own value, with a note.
void check_uncertainty(const std::string& where, const Json& preset,
                       growth::Scenario<double> scenario) {
  struct Input {
    double value;
    growth::Range range;
  };
  std::map<std::string, Input> numbers;
  growth::visit_numbers(scenario, [&](const growth::Field& field, std::string_view path, double value) {
    numbers[std::string(path)] = {value, field.range};
  });
  const Json& uncertainty = preset["scenario"]["uncertainty"];
  const Json& spreads = preset["spreads"];
  for (const char* key : {"trials", "seed", "traffic_volatility", "inputs"}) {
    if (!uncertainty.contains(key)) {
      report(where, std::string("uncertainty lacks ") + key);
      return;
    }
  }
  for (const auto& [path, distribution] : uncertainty["inputs"].items()) {
    const auto number = numbers.find(path);
    if (number == numbers.end()) {
      report(where, path + " is uncertain, but no number of the scenario");
      continue;
    }
    if (!spreads.contains(path)) report(where, path + " is uncertain without a note");
    check_spread(where, path, distribution, number->second.value, number->second.range);
  }
  for (const auto& [path, entry] : spreads.items()) {
    if (path != "traffic_volatility" && !uncertainty["inputs"].contains(path)) {
      report(where, "a note on the spread of " + path + ", which is not uncertain");
    }
    check_basis(where, "the spread of " + path, entry);
  }
}

void check_presets() {
  for (const File& file : growth::data::presets()) {
    const std::string where(file.name);
    const Json preset = growth::json::content(file);
    check_schema(where, preset, "preset");
    if (preset["id"] != file.name) report(where, "its id differs from its file name");
    check_schema(where, preset["scenario"], "scenario");
    growth::json::Document document;
    document.root = preset["scenario"];
    const auto scenario =
        growth::json::read_scenario(document, growth::json::names_of(growth::data::policies()));
    if (!scenario.ok()) report_all(where, scenario.errors());
    std::set<std::string> set;
    Json inputs = preset["scenario"];
    for (const std::string_view key : growth::json::k_request_keys) inputs.erase(std::string(key));
    leaves(inputs, "", set);
    for (const std::string& path : set) {
      if (!preset["provenance"].contains(path))
        report(where, path + " has neither source nor assumption");
    }
    for (const auto& [path, entry] : preset["provenance"].items()) {
      if (set.count(path) == 0) report(where, "provenance of " + path + ", which is not set");
      check_basis(where, path, entry);
    }
    if (scenario.ok()) check_uncertainty(where, preset, scenario.value());
    check_fact_ids(where, preset["sources"]);
  }
}

void check_fields() {
  const auto check = [](const growth::Field& field) {
    std::string facts(field.facts);
    for (std::size_t begin = 0; begin < facts.size();) {
      const std::size_t end = std::min(facts.find(' ', begin), facts.size());
      check_fact_ids(std::string(field.path), Json::array({facts.substr(begin, end - begin)}));
      begin = end + 1;
    }
    if (field.basis != growth::Basis::assumed && facts.empty()) {
      report(std::string(field.path), "its default rests on no figure");
    }
  };
  for (const growth::Field& field : growth::described_fields()) check(field);
  for (const growth::Field& field : growth::described_channel_fields()) check(field);
}

void check_cases() {
  for (const File& file : growth::data::cases()) {
    const Json definition = growth::json::content(file);
    check_schema(std::string(file.name), definition, "case");
    check_fact_ids(std::string(file.name), definition["facts"]);
  }
}

}  // namespace

int main() {
  check_facts();
  check_policies();
  check_presets();
  check_fields();
  check_cases();
  if (problems > 0) std::cerr << problems << " problems in the shipped data\n";
  return problems > 0 ? 1 : 0;
}
