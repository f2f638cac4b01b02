#include "json/request.hpp"

#include <algorithm>

#include "json/library.hpp"
#include "json/read_scenario.hpp"

namespace growth::json {

Result<Draft> read_draft(std::string_view text) {
  Result<Document> document = parse(text);
  if (!document.ok()) return document.errors();
  Draft draft;
  Request& request = draft.request;
  request.scenario = read_scenario(document.value(), names_of(data::policies()), draft.errors);
  if (!document.value().errors.empty() || !document.value().root.is_object()) return draft.errors;
  request.pack = find_pack(request.scenario.incentives.pack);
  request.root = std::move(document).value().root;
  draft.legal = draft.errors.empty();
  draft.channels_known = std::none_of(draft.errors.begin(), draft.errors.end(), [](const Error& error) {
    return error.path.rfind("channels", 0) == 0;
  });
  return draft;
}

Result<Request> read_request(std::string_view text) {
  Result<Draft> draft = read_draft(text);
  if (!draft.ok()) return draft.errors();
  if (!draft.value().legal) return draft.value().errors;
  return std::move(draft).value().request;
}

}  // namespace growth::json
