#include "analysis/ledger.hpp"

#include <algorithm>

namespace growth::analysis {
namespace {

std::optional<NextTier> next_tier(const Programme& rule, const model::Metrics<double>& metrics,
                                  int month) {
  if (rule.reward.rule != RewardRule::step && rule.reward.rule != RewardRule::marginal) return {};
  const double x = std::max(0.0, metrics[rule.metric] - rule.baseline);
  for (const Tier& tier : rule.reward.tiers) {
    if (tier.from > x) {
      return NextTier{tier.from, tier.amount, rule.reward.rule == RewardRule::marginal, tier.from - x,
                      month};
    }
  }
  return {};
}

}  // namespace

LedgerKeeper::LedgerKeeper(const model::CompiledIncentives& incentives) : incentives_(incentives) {
  for (const model::CompiledProgramme& programme : incentives.programmes) {
    LedgerEntry entry;
    entry.id = programme.rule->id;
    entry.kind = programme.rule->reward.kind;
    entry.missing_tags = programme.missing_tags;
    entries_.push_back(std::move(entry));
  }
}

void LedgerKeeper::see(int t, const model::Simulation<double>& simulation) {
  const model::IncentiveBook<double>& book = simulation.incentives();
  for (std::size_t p = 0; p < entries_.size(); ++p) {
    const model::CompiledProgramme& programme = incentives_.programmes[p];
    LedgerEntry& entry = entries_[p];
    const auto& account = book.accounts()[p];
    entry.earned = account.earned.total();
    entry.paid = account.paid.total();
    entry.capped = account.capped.total();
    entry.pending = account.pending.total();
    if (!book.in_season(programme, t)) continue;
    entry.unmet.clear();
    if (book.active(programme, simulation.metrics())) {
      ++entry.active_months;
      entry.next_tier = next_tier(*programme.rule, simulation.metrics(), t + 1);
      continue;
    }
    for (const Requirement& requirement : programme.rule->requirements) {
      if (!model::holds(requirement, simulation.metrics())) {
        entry.unmet.push_back({requirement, simulation.metrics()[requirement.metric], t + 1});
      }
    }
  }
}

std::vector<LedgerEntry> LedgerKeeper::finish(const Scenario<double>& scenario,
                                              const Incentives& incentives, double profit) {
  for (std::size_t p = 0; p < entries_.size(); ++p) {
    LedgerEntry& entry = entries_[p];
    // A programme that was never active changes nothing; the plan need not be run again for it.
    if (entry.active_months > 0) {
      const auto without = model::compile(incentives, scenario.business.tags, static_cast<int>(p));
      entry.value = profit - model::run(scenario, without).profit;
    }
  }
  return std::move(entries_);
}

}  // namespace growth::analysis
