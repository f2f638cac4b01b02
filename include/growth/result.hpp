// Expected problems are values: an Error says where, what was given and what is allowed, in the
// merchant's words, and all problems of one request are reported together.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace growth {

/// A constant text in the two languages of the product.
struct Text {
  std::string_view zh;
  std::string_view en;
};

/// A composed text in the two languages of the product.
struct Message {
  std::string zh;
  std::string en;
};

enum class ErrorCode {
  unknown_field,
  wrong_type,
  out_of_range,
  not_finite,
  missing,
  conflict,
  too_large,
  bad_json,
  bad_csv,
  internal,  ///< a fault of the engine, not of the request
};

/// The code as it stands in an answer, e.g. "out_of_range".
[[nodiscard]] std::string_view code_name(ErrorCode code);

/// What was given: nothing (a missing field), a number, a truth value, or a short text.
using Given = std::variant<std::monostate, double, bool, std::string>;

struct Error {
  ErrorCode code{};
  std::string path;     ///< dotted path of the field, list elements as `channels[0].id`
  Message message;      ///< one sentence for the merchant
  Given got;            ///< the offending value; long texts are shortened
  std::string allowed;  ///< what would be accepted, e.g. "0..1"
};

using Errors = std::vector<Error>;

/// Either a value or every problem that kept it from being made.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Errors errors) : state_(std::move(errors)) {}

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
  [[nodiscard]] const Errors& errors() const& { return std::get<1>(state_); }
  [[nodiscard]] Errors&& errors() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Errors> state_;
};

}  // namespace growth
