// What the ten questions share: the plan as it is, and the same plan with something changed.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "growth/decide.hpp"
#include "growth/fields.hpp"
#include "growth/seek.hpp"
#include "model/run.hpp"

namespace growth::analysis {

/// The scenario that is asked about. It keeps what it is made from, which must outlive it.
class Question {
 public:
  Question(const Scenario<double>& scenario, const PolicyPack* pack);

  [[nodiscard]] const Scenario<double>& scenario() const { return scenario_; }
  [[nodiscard]] const PolicyPack* pack() const { return pack_; }
  [[nodiscard]] const Incentives& incentives() const { return incentives_; }
  [[nodiscard]] const model::CompiledIncentives& compiled() const { return compiled_; }
  [[nodiscard]] const Plan& plan() const { return plan_; }
  [[nodiscard]] double months() const { return scenario_.horizon_months; }

  /// The field of a numeric input and its value in the scenario.
  struct Input {
    Field field;
    double value{};
  };
  [[nodiscard]] Input input(std::string_view path) const;
  /// Every numeric input of a role, in the order of the catalogue.
  [[nodiscard]] std::vector<std::string> inputs(Role role) const;

  /// The scenario with one input at `value`.
  [[nodiscard]] Scenario<double> with(std::string_view path, double value) const;
  /// The same; nothing where it may then not be planned.
  [[nodiscard]] std::optional<Scenario<double>> moved(std::string_view path, double value) const;
  /// The totals of the plan with one input at a value at which it may be planned.
  [[nodiscard]] Summary<double> totals(std::string_view path, double value) const;

  /// Where a total or a unit economics metric reaches a target over an input's whole range; the
  /// crossing nearest to now, else the closest approach with `found` false.
  [[nodiscard]] SeekResult seek(std::string_view path, std::string_view metric, double target) const;

 private:
  const Scenario<double>& scenario_;
  const PolicyPack* pack_;
  const Incentives& incentives_;
  model::CompiledIncentives compiled_;
  Plan plan_;
};

/// `count` (at least 2) positions at equal distances, the first and the last exactly.
[[nodiscard]] std::vector<double> evenly(double first, double last, int count);
/// The same rising, with `places` that lie between them.
[[nodiscard]] std::vector<double> evenly_with(double low, double high, int count,
                                              std::initializer_list<std::optional<double>> places);

[[nodiscard]] NextTierAnswer next_tier(const Question& question);
[[nodiscard]] VoucherAnswer voucher(const Question& question);
[[nodiscard]] PrivateUsersAnswer private_users(const Question& question,
                                               std::optional<double> goal_gmv_monthly);
[[nodiscard]] PrivateScenesAnswer private_scenes(const Question& question);
[[nodiscard]] HighestPriceAnswer highest_price(const Question& question);
/// What ¥1,000 more a month brings by each use and by keeping it, the best first.
[[nodiscard]] std::vector<MoneyUse> money_uses(const Question& question);
[[nodiscard]] NextThousandAnswer next_thousand(const Question& question);
[[nodiscard]] RoomAnswer room(const Question& question);
[[nodiscard]] FirstOrderLossAnswer first_order_loss(const Question& question);
[[nodiscard]] CashAnswer cash(const Question& question);
[[nodiscard]] GoOrStopAnswer go_or_stop(const Question& question);

}  // namespace growth::analysis
