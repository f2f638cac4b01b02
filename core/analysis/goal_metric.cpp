#include "analysis/goal_metric.hpp"

#include <cmath>

#include "model/economics.hpp"
#include "model/run.hpp"

namespace growth::analysis {
namespace {

constexpr std::string_view k_summary_prefix = "summary.";
constexpr std::string_view k_units_prefix = "unit_economics.";
constexpr std::string_view k_channels_prefix = "max_cost_per_viewer_channels.";

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

}  // namespace

std::string_view GoalMetric::bare_name(std::string_view name) {
  for (const std::string_view prefix : {k_summary_prefix, k_units_prefix}) {
    if (starts_with(name, prefix)) return name.substr(prefix.size());
  }
  return name;
}

bool GoalMetric::is_of_channel(std::string_view name) {
  return starts_with(bare_name(name), k_channels_prefix);
}

std::optional<GoalMetric> GoalMetric::find(std::string_view name, const Scenario<double>& scenario) {
  const bool in_summary = !starts_with(name, k_units_prefix);
  const bool in_units = !starts_with(name, k_summary_prefix);
  name = bare_name(name);

  GoalMetric metric;
  if (in_summary) {
    metric.kind_ = Kind::summary;
    for (const SummaryEntry& entry : summary_quantities()) {
      metric.summary_ = &entry;
      if (entry.quantity.id == name) return metric;
    }
  }
  if (!in_units) return {};
  metric.kind_ = Kind::units;
  for (const auto& entry : unit_economics_quantities()) {
    metric.units_ = &entry;
    if (entry.quantity.id == name) return metric;
  }
  metric.kind_ = Kind::break_even_roi;
  if (name == "break_even_roi") return metric;
  metric.kind_ = Kind::customer_payback;
  if (name == "customer_payback_months") return metric;
  if (!starts_with(name, k_channels_prefix)) return {};
  name.remove_prefix(k_channels_prefix.size());
  metric.kind_ = Kind::channel_limit;
  for (std::size_t c = 0; c < scenario.channels.size(); ++c) {
    metric.channel_ = c;
    if (scenario.channels[c].id == name) return metric;
  }
  return {};
}

double GoalMetric::latest(const Scenario<double>& scenario) const {
  if (kind_ == Kind::customer_payback) return scenario.repurchase.ltv_months;
  if (kind_ == Kind::summary && summary_->quantity.id == "payback_month") {
    return scenario.horizon_months;
  }
  return std::numeric_limits<double>::infinity();
}

std::optional<double> GoalMetric::measure(const Scenario<double>& scenario,
                                          const model::CompiledIncentives& incentives) const {
  std::optional<double> value;
  switch (kind_) {
    case Kind::summary: {
      const Summary<double> summary = model::run(scenario, incentives);
      value = summary_value(*summary_, summary, scenario.horizon_months);
      if (!value && std::isfinite(latest(scenario))) value = latest(scenario) + 1;
      break;
    }
    case Kind::units: value = units_->read(model::unit_economics(scenario)); break;
    case Kind::channel_limit:
      value = model::unit_economics(scenario).max_cost_per_viewer_channels[channel_];
      break;
    case Kind::break_even_roi: value = growth::break_even_roi(model::unit_economics(scenario)); break;
    case Kind::customer_payback: {
      const Summary<double> summary = model::run(scenario, incentives);
      // Without paid customers there is nothing to pay back.
      if (!defined(summary.cac)) break;
      const auto age = customer_payback_months(model::unit_economics(scenario), summary);
      value = age ? static_cast<double>(*age) : latest(scenario) + 1;
      break;
    }
  }
  if (value && !std::isfinite(*value)) value.reset();
  return value;
}

std::vector<std::string> goal_metric_names(const Scenario<double>& scenario) {
  std::vector<std::string> names;
  for (const SummaryEntry& entry : summary_quantities()) names.emplace_back(entry.quantity.id);
  for (const auto& entry : unit_economics_quantities()) names.emplace_back(entry.quantity.id);
  for (const Channel<double>& channel : scenario.channels) {
    names.push_back(std::string(k_channels_prefix) + channel.id);
  }
  names.emplace_back("break_even_roi");
  names.emplace_back("customer_payback_months");
  return names;
}

}  // namespace growth::analysis
