#include "analysis/decide.hpp"

#include <algorithm>

#include "growth/validate.hpp"

namespace growth {

std::string_view decision_name(Decision decision) {
  switch (decision) {
    case Decision::next_tier: return "next_tier";
    case Decision::voucher: return "voucher";
    case Decision::private_users: return "private_users";
    case Decision::private_scenes: return "private_scenes";
    case Decision::highest_price: return "highest_price";
    case Decision::next_thousand: return "next_thousand";
    case Decision::room: return "room";
    case Decision::first_order_loss: return "first_order_loss";
    case Decision::cash: return "cash";
    case Decision::go_or_stop: return "go_or_stop";
  }
  return "";
}

namespace analysis {

Question::Question(const Scenario<double>& scenario, const PolicyPack* pack)
    : scenario_(scenario),
      pack_(pack),
      incentives_(model::incentives_of(scenario, pack)),
      compiled_(model::compile(incentives_, scenario.business.tags)),
      plan_(growth::plan(scenario, pack)) {}

Question::Input Question::input(std::string_view path) const {
  Scenario<double> copy = scenario_;
  const NumberAt<double> found = find_number(copy, path);
  return {*found.field, *found.value};
}

std::vector<std::string> Question::inputs(Role role) const {
  std::vector<std::string> paths;
  Scenario<double> copy = scenario_;
  visit_numbers(copy, [&](const Field& field, std::string_view path, double) {
    if (field.role == role) paths.emplace_back(path);
  });
  return paths;
}

Scenario<double> Question::with(std::string_view path, double value) const {
  Scenario<double> changed = scenario_;
  *find_number(changed, path).value = value;
  return changed;
}

std::optional<Scenario<double>> Question::moved(std::string_view path, double value) const {
  Scenario<double> changed = with(path, value);
  if (!validate(changed).empty()) return {};
  return changed;
}

Summary<double> Question::totals(std::string_view path, double value) const {
  return model::run(with(path, value), compiled_);
}

SeekResult Question::seek(std::string_view path, std::string_view metric, double target) const {
  const Range range = input(path).field.range;
  const SeekRequest request{std::string(path), std::string(metric), target, range.low, range.high};
  // Nothing stops it, and path and metric are of the engine's own.
  return *growth::seek(scenario_, pack_, request, {}, {});
}

std::vector<double> evenly(double first, double last, int count) {
  std::vector<double> positions;
  for (int i = 0; i < count; ++i) {
    positions.push_back(i + 1 < count ? first + (last - first) * i / (count - 1) : last);
  }
  return positions;
}

std::vector<double> evenly_with(double low, double high, int count,
                                std::initializer_list<std::optional<double>> places) {
  std::vector<double> positions = evenly(low, high, count);
  for (const std::optional<double>& place : places) {
    if (place && *place > low && *place < high) positions.push_back(*place);
  }
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  return positions;
}

}  // namespace analysis

std::optional<Decisions> decide(const Scenario<double>& scenario, const PolicyPack* pack,
                                const DecideRequest& request, const Execution& execution) {
  const analysis::Question question(scenario, pack);
  Decisions decisions;
  for (int i = 0; i < k_decision_count; ++i) {
    const auto decision = static_cast<Decision>(i);
    if (request.decision && *request.decision != decision) continue;
    switch (decision) {
      case Decision::next_tier: decisions.next_tier = analysis::next_tier(question); break;
      case Decision::voucher: decisions.voucher = analysis::voucher(question); break;
      case Decision::private_users:
        decisions.private_users = analysis::private_users(question, request.goal_gmv_monthly);
        break;
      case Decision::private_scenes:
        decisions.private_scenes = analysis::private_scenes(question);
        break;
      case Decision::highest_price: decisions.highest_price = analysis::highest_price(question); break;
      case Decision::next_thousand: decisions.next_thousand = analysis::next_thousand(question); break;
      case Decision::room: decisions.room = analysis::room(question); break;
      case Decision::first_order_loss:
        decisions.first_order_loss = analysis::first_order_loss(question);
        break;
      case Decision::cash: decisions.cash = analysis::cash(question); break;
      case Decision::go_or_stop: decisions.go_or_stop = analysis::go_or_stop(question); break;
    }
    const double share = static_cast<double>(i + 1) / k_decision_count;
    if (execution.progress && !execution.progress(share)) return {};
  }
  return decisions;
}

}  // namespace growth
