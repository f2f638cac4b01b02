// The field catalogue: every input once, with its path, unit, range, role, words and sources. Reading,
// checking, the schema, the types, the form and the documentation all follow from this list; a new
// input is one member in scenario.hpp and one entry here.
//
// Defaults are not repeated: they are the members' initial values.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "growth/result.hpp"
#include "growth/scenario.hpp"

namespace growth {

/// decision: the merchant sets it; state: the merchant has it; belief: the merchant guesses it.
enum class Role { decision, state, belief };

/// How far the default rests on something published: published, the default is the figure itself;
/// informed, an assumption that published figures bound; assumed, nobody published anything.
enum class Basis { published, informed, assumed };

enum class Unit {
  none,
  text,
  month_of_year,
  months,
  days,
  hours,
  minutes,
  sessions_per_month,
  score,
  rate,            ///< a share of one, shown in percent
  rate_per_month,  ///< the same, per month
  factor,
  users,
  users_per_month,
  viewers,
  viewers_per_session,
  viewers_per_month,
  orders,
  orders_per_customer,
  yuan,
  yuan_per_month,
  yuan_per_viewer,
  yuan_per_order,
  yuan_per_session,
  yuan_per_hour,
  yuan_per_user,
  yuan_per_user_month,
  yuan_per_thousand_viewers,
  yuan_per_face_yuan,
};
[[nodiscard]] std::string_view unit_name(Unit unit);
[[nodiscard]] Text unit_label(Unit unit);
[[nodiscard]] std::string_view role_name(Role role);
[[nodiscard]] std::string_view basis_name(Basis basis);

struct Range {
  double low;
  double high;
};

struct Field {
  std::string_view path;
  Unit unit;
  Range range;    ///< what is legal
  Range typical;  ///< what most merchants have: the reach of a slider, not a limit
  Role role;
  Basis basis;             ///< of the default
  std::string_view facts;  ///< ids of published figures behind the default, separated by spaces
  Text label;
  Text help;
};

// The member of any scenario (or channel) that a path names.
#define GROWTH_MEMBER(member) \
  [](auto& owner) -> auto& { return owner.member; }

// clang-format off
/// Calls visit(field, member) for each input in the order of the documentation; `member(scenario)`
/// gives a reference to the value in a scenario of any number type: a Number, an int (whole-number
/// fields), std::array or Curve (lists of numbers), a list of tags, or the pack's id.
/// The list of channels is visited by visit_channel_fields.
template <class Visitor>
constexpr void visit_fields(Visitor&& visit) {
  using enum Unit;
  using enum Role;
  using enum Basis;

  visit(Field{"horizon_months", months, {1, 60}, {3, 36}, state, assumed, "",
              {"测算月数", "Months planned"},
              {"往后算多少个月。一个月按 30 天算。", "How many months ahead. A month has 30 days."}},
        GROWTH_MEMBER(horizon_months));

  // business: who the merchant is
  visit(Field{"business.start_month", month_of_year, {1, 12}, {1, 12}, state, assumed, "",
              {"从几月开始", "First month"},
              {"第一个月是日历上的几月，决定用哪个月的淡旺季系数。", "The calendar month of month 1; it picks the season factor."}},
        GROWTH_MEMBER(business.start_month));
  visit(Field{"business.months_open", months, {0, 600}, {0, 36}, state, assumed, "F20 F105 F141",
              {"开播多久", "Age of the account"},
              {"账号开始带货以来的月数。新商家政策按它判断。", "Months since the account began to sell. New-shop rules look at it."}},
        GROWTH_MEMBER(market.months_open));
  visit(Field{"business.shop_score", score, {0, 5}, {3.5, 5}, state, informed, "F128 F134 F188",
              {"店铺评分", "Shop score"},
              {"微信小店的店铺评分，激励多半有评分线：有的要高于 4.2，有的 4.1，有的不看。在哪看：微信小店后台 › 店铺 › 店铺评分。", "Score of the shop in WeChat Store; some programmes ask for more than 4.2, some for 4.1, some for none. Where: store console › shop › score."}},
        GROWTH_MEMBER(market.shop_score));
  visit(Field{"business.tags", text, {0, 32}, {0, 5}, state, assumed, "",
              {"商家身份", "Merchant tags"},
              {"例如 brand（品牌）、flagship（旗舰店）、provider（服务商）、creator（达人），有的政策只给特定身份。", "For example brand, flagship, provider, creator: some programmes are for them only."}},
        GROWTH_MEMBER(business.tags));
  visit(Field{"business.market_growth", rate_per_month, {-0.5, 0.5}, {-0.05, 0.1}, belief, assumed, "F66 F67 F68 F151",
              {"大盘月增速", "Market growth per month"},
              {"需求每月自然涨跌多少。平台公布的是全平台年增速，不等于你的增速，默认不算增长。", "How demand trends by itself. The platform publishes yearly growth of the whole platform, which is not yours; the default counts none."}},
        GROWTH_MEMBER(market.market_growth));
  visit(Field{"business.seasonality", factor, {0, 10}, {0.5, 2}, belief, assumed, "F212",
              {"淡旺季系数", "Season factors"},
              {"1 到 12 月各一个系数，1 是平常月份，大促月往上填。", "One factor per calendar month; 1 is an ordinary month."}},
        GROWTH_MEMBER(business.seasonality));

  // live: the room
  visit(Field{"live.sessions_per_month", sessions_per_month, {0, 1000}, {0, 60}, decision, assumed, "",
              {"每月场次", "Sessions per month"},
              {"所有账号加起来一个月播几场。", "Live sessions a month, over all accounts."}},
        GROWTH_MEMBER(live.sessions_per_month));
  visit(Field{"live.hours_per_session", hours, {0.1, 24}, {0.5, 12}, decision, assumed, "F57 F91",
              {"每场时长", "Hours per session"},
              {"一场播几个小时。播得久，进来的人多，主播和场控的钱也多。", "How long one session runs. Longer brings more people and costs more crew."}},
        GROWTH_MEMBER(live.hours_per_session));
  visit(Field{"live.account_weight", rate, {0, 1}, {0, 1}, belief, informed, "F32 F188",
              {"账号权重", "Account weight"},
              {"平台现在有多信任这个账号：0 是新号，1 是头部。决定开播第一波推多少人。平台不公布，按近几场开播十分钟的推流估。", "How much the platform trusts the account now: 0 is new, 1 a head account. It sets the first push. Not published; judge by the first ten minutes of recent sessions."}},
        GROWTH_MEMBER(live.account_weight));
  visit(Field{"live.weight_inertia", rate, {0, 1}, {0.3, 0.95}, belief, assumed, "F32",
              {"权重惯性", "Weight kept per month"},
              {"账号权重有多少延续到下个月，其余由本月直播间的质量决定。", "Share of the weight that carries over; the rest follows this month's room quality."}},
        GROWTH_MEMBER(live.weight_inertia));
  visit(Field{"live.first_wave_min", viewers, {0, 1e6}, {0, 500}, belief, published, "F32",
              {"首波推流（新号）", "First push, new account"},
              {"权重为 0 时，开播 5–10 分钟平台推来的人数。", "People pushed in the first 5–10 minutes at weight 0."}},
        GROWTH_MEMBER(live.first_wave_min));
  visit(Field{"live.first_wave_max", viewers, {0, 1e6}, {100, 5000}, belief, published, "F32",
              {"首波推流（高权重）", "First push, trusted account"},
              {"权重为 1 时，开播 5–10 分钟平台推来的人数。", "People pushed in the first 5–10 minutes at weight 1."}},
        GROWTH_MEMBER(live.first_wave_max));
  visit(Field{"live.attendance_hours", hours, {0.1, 24}, {0.5, 6}, belief, assumed, "",
              {"老粉到场时间", "Hours until members drop in"},
              {"私域的人陆续进房要多久。播得越久到得越齐；进房率按播 3 小时算。", "How long pool members take to drop in. Longer sessions catch more; the attendance rate is that of 3 hours."}},
        GROWTH_MEMBER(live.attendance_hours));
  visit(Field{"live.wave_minutes", minutes, {1, 60}, {3, 15}, belief, informed, "F32 F197",
              {"推流间隔", "Minutes between pushes"},
              {"平台两波推流之间隔几分钟。公开说法是头一波在前 5–10 分钟。", "Time between two pushes. Published: the first wave comes in the first 5–10 minutes."}},
        GROWTH_MEMBER(live.wave_minutes));
  visit(Field{"live.public_ceiling", viewers_per_session, {1, 1e9}, {10000, 1e6}, belief, informed, "F31 F57",
              {"单场公域上限", "Public ceiling per session"},
              {"一场直播最多能来多少自然公域观众。公开的头部场观约 10 万。", "Most natural public viewers one session can reach. Published head rooms see about 100,000."}},
        GROWTH_MEMBER(live.public_ceiling));
  visit(Field{"live.monthly_public_ceiling", viewers_per_month, {1, 1e10}, {100000, 1e7}, belief, assumed, "",
              {"每月公域上限", "Public ceiling per month"},
              {"这个类目一个月总共能给你多少公域观众。场次再多也不会超过它。", "How many public viewers your category can offer in a month, however many sessions you run."}},
        GROWTH_MEMBER(live.monthly_public_ceiling));

  // private: the pool
  visit(Field{"private.users", users, {0, 1e9}, {0, 200000}, state, assumed, "F59 F61 F204",
              {"私域用户", "Private users"},
              {"企微好友、社群和能触达的粉丝，去重后的人数。在哪看：企业微信后台 › 客户联系。", "WeCom contacts, groups and reachable followers, each person once. Where: WeCom console › customers."}},
        GROWTH_MEMBER(private_domain.users));
  visit(Field{"private.customer_share", rate, {0, 1}, {0, 1}, belief, assumed, "",
              {"老客占比", "Share who have bought"},
              {"私域里买过的人占多少。", "Share of the pool that has bought before."}},
        GROWTH_MEMBER(private_domain.customer_share));
  visit(Field{"private.customer_age_months", months, {1, 120}, {1, 36}, belief, assumed, "",
              {"老客首购距今", "Months since first purchase"},
              {"这些老客平均多少个月前第一次买。越久，复购越淡。", "How long ago those customers first bought, on average. The longer, the fewer reorders are left."}},
        GROWTH_MEMBER(private_domain.customer_age_months));
  visit(Field{"private.reach_rate", rate, {0, 1}, {0.05, 0.8}, belief, informed, "F158",
              {"触达率", "Reach rate"},
              {"每场预告真正看到的人占私域多少（场次不密的时候）。企微打开率只有无出处的 25–40% 说法。", "Share of the pool that sees an invitation, per session, when invitations are rare. Only unsourced figures of 25–40% exist."}},
        GROWTH_MEMBER(private_domain.reach_rate));
  visit(Field{"private.attend_rate", rate, {0, 1}, {0.01, 0.5}, belief, informed, "F158",
              {"进房率", "Attendance rate"},
              {"看到预告的人里，有多少进直播间。在哪看：直播数据 › 流量来源里私域入口的人数 ÷ 触达人数。", "Share of those reached who enter the room. Where: live data › traffic sources, private entrances ÷ people reached."}},
        GROWTH_MEMBER(private_domain.attend_rate));
  visit(Field{"private.fatigue_sessions", sessions_per_month, {1, 1e4}, {5, 100}, belief, assumed, "",
              {"疲劳场次", "Fatigue sessions"},
              {"天天喊人会疲：一个人一个月最多愿意来的场次当量。", "Invitations tire: the sessions' worth of visits at which a member saturates in a month."}},
        GROWTH_MEMBER(private_domain.fatigue_sessions));
  visit(Field{"private.share_rate", rate, {0, 1}, {0, 0.3}, belief, assumed, "F196",
              {"转发率", "Forwarding rate"},
              {"进房的私域观众里，把直播间转出去的占多少。", "Share of private viewers who forward the room."}},
        GROWTH_MEMBER(private_domain.share_rate));
  visit(Field{"private.viewers_per_share", viewers, {0, 1000}, {0, 20}, belief, assumed, "F196",
              {"每次转发带来", "Viewers per forward"},
              {"转发一次能带来几个朋友进房。", "Friends who come in per forward."}},
        GROWTH_MEMBER(private_domain.viewers_per_share));
  visit(Field{"private.pool_ceiling", users, {1, 1e10}, {10000, 1e7}, belief, assumed, "",
              {"私域天花板", "Pool ceiling"},
              {"你的私域最多能做到多少人，越接近越难加人。", "People you could ever have in the pool; joins fade as you near it."}},
        GROWTH_MEMBER(private_domain.pool_ceiling));
  visit(Field{"private.monthly_churn", rate_per_month, {0, 1}, {0, 0.1}, belief, assumed, "",
              {"私域月流失", "Pool churn per month"},
              {"每月删好友、退群、取关的人占多少。", "Share of the pool lost each month."}},
        GROWTH_MEMBER(private_domain.monthly_churn));
  visit(Field{"private.buyer_join_rate", rate, {0, 1}, {0, 0.8}, belief, informed, "F157 F195",
              {"买家入池率", "Buyers who join"},
              {"公域成交的买家，有多少加进私域。公开的批量加好友通过率约 20%。", "Share of non-private buyers who join the pool. Published for batch invitations: about 20%."}},
        GROWTH_MEMBER(private_domain.buyer_join_rate));
  visit(Field{"private.viewer_join_rate", rate, {0, 1}, {0, 0.05}, belief, informed, "F57",
              {"观众入池率", "Viewers who join"},
              {"没买的公域观众，有多少加进私域。公开案例首场涨粉约 1%。", "Share of non-private viewers who join without buying. One published session: about 1% followed."}},
        GROWTH_MEMBER(private_domain.viewer_join_rate));
  visit(Field{"private.monthly_recruits", users_per_month, {0, 1e9}, {0, 20000}, decision, assumed, "F61 F200",
              {"每月拉新入池", "Recruits per month"},
              {"门店、导购、其他平台每月带进来的人。", "Members brought in each month from stores, guides or other platforms."}},
        GROWTH_MEMBER(private_domain.monthly_recruits));
  visit(Field{"private.scene_share", rate, {0, 1}, {0, 1}, decision, assumed, "F126 F147",
              {"走激励场景的占比", "Share through qualifying scenes"},
              {"私域成交里，通过平台认的入口（企微分享、公众号、小程序、服务通知）下单的占多少。", "Share of private settled sales that come through scenes a programme recognises: WeCom share, official account, mini-program, service notice."}},
        GROWTH_MEMBER(private_domain.scene_share));

  // quality: how the room is judged
  visit(Field{"quality.square_ctr", rate, {0, 1}, {0.02, 0.6}, belief, informed, "F34",
              {"直播广场点击率", "Live-square click-through"},
              {"刷到你直播间封面的人，有多少点进来。", "Share of people who see the room in the live square and enter."}},
        GROWTH_MEMBER(quality.square_ctr));
  visit(Field{"quality.dwell_minutes", minutes, {0, 600}, {0.3, 15}, belief, informed, "F46",
              {"公域停留", "Stay of strangers"},
              {"陌生人平均停留几分钟。", "Average minutes a stranger stays."}},
        GROWTH_MEMBER(quality.dwell_minutes));
  visit(Field{"quality.interaction_rate", rate, {0, 10}, {0, 0.5}, belief, assumed, "F36",
              {"互动率", "Interaction rate"},
              {"评论加粉丝灯牌 ÷ 观众。", "Comments and fan badges per viewer."}},
        GROWTH_MEMBER(quality.interaction_rate));
  visit(Field{"quality.benchmark.private_viewers", viewers_per_session, {1e-6, 1e9}, {10, 5000}, belief, assumed, "F36",
              {"基准：私域进房", "Benchmark: private viewers"},
              {"作参照的直播间每场有多少私域观众。", "Private viewers a session in a room taken as reference."}},
        GROWTH_MEMBER(quality.benchmark.private_viewers));
  visit(Field{"quality.benchmark.square_ctr", rate, {1e-6, 1e9}, {0.05, 0.6}, belief, informed, "F34",
              {"基准：广场点击率", "Benchmark: click-through"},
              {"作参照的点击率。默认的 30% 是公开讲过的一个好例子，不是平台的线。", "Click-through taken as reference. The default of 30% was given as a good example, it is no line of the platform."}},
        GROWTH_MEMBER(quality.benchmark.square_ctr));
  visit(Field{"quality.benchmark.dwell_minutes", minutes, {1e-6, 1e9}, {0.5, 20}, belief, informed, "F46",
              {"基准：公域停留", "Benchmark: stay"},
              {"作参照的陌生人停留几分钟；公开的上限说法是十几分钟。", "Minutes strangers stay, taken as reference; an upper description is ten-odd minutes."}},
        GROWTH_MEMBER(quality.benchmark.dwell_minutes));
  visit(Field{"quality.benchmark.gpm", yuan_per_thousand_viewers, {1e-6, 1e9}, {100, 5000}, belief, informed, "F38 F45 F232",
              {"基准：公域 GPM", "Benchmark: GPM of strangers"},
              {"每千个陌生观众下单多少元；公布的 900 是所有观众混在一起的。", "¥ ordered per 1,000 strangers; the published 900 blends all viewers."}},
        GROWTH_MEMBER(quality.benchmark.gpm));
  visit(Field{"quality.benchmark.interaction_rate", rate, {1e-6, 1e9}, {0.005, 0.3}, belief, assumed, "F36",
              {"基准：互动率", "Benchmark: interaction"},
              {"作参照的互动率。", "Interaction rate taken as reference."}},
        GROWTH_MEMBER(quality.benchmark.interaction_rate));
  visit(Field{"quality.weight.private_viewers", factor, {0, 1}, {0, 1}, belief, assumed, "F36",
              {"权重：私域进房", "Weight: private viewers"},
              {"五个指标各占多少，按总和折算。有哪五个是从业者的说法（F36），各占多少没人公布。", "How much each of the five signals counts, scaled by their sum. The list is what a practitioner said (F36), the weights nobody published."}},
        GROWTH_MEMBER(quality.weight.private_viewers));
  visit(Field{"quality.weight.square_ctr", factor, {0, 1}, {0, 1}, belief, assumed, "F36",
              {"权重：广场点击率", "Weight: click-through"},
              {"见“权重：私域进房”。", "See weight: private viewers."}},
        GROWTH_MEMBER(quality.weight.square_ctr));
  visit(Field{"quality.weight.dwell_minutes", factor, {0, 1}, {0, 1}, belief, assumed, "F36",
              {"权重：公域停留", "Weight: stay"},
              {"见“权重：私域进房”。", "See weight: private viewers."}},
        GROWTH_MEMBER(quality.weight.dwell_minutes));
  visit(Field{"quality.weight.gpm", factor, {0, 1}, {0, 1}, belief, assumed, "F36",
              {"权重：公域 GPM", "Weight: GPM"},
              {"见“权重：私域进房”。", "See weight: private viewers."}},
        GROWTH_MEMBER(quality.weight.gpm));
  visit(Field{"quality.weight.interaction_rate", factor, {0, 1}, {0, 1}, belief, assumed, "F36",
              {"权重：互动率", "Weight: interaction"},
              {"见“权重：私域进房”。", "See weight: private viewers."}},
        GROWTH_MEMBER(quality.weight.interaction_rate));
  visit(Field{"quality.benchmark_reproduction", factor, {0, 0.999}, {0.4, 0.95}, belief, informed, "F3 F4",
              {"基准再生数", "Reproduction at benchmark"},
              {"普通直播间里，每个公域观众在下一波带来几个。0.75 对应公开的 2:8 流量结构。", "Viewers each public viewer brings in the next wave at benchmark quality. 0.75 gives the published 2:8 mix."}},
        GROWTH_MEMBER(quality.benchmark_reproduction));
  visit(Field{"quality.reproduction_elasticity", factor, {0, 5}, {0, 2}, belief, assumed, "",
              {"质量对推流的弹性", "Elasticity to quality"},
              {"直播间质量每好 1%，再生数涨百分之几。", "Percent by which the reproduction number rises per percent of room quality."}},
        GROWTH_MEMBER(quality.reproduction_elasticity));
  visit(Field{"quality.reproduction_ceiling", factor, {0, 2}, {0.8, 1.3}, belief, assumed, "",
              {"再生数上限", "Reproduction ceiling"},
              {"推流再好也不会超过这个数；大于 1 的直播间会一波比一波大。", "The most it can be; above 1 each wave is larger than the last."}},
        GROWTH_MEMBER(quality.reproduction_ceiling));

  // audience: who the platform sends
  visit(Field{"audience.purity", rate, {0.01, 1}, {0.3, 1}, belief, informed, "F35 F198",
              {"人群精准度", "Audience purity"},
              {"现在的自然流量里，目标人群占多少。公开目标是 100 个进房的人里 80–90 个准。", "Share of natural traffic in your target group now. Published target: 80–90 of 100 entrants."}},
        GROWTH_MEMBER(audience.purity));
  visit(Field{"audience.reference_purity", rate, {0.01, 1}, {0.3, 1}, belief, informed, "F35",
              {"转化率对应的精准度", "Purity behind the rate"},
              {"下面填的公域转化率，是在多精准的人群里看到的。", "The purity at which your public conversion was observed."}},
        GROWTH_MEMBER(audience.reference_purity));
  visit(Field{"audience.private_purity", rate, {0, 1}, {0.5, 1}, belief, assumed, "F197",
              {"私域精准度", "Purity of private viewers"},
              {"私域和转发来的观众，目标人群占多少。", "Target-group share among private and referral viewers."}},
        GROWTH_MEMBER(audience.private_purity));
  visit(Field{"audience.learning_rate", rate_per_month, {0, 1}, {0, 0.6}, belief, informed, "F33 F198",
              {"人群学习速度", "Learning rate"},
              {"平台按最近来买的人修正人群画像，每月修正多少。", "How fast the platform's picture of your audience follows who bought, per month."}},
        GROWTH_MEMBER(audience.learning_rate));

  // conversion
  visit(Field{"conversion.private", rate, {0, 1}, {0.002, 0.2}, belief, informed, "F159 F160",
              {"私域转化率", "Private conversion"},
              {"私域观众每看一场有多少下单。", "Buyers per private viewer and session."}},
        GROWTH_MEMBER(conversion.private_domain));
  visit(Field{"conversion.referral", rate, {0, 1}, {0.001, 0.1}, belief, assumed, "",
              {"转发转化率", "Referral conversion"},
              {"朋友转发进来的观众每看一场有多少下单。", "Buyers per referred viewer and session."}},
        GROWTH_MEMBER(conversion.referral));
  visit(Field{"conversion.public", rate, {0, 1}, {0.0005, 0.05}, belief, informed, "F45 F160 F232",
              {"公域转化率", "Public conversion"},
              {"陌生观众每看一场有多少下单。按公布的 GPM 和客单价倒推约 0.45%；那两个数都只给了下限，所以只作参照。在哪看：成交人数 ÷ 观众。", "Buyers per stranger and session. Published GPM and order value imply about 0.45%; both are floors, so it is for reference. Where: buyers ÷ viewers."}},
        GROWTH_MEMBER(conversion.public_domain));

  // orders
  visit(Field{"orders.average_order_value", yuan_per_order, {0, 1e7}, {20, 3000}, state, published, "F48 F49 F52",
              {"客单价", "Average order value"},
              {"首单平均金额。公布的平台均值是 200 元以上。", "Average first order. Published platform average: above ¥200."}},
        GROWTH_MEMBER(orders.average_order_value));
  visit(Field{"orders.price_change", rate, {-0.9, 3}, {-0.5, 0.5}, decision, assumed, "",
              {"试算：全场调价", "What if: price change"},
              {"所有价格一起涨跌多少，进货成本不变。-10% 就是打九折。", "All prices change by this share, unit cost stays. -10% is a tenth off."}},
        GROWTH_MEMBER(orders.price_change));
  visit(Field{"orders.price_elasticity", factor, {-10, 0}, {-4, 0}, belief, assumed, "",
              {"价格弹性", "Price elasticity"},
              {"价格涨 1%，需求跌百分之几。只在调价时起作用。", "Percent change of demand per percent of price. Matters only with a price change."}},
        GROWTH_MEMBER(orders.price_elasticity));
  visit(Field{"orders.return_rate", rate, {0, 1}, {0, 0.7}, belief, informed, "F58 F125 F164 F165 F166",
              {"退货率", "Return rate"},
              {"成交额里退掉的占多少。服务商说法约 10%，其他平台 30% 以上，女装直播 50–60%。", "Share of order value refunded. A provider claims about 10%, other platforms above 30%, women's wear 50–60%."}},
        GROWTH_MEMBER(orders.return_rate));

  // vouchers
  visit(Field{"vouchers.opening_balance", yuan, {0, 1e9}, {0, 50000}, state, assumed, "F94",
              {"手上的流量券", "Vouchers in hand"},
              {"还没用的流量券、电商成长卡，按面额算。", "Unused traffic vouchers and growth-card points, face value."}},
        GROWTH_MEMBER(vouchers.opening_balance));
  visit(Field{"vouchers.opening_valid_months", months, {1, 60}, {1, 12}, state, assumed, "",
              {"还有几个月到期", "Months until they expire"},
              {"手上的券还能用几个月。券的有效期没有公开资料，看券面。", "How long they stay valid. Validity is not published: read it off the voucher."}},
        GROWTH_MEMBER(vouchers.opening_valid_months));
  visit(Field{"vouchers.use_rate", rate, {0, 1}, {0, 1}, decision, informed, "F26 F95",
              {"每月用券比例", "Share used per month"},
              {"能用的券每月用掉多少。公开报道说不少商家用不完。", "Share of the usable balance spent each month. Some merchants are reported to leave vouchers unused."}},
        GROWTH_MEMBER(vouchers.use_rate));
  visit(Field{"vouchers.point_value", yuan_per_face_yuan, {0, 10}, {0.1, 1.5}, belief, assumed, "F132 F136 F139",
              {"一元券值几元", "What ¥1 of voucher buys"},
              {"面额 1 元的券能抵多少钱的投放。没有公开资料，默认 1，保守填 0.1。", "Heating money that one face ¥ replaces. Not published: 1 by default, 0.1 to be careful."}},
        GROWTH_MEMBER(vouchers.point_value));
  visit(Field{"vouchers.cost_per_viewer", yuan_per_viewer, {1e-4, 1e6}, {0.05, 2}, belief, assumed, "",
              {"券买一个观众", "Voucher cost per viewer"},
              {"用券加热，一个观众花多少元。官方没公布价格，看投放后台。", "¥ of voucher per viewer. No official price: read it off the heating page."}},
        GROWTH_MEMBER(vouchers.cost_per_viewer));
  visit(Field{"vouchers.half_saturation", yuan_per_month, {0.01, 1e10}, {1000, 500000}, belief, informed, "F95 F168",
              {"用券半饱和点", "Half saturation"},
              {"每月用到多少元时，带来的观众到上限的一半。", "Monthly amount at which half of the possible viewers are reached."}},
        GROWTH_MEMBER(vouchers.half_saturation));
  visit(Field{"vouchers.precision", rate, {0, 1}, {0.2, 1}, belief, informed, "F26",
              {"券流量精准度", "Voucher precision"},
              {"券带来的观众里目标人群占多少。2023 年前的说法是不太准。", "Target-group share of voucher viewers. Before 2023 it was called imprecise."}},
        GROWTH_MEMBER(vouchers.precision));

  // repurchase
  visit(Field{"repurchase.window_months", months, {1, 60}, {1, 24}, belief, assumed, "F53",
              {"复购率口径", "Window of the rates"},
              {"下面两个复购率是多少个月内的。官方公布的 60% 没说窗口。", "The window of the two rates below. The published 60% came without one."}},
        GROWTH_MEMBER(repurchase.window_months));
  visit(Field{"repurchase.private_rate", rate, {0, 1}, {0.05, 0.9}, belief, informed, "F53 F54 F55",
              {"私域复购率", "Repurchase rate, private"},
              {"在私域里的客户，窗口期内会再买的占多少。", "Share of customers inside the pool who reorder within the window."}},
        GROWTH_MEMBER(repurchase.private_rate));
  visit(Field{"repurchase.public_rate", rate, {0, 1}, {0, 0.6}, belief, assumed, "F53",
              {"公域复购率", "Repurchase rate, public"},
              {"没进私域的客户，窗口期内会再买的占多少。", "Share of customers outside the pool who reorder within the window."}},
        GROWTH_MEMBER(repurchase.public_rate));
  visit(Field{"repurchase.orders_per_repeater", orders_per_customer, {1, 1000}, {1, 8}, belief, assumed, "",
              {"复购客下几单", "Repeat orders per repeater"},
              {"会再买的人，窗口期内平均再下几单。", "Repeat orders of one who reorders, within the window."}},
        GROWTH_MEMBER(repurchase.orders_per_repeater));
  visit(Field{"repurchase.retention", rate_per_month, {0.01, 1}, {0.5, 1}, belief, assumed, "F55",
              {"复购月留存", "Decay of repeat buying"},
              {"复购热度每月留下多少：0.85 就是每月淡 15%。", "Share of repeat buying that is left a month later."}},
        GROWTH_MEMBER(repurchase.retention));
  visit(Field{"repurchase.curve_private", orders_per_customer, {0, 1000}, {0, 1}, belief, assumed, "",
              {"私域复购曲线", "Repeat curve, private"},
              {"首购后第 1、2…个月每个客户再下几单。填了就代替上面的公式。", "Repeat orders per customer in month 1, 2, … after the first; replaces the formula."}},
        GROWTH_MEMBER(repurchase.curve_private));
  visit(Field{"repurchase.curve_public", orders_per_customer, {0, 1000}, {0, 1}, belief, assumed, "",
              {"公域复购曲线", "Repeat curve, public"},
              {"同上，没进私域的客户。", "The same, for customers outside the pool."}},
        GROWTH_MEMBER(repurchase.curve_public));
  visit(Field{"repurchase.live_share", rate, {0, 1}, {0, 1}, belief, assumed, "",
              {"复购靠直播的占比", "Repeats that need live"},
              {"复购单里，不开播就没有的占多少。", "Share of repeat orders that happen only if there are sessions."}},
        GROWTH_MEMBER(repurchase.live_share));
  visit(Field{"repurchase.order_value_ratio", factor, {0, 100}, {0.5, 2}, belief, assumed, "",
              {"复购客单 ÷ 首单", "Repeat over first order value"},
              {"老客一单是首单的几倍。", "Repeat order value as a multiple of the first."}},
        GROWTH_MEMBER(repurchase.order_value_ratio));
  visit(Field{"repurchase.partner_share", rate, {0, 1}, {0, 0.5}, decision, assumed, "F62",
              {"卖别家货的占比", "Partner goods"},
              {"在私域里卖其他品牌的货，相当于自家私域销售的百分之几。有美妆品牌做到 30%。", "Other brands' goods sold to the pool, relative to your own pool sales. One beauty brand reached 30%."}},
        GROWTH_MEMBER(repurchase.partner_share));
  visit(Field{"repurchase.partner_incremental", rate, {0, 1}, {0, 1}, belief, assumed, "F62",
              {"其中不抢自家生意的", "Of those, additional"},
              {"别家货的销售里，不会挤掉自家成交的占多少。", "Share of partner sales that displaces none of your own."}},
        GROWTH_MEMBER(repurchase.partner_incremental));
  visit(Field{"repurchase.partner_commission", rate, {0, 1}, {0, 0.5}, belief, assumed, "F62",
              {"别家货佣金", "Partner commission"},
              {"卖别家货拿多少佣金。公开案例没给佣金率。", "Commission earned on them. The published case gives none."}},
        GROWTH_MEMBER(repurchase.partner_commission));
  visit(Field{"repurchase.ltv_months", months, {1, 120}, {6, 36}, state, assumed, "",
              {"算几个月的客户价值", "Months of lifetime value"},
              {"客户终身价值往后算多少个月。", "How far ahead lifetime value is counted."}},
        GROWTH_MEMBER(repurchase.ltv_months));

  // costs
  visit(Field{"costs.gross_margin", rate, {-1, 1}, {0.1, 0.9}, state, assumed, "",
              {"毛利率", "Gross margin"},
              {"（售价 − 进货成本）÷ 售价，还没扣下面这些费用。", "(Price − cost of goods) ÷ price, before everything below."}},
        GROWTH_MEMBER(costs.gross_margin));
  visit(Field{"costs.platform_fee_rate", rate, {0, 1}, {0, 0.1}, state, informed, "F103 F106 F108",
              {"技术服务费率", "Platform fee rate"},
              {"平台按结算额扣的比例。公布的是 1–5%，多数类目 2–5%，没有完整类目表。", "Share of settled sales the platform keeps. Published: 1–5%, most categories 2–5%; no full table found."}},
        GROWTH_MEMBER(costs.platform_fee_rate));
  visit(Field{"costs.shipping_per_order", yuan_per_order, {0, 1e5}, {0, 30}, state, assumed, "",
              {"每单发货", "Shipping per order"},
              {"快递、包材、打包。", "Courier, packing, handling."}},
        GROWTH_MEMBER(costs.shipping_per_order));
  visit(Field{"costs.return_cost_per_order", yuan_per_order, {0, 1e5}, {0, 50}, state, assumed, "",
              {"每单退货成本", "Cost of a return"},
              {"退一单要赔进去的运费、质检和折损。", "Freight, checking and loss of one returned order."}},
        GROWTH_MEMBER(costs.return_cost_per_order));
  visit(Field{"costs.session_cost", yuan_per_session, {0, 1e7}, {0, 5000}, state, assumed, "",
              {"每场成本", "Cost per session"},
              {"场地、样品、福利品，和播多久无关。", "Studio, samples, giveaways: whatever does not depend on the hours."}},
        GROWTH_MEMBER(costs.session_cost));
  visit(Field{"costs.hourly_cost", yuan_per_hour, {0, 1e7}, {0, 2000}, state, assumed, "",
              {"每小时人工", "Cost per hour"},
              {"主播、助播、场控、运营加起来一小时多少钱。", "Host and crew, per hour on air."}},
        GROWTH_MEMBER(costs.hourly_cost));
  visit(Field{"costs.private_cost_per_user", yuan_per_user_month, {0, 1e4}, {0, 3}, state, informed, "F203",
              {"每个私域用户维护", "Care per pool member"},
              {"每人每月的社群、客服、工具和优惠成本。有服务商说可以忽略，做过的人不同意。", "Groups, service, tools and coupons per member and month. One vendor calls it negligible; practitioners disagree."}},
        GROWTH_MEMBER(costs.private_cost_per_user));
  visit(Field{"costs.join_cost_per_user", yuan_per_user, {0, 1e4}, {0, 20}, state, assumed, "",
              {"入池礼", "Welcome gift"},
              {"每加进一个人送的红包或赠品。", "Red packet or gift for each member who joins."}},
        GROWTH_MEMBER(costs.join_cost_per_user));
  visit(Field{"costs.recruit_cost_per_user", yuan_per_user, {0, 1e4}, {0, 50}, state, assumed, "",
              {"拉新单价", "Price of a recruit"},
              {"从门店、导购、其他平台带来一个人付多少。", "What one recruit from stores, guides or other platforms costs."}},
        GROWTH_MEMBER(costs.recruit_cost_per_user));
  visit(Field{"costs.fixed_monthly", yuan_per_month, {0, 1e9}, {0, 200000}, state, assumed, "",
              {"每月固定成本", "Fixed cost per month"},
              {"房租、工资、软件，播不播都要付的。", "Rent, salaries, software: paid whether you are live or not."}},
        GROWTH_MEMBER(costs.fixed_monthly));
  visit(Field{"costs.discount_rate_monthly", rate_per_month, {0, 1}, {0, 0.05}, belief, assumed, "",
              {"资金月成本", "Discount rate per month"},
              {"钱晚一个月到手，每元打几折。", "What a month's delay of money costs you."}},
        GROWTH_MEMBER(costs.discount_rate_monthly));
  visit(Field{"costs.settlement_days", days, {0, 180}, {0, 60}, state, informed, "F109 F110",
              {"回款天数", "Settlement days"},
              {"从成交到能提现的天数。官方只公布到期后 1–2 天打款，到期日按类目不同。", "Days from sale to withdrawable money. Official: 1–2 days once due; the due date differs by category."}},
        GROWTH_MEMBER(costs.settlement_days));

  // distribution
  visit(Field{"distribution.share", factor, {0, 10}, {0, 2}, belief, assumed, "F155 F189",
              {"达人分销带客", "Customers from affiliates"},
              {"自己每得一个新客，达人和分销另外带来几个。", "Customers affiliates bring from elsewhere per own new one."}},
        GROWTH_MEMBER(distribution.share));
  visit(Field{"distribution.commission", rate, {0, 1}, {0, 0.5}, state, assumed, "F218",
              {"分销佣金", "Affiliate commission"},
              {"付给达人的佣金率，按结算额算。平台平均佣金没有公开资料。", "Paid on the settled value of those first orders. No average is published."}},
        GROWTH_MEMBER(distribution.commission));

  // incentives
  visit(Field{"incentives.pack", text, {0, 0}, {0, 0}, state, assumed, "",
              {"政策包", "Policy pack"},
              {"套用哪一套平台政策。过期的也能试算，会标明已过期。", "Which published policy to apply. Expired ones can be tried and say so."}},
        GROWTH_MEMBER(incentives.pack));
  visit(Field{"incentives.scale", factor, {0, 100}, {0.5, 3}, belief, assumed, "F21",
              {"资源倍数", "Scale of rewards"},
              {"政策给的流量、券和现金乘几倍。2024 年的说法是资源至少翻倍。", "Multiplies traffic, voucher and cash rewards. For 2024 at least twice the resources were announced."}},
        GROWTH_MEMBER(incentives.scale));
}

/// The same for one paid channel; paths are relative to the channel, e.g. "monthly_spend".
template <class Visitor>
constexpr void visit_channel_fields(Visitor&& visit) {
  using enum Unit;
  using enum Role;
  using enum Basis;
  visit(Field{"monthly_spend", yuan_per_month, {0, 1e9}, {0, 200000}, decision, assumed, "F94 F95",
              {"每月投放", "Spend per month"},
              {"这个渠道一个月花多少钱。", "What you spend on this channel a month."}},
        GROWTH_MEMBER(monthly_spend));
  visit(Field{"cost_per_viewer", yuan_per_viewer, {1e-4, 1e6}, {0.05, 5}, belief, assumed, "F162",
              {"一个观众多少钱", "Cost per viewer"},
              {"刚开始投、量还小时的单价。官方没公布，看投放后台。", "Price of the first viewers, before saturation. Not published: read it off the ads console."}},
        GROWTH_MEMBER(cost_per_viewer));
  visit(Field{"half_saturation", yuan_per_month, {0.01, 1e10}, {1000, 1e6}, belief, informed, "F95 F168",
              {"半饱和点", "Half saturation"},
              {"每月花到多少时，效果到上限的一半。2023 年有商家预算花不出去。", "Monthly spend at which half of the possible viewers are reached. In 2023 budgets could not be spent."}},
        GROWTH_MEMBER(half_saturation));
  visit(Field{"shape", factor, {1, 3}, {1, 3}, belief, assumed, "",
              {"响应形状", "Shape"},
              {"1：一开始就递减；大于 1：要先投够量才起效（S 形）。", "1: diminishing from the start; above 1: an S-curve that needs volume first."}},
        GROWTH_MEMBER(shape));
  visit(Field{"precision", rate, {0, 1}, {0.2, 1}, belief, informed, "F94 F198",
              {"渠道精准度", "Precision"},
              {"投来的观众里，目标人群占多少。太泛的投放会带偏人群画像。", "Target-group share of its viewers. Broad ads blur the audience picture."}},
        GROWTH_MEMBER(precision));
}
// clang-format on

/// How to reach a value in its owner.
template <class Owner, class Value>
struct Access {
  const Value& (*read)(const Owner&);
  Value& (*write)(Owner&);
};

/// The alternative says what an input holds: a number, a whole number, twelve numbers, a curve, tags or
/// the id of a pack.
using FieldAccess =
    std::variant<Access<Scenario<double>, double>, Access<Scenario<double>, int>,
                 Access<Scenario<double>, std::array<double, 12>>, Access<Scenario<double>, Curve>,
                 Access<Scenario<double>, std::vector<std::string>>,
                 Access<Scenario<double>, std::string>>;

/// An entry holds everything of a field but its help and its facts, which only descriptions need and
/// which would weigh on the browser's module.
struct FieldEntry {
  Field field;
  FieldAccess access;
};

struct ChannelFieldEntry {
  Field field;
  Access<Channel<double>, double> access;
};

/// The catalogue as a table, for everything that works on plain scenarios: one piece of code over the
/// table instead of one per field.
[[nodiscard]] std::span<const FieldEntry> fields();
[[nodiscard]] std::span<const ChannelFieldEntry> channel_fields();
/// The same fields whole, in the same order.
[[nodiscard]] std::span<const Field> described_fields();
[[nodiscard]] std::span<const Field> described_channel_fields();

/// Tables for scenarios of other number types, in the order of fields() and channel_fields().
template <class Number>
struct NumberEntry {
  /// Null where the field is no number.
  Number& (*member)(Scenario<Number>&);
  /// Copies the field, whatever it holds.
  void (*copy)(const Scenario<double>&, Scenario<Number>&);
};
template <class Number>
struct ChannelNumberEntry {
  Number& (*member)(Channel<Number>&);
  void (*copy)(const Channel<double>&, Channel<Number>&);
};

namespace detail {

constexpr std::size_t count_fields() {
  std::size_t count = 0;
  visit_fields([&](const Field&, auto) { ++count; });
  return count;
}
constexpr std::size_t count_channel_fields() {
  std::size_t count = 0;
  visit_channel_fields([&](const Field&, auto) { ++count; });
  return count;
}

template <class Number>
constexpr auto list_numbers() {
  std::array<NumberEntry<Number>, count_fields()> entries{};
  std::size_t i = 0;
  visit_fields([&](const Field&, auto member) {
    using Member = decltype(member);
    using Value = std::remove_cvref_t<decltype(member(std::declval<Scenario<Number>&>()))>;
    if constexpr (std::is_same_v<Value, Number>) {
      entries[i].member = [](Scenario<Number>& scenario) -> Number& { return Member{}(scenario); };
    }
    entries[i].copy = [](const Scenario<double>& from, Scenario<Number>& to) {
      Member{}(to) = Value(Member{}(from));
    };
    ++i;
  });
  return entries;
}

template <class Number>
constexpr auto list_channel_numbers() {
  std::array<ChannelNumberEntry<Number>, count_channel_fields()> entries{};
  std::size_t i = 0;
  visit_channel_fields([&](const Field&, auto member) {
    using Member = decltype(member);
    entries[i++] = {[](Channel<Number>& channel) -> Number& { return Member{}(channel); },
                    [](const Channel<double>& from, Channel<Number>& to) {
                      Member{}(to) = Number(Member{}(from));
                    }};
  });
  return entries;
}

}  // namespace detail

template <class Number>
inline constexpr auto k_number_entries = detail::list_numbers<Number>();
template <class Number>
inline constexpr auto k_channel_number_entries = detail::list_channel_numbers<Number>();

/// Every numeric input of a scenario with its full path (`channels[0].precision`):
/// visit(field, path, value). Whole numbers, lists and texts are left out.
template <class Number, class Visitor>
void visit_numbers(Scenario<Number>& scenario, Visitor&& visit) {
  for (std::size_t i = 0; i < fields().size(); ++i) {
    const auto member = k_number_entries<Number>[i].member;
    if (member == nullptr) continue;
    const Field& field = fields()[i].field;
    visit(field, field.path, member(scenario));
  }
  for (std::size_t c = 0; c < scenario.channels.size(); ++c) {
    const std::string parent = "channels[" + std::to_string(c) + "].";
    for (std::size_t i = 0; i < channel_fields().size(); ++i) {
      const Field& field = channel_fields()[i].field;
      const std::string path = parent + std::string(field.path);
      visit(field, std::string_view(path),
            k_channel_number_entries<Number>[i].member(scenario.channels[c]));
    }
  }
}

/// A numeric input by its full path; null members where there is none of that path.
template <class Number>
struct NumberAt {
  const Field* field{};
  Number* value{};
};
template <class Number>
[[nodiscard]] NumberAt<Number> find_number(Scenario<Number>& scenario, std::string_view path) {
  NumberAt<Number> found;
  visit_numbers(scenario, [&](const Field& field, std::string_view at, Number& value) {
    if (at == path) found = {&field, &value};
  });
  return found;
}

/// A copy of a scenario of plain numbers in another number type, e.g. dual numbers.
template <class Number>
[[nodiscard]] Scenario<Number> convert(const Scenario<double>& from) {
  Scenario<Number> to;
  to.name = from.name;
  for (const auto& entry : k_number_entries<Number>) entry.copy(from, to);
  to.channels.assign(from.channels.size(), {});
  for (std::size_t c = 0; c < from.channels.size(); ++c) {
    to.channels[c].id = from.channels[c].id;
    for (const auto& entry : k_channel_number_entries<Number>) {
      entry.copy(from.channels[c], to.channels[c]);
    }
  }
  to.incentives.own = from.incentives.own;
  return to;
}

}  // namespace growth
