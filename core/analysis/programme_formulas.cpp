// What programmes earn and pay as formulas: the rules of a scenario read once more, into the language
// of recompute.hpp.
#include <cstddef>
#include <utility>

#include "analysis/recompute.hpp"
#include "analysis/wording.hpp"

namespace growth::analysis {
namespace {

/// What a programme measures, as a formula of the month.
std::string measure(Metric metric) {
  switch (metric) {
    case Metric::months_open: return "(business.months_open + month - 1)";
    case Metric::shop_score: return "business.shop_score";
    case Metric::return_rate: return "orders.return_rate";
    case Metric::private_users: return "private_users";
    case Metric::private_viewers: return "viewers_private";
    case Metric::referral_viewers: return "viewers_referral";
    case Metric::sessions: return "live.sessions_per_month";
    case Metric::live_hours: return "live.sessions_per_month*live.hours_per_session";
    case Metric::media_spend: return "media_spend";
    case Metric::cumulative_gmv: return "gmv_before";
    case Metric::viewers: return "viewers";
    case Metric::natural_viewers: return "viewers_natural";
    case Metric::orders: return "orders";
    case Metric::gmv: return "gmv";
    case Metric::settled_gmv: return "settled_gmv";
    case Metric::session_gmv: return "gmv/max(1, live.sessions_per_month)";
    case Metric::new_customers: return "new_customers";
    case Metric::gmv_growth: return "gmv_growth";
    case Metric::private_settled: return "private_origin_gmv*(1 - orders.return_rate)";
    case Metric::private_scene_settled:
      return "private_origin_gmv*(1 - orders.return_rate)*private.scene_share";
    case Metric::gpm: return "gpm";
  }
  return "";
}

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}
std::string sum_of(const std::vector<std::string>& parts) {
  return parts.empty() ? "0" : joined(parts, " + ");
}

/// The formulas of one programme; its quantities are programme.N.…, N from 1.
class ProgrammeFormulas {
 public:
  ProgrammeFormulas(const Incentives& incentives, const std::vector<std::string>& tags, std::size_t p,
                    std::vector<Stated>& all)
      : incentives_(incentives),
        rule_(incentives.programmes[p]),
        p_(p),
        all_(all),
        prefix_("programme." + std::to_string(p + 1) + "."),
        name_(called(rule_)) {
    for (const std::string& tag : rule_.tags) {
      bool has = false;
      for (const std::string& own : tags) has = has || own == tag;
      has_tags_ = has_tags_ && has;
    }
  }

  void state() {
    line("active", Unit::none, {"够条件（1 是）", "active (1: yes)"}, active());
    if (rule_.reward.kind == RewardKind::fee_rate) {
      parameter("amount", Unit::rate, {"费率", "fee rate"}, rule_.reward.amount);
      return;
    }
    line("earned", unit(), {"封顶前", "before caps"},
         "select(" + prefix_ + "active, (" + value() + ")*incentives.scale, 0)");
    std::string payable = prefix_ + "earned";
    if (rule_.cap_per_month) {
      payable =
          "min(" + payable + ", " +
          parameter("cap_per_month", unit(), {"每月封顶", "cap per month"}, *rule_.cap_per_month) + ")";
    }
    if (rule_.cap_total) {
      const std::string cap =
          parameter("cap_total", unit(), {"总封顶", "cap in all"}, *rule_.cap_total);
      line("granted_before", unit(), {"以前给过", "granted before"},
           "prev(" + prefix_ + "granted_before) + prev(" + prefix_ + "granted)", "0");
      payable = "min(" + payable + ", max(0, " + cap + " - " + prefix_ + "granted_before))";
    }
    const std::string wins = wins_its_group();
    if (wins.empty()) {
      line("granted", unit(), {"给多少", "granted"}, payable);
    } else {
      line("bid", unit(), {"同组比较，-1 不参加", "bid within its group, -1: none"},
           "select(" + prefix_ + "active, " + payable + ", -1)");
      line("granted", unit(), {"给多少", "granted"},
           "select(" + wins + ", max(0, " + prefix_ + "bid), 0)");
    }
    if (rule_.delay_months > 0) {
      line("arriving", unit(), {"到账", "arriving"},
           "ago(" + prefix_ + "granted, " + std::to_string(rule_.delay_months) + ")");
    }
  }

  /// The quantity that says what arrives in a month.
  [[nodiscard]] std::string arriving() const {
    return prefix_ + (rule_.delay_months > 0 ? "arriving" : "granted");
  }

 private:
  [[nodiscard]] Unit unit() const {
    return rule_.reward.kind == RewardKind::public_viewers ? Unit::viewers : Unit::yuan;
  }
  [[nodiscard]] Message named(const Message& part) const {
    return {name_.zh + " · " + part.zh, name_.en + " · " + part.en};
  }
  void line(const std::string& id, Unit unit, const Message& label, std::string formula,
            std::string first = {}) {
    analysis::state(all_, Sheet::programmes, prefix_ + id, unit, named(label), std::move(formula),
                    std::move(first));
  }
  /// States a number of the rules and returns its id.
  std::string parameter(const std::string& id, Unit unit, const Message& label, double value) {
    analysis::state(all_, Sheet::parameters, prefix_ + id, unit, named(label), {}).values = {value};
    return prefix_ + id;
  }

  std::string active() {
    std::vector<std::string> conditions{has_tags_ ? "1" : "0"};
    if (!rule_.stages.empty()) {
      std::vector<std::string> listed;
      for (std::size_t i = 0; i < incentives_.stages.size(); ++i) {
        for (const std::string& id : rule_.stages) {
          const std::string number = std::to_string(i + 1);
          if (incentives_.stages[i].id == id) {
            listed.push_back("(" + number + " <= stage)*(stage <= " + number + ")");
          }
        }
      }
      conditions.push_back("(" + sum_of(listed) + ")");
    }
    if (rule_.first_month) {
      conditions.push_back(
          "(" +
          parameter("first_month", Unit::none, {"从方案第几个月", "from month"}, *rule_.first_month) +
          " <= month)");
    }
    if (rule_.last_month) {
      conditions.push_back(
          "(month <= " +
          parameter("last_month", Unit::none, {"到方案第几个月", "to month"}, *rule_.last_month) + ")");
    }
    for (std::size_t i = 0; i < rule_.requirements.size(); ++i) {
      const Requirement& requirement = rule_.requirements[i];
      const std::string metric = measure(requirement.metric);
      const Text label = metric_label(requirement.metric);
      const std::string at = "requires." + std::to_string(i + 1) + ".";
      const auto bound = [&](const char* id, const char* zh, const char* en, double value) {
        return parameter(at + id, Unit::none, {std::string(label.zh) + zh, std::string(label.en) + en},
                         value);
      };
      if (requirement.at_least) {
        conditions.push_back("(" + bound("at_least", "至少", " at least", *requirement.at_least) +
                             " <= " + metric + ")");
      }
      if (requirement.at_most) {
        conditions.push_back("(" + metric +
                             " <= " + bound("at_most", "至多", " at most", *requirement.at_most) + ")");
      }
      if (requirement.below) {
        conditions.push_back("(" + metric + " < " +
                             bound("below", "低于", " below", *requirement.below) + ")");
      }
    }
    return joined(conditions, "*");
  }

  /// What the rule gives, before scale and caps.
  std::string value() {
    const Reward& reward = rule_.reward;
    const auto amount = [&](Unit unit, const Message& label) {
      return parameter("amount", unit, label, reward.amount);
    };
    if (reward.rule == RewardRule::fixed) return amount(unit(), {"固定给", "fixed amount"});
    std::string x = measure(rule_.metric);
    if (rule_.baseline != 0) {
      x += " - " + parameter("baseline", Unit::none, {"基数", "baseline"}, rule_.baseline);
    }
    x = "max(0, " + x + ")";
    if (reward.rule == RewardRule::rate) {
      return amount(Unit::none, {"每一份给", "amount for each"}) + "*" + x;
    }
    if (reward.rule == RewardRule::fee_saving) {
      return x + "*max(0, fee_rate - " + amount(Unit::rate, {"费率降到", "fee down to"}) + ")";
    }
    line("measured", Unit::none, {"超过基数的部分", "measured"}, x);
    x = prefix_ + "measured";
    std::vector<std::pair<std::string, std::string>> tiers;
    for (std::size_t j = 0; j < reward.tiers.size(); ++j) {
      const std::string number = std::to_string(j + 1);
      const Message from{"第 " + number + " 档从", "tier " + number + " from"};
      const Message gives{"第 " + number + " 档给", "tier " + number + " gives"};
      std::string start = parameter("from." + number, Unit::none, from, reward.tiers[j].from);
      tiers.emplace_back(std::move(start),
                         parameter("amount." + number, Unit::none, gives, reward.tiers[j].amount));
    }
    if (reward.rule == RewardRule::step) {
      std::string steps = "0";
      for (const auto& [from, gives] : tiers) {
        steps = "select(" + from + " <= " + x + ", " + gives + ", " + steps + ")";
      }
      return steps;
    }
    std::vector<std::string> rungs;
    for (std::size_t j = 0; j < tiers.size(); ++j) {
      const auto& [from, gives] = tiers[j];
      std::string above = "max(0, " + x + " - " + from + ")";
      if (j + 1 < tiers.size()) above = "min(" + above + ", " + tiers[j + 1].first + " - " + from + ")";
      rungs.push_back(gives + "*" + above);
    }
    return sum_of(rungs);
  }

  [[nodiscard]] bool immediate(const Programme& rule) const {
    return rule.delay_months == 0 && rule.reward.kind != RewardKind::cash_yuan;
  }
  /// Of those that compete the largest wins, the first listed on a tie; empty: nobody competes.
  [[nodiscard]] std::string wins_its_group() const {
    std::vector<std::string> beats;
    for (std::size_t q = 0; q < incentives_.programmes.size() && !rule_.exclusive_group.empty(); ++q) {
      const Programme& other = incentives_.programmes[q];
      if (q == p_ || other.exclusive_group != rule_.exclusive_group ||
          other.reward.kind == RewardKind::fee_rate || immediate(other) != immediate(rule_)) {
        continue;
      }
      beats.push_back("(programme." + std::to_string(q + 1) + ".bid " + (q < p_ ? "<" : "<=") + " " +
                      prefix_ + "bid)");
    }
    return joined(beats, "*");
  }

  const Incentives& incentives_;
  const Programme& rule_;
  std::size_t p_;
  std::vector<Stated>& all_;
  std::string prefix_;
  Message name_;
  bool has_tags_{true};
};

/// The stage of a month, from 1: the first whose bounds all lie above; the last has none.
std::string stage_of(const std::vector<Stage>& stages, std::vector<Stated>& all) {
  std::string formula = std::to_string(stages.size());
  for (std::size_t i = stages.size() - 1; i-- > 0;) {
    const Stage& stage = stages[i];
    const std::string prefix = "stage." + std::to_string(i + 1) + ".";
    const Message name = called(stage);
    std::vector<std::string> inside{"1"};
    const auto bound = [&](const std::string& id, Metric metric, const std::optional<double>& until) {
      if (!until) return;
      const Text label = metric_label(metric);
      const Message words{name.zh + " · " + std::string(label.zh) + "低于",
                          name.en + " · " + std::string(label.en) + " below"};
      state(all, Sheet::parameters, prefix + id, Unit::none, words, {}).values = {*until};
      inside.push_back("(" + measure(metric) + " < " + prefix + id + ")");
    };
    bound("until_months_open", Metric::months_open, stage.until_months_open);
    bound("until_cumulative_gmv", Metric::cumulative_gmv, stage.until_cumulative_gmv);
    formula = "select(" + joined(inside, "*") + ", " + std::to_string(i + 1) + ", " + formula + ")";
  }
  return formula;
}

struct Arrival {
  std::string id;
  int valid_months;
};

/// Vouchers by the months they will still be valid: what is used comes from those that end first, so
/// that of the first r months together there is left what the use goes beyond.
void state_vouchers(int horizon, const std::vector<Arrival>& vouchers, std::vector<Stated>& all) {
  for (int r = 0; r <= horizon; ++r) {
    std::vector<std::string> granted;
    for (const Arrival& voucher : vouchers) {
      if (voucher.valid_months <= r + 1 || r == horizon) granted.push_back(voucher.id);
    }
    const std::string months = std::to_string(r);
    const std::string older = "voucher_left." + std::to_string(r < horizon ? r + 1 : r);
    // Beyond the plan it does not matter how long they are valid.
    const std::string opening = r == horizon
                                    ? "vouchers.opening_balance"
                                    : "(vouchers.opening_valid_months <= " + std::to_string(r + 1) +
                                          ")*vouchers.opening_balance";
    const std::string sum = sum_of(granted);
    state(all, Sheet::programmes, "voucher_left." + months, Unit::yuan,
          {"还剩不超过 " + months + " 个月的券，用后",
           "Vouchers with up to " + months + " months left, after use"},
          "max(0, prev(" + older + ") - prev(voucher_left.0) + " + sum + " - voucher_used)",
          "max(0, " + opening + " + " + sum + " - voucher_used)");
  }
}

}  // namespace

void state_programmes(const Scenario<double>& scenario, const Incentives& incentives,
                      std::vector<Stated>& all) {
  using enum RewardKind;
  if (!incentives.stages.empty() || !incentives.programmes.empty()) {
    state(all, Sheet::programmes, "gmv_before", Unit::yuan,
          {"本月之前的成交额", "GMV before the month"}, "prev(gmv_before) + prev(gmv)", "0");
    state(all, Sheet::programmes, "gmv_growth", Unit::yuan,
          {"比上月多卖", "GMV growth over last month"}, "max(0, gmv - prev(gmv))", "0");
  }
  if (!incentives.stages.empty()) {
    std::string formula = stage_of(incentives.stages, all);
    state(all, Sheet::programmes, "stage", Unit::none, {"第几阶段", "Stage"}, std::move(formula));
  }
  std::string fee = "costs.platform_fee_rate";
  std::vector<std::string> viewers;
  std::vector<std::string> cash;
  std::vector<Arrival> vouchers;
  for (std::size_t p = 0; p < incentives.programmes.size(); ++p) {
    const Programme& rule = incentives.programmes[p];
    ProgrammeFormulas formulas(incentives, scenario.business.tags, p, all);
    formulas.state();
    const std::string prefix = "programme." + std::to_string(p + 1) + ".";
    switch (rule.reward.kind) {
      case public_viewers: viewers.push_back(formulas.arriving()); break;
      case cash_yuan: cash.push_back(formulas.arriving()); break;
      case voucher_yuan: vouchers.push_back({formulas.arriving(), rule.valid_months}); break;
      case fee_rate:
        fee = "min(" + fee + ", select(" + prefix + "active, " + prefix +
              "amount, costs.platform_fee_rate))";
        break;
    }
  }
  std::vector<std::string> granted;
  for (const Arrival& voucher : vouchers) granted.push_back(voucher.id);
  const std::string last = std::to_string(scenario.horizon_months);
  if (!vouchers.empty()) state_vouchers(scenario.horizon_months, vouchers, all);
  for (Stated& line : all) {
    if (line.sheet != Sheet::months && line.sheet != Sheet::terms) continue;
    if (line.id == "fee_rate") line.formula = fee;
    if (line.id == "granted_viewers") line.formula = sum_of(viewers);
    if (line.id == "incentive_cash") line.formula = sum_of(cash);
    if (line.id == "voucher_granted") {
      line.formula = sum_of(granted);
      line.first = "vouchers.opening_balance + " + line.formula;
    }
    if (line.id == "voucher_balance" && vouchers.empty()) {
      line.formula =
          "select(month < vouchers.opening_valid_months, prev(voucher_balance) + "
          "voucher_granted - voucher_used, 0)";
      line.first = "select(month < vouchers.opening_valid_months, voucher_granted - voucher_used, 0)";
    } else if (line.id == "voucher_balance") {
      line.formula = "voucher_left." + last + " - voucher_left.0";
    }
  }
}

}  // namespace growth::analysis
