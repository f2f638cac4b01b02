#include "json/request.hpp"

#include <algorithm>

#include "json/library.hpp"
#include "json/read_scenario.hpp"

namespace growth::json {

namespace {

/// False where nothing can be told of keys beside the scenario.
bool read(std::string_view text, Request& request, Errors& errors) {
  Result<Document> parsed = parse(text);
  if (!parsed.ok()) {
    errors = std::move(parsed).errors();
    return false;
  }
  Document document = std::move(parsed).value();
  request.scenario = read_scenario(document, names_of(data::policies()), errors);
  request.pack = find_pack(request.scenario.incentives.pack);
  request.root = std::move(document.root);
  return document.errors.empty() && request.root.is_object();
}

}  // namespace

Result<Request> read_request(std::string_view text) {
  Request request;
  Errors errors;
  read(text, request, errors);
  if (!errors.empty()) return errors;
  return request;
}

Result<Draft> read_draft(std::string_view text) {
  Draft draft;
  if (!read(text, draft.request, draft.errors)) return draft.errors;
  draft.legal = draft.errors.empty();
  draft.channels_known = std::none_of(draft.errors.begin(), draft.errors.end(), [](const Error& error) {
    return error.path.rfind("channels", 0) == 0;
  });
  return draft;
}

}  // namespace growth::json
