#include "analysis/explain.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/formula.hpp"
#include "analysis/wording.hpp"
#include "growth/quantities.hpp"

namespace growth::analysis {
namespace {

constexpr int k_digits_for_reading = 6;

/// Label and unit of whatever a formula may name.
struct Known {
  Text label;
  Unit unit{Unit::none};
  bool each_month{};  ///< it has a value in every month
};

/// What the functions of formulas are called in a sentence.
struct FunctionWord {
  std::string_view name;
  Text words;
};
constexpr FunctionWord k_function_words[] = {
    {"prev", {"上月", "last month's "}},
    {"sum", {"各月合计", "sum over months of "}},
    {"last", {"末月", "last month planned: "}},
    {"lowest", {"各月最低", "lowest of "}},
    {"channels", {"各渠道合计", "sum over channels of "}},
    {"min", {"取小", "smaller of "}},
    {"max", {"取大", "larger of "}},
    {"clamp", {"限在区间内", "held within "}},
    {"select", {"若、则、否则", "if, then, else "}},
    {"saturate", {"逐渐逼近上限", "approaching its ceiling "}},
    {"hill", {"投放响应", "response "}},
    {"saturation", {"疲劳折扣", "fatigue "}},
    {"geometric_sum", {"各波累加", "sum of waves "}},
    {"share", {"占比", "share "}},
    {"whole", {"取整", "whole part of "}},
    {"fraction", {"小数部分", "fraction of "}},
};

Text function_words(std::string_view name) {
  for (const FunctionWord& word : k_function_words) {
    if (word.name == name) return word.words;
  }
  return {name, name};
}

Known lookup(std::string_view name) {
  if (name == "month") return {{"第几个月", "month"}, Unit::none, true};
  if (name == "season") return {{"当月淡旺季系数", "season factor"}, Unit::factor, true};
  Known known{{name, name}, Unit::none};
  const auto see = [&](const Quantity& quantity, bool each_month) {
    if (quantity.id == name) known = {quantity.label, quantity.unit, each_month};
  };
  for (const auto& entry : unit_economics_quantities()) see(entry.quantity, false);
  for (const Quantity& term : plan_terms()) see(term, false);
  for (const auto& entry : month_terms()) see(entry.quantity, true);
  for (const auto& entry : month_columns()) see(entry.quantity, true);
  for (const FieldEntry& entry : fields()) {
    if (entry.field.path == name) known = {entry.field.label, entry.field.unit, false};
  }
  constexpr std::string_view k_channel = "channel.";
  if (name.substr(0, k_channel.size()) == k_channel) {
    for (const ChannelFieldEntry& entry : channel_fields()) {
      if (entry.field.path == name.substr(k_channel.size())) {
        known = {entry.field.label, entry.field.unit, false};
      }
    }
  }
  return known;
}

}  // namespace

void fill_formula(Explanation& explanation, std::string_view formula, const Plan& plan, int month) {
  explanation.formula = formula;
  const std::vector<FormulaPart> parts = parts_of(formula);
  // A formula over several months or channels keeps its names: each stands for many numbers there.
  const bool numbers = !formula.empty() && !reaches_beyond_month(parts);
  for (const FormulaPart& part : parts) {
    if (part.kind != FormulaPart::Kind::name) {
      const bool function = part.kind == FormulaPart::Kind::function;
      const Text words = function ? function_words(part.text) : Text{part.text, part.text};
      explanation.in_words.zh += words.zh;
      explanation.in_words.en += words.en;
      if (numbers) explanation.with_numbers += part.text;
      continue;
    }
    const Known known = lookup(part.text);
    const double value = value_of(part.text, plan, month);
    explanation.in_words.zh += known.label.zh;
    explanation.in_words.en += known.label.en;
    if (numbers) explanation.with_numbers += significant_text(value, k_digits_for_reading);
    const bool listed = std::any_of(explanation.terms.begin(), explanation.terms.end(),
                                    [&](const ExplainedTerm& term) { return term.id == part.text; });
    // Neither a channel's own figure nor, over several months, a month's is one number of the plan.
    const bool one_number = std::isfinite(value) && (numbers || !known.each_month);
    if (!listed && one_number) {
      explanation.terms.push_back({std::string(part.text), known.unit, known.label, value});
    }
  }
}

std::optional<Explanation> explain(std::string_view metric, const Plan& plan, int month) {
  std::optional<Explanation> found;
  const auto wanted = [&](std::string_view section, std::string_view id) {
    return !found && (metric == id || metric == std::string(section) + "." + std::string(id));
  };
  const auto begin = [&](std::string_view section, const Quantity& quantity) {
    found.emplace();
    found->id = quantity.id;
    found->section = section;
    found->unit = quantity.unit;
    found->label = quantity.label;
    found->definition = quantity.definition;
  };
  for (const SummaryEntry& entry : summary_quantities()) {
    if (!wanted("summary", entry.quantity.id)) continue;
    begin("summary", entry.quantity);
    found->value = summary_value(entry, plan.summary, plan.scenario.horizon_months);
    fill_formula(*found, entry.quantity.formula, plan, static_cast<int>(plan.months.size()) - 1);
  }
  for (const auto& entry : unit_economics_quantities()) {
    if (!wanted("unit_economics", entry.quantity.id)) continue;
    begin("unit_economics", entry.quantity);
    found->value = entry.read(plan.unit_economics);
    fill_formula(*found, entry.quantity.formula, plan, 0);
  }
  for (const auto entries : {month_columns(), month_terms()}) {
    for (const auto& entry : entries) {
      const Quantity& quantity = entry.quantity;
      if (!wanted("months", quantity.id)) continue;
      begin("months", quantity);
      found->month = month;
      found->value = entry.read(plan.months[static_cast<std::size_t>(month - 1)]);
      const bool first = month == 1 && !quantity.first.empty();
      fill_formula(*found, first ? quantity.first : quantity.formula, plan, month - 1);
    }
  }
  return found;
}

std::vector<std::string> explainable_metrics() {
  std::vector<std::string> metrics;
  const auto add = [&](std::string_view section, const auto& entries) {
    for (const auto& entry : entries) {
      metrics.push_back(std::string(section) + "." + std::string(entry.quantity.id));
    }
  };
  add("summary", summary_quantities());
  add("unit_economics", unit_economics_quantities());
  add("months", month_columns());
  add("months", month_terms());
  return metrics;
}

}  // namespace growth::analysis
