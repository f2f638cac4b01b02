// The sentences of every expected problem, in one place, so that all say path, what was given and
// what is allowed in the same way in both languages.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "growth/fields.hpp"
#include "growth/result.hpp"

namespace growth::json {

[[nodiscard]] Errors bad_json(std::string path, std::size_t line, std::size_t column, std::string near);
[[nodiscard]] Errors too_deep(std::string path, int deepest);
[[nodiscard]] Error too_large(std::size_t bytes, std::size_t most);
[[nodiscard]] Error not_finite(std::string path, std::string got);
/// The same for what JSON cannot write.
[[nodiscard]] Error not_finite(std::string path, double got);
[[nodiscard]] Error unknown_field(std::string path, std::string_view name, std::string allowed,
                                  std::string_view nearest);
/// `expected` names the JSON type: a number, text, true or false, a list, an object.
[[nodiscard]] Error wrong_type(std::string path, Text label, Text expected, Given got);
/// `allowed` in words; its English form is also the error's `allowed`.
[[nodiscard]] Error out_of_range(std::string path, Text label, Given got, Message allowed);
/// A name that is none of `allowed`, with the one that was probably meant (may be empty).
[[nodiscard]] Error unknown_choice(std::string path, Text label, Given got, Message allowed,
                                   std::string_view nearest);
/// An input that cannot be turned step by step: a whole number, a list or a text.
[[nodiscard]] Error no_continuous_input(std::string path, Text label, std::string_view got);
/// The caller stopped the command.
[[nodiscard]] Error not_finished(std::string_view command);
[[nodiscard]] Error missing(std::string path, Message allowed);
[[nodiscard]] Error conflict(std::string path, Message message, Given got, std::string allowed);

/// "0..1"; for whole numbers "a whole number 1..60".
[[nodiscard]] Message range_text(Range range, Unit unit, bool whole = false);
/// "one of a, b, c", shortened where there are many.
[[nodiscard]] Message one_of(const std::vector<std::string>& names);

inline constexpr Text k_a_number{"数字", "a number"};
inline constexpr Text k_a_text{"文字", "text"};
inline constexpr Text k_a_list{"列表", "a list"};
inline constexpr Text k_an_object{"对象", "an object"};

}  // namespace growth::json
