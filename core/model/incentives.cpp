#include "model/incentives.hpp"

#include <algorithm>
#include <limits>

namespace growth::model {

const Incentives& incentives_of(const Scenario<double>& scenario, const PolicyPack* pack) {
  static const Incentives none;
  if (scenario.incentives.own) return *scenario.incentives.own;
  return pack != nullptr ? pack->incentives : none;
}

CompiledIncentives compile(const Incentives& incentives, const std::vector<std::string>& tags,
                           int without) {
  CompiledIncentives compiled;
  compiled.stages = incentives.stages;
  std::vector<std::string> groups;
  for (std::size_t p = 0; p < incentives.programmes.size(); ++p) {
    const Programme& rule = incentives.programmes[p];
    CompiledProgramme programme;
    programme.rule = &rule;
    for (const std::string& id : rule.stages) {
      const auto found = std::find_if(incentives.stages.begin(), incentives.stages.end(),
                                      [&](const Stage& stage) { return stage.id == id; });
      programme.stages.push_back(static_cast<int>(found - incentives.stages.begin()));
    }
    for (const std::string& tag : rule.tags) {
      if (std::find(tags.begin(), tags.end(), tag) == tags.end()) {
        programme.missing_tags.push_back(tag);
      }
    }
    programme.first_month = rule.first_month.value_or(1) - 1;
    programme.last_month = rule.last_month.value_or(std::numeric_limits<int>::max()) - 1;
    if (static_cast<int>(p) == without) programme.last_month = -1;
    if (!rule.exclusive_group.empty()) {
      const auto found = std::find(groups.begin(), groups.end(), rule.exclusive_group);
      programme.group = static_cast<int>(found - groups.begin());
      if (found == groups.end()) groups.push_back(rule.exclusive_group);
    }
    programme.immediate = rule.delay_months == 0 && (rule.reward.kind == RewardKind::public_viewers ||
                                                     rule.reward.kind == RewardKind::voucher_yuan);
    compiled.programmes.push_back(std::move(programme));
  }
  compiled.group_count = static_cast<int>(groups.size());
  return compiled;
}

}  // namespace growth::model
