#include "analysis/warnings.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "analysis/figures.hpp"
#include "analysis/wording.hpp"
#include "model/channels.hpp"
#include "model/customers.hpp"
#include "model/simulation.hpp"

namespace growth::analysis {
namespace {

/// A pool that ends below this share of where it began is called draining.
constexpr double k_draining_share = 0.98;
/// A GPM this many times away from the published one deserves a second look.
constexpr double k_gpm_distance = 2;
/// A ceiling that takes more than this share of the viewers decides the plan.
constexpr double k_ceiling_bites = 0.2;

class Collector {
 public:
  explicit Collector(const Plan& plan, const PolicyPack* pack) : plan_(plan), pack_(pack) {}

  std::vector<Warning> run() {
    about_the_pool();
    about_the_room();
    about_orders();
    about_channels();
    about_programmes();
    return std::move(warnings_);
  }

 private:
  using Pieces = std::initializer_list<std::string_view>;
  void add(std::string_view code, std::string_view path, Pieces zh, Pieces en) {
    warnings_.push_back({std::string(code), std::string(path), {joined(zh), joined(en)}});
  }

  void about_the_pool() {
    const PrivateDomain<double>& pool = plan_.scenario.private_domain;
    if (pool.users == 0 && pool.monthly_recruits == 0) {
      add("no_private_users", "private.users",
          {"没有私域用户：开播只能靠平台首波推流，也吃不到按私域发的激励。"},
          {"No private users: the room starts on the platform's first push alone, and incentives paid "
           "for private traffic stay out of reach."});
    }
    const double end = plan_.summary.private_users_end;
    if (pool.users > 0 && end < k_draining_share * pool.users) {
      add("pool_drains", "private.monthly_churn",
          {"私域在漏：从 ", count_text(pool.users), " 人掉到 ", count_text(end),
           " 人，加进来的补不上流失的。"},
          {"The pool drains: from ", count_text(pool.users), " to ", count_text(end),
           " people; joins do not make up for churn."});
    }
    if (plan_.months.front().attendance >= 1) {
      add("attendance_capped", "private.attend_rate",
          {"触达、进房和时长相乘已超过 100%，按全员到场算，请核对。"},
          {"Reach, attendance and session length multiply to more than 100%; everyone is counted as "
           "present. Please check them."});
    }
  }

  void about_the_room() {
    const Scenario<double>& scenario = plan_.scenario;
    if (scenario.live.sessions_per_month == 0) {
      add("no_sessions", "live.sessions_per_month", {"一场都不播：没有私域进房，也没有自然流量；投放仍按填的算，真不播请填 0。"},
          {"No sessions at all: nobody comes from the pool or the platform. Spend still counts as entered; "
           "set it to 0 if there is no room."});
      return;
    }
    const Month<double>& first = plan_.months.front();
    const auto take_off = std::find_if(plan_.months.begin(), plan_.months.end(),
                                       [](const auto& month) { return month.reproduction > 1; });
    if (take_off != plan_.months.end()) {
      const auto month = std::to_string(take_off - plan_.months.begin() + 1);
      add("room_takes_off", "quality.reproduction_ceiling",
          {"第 ", month,
           " 个月起再生数大于 1：推流会一波比一波大，直到公域上限。结果全看上限填得准不准。"},
          {"From month ", month,
           " the reproduction number is above 1: each wave is larger than the last until the public "
           "ceiling. The result hangs on that ceiling."});
    }
    const double before_ceiling = first.first_wave * first.wave_sum;
    if (before_ceiling - first.session_natural > k_ceiling_bites * before_ceiling) {
      add("public_ceiling_binds", "live.public_ceiling",
          {"单场公域上限压掉了 ", percent_text(1 - first.session_natural / before_ceiling),
           " 的自然流量，这个数要有依据。"},
          {"The public ceiling per session takes ",
           percent_text(1 - first.session_natural / before_ceiling),
           " of natural traffic; it needs a reason."});
    }
    const double gpm = plan_.diagnosis.gpm;
    if (gpm > 0 && (gpm > k_gpm_distance * k_published_gpm || gpm * k_gpm_distance < k_published_gpm)) {
      add("gpm_far", "conversion.public",
          {"直播间新客首单的 GPM 是 ", yuan_text(gpm), "，公布的平台水平约 ",
           yuan_text(k_published_gpm), "（2023 年，全部下单）。请核对转化率和客单价。"},
          {"The room's GPM of new customers is ", yuan_text(gpm), " against about ",
           yuan_text(k_published_gpm),
           " published for the platform (2023, all orders). Check conversion and order value."});
    }
    if (std::any_of(plan_.months.begin(), plan_.months.end(), [](const auto& month) {
          return month.conversion_private >= 1 || month.conversion_natural >= 1 ||
                 month.conversion_referral >= 1;
        })) {
      add("conversion_capped", "conversion", {"旺季或降价把转化率推到了 100%，已按 100% 算。"},
          {"Season or price cut push a conversion rate to 100%; it is held there."});
    }
  }

  void about_orders() {
    const Scenario<double>& scenario = plan_.scenario;
    const double returns = scenario.orders.return_rate;
    if (returns > k_excluded_refund_rate) {
      add("return_rate_excluded", "orders.return_rate",
          {"退货率 ", percent_text(returns),
           " 超过 40%：2023 年 618 对退款率高于 40% 的场次不给激励。"},
          {"A return rate of ", percent_text(returns),
           " is above 40%: 618 in 2023 excluded sessions with a refund rate above that."});
    }
    const double first_order = plan_.unit_economics.first_order_margin;
    if (first_order < 0) {
      const bool pays_later = plan_.unit_economics.max_cac > 0;
      add("first_order_loses", "costs.gross_margin",
          {"首单每单亏 ", yuan_text(-first_order),
           (pays_later ? "，要靠复购赚回来。" : "，加上复购也赚不回来。")},
          {"Each first order loses ", yuan_text(-first_order),
           (pays_later ? "; repeat orders have to earn it back."
                       : ", and repeat orders do not earn it back.")});
    }
    const Repurchase<double>& repurchase = scenario.repurchase;
    const model::RepeatCurve<double> curve(repurchase.curve_private, repurchase.private_rate,
                                           repurchase);
    const double first_age = curve.is_given() ? curve.given_at(1) : curve.at_first();
    if (first_age > 1) {
      add("repeat_above_one", "repurchase.orders_per_repeater",
          {"首购后第一个月人均复购 ", count_text(first_age), " 单，超过每人一单，请核对。"},
          {"Customers place ", count_text(first_age),
           " repeat orders each in the first month; more than one needs a second look."});
    }
  }

  void about_channels() {
    for (std::size_t i = 0; i < plan_.scenario.channels.size(); ++i) {
      const Channel<double>& channel = plan_.scenario.channels[i];
      if (channel.monthly_spend <= 0) continue;
      const ChannelResult& result = plan_.attribution.channels[i];
      const double worth = plan_.unit_economics.max_cost_per_viewer_channels[i];
      const double paid = channel.monthly_spend * plan_.scenario.horizon_months / result.viewers;
      if (paid > worth) {
        const std::string path = "channels[" + std::to_string(i) + "].monthly_spend";
        add("spend_above_worth", path,
            {channel.id, " 平均 ", yuan_text(paid), " 买一个观众，连复购一起算一个只值 ",
             yuan_text(worth), "。"},
            {channel.id, " pays ", yuan_text(paid),
             " per viewer on average; with repeat orders counted one is worth ", yuan_text(worth),
             "."});
      }
    }
  }

  /// The name of a programme by its place in the ledger, which has one entry for each.
  [[nodiscard]] Message name_at(std::size_t p) const {
    const Incentives& incentives =
        pack_ != nullptr ? pack_->incentives : *plan_.scenario.incentives.own;
    return called(incentives.programmes[p]);
  }

  void about_programmes() {
    if (pack_ != nullptr && pack_->expired) {
      add("policy_expired", "incentives.pack",
          {"“", pack_->name.zh, "”已在 ", pack_->effective_to, " 结束，这里只是试算，不代表现在还有。"},
          {"“", pack_->name.en, "” ended on ", pack_->effective_to,
           "; this is a trial calculation, not a promise that it still runs."});
    }
    if (pack_ != nullptr && pack_->assumed) {
      add("policy_assumed", "incentives.pack",
          {"“", pack_->name.zh, "”有些数平台没公布，用的是假设值，政策详情里逐条标明。"},
          {"Some numbers of “", pack_->name.en,
           "” were never published; they are assumptions and marked as such in its details."});
    }
    double expired = 0;
    std::size_t first_expiry = 0;
    for (std::size_t t = 0; t < plan_.months.size(); ++t) {
      if (plan_.months[t].voucher_expired > 0.005 && expired == 0) first_expiry = t + 1;
      expired += plan_.months[t].voucher_expired;
    }
    if (first_expiry > 0) {
      add("voucher_expires", "vouchers.use_rate",
          {"有 ", yuan_text(expired), " 流量券没用就过期，从第 ", std::to_string(first_expiry),
           " 个月开始。"},
          {yuan_text(expired), " of vouchers expire unused, from month ", std::to_string(first_expiry),
           " on."});
    }
    double pending = 0;
    for (std::size_t p = 0; p < plan_.ledger.size(); ++p) {
      const LedgerEntry& entry = plan_.ledger[p];
      if (entry.kind == RewardKind::cash_yuan || entry.kind == RewardKind::voucher_yuan) {
        pending += entry.pending;
      }
      if (!entry.missing_tags.empty()) {
        const Message name = name_at(p);
        add("programme_needs_tag", "business.tags",
            {"“", name.zh, "”只给特定身份的商家，缺哪个身份写在它的明细里。"},
            {"“", name.en, "” is for merchants of a kind; its entry says which."});
      } else if (entry.active_months == 0) {
        const Message name = name_at(p);
        add("programme_never_active", "incentives",
            {"“", name.zh, "”一个月都没达标，差在哪写在它的明细里。"},
            {"“", name.en, "” is never reached in this plan; its entry says what is missing."});
      }
    }
    if (pending > 0.005) {
      add("reward_pending", "horizon_months",
          {"还有 ", yuan_text(pending), " 奖励在测算期之后才到账，没算进结果。"},
          {yuan_text(pending), " of rewards arrive after the months planned and are not counted."});
    }
  }

  const Plan& plan_;
  const PolicyPack* pack_;
  std::vector<Warning> warnings_;
};

}  // namespace

std::vector<Warning> warn(const Plan& plan, const PolicyPack* pack) {
  return Collector(plan, pack).run();
}

}  // namespace growth::analysis
