// The numbers a goal can be set for: everything in a plan's summary and in its unit economics.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "growth/quantities.hpp"
#include "growth/scenario.hpp"
#include "model/incentives.hpp"

namespace growth::analysis {

/// One such number, by its name in the answer of `plan`.
class GoalMetric {
 public:
  /// `name` may carry the prefix "summary." or "unit_economics."; nothing where there is none of it.
  [[nodiscard]] static std::optional<GoalMetric> find(std::string_view name,
                                                      const Scenario<double>& scenario);

  /// A name without its prefix.
  [[nodiscard]] static std::string_view bare_name(std::string_view name);

  /// Whether the name is of a metric that each channel has: which ones there are depends on the
  /// scenario.
  [[nodiscard]] static bool is_of_channel(std::string_view name);

  /// Its value in a scenario; nothing where it does not exist. "Never" is the month after the last that
  /// is looked at (see `latest`), so that an earlier month can be told from none.
  [[nodiscard]] std::optional<double> measure(const Scenario<double>& scenario,
                                              const model::CompiledIncentives& incentives) const;

  /// Values above this mean "never": months to payback beyond the plan; infinite for other metrics.
  [[nodiscard]] double latest(const Scenario<double>& scenario) const;

 private:
  enum class Kind { summary, units, channel_limit, break_even_roi, customer_payback };

  Kind kind_{};
  const SummaryEntry* summary_{};
  const QuantityEntry<UnitEconomics<double>>* units_{};
  std::size_t channel_{};
};

/// Every name that `find` knows in this scenario, without prefixes, in the order of the answer.
[[nodiscard]] std::vector<std::string> goal_metric_names(const Scenario<double>& scenario);

}  // namespace growth::analysis
