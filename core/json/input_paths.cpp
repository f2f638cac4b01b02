#include "json/input_paths.hpp"

#include <algorithm>

namespace growth::json {

InputPaths::InputPaths(Scenario<double> scenario) {
  visit_numbers(scenario, [&](const Field& field, std::string_view path, double) {
    paths_.emplace_back(path);
    fields_.push_back(field);
  });
}

const Field* InputPaths::number(std::string_view path) const {
  const auto found = std::find(paths_.begin(), paths_.end(), path);
  return found == paths_.end() ? nullptr : &fields_[static_cast<std::size_t>(found - paths_.begin())];
}

const Field* InputPaths::other(std::string_view path) {
  const auto all = fields();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const FieldEntry& entry) { return entry.field.path == path; });
  return found == all.end() ? nullptr : &found->field;
}

}  // namespace growth::json
