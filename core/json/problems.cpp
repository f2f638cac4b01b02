#include "json/problems.hpp"

#include <utility>

#include "analysis/wording.hpp"
#include "json/document.hpp"

namespace growth {

std::string_view code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::unknown_field: return "unknown_field";
    case ErrorCode::wrong_type: return "wrong_type";
    case ErrorCode::out_of_range: return "out_of_range";
    case ErrorCode::not_finite: return "not_finite";
    case ErrorCode::missing: return "missing";
    case ErrorCode::conflict: return "conflict";
    case ErrorCode::too_large: return "too_large";
    case ErrorCode::bad_json: return "bad_json";
    case ErrorCode::bad_csv: return "bad_csv";
    case ErrorCode::internal: return "internal";
  }
  return "";
}

}  // namespace growth

namespace growth::json {
namespace {

using analysis::joined;

std::string shown(const Given& got) {
  if (const auto* number = std::get_if<double>(&got)) return number_text(*number);
  if (const auto* truth = std::get_if<bool>(&got)) return *truth ? "true" : "false";
  if (const auto* text = std::get_if<std::string>(&got)) return *text;
  return "";
}

/// The label a merchant knows, else the path.
std::string_view name(std::string_view label, std::string_view path) {
  return label.empty() ? path : label;
}

}  // namespace

Errors bad_json(std::string path, std::size_t line, std::size_t column, std::string near) {
  const std::string l = std::to_string(line);
  const std::string c = std::to_string(column);
  return {{ErrorCode::bad_json,
           std::move(path),
           {joined({"JSON 写错了：第 ", l, " 行第 ", c, " 个字附近。"}),
            joined({"This is not valid JSON: near line ", l, ", column ", c, "."})},
           std::move(near),
           joined({"JSON in UTF-8 (line ", l, ", column ", c, ")"})}};
}

Errors too_deep(std::string path, int deepest) {
  const std::string limit = std::to_string(deepest);
  return {{ErrorCode::bad_json,
           std::move(path),
           {joined({"JSON 嵌套太深，最多 ", limit, " 层。"}),
            joined({"The JSON is nested too deeply; ", limit, " levels are allowed."})},
           {},
           joined({"at most ", limit, " levels"})}};
}

Error too_large(std::size_t bytes, std::size_t most) {
  const std::string got = std::to_string(bytes);
  const std::string limit = std::to_string(most);
  return {ErrorCode::too_large,
          "",
          {joined({"内容太大：", got, " 字节，最多 ", limit, "。"}),
           joined({"Too large: ", got, " bytes, at most ", limit, " are allowed."})},
          static_cast<double>(bytes),
          joined({"at most ", limit, " bytes"})};
}

Error not_finite(std::string path, std::string got) {
  Message message{joined({"“", path, "”的数太大，算不了：", got, "。"}),
                  joined({"“", path, "” is too large for a number: ", got, "."})};
  return {ErrorCode::not_finite, std::move(path), std::move(message), std::move(got),
          "a finite number"};
}

Error not_finite(std::string path, double got) {
  const char* const infinite = got > 0 ? "∞" : "-∞";
  return not_finite(std::move(path), std::string(got == got ? infinite : "NaN"));
}

Error unknown_field(std::string path, std::string_view name, std::string allowed,
                    std::string_view nearest) {
  Message message{joined({"没有“", path, "”这一项。"}), joined({"There is no field “", path, "”."})};
  if (!nearest.empty()) {
    message.zh += joined({"是不是想写“", nearest, "”？"});
    message.en += joined({" Did you mean “", nearest, "”?"});
  }
  return {ErrorCode::unknown_field, std::move(path), std::move(message), std::string(name),
          std::move(allowed)};
}

Error wrong_type(std::string path, Text label, Text expected, Given got) {
  Message message{
      joined({"“", name(label.zh, path), "”要填", expected.zh, "，现在是 ", shown(got), "。"}),
      joined({"“", name(label.en, path), "” must be ", expected.en, ", not ", shown(got), "."})};
  return {ErrorCode::wrong_type, std::move(path), std::move(message), std::move(got),
          std::string(expected.en)};
}

Error out_of_range(std::string path, Text label, Given got, Message allowed) {
  Message message{
      joined({"“", name(label.zh, path), "”要填 ", allowed.zh, "，现在是 ", shown(got), "。"}),
      joined({"“", name(label.en, path), "” must be ", allowed.en, ", not ", shown(got), "."})};
  return {ErrorCode::out_of_range, std::move(path), std::move(message), std::move(got),
          std::move(allowed.en)};
}

Error unknown_choice(std::string path, Text label, Given got, Message allowed,
                     std::string_view nearest) {
  Error error = out_of_range(std::move(path), label, std::move(got), std::move(allowed));
  if (!nearest.empty()) {
    error.message.zh += joined({"是不是想写“", nearest, "”？"});
    error.message.en += joined({" Did you mean “", nearest, "”?"});
  }
  return error;
}

Error no_continuous_input(std::string path, Text label, std::string_view got) {
  Message message{joined({"“", label.zh, "”不能一点点调，没法反推；换一个可以带小数的输入。"}),
                  joined({"“", label.en,
                          "” cannot be turned gradually, so no value can be sought for it; choose an ",
                          "input that may have decimals."})};
  return {ErrorCode::out_of_range, std::move(path), std::move(message), std::string(got),
          "an input that may have decimals"};
}

Error not_finished(std::string_view command) {
  return conflict("",
                  {joined({"“", command, "”中途停了，没有结果。"}),
                   joined({"“", command, "” was stopped before it had a result."})},
                  {}, "a run that is not stopped");
}

Error missing(std::string path, Message allowed) {
  Message message{joined({"缺少“", path, "”，要填 ", allowed.zh, "。"}),
                  joined({"“", path, "” is missing; it must be ", allowed.en, "."})};
  return {ErrorCode::missing, std::move(path), std::move(message), {}, std::move(allowed.en)};
}

Error conflict(std::string path, Message message, Given got, std::string allowed) {
  return {ErrorCode::conflict, std::move(path), std::move(message), std::move(got), std::move(allowed)};
}

Message range_text(Range range, Unit unit, bool whole) {
  const std::string low = number_text(range.low);
  const std::string high = number_text(range.high);
  Message text{joined({low, " 到 ", high}), joined({low, "..", high})};
  if (whole) {
    text.zh += " 的整数";
    text.en.insert(0, "a whole number ");
  }
  if (unit == Unit::rate || unit == Unit::rate_per_month) {
    text.zh += joined({"（", number_text(range.low * 100), "%–", number_text(range.high * 100), "%）"});
  }
  return text;
}

Message one_of(const std::vector<std::string>& names) {
  constexpr std::size_t k_most_shown = 40;
  std::string list;
  for (std::size_t i = 0; i < names.size() && i < k_most_shown; ++i) {
    list += (i == 0 ? "" : ", ") + names[i];
  }
  if (names.size() > k_most_shown) list += ", …";
  return {"其中之一：" + list, "one of " + list};
}

}  // namespace growth::json
