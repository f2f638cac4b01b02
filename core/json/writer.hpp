// JSON text, written in one pass: no tree is built for an answer. Numbers are the shortest text that
// reads back to the same double; what is not finite never gets here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "growth/result.hpp"

namespace growth::json {

class Writer {
 public:
  Writer() { text_.reserve(64u << 10); }

  Writer& begin_object() { return open('{'); }
  Writer& end_object() { return close('}'); }
  Writer& begin_array() { return open('['); }
  Writer& end_array() { return close(']'); }
  Writer& key(std::string_view name);

  Writer& value(double number);
  Writer& value(int number) { return value(static_cast<double>(number)); }
  Writer& value(std::size_t number) { return value(static_cast<double>(number)); }
  Writer& value(bool truth);
  Writer& value(std::string_view text);
  Writer& value(const char* text) { return value(std::string_view(text)); }
  Writer& value(const std::string& text) { return value(std::string_view(text)); }
  Writer& null();
  Writer& value(const Text& text) { return both(text.zh, text.en); }
  Writer& value(const Message& message) { return both(message.zh, message.en); }
  template <class T>
  Writer& value(const std::optional<T>& maybe) {
    return maybe ? value(*maybe) : null();
  }
  template <class T>
  Writer& value(const std::vector<T>& list) {
    begin_array();
    for (const T& entry : list) value(entry);
    return end_array();
  }
  /// JSON text made elsewhere.
  Writer& raw(std::string_view json);

  template <class T>
  Writer& member(std::string_view name, const T& content) {
    return key(name).value(content);
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  Writer& open(char bracket);
  Writer& close(char bracket);
  Writer& both(std::string_view zh, std::string_view en);
  void separate();

  std::string text_;
  bool after_value_{false};
};

/// Appends a double as JSON writes it.
void append_number(std::string& text, double number);

}  // namespace growth::json
