#include "analysis/formula.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

#include "analysis/evaluator.hpp"
#include "growth/fields.hpp"
#include "growth/quantities.hpp"
#include "model/economics.hpp"

namespace growth::analysis {
namespace {

/// Names stand for the numbers of a finished plan.
struct PlanNames {
  static constexpr bool k_reaches_further = false;
  const Plan& plan;

  [[nodiscard]] double value(std::string_view name, int month) const {
    return value_of(name, plan, month);
  }
  [[nodiscard]] double of_channel(std::string_view field, std::size_t channel) const {
    for (const ChannelFieldEntry& entry : channel_fields()) {
      if (entry.field.path == field) return entry.access.read(plan.scenario.channels[channel]);
    }
    return std::numeric_limits<double>::quiet_NaN();
  }
  [[nodiscard]] int months() const { return static_cast<int>(plan.months.size()); }
  [[nodiscard]] std::size_t channels() const { return plan.scenario.channels.size(); }
};

}  // namespace

double evaluate(std::string_view formula, const Plan& plan, int month) {
  return Evaluator(formula, PlanNames{plan}, month).run();
}

double value_of(std::string_view id, const Plan& plan, int month) {
  const Scenario<double>& scenario = plan.scenario;
  if (id == "month") return month + 1;
  if (id == "season") return model::season_factor(scenario.business, month);
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
