// Part of the build: every shipped JSON file against its schema, and the files against each other.
// Ends with 1 and a line per problem.
#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

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
    leaves(preset["scenario"], "", set);
    for (const std::string& path : set) {
      if (!preset["provenance"].contains(path))
        report(where, path + " has neither source nor assumption");
    }
    for (const auto& [path, entry] : preset["provenance"].items()) {
      if (set.count(path) == 0) report(where, "provenance of " + path + ", which is not set");
      check_fact_ids(where, entry.value("facts", Json::array()));
      const bool cited = entry.contains("facts");
      if (entry["basis"] != "assumed" && !cited) report(where, path + " rests on no figure");
    }
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
