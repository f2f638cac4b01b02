// The words in which metrics, rewards, units and roles stand in JSON, and those a merchant reads.
#include <array>

#include "growth/fields.hpp"
#include "growth/policy.hpp"

namespace growth {
namespace {

struct Word {
  std::string_view name;
  Text label;
};

constexpr std::array<Word, k_metric_count> k_metrics{{
    {"months_open", {"开播月数", "months open"}},
    {"shop_score", {"店铺评分", "shop score"}},
    {"return_rate", {"退货率", "return rate"}},
    {"private_users", {"私域用户", "private users"}},
    {"private_viewers", {"私域观众", "private viewers"}},
    {"referral_viewers", {"转发观众", "referral viewers"}},
    {"sessions", {"场次", "sessions"}},
    {"live_hours", {"开播时长", "hours live"}},
    {"media_spend", {"投放", "media spend"}},
    {"cumulative_gmv", {"累计成交额", "cumulative GMV"}},
    {"viewers", {"观众", "viewers"}},
    {"natural_viewers", {"自然公域观众", "natural viewers"}},
    {"orders", {"订单", "orders"}},
    {"gmv", {"成交额", "GMV"}},
    {"settled_gmv", {"结算额", "settled GMV"}},
    {"session_gmv", {"单场成交额", "GMV per session"}},
    {"new_customers", {"新客", "new customers"}},
    {"gmv_growth", {"比上月多卖", "GMV growth over last month"}},
    {"private_settled", {"私域来源结算额", "private-origin settled sales"}},
    {"private_scene_settled", {"激励场景结算额", "settled sales through qualifying scenes"}},
    {"gpm", {"GPM", "GPM"}},
}};

constexpr std::array<std::string_view, k_reward_kind_count> k_kinds{"public_viewers", "voucher_yuan",
                                                                    "cash_yuan", "fee_rate"};
constexpr std::array<std::string_view, k_reward_rule_count> k_rules{"rate", "step", "marginal",
                                                                    "fee_saving", "fixed"};

constexpr std::array<Word, 29> k_units{{
    {"none", {"", ""}},
    {"text", {"", ""}},
    {"month_of_year", {"月", "month of year"}},
    {"months", {"个月", "months"}},
    {"days", {"天", "days"}},
    {"hours", {"小时", "h"}},
    {"minutes", {"分钟", "min"}},
    {"sessions_per_month", {"场/月", "sessions/month"}},
    {"score", {"分", "points"}},
    {"rate", {"%", "%"}},
    {"rate_per_month", {"%/月", "%/month"}},
    {"factor", {"", ""}},
    {"users", {"人", "people"}},
    {"users_per_month", {"人/月", "people/month"}},
    {"viewers", {"人次", "viewers"}},
    {"viewers_per_session", {"人次/场", "viewers/session"}},
    {"viewers_per_month", {"人次/月", "viewers/month"}},
    {"orders", {"单", "orders"}},
    {"orders_per_customer", {"单/人", "orders/customer"}},
    {"yuan", {"元", "¥"}},
    {"yuan_per_month", {"元/月", "¥/month"}},
    {"yuan_per_viewer", {"元/观众", "¥/viewer"}},
    {"yuan_per_order", {"元/单", "¥/order"}},
    {"yuan_per_session", {"元/场", "¥/session"}},
    {"yuan_per_hour", {"元/小时", "¥/h"}},
    {"yuan_per_user", {"元/人", "¥/person"}},
    {"yuan_per_user_month", {"元/人/月", "¥/person/month"}},
    {"yuan_per_thousand_viewers", {"元/千观众", "¥/1,000 viewers"}},
    {"yuan_per_face_yuan", {"元/元券", "¥/face ¥"}},
}};

}  // namespace

std::string_view metric_name(Metric metric) { return k_metrics[static_cast<std::size_t>(metric)].name; }
Text metric_label(Metric metric) { return k_metrics[static_cast<std::size_t>(metric)].label; }
std::string_view reward_kind_name(RewardKind kind) { return k_kinds[static_cast<std::size_t>(kind)]; }
std::string_view reward_rule_name(RewardRule rule) { return k_rules[static_cast<std::size_t>(rule)]; }
std::string_view unit_name(Unit unit) { return k_units[static_cast<std::size_t>(unit)].name; }
Text unit_label(Unit unit) { return k_units[static_cast<std::size_t>(unit)].label; }

std::string_view role_name(Role role) {
  switch (role) {
    case Role::decision: return "decision";
    case Role::state: return "state";
    case Role::belief: return "belief";
  }
  return "";
}

std::string_view basis_name(Basis basis) {
  switch (basis) {
    case Basis::published: return "published";
    case Basis::informed: return "informed";
    case Basis::assumed: return "assumed";
  }
  return "";
}

}  // namespace growth
