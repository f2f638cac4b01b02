#include "json/writer.hpp"

#include <nlohmann/json.hpp>

namespace growth::json {
namespace {

bool must_escape(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

void append_escaped(std::string& text, char c) {
  constexpr std::string_view k_hex = "0123456789abcdef";
  switch (c) {
    case '"': text += "\\\""; break;
    case '\\': text += "\\\\"; break;
    case '\n': text += "\\n"; break;
    case '\t': text += "\\t"; break;
    default:
      if (static_cast<unsigned char>(c) < 0x20) {
        text += "\\u00";
        text += k_hex[static_cast<unsigned char>(c) >> 4];
        text += k_hex[static_cast<unsigned char>(c) & 15];
      } else {
        text += c;
      }
  }
}

/// Length of the well-formed UTF-8 sequence at the start of `text`, 0 if there is none (RFC 3629).
std::size_t sequence_length(std::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const unsigned lead = byte(0);
  const auto follows = [&](std::size_t i, unsigned low, unsigned high) {
    return byte(i) >= low && byte(i) <= high;
  };
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1, 0x80, 0xBF) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : 0xBF;
    return follows(1, low, high) && follows(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
    return follows(1, low, high) && follows(2, 0x80, 0xBF) && follows(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

}  // namespace

void append_number(std::string& text, double number) {
  // Whole numbers are frequent (zeros, months, counts) and need no search for the shortest digits.
  constexpr double k_exact_whole = 1e15;
  if (number == 0) {
    text += '0';
    return;
  }
  if (number > -k_exact_whole && number < k_exact_whole) {
    const auto whole = static_cast<long long>(number);
    if (static_cast<double>(whole) == number) {
      text += std::to_string(whole);
      return;
    }
  }
  char buffer[32];
  const char* end = nlohmann::detail::to_chars(buffer, buffer + sizeof buffer, number);
  std::string_view digits(buffer, static_cast<std::size_t>(end - buffer));
  if (digits.size() > 2 && digits.substr(digits.size() - 2) == ".0") digits.remove_suffix(2);
  text += digits;
}

void Writer::separate() {
  if (after_value_) text_ += ',';
  after_value_ = true;
}

Writer& Writer::open(char bracket) {
  separate();
  text_ += bracket;
  after_value_ = false;
  return *this;
}

Writer& Writer::close(char bracket) {
  text_ += bracket;
  after_value_ = true;
  return *this;
}

Writer& Writer::key(std::string_view name) {
  value(name);
  text_ += ':';
  after_value_ = false;
  return *this;
}

Writer& Writer::value(double number) {
  separate();
  append_number(text_, number);
  return *this;
}

Writer& Writer::value(bool truth) { return raw(truth ? "true" : "false"); }
Writer& Writer::null() { return raw("null"); }

Writer& Writer::value(std::string_view text) {
  separate();
  text_ += '"';
  while (!text.empty()) {
    // As long a stretch as needs no change, in one piece.
    std::size_t plain = 0;
    std::size_t length = 0;
    while ((length = sequence_length(text.substr(plain))) != 0 && !must_escape(text[plain])) {
      plain += length;
    }
    text_ += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    if (length == 0) {
      // Only a request that is quoted in an error can hold bytes that are no UTF-8.
      text_ += "\uFFFD";
    } else {
      append_escaped(text_, text.front());
    }
    text.remove_prefix(1);
  }
  text_ += '"';
  return *this;
}

Writer& Writer::raw(std::string_view json) {
  separate();
  text_ += json;
  return *this;
}

Writer& Writer::both(std::string_view zh, std::string_view en) {
  return begin_object().member("zh", zh).member("en", en).end_object();
}

}  // namespace growth::json
