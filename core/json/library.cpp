#include "json/library.hpp"

#include <map>
#include <mutex>

#include "json/read_scenario.hpp"

namespace growth::json {

std::vector<std::string> names_of(data::Files files) {
  std::vector<std::string> names;
  for (const data::File& file : files) names.emplace_back(file.name);
  return names;
}

Json content(const data::File& file) {
  // By the same reader as requests, so that there is one parser; shipped files are checked.
  Result<Document> document = parse(file.text);
  return document.ok() ? std::move(document).value().root : Json();
}

Json load(data::Files files, std::string_view name) {
  for (const data::File& file : files) {
    if (file.name == name) return content(file);
  }
  return nullptr;
}

PolicyPack read_pack(const Json& json, Errors& errors) {
  PolicyPack pack;
  pack.id = json.at("id").get<std::string>();
  pack.name = {json.at("name").at("zh").get<std::string>(),
               json.at("name").at("en").get<std::string>()};
  pack.effective_from = json.at("effective_from").get<std::string>();
  pack.effective_to = json.at("effective_to").get<std::string>();
  pack.expired = pack.effective_to < data::as_of();
  pack.incentives = read_incentives(find(json, "stages"), find(json, "programmes"), "", errors);
  const auto assumed = [](const Json* list) {
    if (list == nullptr) return false;
    for (const Json& entry : *list) {
      const Json* names = find(entry, "assumed");
      if (names != nullptr && !names->empty()) return true;
    }
    return false;
  };
  pack.assumed = assumed(find(json, "programmes")) || assumed(find(json, "stages"));
  return pack;
}

const PolicyPack* find_pack(std::string_view id) {
  static std::map<std::string, PolicyPack, std::less<>> packs;
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  const auto known = packs.find(id);
  if (known != packs.end()) return &known->second;
  const Json json = load(data::policies(), id);
  if (json.is_null()) return nullptr;
  Errors errors;  // shipped packs have none; a test holds it
  return &packs.emplace(std::string(id), read_pack(json, errors)).first->second;
}

}  // namespace growth::json
