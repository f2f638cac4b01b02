// Stages and programmes (section 3 of the model): which are active, what they pay, what caps leave,
// when it arrives. Rules are data; this is the only place that reads them.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <vector>

#include "growth/policy.hpp"
#include "growth/scenario.hpp"
#include "number/number.hpp"

namespace growth::model {

/// The month's metrics, indexed by Metric.
template <class Number>
struct Metrics {
  std::array<Number, k_metric_count> values{};

  [[nodiscard]] const Number& operator[](Metric metric) const {
    return values[static_cast<std::size_t>(metric)];
  }
  [[nodiscard]] Number& operator[](Metric metric) { return values[static_cast<std::size_t>(metric)]; }
};

/// A programme with what does not depend on the month resolved.
struct CompiledProgramme {
  const Programme* rule{};
  std::vector<int> stages;                ///< indices; empty: every stage
  std::vector<std::string> missing_tags;  ///< not empty: never active
  int first_month{0};                     ///< 0-based, inclusive
  int last_month{0};                      ///< 0-based, inclusive
  int group{-1};                          ///< exclusive group, -1: none
  bool immediate{};  ///< traffic or vouchers due in the month itself, before the month's sales
};

struct CompiledIncentives {
  std::vector<Stage> stages;
  std::vector<CompiledProgramme> programmes;
  int group_count{0};
};

/// The programmes of a scenario: its own, else those of `pack` (null: none).
[[nodiscard]] const Incentives& incentives_of(const Scenario<double>& scenario, const PolicyPack* pack);

/// `incentives` must outlive the result. `without` leaves one programme out (its ledger stays 0).
[[nodiscard]] CompiledIncentives compile(const Incentives& incentives,
                                         const std::vector<std::string>& tags, int without = -1);

/// Value of a rule at `metric` before scale and caps, with `fee` the technical service fee rate of
/// the month. `Reward::amount` and the tiers are in the units the rule asks for.
template <class Number>
[[nodiscard]] Number reward_value(const Programme& programme, const Number& metric, const Number& fee) {
  const Reward& reward = programme.reward;
  const Number x = num::max(Number(0), metric - Number(programme.baseline));
  switch (reward.rule) {
    case RewardRule::rate: return reward.amount * x;
    case RewardRule::fixed: return Number(reward.amount);
    case RewardRule::fee_saving: return x * num::max(Number(0), fee - Number(reward.amount));
    case RewardRule::step: {
      Number value(0);
      for (const Tier& tier : reward.tiers) {
        value = num::select(x >= Number(tier.from), Number(tier.amount), value);
      }
      return value;
    }
    case RewardRule::marginal: {
      Number value(0);
      for (std::size_t j = 0; j < reward.tiers.size(); ++j) {
        const Tier& tier = reward.tiers[j];
        const Number above = num::max(Number(0), x - Number(tier.from));
        const Number part = j + 1 < reward.tiers.size()
                                ? num::min(above, Number(reward.tiers[j + 1].from - tier.from))
                                : above;
        value = value + tier.amount * part;
      }
      return value;
    }
  }
  return Number(0);
}

template <class Number>
[[nodiscard]] auto holds(const Requirement& requirement, const Metrics<Number>& metrics) {
  const Number& metric = metrics[requirement.metric];
  auto all = num::always(metric);
  if (requirement.at_least) all = num::both(all, metric >= Number(*requirement.at_least));
  if (requirement.at_most) all = num::both(all, metric <= Number(*requirement.at_most));
  if (requirement.below) all = num::both(all, metric < Number(*requirement.below));
  return all;
}

/// What each programme has earned and what is on its way.
template <class Number>
class IncentiveBook {
 public:
  IncentiveBook(const CompiledIncentives& incentives, int horizon, const Number& scale)
      : incentives_(incentives),
        horizon_(horizon),
        scale_(scale),
        accounts_(incentives.programmes.size()),
        due_(incentives.programmes.size() * static_cast<std::size_t>(horizon), Number(0)) {}

  /// The stage of a month as a position in the list, from the age of the account and GMV so far.
  void enter_month(const Number& months_open, const Number& cumulative_gmv) {
    if (incentives_.stages.empty()) return;
    Number stage(static_cast<double>(incentives_.stages.size() - 1));
    for (std::size_t i = incentives_.stages.size() - 1; i-- > 0;) {
      const Stage& candidate = incentives_.stages[i];
      auto inside = num::always(months_open);
      if (candidate.until_months_open) {
        inside = num::both(inside, months_open < Number(*candidate.until_months_open));
      }
      if (candidate.until_cumulative_gmv) {
        inside = num::both(inside, cumulative_gmv < Number(*candidate.until_cumulative_gmv));
      }
      stage = num::select(inside, Number(static_cast<double>(i)), stage);
    }
    stage_ = stage;
  }
  [[nodiscard]] const Number& stage() const { return stage_; }
  /// Nothing is granted in any month: the month's metrics are of no use here.
  [[nodiscard]] bool idle() const {
    return incentives_.programmes.empty() && incentives_.stages.empty();
  }

  /// The fee rate of month t: the shop's own, or the lowest an active programme grants.
  [[nodiscard]] Number fee_rate(int t, const Number& own_rate, const Metrics<Number>& metrics) const {
    Number fee = own_rate;
    for (const CompiledProgramme& programme : incentives_.programmes) {
      if (programme.rule->reward.kind != RewardKind::fee_rate || !in_season(programme, t)) continue;
      const Number granted = num::min(fee, Number(programme.rule->reward.amount));
      fee = num::select(active(programme, metrics), granted, fee);
    }
    return fee;
  }

  /// Rewards that month t earns: the immediate ones before its sales are known, the others after.
  void earn(int t, bool immediate, const Metrics<Number>& metrics, const Number& fee) {
    const std::size_t count = incentives_.programmes.size();
    if (count == 0) return;
    std::array<Number, k_most_programmes> value;
    std::array<Number, k_most_programmes> payable;
    std::array<Number, k_most_programmes> bid;  // payable, or below 0 where it is not active
    const auto takes_part = [&](std::size_t p) {
      const CompiledProgramme& programme = incentives_.programmes[p];
      return programme.immediate == immediate && in_season(programme, t) &&
             programme.rule->reward.kind != RewardKind::fee_rate;
    };
    for (std::size_t p = 0; p < count; ++p) {
      if (!takes_part(p)) continue;
      const CompiledProgramme& programme = incentives_.programmes[p];
      const Programme& rule = *programme.rule;
      const Number full = reward_value(rule, metrics[rule.metric], fee) * scale_;
      const auto is_active = active(programme, metrics);
      value[p] = num::select(is_active, full, Number(0));
      payable[p] = value[p];
      if (rule.cap_per_month) payable[p] = num::min(payable[p], Number(*rule.cap_per_month));
      if (rule.cap_total) {
        const Number left = num::max(Number(0), Number(*rule.cap_total) - accounts_[p].granted);
        payable[p] = num::min(payable[p], left);
      }
      bid[p] = num::select(is_active, payable[p], Number(-1));
    }
    // In one exclusive group only the largest payable amount counts, the first listed on a tie.
    for (int group = 0; group < incentives_.group_count; ++group) {
      Number best(-1);
      for (std::size_t p = 0; p < count; ++p) {
        if (incentives_.programmes[p].group == group && takes_part(p)) {
          best = num::max(best, bid[p]);
        }
      }
      auto taken = num::inverse(num::always(best));
      for (std::size_t p = 0; p < count; ++p) {
        if (incentives_.programmes[p].group != group || !takes_part(p)) continue;
        const auto wins = num::both(bid[p] == best, num::inverse(taken));
        taken = num::either(taken, wins);
        value[p] = num::select(wins, value[p], Number(0));
        payable[p] = num::select(wins, payable[p], Number(0));
      }
    }
    for (std::size_t p = 0; p < count; ++p) {
      if (!takes_part(p)) continue;
      Account& account = accounts_[p];
      account.earned.add(value[p]);
      account.capped.add(value[p] - payable[p]);
      account.granted = account.granted + payable[p];
      const int arrival = t + incentives_.programmes[p].rule->delay_months;
      if (arrival < horizon_) {
        Number& due = due_[index(p, arrival)];
        due = due + payable[p];
        account.paid.add(payable[p]);
      } else {
        account.pending.add(payable[p]);
      }
    }
  }

  /// What of one kind arrives in month t.
  [[nodiscard]] Number arriving(RewardKind kind, int t) const {
    Number total(0);
    for (std::size_t p = 0; p < incentives_.programmes.size(); ++p) {
      if (incentives_.programmes[p].rule->reward.kind == kind) total = total + due_[index(p, t)];
    }
    return total;
  }

  /// Calls take(amount, valid_months) for each voucher lot that arrives in month t.
  template <class Take>
  void arriving_vouchers(int t, Take&& take) const {
    for (std::size_t p = 0; p < incentives_.programmes.size(); ++p) {
      const Programme& rule = *incentives_.programmes[p].rule;
      if (rule.reward.kind == RewardKind::voucher_yuan) take(due_[index(p, t)], rule.valid_months);
    }
  }

  struct Account {
    num::CompensatedSum<Number> earned;
    num::CompensatedSum<Number> paid;
    num::CompensatedSum<Number> capped;
    num::CompensatedSum<Number> pending;
    Number granted{0};  ///< paid and pending so far, against the total cap
  };
  [[nodiscard]] const std::vector<Account>& accounts() const { return accounts_; }

  /// Stage and requirements hold.
  [[nodiscard]] auto active(const CompiledProgramme& programme, const Metrics<Number>& metrics) const {
    auto all = num::always(scale_);
    if (!programme.stages.empty()) {
      auto listed = num::inverse(all);
      for (const int stage : programme.stages) {
        listed = num::either(listed, stage_ == Number(static_cast<double>(stage)));
      }
      all = listed;
    }
    for (const Requirement& requirement : programme.rule->requirements) {
      all = num::both(all, holds(requirement, metrics));
    }
    return all;
  }

  [[nodiscard]] static bool in_season(const CompiledProgramme& programme, int t) {
    return programme.missing_tags.empty() && t >= programme.first_month && t <= programme.last_month;
  }

 private:
  [[nodiscard]] std::size_t index(std::size_t programme, int t) const {
    return programme * static_cast<std::size_t>(horizon_) + static_cast<std::size_t>(t);
  }

  const CompiledIncentives& incentives_;
  int horizon_;
  Number scale_;
  Number stage_{0};
  std::vector<Account> accounts_;
  std::vector<Number> due_;
};

}  // namespace growth::model
