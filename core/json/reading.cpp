#include "json/reading.hpp"

#include <algorithm>
#include <cmath>

#include "json/problems.hpp"

namespace growth::json {
namespace {

std::optional<double> number_within(const Place& place, Range range, Errors& errors, Unit unit,
                                    bool whole) {
  if (place.value == nullptr) return {};
  if (!place.value->is_number()) {
    errors.push_back(wrong_type(place.path, place.label, k_a_number, given(*place.value)));
    return {};
  }
  const double read = place.value->get<double>();
  if (read >= range.low && read <= range.high && (!whole || read == std::floor(read))) return read;
  errors.push_back(out_of_range(place.path, place.label, read, range_text(range, unit, whole)));
  return {};
}

}  // namespace

Place member_of(const Json& object, std::string_view path, std::string_view name, Text label) {
  return {find(object, name), join_path(path, name), label};
}

Place entry_of(const Json& list, std::string_view path, std::size_t index, Text label) {
  return {&list[index], index_path(path, index), label};
}

bool is_there(const Place& place, Message allowed, Errors& errors) {
  if (place.value != nullptr) return true;
  errors.push_back(missing(place.path, std::move(allowed)));
  return false;
}

bool is_object(const Place& place, Errors& errors) {
  if (place.value == nullptr) return false;
  if (place.value->is_object()) return true;
  errors.push_back(wrong_type(place.path, place.label, k_an_object, given(*place.value)));
  return false;
}

bool is_list(const Place& place, Errors& errors) {
  if (place.value == nullptr) return false;
  if (place.value->is_array()) return true;
  errors.push_back(wrong_type(place.path, place.label, k_a_list, given(*place.value)));
  return false;
}

std::optional<double> read_number(const Place& place, Range range, Errors& errors, Unit unit) {
  return number_within(place, range, errors, unit, false);
}

std::optional<double> read_whole(const Place& place, Range range, Errors& errors) {
  return number_within(place, range, errors, Unit::none, true);
}

const std::string* read_text(const Place& place, Errors& errors) {
  if (place.value == nullptr) return nullptr;
  if (place.value->is_string()) return &place.value->get_ref<const std::string&>();
  errors.push_back(wrong_type(place.path, place.label, k_a_text, given(*place.value)));
  return nullptr;
}

std::optional<std::size_t> read_choice(const Place& place, const std::vector<std::string>& words,
                                       Errors& errors) {
  const std::string* word = read_text(place, errors);
  if (word == nullptr) return {};
  const auto known = std::find(words.begin(), words.end(), *word);
  if (known != words.end()) return static_cast<std::size_t>(known - words.begin());
  errors.push_back(out_of_range(place.path, place.label, given(*place.value), one_of(words)));
  return {};
}

}  // namespace growth::json
