#include "json/request.hpp"

#include "json/library.hpp"
#include "json/read_scenario.hpp"

namespace growth::json {

Result<Request> read_request(std::string_view text) {
  Result<Document> document = parse(text);
  if (!document.ok()) return document.errors();
  Result<Scenario<double>> scenario = read_scenario(document.value(), names_of(data::policies()));
  if (!scenario.ok()) return scenario.errors();
  Request request;
  request.scenario = std::move(scenario).value();
  request.pack = find_pack(request.scenario.incentives.pack);
  request.root = std::move(document).value().root;
  return request;
}

}  // namespace growth::json
