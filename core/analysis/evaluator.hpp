// Evaluates formulas in the language of formula.hpp, wherever their names get their numbers from.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "number/number.hpp"

namespace growth::analysis {

inline bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }
inline bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9') || c == '.'; }

/// Length of the name at the start of the text, 0 if there is none.
inline std::size_t name_length(std::string_view text) {
  if (text.empty() || !is_name_start(text.front())) return 0;
  std::size_t length = 1;
  while (length < text.size() && is_name_part(text[length])) ++length;
  return length;
}

inline bool is_call(std::string_view after_name) {
  return !after_name.empty() && after_name.front() == '(';
}

/// Recursive descent over one formula; `position` moves, everything else is the setting. `Names` has
/// value(name, month), of_channel(field, channel), months() and channels(); with k_reaches_further it
/// also knows the functions of recompute.hpp.
template <class Names>
class Evaluator {
 public:
  Evaluator(std::string_view formula, const Names& names, int month)
      : text_(formula), names_(names), month_(month) {}

  double run() { return comparison(); }

 private:
  void skip_spaces() {
    while (position_ < text_.size() && text_[position_] == ' ') ++position_;
  }
  bool take(std::string_view token) {
    skip_spaces();
    if (text_.substr(position_, token.size()) != token) return false;
    position_ += token.size();
    return true;
  }

  double comparison() {
    const double left = sum();
    if (take("<=")) return left <= sum() ? 1 : 0;
    if (take("<")) return left < sum() ? 1 : 0;
    return left;
  }
  double sum() {
    double value = product();
    for (;;) {
      if (take("+")) {
        value += product();
      } else if (take("-")) {
        value -= product();
      } else {
        return value;
      }
    }
  }
  double product() {
    double value = signed_power();
    for (;;) {
      if (take("*")) {
        value *= signed_power();
      } else if (take("/")) {
        value /= signed_power();
      } else {
        return value;
      }
    }
  }
  double signed_power() {
    if (take("-")) return -signed_power();
    const double base = atom();
    return take("^") ? num::pow(base, signed_power()) : base;
  }
  double atom() {
    if (take("(")) {
      const double value = comparison();
      take(")");
      return value;
    }
    skip_spaces();
    const std::string_view rest = text_.substr(position_);
    const std::size_t length = name_length(rest);
    if (length == 0) return number();
    position_ += length;
    const std::string_view name = rest.substr(0, length);
    return is_call(rest.substr(length)) ? call(name) : named(name);
  }
  double number() {
    const std::string digits(text_.substr(position_, 24));
    char* end = nullptr;
    const double value = std::strtod(digits.c_str(), &end);
    position_ += static_cast<std::size_t>(end - digits.c_str());
    return value;
  }

  double named(std::string_view name) {
    constexpr std::string_view k_channel = "channel.";
    if (name.substr(0, k_channel.size()) == k_channel) {
      return names_.of_channel(name.substr(k_channel.size()), channel_);
    }
    return names_.value(name, month_);
  }

  /// The text of a call's only argument; moves past the call.
  std::string_view argument_text() {
    const std::size_t first = ++position_;
    for (int depth = 1; depth > 0; ++position_) {
      if (text_[position_] == '(') ++depth;
      if (text_[position_] == ')') --depth;
    }
    return text_.substr(first, position_ - first - 1);
  }
  /// The texts of the two arguments of a call, of which the second holds no comma.
  std::pair<std::string_view, std::string_view> argument_pair() {
    const std::string_view both = argument_text();
    const std::size_t comma = both.rfind(',');
    return {both.substr(0, comma), both.substr(comma + 1)};
  }
  [[nodiscard]] double evaluate_at(std::string_view formula, int month) const {
    Evaluator inner(formula, names_, month);
    inner.channel_ = channel_;
    return inner.run();
  }

  double call(std::string_view name) {
    const int months = names_.months();
    if (name == "prev") return evaluate_at(argument_text(), month_ - 1);
    if (name == "last") return evaluate_at(argument_text(), months - 1);
    if (name == "sum") {
      const std::string_view formula = argument_text();
      num::CompensatedSum<double> total;
      for (int month = 0; month < months; ++month) total.add(evaluate_at(formula, month));
      return total.total();
    }
    if (name == "lowest") {
      const std::string_view formula = argument_text();
      double lowest = std::numeric_limits<double>::max();
      for (int month = 0; month < months; ++month) {
        lowest = std::min(lowest, evaluate_at(formula, month));
      }
      return lowest;
    }
    if (name == "channels") {
      const std::string_view formula = argument_text();
      double total = 0;
      for (channel_ = 0; channel_ < names_.channels(); ++channel_) {
        total += evaluate_at(formula, month_);
      }
      return total;
    }
    if constexpr (Names::k_reaches_further) {
      if (name == "ago") {
        const auto [formula, count] = argument_pair();
        const int then = month_ - static_cast<int>(evaluate_at(count, month_));
        return then < 0 ? 0 : evaluate_at(formula, then);
      }
      if (name == "earlier") {
        const auto [formula, weight] = argument_pair();
        double total = 0;
        for (int month = 0; month < month_; ++month) {
          total += evaluate_at(formula, month) * evaluate_at(weight, month_ - month - 1);
        }
        return total;
      }
      if (name == "ages") {
        const std::string_view formula = argument_text();
        double total = 0;
        for (int age = 0; age < Names::k_ages; ++age) total += evaluate_at(formula, age);
        return total;
      }
      if (name == "at_age") {
        const auto [formula, text] = argument_pair();
        const double at = evaluate_at(text, month_);
        const double below = std::floor(at);
        const auto of_age = [this, curve = formula](double age) {
          const bool told = age >= 1 && age <= Names::k_ages;
          return told ? evaluate_at(curve, static_cast<int>(age) - 1) : 0.0;
        };
        return of_age(below) * (1 - (at - below)) + of_age(below + 1) * (at - below);
      }
    }
    std::vector<double> x;
    take("(");
    do {
      x.push_back(comparison());
    } while (take(","));
    take(")");
    if (name == "min") return std::min(x[0], x[1]);
    if (name == "max") return std::max(x[0], x[1]);
    if (name == "clamp") return num::clamp(x[0], x[1], x[2]);
    if (name == "select") return x[0] != 0 ? x[1] : x[2];
    if (name == "exp") return num::exp(x[0]);
    if (name == "expm1") return num::expm1(x[0]);
    if (name == "log") return num::log(x[0]);
    if (name == "log1p") return num::log1p(x[0]);
    if (name == "saturate") return num::saturate(x[0], x[1]);
    if (name == "hill") return num::hill(x[0], x[1], x[2]);
    if (name == "saturation") return num::saturation_ratio(x[0]);
    if (name == "geometric_sum") return num::geometric_sum(x[0], x[1]);
    if (name == "share") return num::share(x[0], x[1]);
    if (name == "whole") return std::floor(x[0]);
    if (name == "fraction") return x[0] - std::floor(x[0]);
    return std::numeric_limits<double>::quiet_NaN();
  }

  std::string_view text_;
  const Names& names_;
  int month_;
  std::size_t position_{0};
  std::size_t channel_{0};
};

}  // namespace growth::analysis
