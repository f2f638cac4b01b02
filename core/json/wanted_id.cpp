#include "json/wanted_id.hpp"

#include "json/document.hpp"
#include "json/problems.hpp"

namespace growth::json {

Result<std::string> wanted_id(std::string_view request) {
  if (request.empty()) return std::string();
  Result<Document> document = parse(request);
  if (!document.ok()) return document.errors();
  const Json& root = document.value().root;
  if (!root.is_object()) return Errors{wrong_type("", {}, k_an_object, given(root))};
  const Json* id = find(root, "id");
  if (id == nullptr) return std::string();
  if (!id->is_string()) return Errors{wrong_type("id", {}, k_a_text, given(*id))};
  return id->get<std::string>();
}

}  // namespace growth::json
