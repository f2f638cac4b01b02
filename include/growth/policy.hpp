// Incentive programmes as data: what a platform pays, for what, to whom and when. The engine knows
// these shapes and no programme's name. A pack is a dated set of programmes with their sources.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "growth/result.hpp"

namespace growth {

/// What a programme measures in a month. Early metrics are known before the month's granted viewers
/// and vouchers are; late ones are known when its sales are.
enum class Metric {
  months_open,
  shop_score,
  return_rate,
  private_users,
  private_viewers,
  referral_viewers,
  sessions,
  live_hours,
  media_spend,
  cumulative_gmv,
  // late from here on
  viewers,
  natural_viewers,
  orders,
  gmv,
  settled_gmv,
  session_gmv,
  new_customers,
  gmv_growth,
  private_settled,
  private_scene_settled,
  gpm,
};
inline constexpr int k_metric_count = static_cast<int>(Metric::gpm) + 1;

[[nodiscard]] constexpr bool is_early(Metric metric) { return metric < Metric::viewers; }
[[nodiscard]] std::string_view metric_name(Metric metric);
[[nodiscard]] Text metric_label(Metric metric);

enum class RewardKind { public_viewers, voucher_yuan, cash_yuan, fee_rate };
inline constexpr int k_reward_kind_count = 4;
[[nodiscard]] std::string_view reward_kind_name(RewardKind kind);

enum class RewardRule { rate, step, marginal, fee_saving, fixed };
inline constexpr int k_reward_rule_count = 5;
[[nodiscard]] std::string_view reward_rule_name(RewardRule rule);

/// One rung of a step rule (`amount` is the value) or of a marginal rule (`amount` is the rate).
struct Tier {
  double from{};
  double amount{};
};

struct Reward {
  RewardKind kind{};
  RewardRule rule{};
  double amount{};          ///< rate, down_to or value, as the rule needs; unused by tiers
  std::vector<Tier> tiers;  ///< of step and marginal; strictly rising in `from`
};

/// Every bound that is present must hold.
struct Requirement {
  Metric metric{};
  std::optional<double> at_least;
  std::optional<double> at_most;
  std::optional<double> below;
};

struct Programme {
  std::string id;
  Message name;                     ///< empty inline
  std::vector<std::string> stages;  ///< empty: every stage
  std::optional<int> first_month;   ///< plan months, 1-based
  std::optional<int> last_month;
  std::vector<std::string> tags;  ///< all required of business.tags
  std::vector<Requirement> requirements;
  Metric metric{};
  double baseline{0};
  Reward reward;
  std::optional<double> cap_per_month;
  std::optional<double> cap_total;
  int delay_months{1};
  int valid_months{2};
  std::string exclusive_group;  ///< empty: none
};
inline constexpr std::size_t k_most_programmes = 64;

/// A stage lasts while every given bound is strictly above its metric; the last one never ends.
struct Stage {
  std::string id;
  Message name;
  std::optional<double> until_months_open;
  std::optional<double> until_cumulative_gmv;
};

/// Programmes and the stages they refer to.
struct Incentives {
  std::vector<Stage> stages;
  std::vector<Programme> programmes;
};

/// A shipped pack: incentives with their dates (ISO text).
struct PolicyPack {
  std::string id;
  Message name;
  std::string effective_from;
  std::string effective_to;
  bool expired{false};  ///< it ended before the date of the shipped data
  bool assumed{false};  ///< holds at least one number that nobody published
  Incentives incentives;
};

}  // namespace growth
