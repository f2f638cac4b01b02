// Numbers inside sentences: rounded for reading, the same text on every platform.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "growth/policy.hpp"

namespace growth::analysis {

/// The pieces of a sentence one after the other.
[[nodiscard]] std::string joined(std::initializer_list<std::string_view> pieces);

/// What a programme or a stage is called; one of the merchant's own may have no name but its id.
template <class Named>
[[nodiscard]] Message called(const Named& named) {
  return named.name.zh.empty() ? Message{named.id, named.id} : named.name;
}

/// Rounded to whole numbers with thousands separators, e.g. "12,345"; below 10 one decimal, below 1
/// two.
[[nodiscard]] std::string count_text(double value);
/// The same with the currency sign before it and the minus before that, e.g. "-¥1,250".
[[nodiscard]] std::string yuan_text(double value);
/// A share of one in percent with at most one decimal, e.g. "12.5%".
[[nodiscard]] std::string percent_text(double share);

/// This many significant digits, for formulas with numbers put in, e.g. "0.711865".
[[nodiscard]] std::string significant_text(double value, int digits);

}  // namespace growth::analysis
