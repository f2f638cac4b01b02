#include "analysis/formula.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <limits>

#include "growth/fields.hpp"
#include "growth/quantities.hpp"
#include "number/number.hpp"

namespace growth::analysis {
namespace {

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }
bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9') || c == '.'; }

/// Length of the name at the start of the text, 0 if there is none.
std::size_t name_length(std::string_view text) {
  if (text.empty() || !is_name_start(text.front())) return 0;
  std::size_t length = 1;
  while (length < text.size() && is_name_part(text[length])) ++length;
  return length;
}

bool is_call(std::string_view after_name) { return !after_name.empty() && after_name.front() == '('; }

/// Recursive descent over one formula; `position` moves, everything else is the setting.
class Evaluator {
 public:
  Evaluator(std::string_view formula, const Plan& plan, int month)
      : text_(formula), plan_(plan), month_(month) {}

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
    if (name.substr(0, k_channel.size()) != k_channel) return value_of(name, plan_, month_);
    for (const ChannelFieldEntry& entry : channel_fields()) {
      if (entry.field.path == name.substr(k_channel.size())) {
        return entry.access.read(plan_.scenario.channels[channel_]);
      }
    }
    return std::numeric_limits<double>::quiet_NaN();
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
  [[nodiscard]] double evaluate_at(std::string_view formula, int month) const {
    Evaluator inner(formula, plan_, month);
    inner.channel_ = channel_;
    return inner.run();
  }

  double call(std::string_view name) {
    const int months = static_cast<int>(plan_.months.size());
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
      for (channel_ = 0; channel_ < plan_.scenario.channels.size(); ++channel_) {
        total += evaluate_at(formula, month_);
      }
      return total;
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
  const Plan& plan_;
  int month_;
  std::size_t position_{0};
  std::size_t channel_{0};
};

}  // namespace

double evaluate(std::string_view formula, const Plan& plan, int month) {
  return Evaluator(formula, plan, month).run();
}

double value_of(std::string_view id, const Plan& plan, int month) {
  const Scenario<double>& scenario = plan.scenario;
  if (id == "month") return month + 1;
  if (id == "season") {
    return scenario.business
        .seasonality[static_cast<std::size_t>((scenario.business.start_month - 1 + month) % 12)];
  }
  const auto read = [&](const auto& entries, const auto& owner, double& found) {
    for (const auto& entry : entries) {
      if (entry.quantity.id == id) found = entry.read(owner);
    }
  };
  double found = std::numeric_limits<double>::quiet_NaN();
  const Month<double>& of_month = plan.months[static_cast<std::size_t>(month)];
  read(month_columns(), of_month, found);
  read(month_terms(), of_month, found);
  read(unit_economics_quantities(), plan.unit_economics, found);
  for (const Quantity& term : plan_terms()) {
    if (term.id == id) found = evaluate(term.formula, plan, month);
  }
  for (const FieldEntry& entry : fields()) {
    if (entry.field.path != id) continue;
    if (const auto* number = std::get_if<0>(&entry.access)) found = number->read(scenario);
    if (const auto* whole = std::get_if<1>(&entry.access)) found = whole->read(scenario);
  }
  return found;
}

std::vector<FormulaPart> parts_of(std::string_view formula) {
  using enum FormulaPart::Kind;
  std::vector<FormulaPart> parts;
  while (!formula.empty()) {
    const std::size_t length = name_length(formula);
    const auto kind = length == 0 ? other : is_call(formula.substr(length)) ? function : name;
    const std::size_t taken = length == 0 ? 1 : length;
    parts.push_back({kind, formula.substr(0, taken)});
    formula.remove_prefix(taken);
  }
  return parts;
}

bool reaches_beyond_month(const std::vector<FormulaPart>& parts) {
  constexpr std::string_view k_reaching[] = {"prev", "last", "sum", "lowest", "channels"};
  return std::any_of(parts.begin(), parts.end(), [&](const FormulaPart& part) {
    return part.kind == FormulaPart::Kind::function &&
           std::find(std::begin(k_reaching), std::end(k_reaching), part.text) != std::end(k_reaching);
  });
}

}  // namespace growth::analysis
