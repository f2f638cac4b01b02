#include "json/descriptions.hpp"

#include <vector>

#include "json/cases.hpp"
#include "json/library.hpp"
#include "json/problems.hpp"
#include "json/schema.hpp"
#include "json/wanted_id.hpp"

namespace growth::json {

/// Facts are kept in one file per subject; sources and conflicts beside them.
Result<std::string> facts_command(std::string_view text, const RunOptions&) {
  const Result<std::string> id = wanted_id(text);
  if (!id.ok()) return id.errors();
  Json all = {{"as_of", data::as_of()}, {"facts", Json::array()}};
  std::vector<std::string> ids;
  for (const data::File& file : data::facts()) {
    Json section = content(file);
    if (section.contains("facts")) {
      for (Json& fact : section["facts"]) {
        if (fact["id"] == id.value()) return fact.dump();
        ids.push_back(fact["id"].get<std::string>());
        all["facts"].push_back(std::move(fact));
      }
    } else {
      all.update(section);
    }
  }
  if (!id.value().empty()) return Errors{out_of_range("id", {}, id.value(), one_of(ids))};
  return all.dump();
}

Result<std::string> schema_command(std::string_view text, const RunOptions&) {
  const Result<std::string> id = wanted_id(text);
  if (!id.ok()) return id.errors();
  if (id.value().empty()) return schema_list().dump();
  Json found = schema(id.value());
  if (found.is_null()) return Errors{out_of_range("id", {}, id.value(), one_of(schema_ids()))};
  return found.dump();
}

Result<std::string> cases_command(std::string_view, const RunOptions&) {
  const Result<Json> answer = run_cases();
  if (!answer.ok()) return answer.errors();
  return answer.value().dump();
}

}  // namespace growth::json
