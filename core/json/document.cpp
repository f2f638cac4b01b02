#include "json/document.hpp"

#include <algorithm>
#include <vector>

#include "json/problems.hpp"
#include "json/writer.hpp"

namespace growth::json {
namespace {

constexpr std::size_t k_longest_quote = 60;  // bytes of a text shown in an error

/// Cuts at a character boundary, so that a cut text is still UTF-8.
std::string shortened(std::string_view text) {
  if (text.size() <= k_longest_quote) return std::string(text);
  std::size_t end = k_longest_quote;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return std::string(text.substr(0, end)) + "…";
}

struct Position {
  std::size_t line{1};
  std::size_t column{1};
};

/// Line and column (in characters, 1-based) of a byte.
Position place_of(std::string_view text, std::size_t byte) {
  Position place;
  for (std::size_t i = 0; i < std::min(byte, text.size()); ++i) {
    if (text[i] == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0u) != 0x80u) {
      ++place.column;
    }
  }
  return place;
}

/// Builds the document while nlohmann/json reads, and watches what it would let pass.
class Builder : public nlohmann::json_sax<Json> {
 public:
  explicit Builder(std::string_view text) : text_(text) {}

  bool null() override { return value(nullptr); }
  bool boolean(bool v) override { return value(v); }
  bool number_integer(number_integer_t v) override { return value(v); }
  bool number_unsigned(number_unsigned_t v) override { return value(v); }
  bool number_float(number_float_t v, const string_t&) override { return value(v); }
  bool string(string_t& v) override { return value(std::move(v)); }
  bool binary(binary_t&) override { return false; }  // not part of JSON text

  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool key(string_t& name) override {
    frames_.back().key = std::move(name);
    return true;
  }
  bool end_object() override {
    report_duplicates();
    return close();
  }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t byte, const std::string& token,
                   const nlohmann::detail::exception& problem) override {
    constexpr int k_number_overflow = 406;  // documented id of nlohmann/json
    if (problem.id == k_number_overflow) {
      overflow_at = byte;
      overflow_token = token;
      return false;
    }
    const Position place = place_of(text_, byte == 0 ? 0 : byte - 1);
    failure = bad_json(path(), place.line, place.column, shortened(token));
    return false;
  }

  Json root;
  Errors errors;
  Errors failure;
  std::size_t overflow_at{0};
  std::string overflow_token;

  /// Path of the value that is being read.
  [[nodiscard]] std::string path() const {
    std::string path;
    for (const Frame& frame : frames_) {
      path =
          frame.value.is_object() ? join_path(path, frame.key) : index_path(path, frame.value.size());
    }
    return path;
  }

 private:
  struct Frame {
    Json value;
    std::string key;
  };

  template <class T>
  bool value(T&& v) {
    return place(Json(std::forward<T>(v)));
  }
  bool place(Json&& v) {
    if (frames_.empty()) {
      root = std::move(v);
      return true;
    }
    Frame& frame = frames_.back();
    if (frame.value.is_array()) {
      frame.value.get_ref<Json::array_t&>().push_back(std::move(v));
    } else {
      // Straight into the ordered list: a search for the key here would make large objects quadratic.
      auto& members = frame.value.get_ref<Json::object_t&>();
      members.Container::emplace_back(frame.key, std::move(v));
    }
    return true;
  }
  bool open(Json&& container) {
    if (frames_.size() == static_cast<std::size_t>(k_deepest)) {
      failure = too_deep(path(), k_deepest);
      return false;
    }
    frames_.push_back({std::move(container), {}});
    return true;
  }
  bool close() {
    Json finished = std::move(frames_.back().value);
    frames_.pop_back();
    return place(std::move(finished));
  }

  void report_duplicates() {
    auto& members = frames_.back().value.get_ref<Json::object_t&>();
    std::vector<std::string_view> names;
    names.reserve(members.size());
    for (const auto& member : members) names.push_back(member.first);
    std::sort(names.begin(), names.end());
    std::string parent;
    {
      Frame top = {std::move(frames_.back().value), {}};
      frames_.pop_back();
      parent = path();
      frames_.push_back(std::move(top));
    }
    for (std::size_t i = 1; i < names.size(); ++i) {
      if (names[i] == names[i - 1] && (i < 2 || names[i] != names[i - 2])) {
        const std::string path = join_path(parent, names[i]);
        errors.push_back(conflict(path, {"“" + path + "”写了两遍。", "“" + path + "” is given twice."},
                                  std::string(names[i]), "each key once"));
      }
    }
  }

  std::string_view text_;
  std::vector<Frame> frames_;
};

}  // namespace

Result<Document> parse(std::string_view text) {
  if (text.size() > k_largest_scenario) return Errors{too_large(text.size(), k_largest_scenario)};
  Document document;
  // A number beyond double ends the reading; it is blanked out and the text read again, so that all
  // problems of one request are reported together.
  std::string blanked;
  constexpr int k_most_overflows = 64;
  for (int round = 0;; ++round) {
    const std::string_view source = blanked.empty() ? text : std::string_view(blanked);
    Builder builder(source);
    const bool complete = Json::sax_parse(source.begin(), source.end(), &builder);
    if (complete) {
      document.root = std::move(builder.root);
      for (Error& error : builder.errors) document.errors.push_back(std::move(error));
      for (const Error& error : document.errors) document.bad_paths.insert(error.path);
      return document;
    }
    if (builder.overflow_at == 0 || round == k_most_overflows) {
      Errors errors = std::move(builder.failure);
      if (errors.empty()) {
        const Position place = place_of(source, builder.overflow_at);
        errors = bad_json(builder.path(), place.line, place.column, shortened(builder.overflow_token));
      }
      for (Error& error : document.errors) errors.push_back(std::move(error));
      return errors;
    }
    document.errors.push_back(not_finite(builder.path(), shortened(builder.overflow_token)));
    if (blanked.empty()) blanked = text;
    // The error position is the last byte read; the token ends there or one before.
    const std::size_t end = blanked.rfind(builder.overflow_token, builder.overflow_at);
    if (end == std::string::npos) return document.errors;
    blanked.replace(end, builder.overflow_token.size(),
                    "0" + std::string(builder.overflow_token.size() - 1, ' '));
  }
}

const Json* find(const Json& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  for (const auto& [key, value] : object.get_ref<const Json::object_t&>()) {
    if (key == name) return &value;
  }
  return nullptr;
}

Given given(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_string()) return shortened(value.get_ref<const std::string&>());
  if (value.is_object()) return std::string("{…}");
  if (value.is_array()) return "[" + std::to_string(value.size()) + "]";
  return std::string("null");
}

std::string number_text(double value) {
  std::string text;
  append_number(text, value);
  return text;
}

std::string join_path(std::string_view parent, std::string_view name) {
  std::string path(parent);
  if (!path.empty()) path += '.';
  path += shortened(name);
  return path;
}

std::string index_path(std::string_view parent, std::size_t index) {
  return std::string(parent) + "[" + std::to_string(index) + "]";
}

}  // namespace growth::json
