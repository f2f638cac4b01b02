#include <algorithm>
#include <limits>

#include "json/known_names.hpp"
#include "json/problems.hpp"
#include "json/read_scenario.hpp"
#include "json/reading.hpp"

namespace growth::json {
namespace {

constexpr Range k_amount{0, 1e12};
constexpr Range k_month{1, 1e12};
constexpr Range k_delay{0, 60};
constexpr Range k_validity{1, 60};

template <class Enum, class Name>
std::vector<std::string> every_name(int count, Name&& name) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) names.emplace_back(name(static_cast<Enum>(i)));
  return names;
}

const std::vector<std::string>& metric_names() {
  static const auto names = every_name<Metric>(k_metric_count, metric_name);
  return names;
}

class IncentiveReader {
 public:
  explicit IncentiveReader(Errors& errors) : errors_(errors) {}

  Incentives read(const Json* stages, const Json* programmes, const std::string& path) {
    Incentives incentives;
    if (stages != nullptr) {
      each(*stages, join_path(path, "stages"), [&](const Json& object, const std::string& at) {
        incentives.stages.push_back(read_stage(object, at));
      });
    }
    if (programmes != nullptr) {
      const std::string at = join_path(path, "programmes");
      if (programmes->is_array() && programmes->size() > k_most_programmes) {
        errors_.push_back(out_of_range(at, {"激励计划", "Programmes"},
                                       static_cast<double>(programmes->size()),
                                       {"最多 64 个", "at most 64 entries"}));
      } else {
        each(*programmes, at, [&](const Json& object, const std::string& below) {
          incentives.programmes.push_back(read_programme(object, below));
        });
      }
    }
    return incentives;
  }

 private:
  template <class Each>
  void each(const Json& list, const std::string& path, Each&& visit) {
    if (!is_list({&list, path}, errors_)) return;
    for (std::size_t i = 0; i < list.size(); ++i) visit(list[i], index_path(path, i));
  }

  bool is_object(const Json& value, const std::string& path) {
    return json::is_object({&value, path}, errors_);
  }

  void refuse_unknown(const Json& object, const std::string& path,
                      const std::vector<std::string>& names) {
    json::refuse_unknown(object, path, names, errors_);
  }

  std::optional<double> number(const Json& object, std::string_view name, const std::string& path) {
    return read_number(member_of(object, path, name), k_amount, errors_);
  }
  double required_number(const Json& object, std::string_view name, const std::string& path) {
    const Place place = member_of(object, path, name);
    is_there(place, range_text(k_amount, Unit::none), errors_);
    return read_number(place, k_amount, errors_).value_or(0);
  }
  std::optional<int> whole(const Json& object, std::string_view name, const std::string& path,
                           Range range) {
    const auto read = read_whole(member_of(object, path, name), range, errors_);
    if (!read) return {};
    // Months beyond any horizon are all alike.
    return static_cast<int>(std::min(*read, double{std::numeric_limits<int>::max()}));
  }

  /// Empty where there is none.
  std::string text(const Json& object, std::string_view name, const std::string& path) {
    const std::string* read = read_text(member_of(object, path, name), errors_);
    return read != nullptr ? *read : "";
  }
  std::string required_text(const Json& object, std::string_view name, const std::string& path) {
    is_there(member_of(object, path, name), {"文字", "text"}, errors_);
    return text(object, name, path);
  }
  std::string id(const Json& object, const std::string& path) {
    std::string read = required_text(object, "id", path);
    const Json* value = find(object, "id");
    if (value != nullptr && value->is_string() && read.empty()) {
      errors_.push_back(
          out_of_range(join_path(path, "id"), {}, read, {"非空文字", "text that is not empty"}));
    }
    return read;
  }
  std::vector<std::string> texts(const Json& object, std::string_view name, const std::string& path) {
    std::vector<std::string> read;
    if (const Json* list = find(object, name)) {
      each(*list, join_path(path, name), [&](const Json& value, const std::string& at) {
        if (const std::string* text = read_text({&value, at}, errors_)) read.push_back(*text);
      });
    }
    return read;
  }
  /// `{zh, en}`, for names and notes.
  Message message(const Json& object, std::string_view name, const std::string& path) {
    const Json* value = find(object, name);
    if (value == nullptr) return {};
    const std::string at = join_path(path, name);
    if (!is_object(*value, at)) return {};
    refuse_unknown(*value, at, {"zh", "en"});
    return {required_text(*value, "zh", at), required_text(*value, "en", at)};
  }
  /// Where a rule comes from: a text, or a list of published figures' ids.
  void check_source(const Json& object, const std::string& path) {
    const Json* value = find(object, "source");
    if (value != nullptr && value->is_array()) {
      static_cast<void>(texts(object, "source", path));
    } else {
      static_cast<void>(text(object, "source", path));
    }
  }

  template <class Enum>
  std::optional<Enum> word(const Json& object, std::string_view name, const std::string& path,
                           const std::vector<std::string>& words) {
    const Place place = member_of(object, path, name);
    is_there(place, one_of(words), errors_);
    const auto position = read_choice(place, words, errors_);
    if (!position) return {};
    return static_cast<Enum>(*position);
  }

  Stage read_stage(const Json& object, const std::string& path) {
    Stage stage;
    if (!is_object(object, path)) return stage;
    refuse_unknown(object, path, {"id", "name", "until"});
    stage.id = id(object, path);
    stage.name = message(object, "name", path);
    if (const Json* until = find(object, "until")) {
      const std::string at = join_path(path, "until");
      if (is_object(*until, at)) {
        refuse_unknown(*until, at, {"months_open", "cumulative_gmv"});
        stage.until_months_open = number(*until, "months_open", at);
        stage.until_cumulative_gmv = number(*until, "cumulative_gmv", at);
      }
    }
    return stage;
  }

  Requirement read_requirement(const Json& object, const std::string& path) {
    Requirement requirement;
    if (!is_object(object, path)) return requirement;
    refuse_unknown(object, path, {"metric", "at_least", "at_most", "below"});
    requirement.metric =
        word<Metric>(object, "metric", path, metric_names()).value_or(Metric::months_open);
    requirement.at_least = number(object, "at_least", path);
    requirement.at_most = number(object, "at_most", path);
    requirement.below = number(object, "below", path);
    if (find(object, "at_least") == nullptr && find(object, "at_most") == nullptr &&
        find(object, "below") == nullptr) {
      errors_.push_back(
          missing(join_path(path, "at_least"),
                  {"at_least、at_most、below 至少一个", "at least one of at_least, at_most, below"}));
    }
    return requirement;
  }

  std::vector<Tier> read_tiers(const Json& reward, const std::string& path, std::string_view amount) {
    std::vector<Tier> tiers;
    const std::string at = join_path(path, "tiers");
    const Json* list = find(reward, "tiers");
    if (!is_there({list, at}, {"档位列表", "a list of tiers"}, errors_)) return tiers;
    if (list->is_array() && list->empty()) {
      errors_.push_back(out_of_range(at, {}, 0.0, {"至少一档", "at least 1 entry"}));
    }
    each(*list, at, [&](const Json& object, const std::string& below) {
      if (!is_object(object, below)) return;
      refuse_unknown(object, below, {"from", std::string(amount)});
      Tier tier;
      tier.from = required_number(object, "from", below);
      tier.amount = required_number(object, amount, below);
      tiers.push_back(tier);
    });
    return tiers;
  }

  Reward read_reward(const Json& object, const std::string& path) {
    static const auto kinds = every_name<RewardKind>(k_reward_kind_count, reward_kind_name);
    static const auto rules = every_name<RewardRule>(k_reward_rule_count, reward_rule_name);
    Reward reward;
    if (!is_object(object, path)) return reward;
    reward.kind = word<RewardKind>(object, "kind", path, kinds).value_or(RewardKind::voucher_yuan);
    const auto rule = word<RewardRule>(object, "rule", path, rules);
    if (!rule) return reward;
    reward.rule = *rule;
    std::string_view amount;
    switch (reward.rule) {
      case RewardRule::rate: amount = "rate"; break;
      case RewardRule::fee_saving: amount = "down_to"; break;
      case RewardRule::fixed: amount = "value"; break;
      case RewardRule::step: reward.tiers = read_tiers(object, path, "value"); break;
      case RewardRule::marginal: reward.tiers = read_tiers(object, path, "rate"); break;
    }
    if (!amount.empty()) reward.amount = required_number(object, amount, path);
    refuse_unknown(object, path,
                   {"kind", "rule", amount.empty() ? std::string("tiers") : std::string(amount)});
    return reward;
  }

  Programme read_programme(const Json& object, const std::string& path) {
    Programme programme;
    if (!is_object(object, path)) return programme;
    refuse_unknown(object, path,
                   {"id", "name", "stages", "first_month", "last_month", "tags", "requires", "metric",
                    "baseline", "reward", "cap_per_month", "cap_total", "delay_months", "valid_months",
                    "exclusive_group", "source", "note", "assumed"});
    programme.id = id(object, path);
    programme.name = message(object, "name", path);
    programme.stages = texts(object, "stages", path);
    programme.first_month = whole(object, "first_month", path, k_month);
    programme.last_month = whole(object, "last_month", path, k_month);
    programme.tags = texts(object, "tags", path);
    if (const Json* list = find(object, "requires")) {
      each(*list, join_path(path, "requires"), [&](const Json& value, const std::string& at) {
        programme.requirements.push_back(read_requirement(value, at));
      });
    }
    programme.metric =
        word<Metric>(object, "metric", path, metric_names()).value_or(Metric::months_open);
    programme.baseline = number(object, "baseline", path).value_or(0);
    if (const Json* reward = find(object, "reward")) {
      programme.reward = read_reward(*reward, join_path(path, "reward"));
    } else {
      errors_.push_back(missing(join_path(path, "reward"), {"奖励规则", "a reward"}));
    }
    programme.cap_per_month = number(object, "cap_per_month", path);
    programme.cap_total = number(object, "cap_total", path);
    programme.delay_months = whole(object, "delay_months", path, k_delay).value_or(1);
    programme.valid_months = whole(object, "valid_months", path, k_validity).value_or(2);
    programme.exclusive_group = text(object, "exclusive_group", path);
    static_cast<void>(message(object, "note", path));
    static_cast<void>(texts(object, "assumed", path));
    check_source(object, path);
    return programme;
  }

  Errors& errors_;
};

class IncentiveChecker {
 public:
  IncentiveChecker(const Incentives& incentives, const std::string& path, Errors& errors)
      : incentives_(incentives), path_(path), errors_(errors) {}

  void run() {
    check_stages();
    for (std::size_t p = 0; p < incentives_.programmes.size(); ++p) {
      at_ = index_path(join_path(path_, "programmes"), p);
      check_programme(p);
    }
  }

 private:
  [[nodiscard]] bool silent_about(const std::string& path) const {
    return std::any_of(errors_.begin(), errors_.end(),
                       [&](const Error& error) { return error.path.rfind(path, 0) == 0; });
  }
  void contradict(const std::string& path, Given got, std::string zh, std::string en,
                  std::string allowed) {
    if (!silent_about(path)) {
      errors_.push_back(
          conflict(path, {std::move(zh), std::move(en)}, std::move(got), std::move(allowed)));
    }
  }

  void check_stages() {
    for (std::size_t i = 0; i < incentives_.stages.size(); ++i) {
      const Stage& stage = incentives_.stages[i];
      const std::string at = index_path(join_path(path_, "stages"), i);
      const bool last = i + 1 == incentives_.stages.size();
      if (!last && !stage.until_months_open && !stage.until_cumulative_gmv &&
          !silent_about(at + ".until")) {
        errors_.push_back(
            missing(at + ".until", {"months_open 或 cumulative_gmv，最后一个阶段才可以不填",
                                    "months_open or cumulative_gmv; only the last stage needs none"}));
      }
      for (std::size_t j = 0; j < i; ++j) {
        if (!stage.id.empty() && incentives_.stages[j].id == stage.id) {
          contradict(at + ".id", stage.id, "阶段 id “" + stage.id + "”重复了。",
                     "Stage id “" + stage.id + "” is used twice.", "unique ids");
          break;
        }
      }
    }
  }

  void check_programme(std::size_t p) {
    const Programme& programme = incentives_.programmes[p];
    for (std::size_t q = 0; q < p; ++q) {
      if (!programme.id.empty() && incentives_.programmes[q].id == programme.id) {
        contradict(at_ + ".id", programme.id, "计划 id “" + programme.id + "”重复了。",
                   "Programme id “" + programme.id + "” is used twice.", "unique ids");
        break;
      }
    }
    for (std::size_t i = 0; i < programme.stages.size(); ++i) {
      const std::string& id = programme.stages[i];
      std::vector<std::string> ids;
      for (const Stage& stage : incentives_.stages) ids.push_back(stage.id);
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
        errors_.push_back(
            out_of_range(index_path(at_ + ".stages", i), {}, given(Json(id)), one_of(ids)));
      }
    }
    if (programme.first_month && programme.last_month &&
        *programme.first_month > *programme.last_month) {
      contradict(at_ + ".first_month", static_cast<double>(*programme.first_month),
                 "开始的月份晚于结束的月份。", "The first month lies after the last.",
                 "at most last_month");
    }
    for (std::size_t i = 1; i < programme.reward.tiers.size(); ++i) {
      if (programme.reward.tiers[i].from <= programme.reward.tiers[i - 1].from) {
        contradict(index_path(at_ + ".reward.tiers", i) + ".from", programme.reward.tiers[i].from,
                   "档位门槛要一档比一档高。", "Tiers must rise strictly in “from”.",
                   "above the tier before");
      }
    }
    // A reward that could not be read has no kind to hold against its timing or its group.
    if (silent_about(at_ + ".reward")) return;
    check_timing(programme);
    check_group(p);
  }

  void check_timing(const Programme& programme) {
    const bool fee = programme.reward.kind == RewardKind::fee_rate;
    if (fee && programme.reward.rule != RewardRule::fixed) {
      contradict(at_ + ".reward.rule", std::string(reward_rule_name(programme.reward.rule)),
                 "费率类奖励只能用 fixed 规则。", "A fee_rate reward takes the rule fixed only.",
                 "fixed");
    }
    const bool at_once =
        programme.delay_months == 0 && (programme.reward.kind == RewardKind::public_viewers ||
                                        programme.reward.kind == RewardKind::voucher_yuan);
    if (!fee && !at_once) return;
    const auto refuse_late = [&](const std::string& path, Metric metric) {
      if (is_early(metric)) return;
      contradict(
          path, std::string(metric_name(metric)), "当月就生效的奖励只能看月初已知的指标。",
          "A reward that works in its own month can only look at metrics known before its sales.",
          fee ? "an early metric" : "an early metric, or delay_months of 1 or more");
    };
    refuse_late(at_ + ".metric", programme.metric);
    for (std::size_t i = 0; i < programme.requirements.size(); ++i) {
      refuse_late(index_path(at_ + ".requires", i) + ".metric", programme.requirements[i].metric);
    }
  }

  void check_group(std::size_t p) {
    const Programme& programme = incentives_.programmes[p];
    if (programme.exclusive_group.empty()) return;
    for (std::size_t q = 0; q < p; ++q) {
      const Programme& other = incentives_.programmes[q];
      if (other.exclusive_group != programme.exclusive_group) continue;
      if (other.reward.kind != programme.reward.kind || other.delay_months != programme.delay_months) {
        contradict(at_ + ".exclusive_group", programme.exclusive_group,
                   "同一互斥组里的计划，奖励种类和到账月数要一样。",
                   "Programmes of one exclusive group must share kind and delay.",
                   "same kind and delay_months");
      }
      return;
    }
  }

  const Incentives& incentives_;
  const std::string& path_;
  Errors& errors_;
  std::string at_;
};

}  // namespace

Incentives read_incentives(const Json* stages, const Json* programmes, const std::string& path,
                           Errors& errors) {
  Incentives incentives = IncentiveReader(errors).read(stages, programmes, path);
  check_incentives(incentives, path, errors);
  return incentives;
}

void check_incentives(const Incentives& incentives, const std::string& path, Errors& errors) {
  IncentiveChecker(incentives, path, errors).run();
}

}  // namespace growth::json
