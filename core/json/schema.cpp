#include "json/schema.hpp"

#include <type_traits>

#include "growth/fields.hpp"
#include "growth/quantities.hpp"
#include "json/library.hpp"
#include "json/read_scenario.hpp"

namespace growth::json {
namespace {

constexpr std::string_view k_dialect = "https://json-schema.org/draft/2020-12/schema";

Json to_json(const Text& text) { return {{"zh", text.zh}, {"en", text.en}}; }

/// Kind of value a member holds, as the form and the types see it.
template <class Value>
constexpr std::string_view kind_of() {
  if (std::is_same_v<Value, double>) return "number";
  if (std::is_same_v<Value, int>) return "whole";
  if (std::is_same_v<Value, std::array<double, 12>>) return "twelve_numbers";
  if (std::is_same_v<Value, Curve>) return "curve";
  if (std::is_same_v<Value, std::vector<std::string>>) return "tags";
  return "pack";
}

Json words(std::string_view separated) {
  Json list = Json::array();
  while (!separated.empty()) {
    const std::size_t space = separated.find(' ');
    list.push_back(separated.substr(0, space));
    separated.remove_prefix(space == std::string_view::npos ? separated.size() : space + 1);
  }
  return list;
}

Json field_json(const Field& field, std::string_view kind, Json initial) {
  return {{"path", field.path},
          {"kind", kind},
          {"unit", unit_name(field.unit)},
          {"unit_label", to_json(unit_label(field.unit))},
          {"range", {field.range.low, field.range.high}},
          {"typical", {field.typical.low, field.typical.high}},
          {"role", role_name(field.role)},
          {"basis", basis_name(field.basis)},
          {"facts", words(field.facts)},
          {"label", to_json(field.label)},
          {"help", to_json(field.help)},
          {"default", std::move(initial)}};
}

Json quantity_json(const Quantity& quantity) {
  return {{"id", quantity.id},
          {"unit", unit_name(quantity.unit)},
          {"unit_label", to_json(unit_label(quantity.unit))},
          {"label", to_json(quantity.label)},
          {"definition", to_json(quantity.definition)},
          {"formula", quantity.formula}};
}

Json catalogue() {
  const Scenario<double> initial;
  Json fields = Json::array();
  for (std::size_t i = 0; i < described_fields().size(); ++i) {
    std::visit(
        [&](const auto& access) {
          const auto& value = access.read(initial);
          using Value = std::remove_cvref_t<decltype(value)>;
          Json first;
          if constexpr (!std::is_same_v<Value, Curve>) first = value;
          fields.push_back(field_json(described_fields()[i], kind_of<Value>(), std::move(first)));
        },
        growth::fields()[i].access);
  }
  Json channel_fields = Json::array();
  for (const Field& field : described_channel_fields()) {
    channel_fields.push_back(field_json(field, "number", nullptr));
  }
  Json quantities = Json::object();
  const auto add = [&](const char* section, const auto& entries) {
    Json& list = quantities[section] = Json::array();
    for (const auto& entry : entries) list.push_back(quantity_json(entry.quantity));
  };
  add("columns", month_columns());
  add("terms", month_terms());
  add("summary", summary_quantities());
  add("unit_economics", unit_economics_quantities());
  quantities["plan_terms"] = Json::array();
  for (const Quantity& term : plan_terms()) quantities["plan_terms"].push_back(quantity_json(term));
  Json metrics = Json::array();
  for (int i = 0; i < k_metric_count; ++i) {
    const auto metric = static_cast<Metric>(i);
    metrics.push_back({{"id", metric_name(metric)},
                       {"label", to_json(metric_label(metric))},
                       {"early", is_early(metric)}});
  }
  return {{"schema", "growth.catalogue/1"},
          {"fields", std::move(fields)},
          {"channel_fields", std::move(channel_fields)},
          {"quantities", std::move(quantities)},
          {"metrics", std::move(metrics)}};
}

Json number_schema(const Field& field, bool whole) {
  return {{"type", whole ? "integer" : "number"},
          {"minimum", field.range.low},
          {"maximum", field.range.high}};
}

Json list_schema(const Field& field, std::size_t least, std::size_t most) {
  return {{"type", "array"},
          {"items", number_schema(field, false)},
          {"minItems", least},
          {"maxItems", most}};
}

Json value_schema(const Field& field, double) { return number_schema(field, false); }
Json value_schema(const Field& field, int) { return number_schema(field, true); }
Json value_schema(const Field& field, const std::array<double, 12>& year) {
  return list_schema(field, year.size(), year.size());
}
Json value_schema(const Field& field, const Curve&) { return list_schema(field, 0, k_longest_curve); }
Json value_schema(const Field&, const std::vector<std::string>&) {
  return {{"type", "array"}, {"items", {{"type", "string"}}}};
}
Json value_schema(const Field&, const std::string&) {
  std::vector<std::string> ids{"none"};
  for (const std::string& id : names_of(data::policies())) ids.push_back(id);
  return {{"enum", ids}};
}

Json describe(Json schema, const Field& field) {
  schema["title"] = field.label.en;
  schema["description"] = field.help.en;
  schema["x-unit"] = unit_name(field.unit);
  schema["x-role"] = role_name(field.role);
  return schema;
}

/// The object schema at a dotted path, created where it is missing.
Json& properties_at(Json& root, std::string_view parent) {
  Json* object = &root;
  while (!parent.empty()) {
    const std::size_t dot = parent.find('.');
    Json& child = (*object)["properties"][std::string(parent.substr(0, dot))];
    if (child.is_null())
      child = {{"type", "object"}, {"additionalProperties", false}, {"properties", Json::object()}};
    object = &child;
    parent.remove_prefix(dot == std::string_view::npos ? parent.size() : dot + 1);
  }
  return (*object)["properties"];
}

Json incentive_definitions() {
  const auto strings = [](int count, auto name) {
    Json list = Json::array();
    for (int i = 0; i < count; ++i) list.push_back(name(i));
    return list;
  };
  const Json amount = {{"type", "number"}, {"minimum", 0}, {"maximum", 1e12}};
  const Json text = {{"type", "string"}};
  const Json texts = {{"type", "array"}, {"items", text}};
  const Json both = {{"type", "object"},
                     {"required", {"zh", "en"}},
                     {"additionalProperties", false},
                     {"properties", {{"zh", text}, {"en", text}}}};
  const Json metric = {{"enum", strings(k_metric_count, [](int i) {
                          return std::string(metric_name(static_cast<Metric>(i)));
                        })}};
  const auto tiers = [&](const char* what) {
    return Json{{"type", "array"},
                {"minItems", 1},
                {"items",
                 {{"type", "object"},
                  {"required", {"from", what}},
                  {"additionalProperties", false},
                  {"properties", {{"from", amount}, {what, amount}}}}}};
  };
  Json rewards = Json::array();
  const Json kinds = strings(k_reward_kind_count, [](int i) {
    return std::string(reward_kind_name(static_cast<RewardKind>(i)));
  });
  const auto reward = [&](const char* rule, const char* key, Json value) {
    rewards.push_back(
        {{"type", "object"},
         {"required", {"kind", "rule", key}},
         {"additionalProperties", false},
         {"properties",
          {{"kind", {{"enum", kinds}}}, {"rule", {{"const", rule}}}, {key, std::move(value)}}}});
  };
  reward("rate", "rate", amount);
  reward("step", "tiers", tiers("value"));
  reward("marginal", "tiers", tiers("rate"));
  reward("fee_saving", "down_to", amount);
  reward("fixed", "value", amount);
  const auto whole = [](double low, double high) {
    return Json{{"type", "integer"}, {"minimum", low}, {"maximum", high}};
  };
  Json programme = {
      {"type", "object"},
      {"required", {"id", "metric", "reward"}},
      {"additionalProperties", false},
      {"properties",
       {{"id", {{"type", "string"}, {"minLength", 1}}},
        {"name", both},
        {"stages", texts},
        {"first_month", whole(1, 1e12)},
        {"last_month", whole(1, 1e12)},
        {"tags", texts},
        {"requires",
         {{"type", "array"},
          {"items",
           {{"type", "object"},
            {"required", {"metric"}},
            {"minProperties", 2},
            {"additionalProperties", false},
            {"properties",
             {{"metric", metric}, {"at_least", amount}, {"at_most", amount}, {"below", amount}}}}}}},
        {"metric", metric},
        {"baseline", amount},
        {"reward", {{"oneOf", std::move(rewards)}}},
        {"cap_per_month", amount},
        {"cap_total", amount},
        {"delay_months", whole(0, 60)},
        {"valid_months", whole(1, 60)},
        {"exclusive_group", text},
        {"source", {{"anyOf", {text, texts}}}},
        {"note", both},
        {"assumed", texts}}}};
  Json stage = {{"type", "object"},
                {"required", {"id"}},
                {"additionalProperties", false},
                {"properties",
                 {{"id", {{"type", "string"}, {"minLength", 1}}},
                  {"name", both},
                  {"until",
                   {{"type", "object"},
                    {"minProperties", 1},
                    {"additionalProperties", false},
                    {"properties", {{"months_open", amount}, {"cumulative_gmv", amount}}}}}}}};
  return {{"programmes",
           {{"type", "array"}, {"maxItems", k_most_programmes}, {"items", std::move(programme)}}},
          {"stages", {{"type", "array"}, {"items", std::move(stage)}}}};
}

Json scenario_schema() {
  Json root = {
      {"$schema", k_dialect},
      {"$id", k_scenario_schema},
      {"type", "object"},
      {"additionalProperties", false},
      {"properties", {{"schema", {{"const", k_scenario_schema}}}, {"name", {{"type", "string"}}}}}};
  const Scenario<double> initial;
  for (std::size_t i = 0; i < described_fields().size(); ++i) {
    const Field& field = described_fields()[i];
    const std::size_t dot = field.path.rfind('.');
    const bool top = dot == std::string_view::npos;
    Json& properties = properties_at(root, top ? "" : field.path.substr(0, dot));
    Json& property = properties[std::string(top ? field.path : field.path.substr(dot + 1))];
    std::visit(
        [&](const auto& access) {
          property = value_schema(field, access.read(initial));
          using Value = std::remove_cvref_t<decltype(access.read(initial))>;
          if constexpr (!std::is_same_v<Value, Curve>) property["default"] = access.read(initial);
        },
        fields()[i].access);
    property = describe(std::move(property), field);
  }
  Json channel = {{"type", "object"},
                  {"required", {"id", "cost_per_viewer", "half_saturation", "precision"}},
                  {"additionalProperties", false},
                  {"properties", {{"id", {{"type", "string"}, {"pattern", "^[a-z0-9_]{1,32}$"}}}}}};
  for (const Field& field : described_channel_fields()) {
    channel["properties"][std::string(field.path)] = describe(number_schema(field, false), field);
  }
  root["properties"]["channels"] = {
      {"type", "array"}, {"maxItems", k_most_channels}, {"items", std::move(channel)}};
  Json& incentives = root["properties"]["incentives"]["properties"];
  Json definitions = incentive_definitions();
  incentives["stages"] = std::move(definitions["stages"]);
  incentives["programmes"] = std::move(definitions["programmes"]);
  for (const std::string_view key : k_request_keys) {
    root["properties"][std::string(key)] = {{"type", "object"}};
  }
  return root;
}

/// A policy pack: what surrounds the programmes is the shipped schema's, the programmes the engine's.
Json policy_schema() {
  Json pack = load(data::schemas(), "policy");
  Json definitions = incentive_definitions();
  pack["properties"]["stages"] = std::move(definitions["stages"]);
  pack["properties"]["programmes"] = std::move(definitions["programmes"]);
  return pack;
}

}  // namespace

std::vector<std::string> schema_ids() {
  std::vector<std::string> ids{"scenario", "catalogue"};
  for (const std::string& id : names_of(data::schemas())) ids.push_back(id);
  return ids;
}

Json schema_list() {
  Json list = Json::array();
  for (const std::string& id : schema_ids()) list.push_back({{"id", id}});
  return {{"schemas", std::move(list)}};
}

Json schema(std::string_view id) {
  if (id == "scenario") return scenario_schema();
  if (id == "catalogue") return catalogue();
  if (id == "policy") return policy_schema();
  return load(data::schemas(), id);
}

}  // namespace growth::json
