// Every number the engine reports, once: id, unit, words, and its formula beside the member it
// belongs to. Answers, explanations and documentation follow from this list. Formulas are written in
// the language of core/analysis/formula.hpp; a test recomputes every result from them, so they
// cannot drift from the model.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "growth/fields.hpp"
#include "growth/plan.hpp"

namespace growth {

struct Quantity {
  std::string_view id;
  Unit unit;
  Text label;
  Text definition;
  /// From fields, other quantities of the month, prev() of the month before and channel sums; empty
  /// where the definition alone says it. `first` holds in month 1 where it differs.
  std::string_view formula;
  std::string_view first{};
};

// clang-format off
/// The month columns of the answer in its order: visit(quantity, member of Month).
template <class Visitor>
constexpr void visit_columns(Visitor&& visit) {
  using enum Unit;
  visit(Quantity{"private_users", users, {"私域用户", "Private users"},
                 {"月初私域里的人。", "People in the pool at the start of the month."},
                 "prev(private_users)*(1 - private.monthly_churn) + prev(pool_joins) + "
                 "prev(pool_room)*private.monthly_recruits",
                 "private.users"},
        GROWTH_MEMBER(private_users));
  visit(Quantity{"private_customers", users, {"私域老客", "Private customers"},
                 {"月初私域里买过的人。", "Pool members who have bought, at the start of the month."},
                 "prev(private_customers + new_customers_private)*(1 - private.monthly_churn) + "
                 "private.buyer_join_rate*prev(pool_room)*prev(outside_buyers)",
                 "private.users*private.customer_share"},
        GROWTH_MEMBER(private_customers));
  visit(Quantity{"account_weight", rate, {"账号权重", "Account weight"},
                 {"平台对账号的信任，0 到 1。", "How much the platform trusts the account, 0 to 1."},
                 "live.weight_inertia*prev(account_weight) + (1 - live.weight_inertia)*min(1, "
                 "live.sessions_per_month)*prev(quality)/(1 + prev(quality))",
                 "live.account_weight"},
        GROWTH_MEMBER(account_weight));
  visit(Quantity{"purity", rate, {"人群精准度", "Audience purity"},
                 {"自然流量里目标人群的占比。", "Share of natural traffic in the target group."},
                 "(1 - audience.learning_rate)*prev(purity) + audience.learning_rate*(prev(buyer_purity) + "
                 "prev(purity))/(prev(buyers_in_room) + 1)",
                 "audience.purity"},
        GROWTH_MEMBER(purity));
  visit(Quantity{"quality", factor, {"直播间质量", "Room quality"},
                 {"五个指标与基准之比的加权几何平均，单项之比限在 0.25 到 4。", "Weighted geometric mean of the five indicators over their benchmarks, each ratio held within 0.25 to 4."},
                 "exp((quality.weight.private_viewers*log(clamp(session_private/quality.benchmark.private_viewers, "
                 "0.25, 4)) + "
                 "quality.weight.square_ctr*log(clamp(quality.square_ctr/quality.benchmark.square_ctr, 0.25, 4)) "
                 "+ quality.weight.dwell_minutes*log(clamp(quality.dwell_minutes/quality.benchmark.dwell_minutes, "
                 "0.25, 4)) + quality.weight.gpm*log(clamp(public_gpm/quality.benchmark.gpm, 0.25, 4)) + "
                 "quality.weight.interaction_rate*log(clamp(quality.interaction_rate/quality.benchmark.interaction_"
                 "rate, 0.25, 4)))/(quality.weight.private_viewers + quality.weight.square_ctr + "
                 "quality.weight.dwell_minutes + quality.weight.gpm + quality.weight.interaction_rate))"},
        GROWTH_MEMBER(quality));
  visit(Quantity{"reproduction", factor, {"再生数", "Reproduction number"},
                 {"每个公域观众在下一波带来几个。小于 1 会慢慢停，大于 1 会起飞。", "Viewers each public viewer brings in the next wave: below 1 fades, above 1 takes off."},
                 "min(quality.benchmark_reproduction*quality^quality.reproduction_elasticity, "
                 "quality.reproduction_ceiling)"},
        GROWTH_MEMBER(reproduction));
  visit(Quantity{"viewers_private", viewers, {"私域观众", "Private viewers"},
                 {"当月私域进房人次。", "Visits of pool members in the month."},
                 "live.sessions_per_month*session_private"},
        GROWTH_MEMBER(viewers_private));
  visit(Quantity{"viewers_referral", viewers, {"转发观众", "Referral viewers"},
                 {"私域转发带来的人次，受每月公域上限约束。", "Visits brought by forwarding, within the monthly ceiling."},
                 "saturate(live.sessions_per_month*session_referral, live.monthly_public_ceiling)"},
        GROWTH_MEMBER(viewers_referral));
  visit(Quantity{"viewers_natural", viewers, {"自然公域观众", "Natural public viewers"},
                 {"平台推来的免费公域人次。", "Free visits the platform pushes."},
                 "saturate(live.sessions_per_month*session_natural, live.monthly_public_ceiling)"},
        GROWTH_MEMBER(viewers_natural));
  visit(Quantity{"viewers_granted", viewers, {"政策流量", "Granted viewers"},
                 {"激励计划直接给的公域人次。", "Visits that programmes grant."},
                 "saturate(granted_viewers, live.monthly_public_ceiling)"},
        GROWTH_MEMBER(viewers_granted));
  visit(Quantity{"viewers_voucher", viewers, {"流量券观众", "Voucher viewers"},
                 {"用流量券买来的人次。", "Visits that vouchers buy."},
                 "vouchers.half_saturation/vouchers.cost_per_viewer*hill(voucher_spend, vouchers.half_saturation, 1)"},
        GROWTH_MEMBER(viewers_voucher));
  visit(Quantity{"viewers_paid", viewers, {"付费观众", "Paid viewers"},
                 {"各付费渠道买来的人次。", "Visits that channels buy."},
                 "channels(channel.half_saturation/channel.cost_per_viewer*hill(channel.monthly_spend, "
                 "channel.half_saturation, channel.shape))"},
        GROWTH_MEMBER(viewers_paid));
  visit(Quantity{"viewers", viewers, {"观众", "Viewers"},
                 {"当月全部进房人次。", "All visits of the month."},
                 "viewers_private + viewers_referral + viewers_natural + viewers_granted + viewers_voucher + "
                 "viewers_paid"},
        GROWTH_MEMBER(viewers));
  visit(Quantity{"viewers_2h", viewers_per_session, {"2 小时场观", "Views at two hours"},
                 {"一场开播两小时的累计场观，含私域和转发，不含政策、券和付费。", "Views of a session at two hours: private, referral and natural."},
                 "session_private + session_referral + session_natural_2h"},
        GROWTH_MEMBER(viewers_2h));
  visit(Quantity{"public_share", rate, {"公域占比", "Public share"},
                 {"自然公域与政策流量占全部观众的比例。", "Natural and granted viewers over all viewers."},
                 "share(viewers_natural + viewers_granted, viewers)"},
        GROWTH_MEMBER(public_share));
  visit(Quantity{"gpm", yuan_per_thousand_viewers, {"GPM", "GPM"},
                 {"每千观众下单金额，只算直播间里的首单。", "¥ that new customers order in the room per 1,000 viewers."},
                 "share(1000*price*buyers_in_room, viewers)"},
        GROWTH_MEMBER(gpm));
  visit(Quantity{"new_customers_private", users, {"私域新客", "New customers, private"},
                 {"私域里当月第一次买的人。", "Pool members who buy for the first time."},
                 "select(live.sessions_per_month < 1, (private_users - "
                 "private_customers)*live.sessions_per_month*buy_chance, -(private_users - "
                 "private_customers)*expm1(live.sessions_per_month*log1p(-buy_chance)))"},
        GROWTH_MEMBER(new_customers_private));
  visit(Quantity{"new_customers_referral", users, {"转发新客", "New customers, referral"},
                 {"转发观众里成交的人。", "Buyers among referral viewers."},
                 "viewers_referral*conversion_referral"},
        GROWTH_MEMBER(new_customers_referral));
  visit(Quantity{"new_customers_natural", users, {"自然公域新客", "New customers, natural"},
                 {"自然公域观众里成交的人。", "Buyers among natural viewers."},
                 "viewers_natural*conversion_natural"},
        GROWTH_MEMBER(new_customers_natural));
  visit(Quantity{"new_customers_granted", users, {"政策流量新客", "New customers, granted"},
                 {"政策流量里成交的人。", "Buyers among granted viewers."},
                 "viewers_granted*conversion_natural"},
        GROWTH_MEMBER(new_customers_granted));
  visit(Quantity{"new_customers_voucher", users, {"流量券新客", "New customers, voucher"},
                 {"流量券观众里成交的人。", "Buyers among voucher viewers."},
                 "viewers_voucher*conversion_voucher"},
        GROWTH_MEMBER(new_customers_voucher));
  visit(Quantity{"new_customers_paid", users, {"付费新客", "New customers, paid"},
                 {"付费观众里成交的人。", "Buyers among paid viewers."},
                 "channels(channel.half_saturation/channel.cost_per_viewer*hill(channel.monthly_spend, "
                 "channel.half_saturation, channel.shape)*min(1, "
                 "conversion.public*(channel.precision/audience.reference_purity)*demand))"},
        GROWTH_MEMBER(new_customers_paid));
  visit(Quantity{"new_customers_affiliate", users, {"分销新客", "New customers, affiliate"},
                 {"达人和分销在别处带来的首单客户，不进直播间。", "First buyers affiliates bring from elsewhere; they never enter the room."},
                 "distribution.share*(new_customers_private + new_customers_referral + new_customers_natural)"},
        GROWTH_MEMBER(new_customers_affiliate));
  visit(Quantity{"new_customers", users, {"新客", "New customers"},
                 {"当月第一次买的人。", "People who buy for the first time in the month."},
                 "new_customers_private + outside_buyers"},
        GROWTH_MEMBER(new_customers));
  visit(Quantity{"repeat_orders_private", orders, {"私域复购单", "Repeat orders, private"},
                 {"私域客户的复购单，扣掉被别家货替代的。", "Repeat orders from the pool, less those partner goods displace."},
                 "partner_kept*pool_repeats"},
        GROWTH_MEMBER(repeat_orders_private));
  visit(Quantity{"repeat_orders_public", orders, {"公域复购单", "Repeat orders, public"},
                 {"不在私域的客户的复购单。", "Repeat orders of customers outside the pool."},
                 "outside_repeats"},
        GROWTH_MEMBER(repeat_orders_public));
  visit(Quantity{"orders", orders, {"订单", "Orders"},
                 {"首单加复购单。", "First and repeat orders."},
                 "partner_kept*new_customers_private + repeat_orders_private + outside_buyers + repeat_orders_public"},
        GROWTH_MEMBER(orders));
  visit(Quantity{"gmv", yuan, {"成交额 GMV", "GMV"},
                 {"下单金额，退货前。", "Value ordered, before returns."},
                 "partner_kept*own_pool_sales + price*outside_buyers + "
                 "price*repurchase.order_value_ratio*outside_repeats"},
        GROWTH_MEMBER(gmv));
  visit(Quantity{"settled_gmv", yuan, {"结算额", "Settled GMV"},
                 {"扣掉退货的成交额。", "GMV after returns."},
                 "gmv*(1 - orders.return_rate)"},
        GROWTH_MEMBER(settled_gmv));
  visit(Quantity{"partner_income", yuan, {"别家货佣金", "Partner income"},
                 {"在私域卖别家货赚的佣金。", "Commission on partner goods sold to the pool."},
                 "repurchase.partner_commission*(1 - orders.return_rate)*repurchase.partner_share*own_pool_sales"},
        GROWTH_MEMBER(partner_income));
  visit(Quantity{"cost_of_goods", yuan, {"货品成本", "Cost of goods"},
                 {"结算出去的货的进货成本。", "Cost of the goods that were settled."},
                 "settled_gmv*(1 - costs.gross_margin)/(1 + orders.price_change)"},
        GROWTH_MEMBER(cost_of_goods));
  visit(Quantity{"platform_fee", yuan, {"技术服务费", "Platform fee"},
                 {"平台按结算额扣的费。", "What the platform keeps of settled sales."},
                 "settled_gmv*fee_rate"},
        GROWTH_MEMBER(platform_fee));
  visit(Quantity{"distribution_cost", yuan, {"分销佣金", "Affiliate commission"},
                 {"付给达人的佣金。", "Commission paid to affiliates."},
                 "price*new_customers_affiliate*(1 - orders.return_rate)*distribution.commission"},
        GROWTH_MEMBER(distribution_cost));
  visit(Quantity{"fulfilment_cost", yuan, {"履约成本", "Fulfilment"},
                 {"发货和退货的钱。", "Shipping and returns."},
                 "orders*(costs.shipping_per_order + orders.return_rate*costs.return_cost_per_order)"},
        GROWTH_MEMBER(fulfilment_cost));
  visit(Quantity{"session_cost", yuan, {"开播成本", "Cost of sessions"},
                 {"场地样品加人工。", "Studio and samples, host and crew."},
                 "live.sessions_per_month*(costs.session_cost + live.hours_per_session*costs.hourly_cost)"},
        GROWTH_MEMBER(session_cost));
  visit(Quantity{"media_spend", yuan, {"投放", "Media spend"},
                 {"各付费渠道的花费。", "Spend on all channels."},
                 "channels(channel.monthly_spend)"},
        GROWTH_MEMBER(media_spend));
  visit(Quantity{"private_cost", yuan, {"私域成本", "Private domain"},
                 {"维护、入池礼和拉新。", "Care, welcome gifts and recruits."},
                 "private_users*costs.private_cost_per_user + pool_joins*costs.join_cost_per_user + "
                 "pool_room*private.monthly_recruits*costs.recruit_cost_per_user"},
        GROWTH_MEMBER(private_cost));
  visit(Quantity{"fixed_cost", yuan, {"固定成本", "Fixed cost"},
                 {"播不播都要付的钱。", "Paid whether you are live or not."},
                 "costs.fixed_monthly"},
        GROWTH_MEMBER(fixed_cost));
  visit(Quantity{"incentive_cash", yuan, {"激励现金", "Incentive cash"},
                 {"当月到账的现金激励和返还。", "Cash that programmes pay this month."},
                 ""},
        GROWTH_MEMBER(incentive_cash));
  visit(Quantity{"profit", yuan, {"利润", "Profit"},
                 {"结算额扣掉所有成本，加上佣金收入和激励现金。", "Settled sales less every cost, plus commission income and incentive cash."},
                 "settled_gmv - cost_of_goods - platform_fee - distribution_cost - fulfilment_cost - session_cost "
                 "- media_spend - private_cost - fixed_cost + partner_income + incentive_cash"},
        GROWTH_MEMBER(profit));
  visit(Quantity{"cumulative_profit", yuan, {"累计利润", "Cumulative profit"},
                 {"到本月底一共赚了多少。", "Profit so far."},
                 "prev(cumulative_profit) + profit",
                 "profit"},
        GROWTH_MEMBER(cumulative_profit));
  visit(Quantity{"cash", yuan, {"现金流", "Cash"},
                 {"当月到账减当月付出。", "Cash in less cash out in the month."},
                 "cash_in - outlays"},
        GROWTH_MEMBER(cash));
  visit(Quantity{"cumulative_cash", yuan, {"累计现金", "Cumulative cash"},
                 {"到本月底的现金累计，最低点就是要备的钱。", "Cash so far; its lowest point is the money you need."},
                 "prev(cumulative_cash) + cash",
                 "cash"},
        GROWTH_MEMBER(cumulative_cash));
  visit(Quantity{"voucher_granted", yuan, {"到账流量券", "Vouchers granted"},
                 {"当月开始能用的券，面额；第 1 个月含手上的。", "Face value of lots that become valid; month 1 includes those in hand."},
                 ""},
        GROWTH_MEMBER(voucher_granted));
  visit(Quantity{"voucher_used", yuan, {"用掉的券", "Vouchers used"},
                 {"当月用掉的面额。", "Face value spent."},
                 "vouchers.use_rate*(prev(voucher_balance) + voucher_granted)",
                 "vouchers.use_rate*voucher_granted"},
        GROWTH_MEMBER(voucher_used));
  visit(Quantity{"voucher_expired", yuan, {"过期的券", "Vouchers expired"},
                 {"到期没用掉的面额。", "Face value that expires unused."},
                 "prev(voucher_balance) + voucher_granted - voucher_used - voucher_balance",
                 "voucher_granted - voucher_used - voucher_balance"},
        GROWTH_MEMBER(voucher_expired));
  visit(Quantity{"voucher_balance", yuan, {"月底券余额", "Voucher balance"},
                 {"月底还能用的面额。", "Face value still valid at the end of the month."},
                 ""},
        GROWTH_MEMBER(voucher_balance));
  visit(Quantity{"fee_rate", rate, {"实际费率", "Fee rate"},
                 {"当月技术服务费率，激励计划可能把它降低。", "Technical service fee of the month; a programme may lower it."},
                 ""},
        GROWTH_MEMBER(fee_rate));
}

/// What the columns are made of.
template <class Visitor>
constexpr void visit_terms(Visitor&& visit) {
  using enum Unit;
  visit(Quantity{"demand", factor, {"需求系数", "Demand"},
                 {"淡旺季 × 大盘趋势 × 调价影响。", "Season × trend × price effect."},
                 "season*(1 + business.market_growth)^(month - 1)*(1 + orders.price_change)^orders.price_elasticity"},
        GROWTH_MEMBER(demand));
  visit(Quantity{"attendance", rate, {"到场率", "Attendance"},
                 {"每场私域里有多少人进房：触达 × 进房 × 疲劳 × 时长。", "Share of the pool in the room per session: reach × attendance × fatigue × length."},
                 "min(1, "
                 "private.reach_rate*private.attend_rate*saturation(live.sessions_per_month/private.fatigue_session"
                 "s)*expm1(-live.hours_per_session/live.attendance_hours)/expm1(-3/live.attendance_hours))"},
        GROWTH_MEMBER(attendance));
  visit(Quantity{"session_private", viewers_per_session, {"每场私域观众", "Private viewers per session"},
                 {"一场有多少私域的人。", "Pool members in one session."},
                 "private_users*attendance"},
        GROWTH_MEMBER(session_private));
  visit(Quantity{"session_referral", viewers_per_session, {"每场转发观众", "Referral viewers per session"},
                 {"一场由转发带来的人。", "People brought by forwarding in one session."},
                 "session_private*private.share_rate*private.viewers_per_share"},
        GROWTH_MEMBER(session_referral));
  visit(Quantity{"session_natural", viewers_per_session, {"每场自然公域", "Natural viewers per session"},
                 {"一场推来的公域观众。", "Public viewers pushed in one session."},
                 "saturate(first_wave*wave_sum, live.public_ceiling)"},
        GROWTH_MEMBER(session_natural));
  visit(Quantity{"session_natural_2h", viewers_per_session, {"前 2 小时自然公域", "Natural viewers in two hours"},
                 {"前两小时推来的公域观众。", "Public viewers pushed in the first two hours."},
                 "saturate(first_wave*wave_sum_2h, live.public_ceiling)"},
        GROWTH_MEMBER(session_natural_2h));
  visit(Quantity{"first_wave", viewers_per_session, {"首波", "First wave"},
                 {"平台首推加上私域带起的一对一。", "First push plus one per private viewer."},
                 "live.first_wave_min + (live.first_wave_max - live.first_wave_min)*account_weight + session_private"},
        GROWTH_MEMBER(first_wave));
  visit(Quantity{"wave_sum", factor, {"推流倍数", "Wave sum"},
                 {"整场所有波次加起来是首波的几倍。", "All waves of a session as a multiple of the first."},
                 "select(60*live.hours_per_session/live.wave_minutes <= 1, "
                 "60*live.hours_per_session/live.wave_minutes, geometric_sum(reproduction, "
                 "60*live.hours_per_session/live.wave_minutes))"},
        GROWTH_MEMBER(wave_sum));
  visit(Quantity{"wave_sum_2h", factor, {"前 2 小时推流倍数", "Wave sum in two hours"},
                 {"前两小时的波次加起来是首波的几倍。", "Waves of the first two hours as a multiple of the first."},
                 "select(min(60*live.hours_per_session, 120)/live.wave_minutes <= 1, "
                 "min(60*live.hours_per_session, 120)/live.wave_minutes, geometric_sum(reproduction, "
                 "min(60*live.hours_per_session, 120)/live.wave_minutes))"},
        GROWTH_MEMBER(wave_sum_2h));
  visit(Quantity{"public_gpm", yuan_per_thousand_viewers, {"公域 GPM", "GPM of strangers"},
                 {"每千个陌生观众下单多少。", "¥ ordered per 1,000 strangers."},
                 "1000*conversion_natural*price"},
        GROWTH_MEMBER(public_gpm));
  visit(Quantity{"conversion_private", rate, {"当月私域转化", "Private conversion"},
                 {"当月每看一场有多少下单。", "Buyers per viewer and session this month."},
                 "min(1, conversion.private*demand)"},
        GROWTH_MEMBER(conversion_private));
  visit(Quantity{"conversion_referral", rate, {"当月转发转化", "Referral conversion"},
                 {"当月每看一场有多少下单。", "Buyers per viewer and session this month."},
                 "min(1, conversion.referral*demand)"},
        GROWTH_MEMBER(conversion_referral));
  visit(Quantity{"conversion_natural", rate, {"当月公域转化", "Public conversion"},
                 {"按当月人群精准度折算的公域转化。", "Public conversion at this month's purity."},
                 "min(1, conversion.public*(purity/audience.reference_purity)*demand)"},
        GROWTH_MEMBER(conversion_natural));
  visit(Quantity{"conversion_voucher", rate, {"券观众转化", "Voucher conversion"},
                 {"按券的精准度折算的转化。", "Public conversion at the vouchers' precision."},
                 "min(1, conversion.public*(vouchers.precision/audience.reference_purity)*demand)"},
        GROWTH_MEMBER(conversion_voucher));
  visit(Quantity{"buy_chance", rate, {"每场购买机会", "Chance per session"},
                 {"一个没买过的私域成员每场会买的机会。", "Chance that a pool member who has not bought buys in a session."},
                 "min(attendance*conversion_private, 0.999999999999)"},
        GROWTH_MEMBER(buy_chance));
  visit(Quantity{"voucher_spend", yuan, {"券的投放价值", "Voucher spend"},
                 {"用掉的券相当于多少投放。", "Heating money the used vouchers replace."},
                 "voucher_used*vouchers.point_value"},
        GROWTH_MEMBER(voucher_spend));
  visit(Quantity{"granted_viewers", viewers, {"政策给的流量", "Viewers granted"},
                 {"激励计划当月给的人次，上限之前。", "Visits granted this month before the ceiling."},
                 ""},
        GROWTH_MEMBER(granted_viewers));
  visit(Quantity{"pool_room", rate, {"入池余地", "Room in the pool"},
                 {"离私域天花板还有多远。", "How far the pool is from its ceiling."},
                 "max(0, 1 - private_users/private.pool_ceiling)"},
        GROWTH_MEMBER(pool_room));
  visit(Quantity{"buyers_in_room", users, {"直播间新客", "Buyers in the room"},
                 {"当月在直播间里首购的人。", "First buyers in the room."},
                 "new_customers_private + new_customers_referral + new_customers_natural + new_customers_granted "
                 "+ new_customers_voucher + new_customers_paid"},
        GROWTH_MEMBER(buyers_in_room));
  visit(Quantity{"buyer_purity", users, {"其中目标人群", "Of those, target group"},
                 {"首购的人里属于目标人群的。", "First buyers in the target group."},
                 "(new_customers_private + new_customers_referral)*audience.private_purity + "
                 "(new_customers_natural + new_customers_granted)*audience.purity + "
                 "new_customers_voucher*vouchers.precision + "
                 "channels(channel.precision*channel.half_saturation/channel.cost_per_viewer*hill(channel.monthly_s"
                 "pend, channel.half_saturation, channel.shape)*min(1, "
                 "conversion.public*(channel.precision/audience.reference_purity)*demand))"},
        GROWTH_MEMBER(buyer_purity));
  visit(Quantity{"outside_buyers", users, {"非私域新客", "Buyers outside the pool"},
                 {"当月首购、之前不在私域的人。", "First buyers who were not in the pool."},
                 "new_customers_referral + new_customers_natural + new_customers_granted + new_customers_voucher "
                 "+ new_customers_paid + new_customers_affiliate"},
        GROWTH_MEMBER(outside_buyers));
  visit(Quantity{"pool_repeats", orders, {"私域复购（替代前）", "Pool repeats"},
                 {"需求 × 直播系数 × Σ 各批私域客户按复购曲线再下的单。", "Demand × live factor × repeat orders of all pool cohorts by their curve."},
                 ""},
        GROWTH_MEMBER(pool_repeats));
  visit(Quantity{"outside_repeats", orders, {"公域复购", "Outside repeats"},
                 {"需求 × 直播系数 × Σ 各批公域客户按复购曲线再下的单。", "Demand × live factor × repeat orders of all outside cohorts by their curve."},
                 ""},
        GROWTH_MEMBER(outside_repeats));
  visit(Quantity{"live_factor", factor, {"直播系数", "Live factor"},
                 {"不开播时靠直播的复购会没有。", "Without sessions the live share of repeats is lost."},
                 "(1 - repurchase.live_share) - repurchase.live_share*expm1(-live.sessions_per_month/2)"},
        GROWTH_MEMBER(live_factor));
  visit(Quantity{"partner_kept", factor, {"自家货留存", "Own goods kept"},
                 {"卖别家货之后自家私域销售还剩多少。", "What remains of own pool sales beside partner goods."},
                 "1 - (1 - repurchase.partner_incremental)*repurchase.partner_share"},
        GROWTH_MEMBER(partner_kept));
  visit(Quantity{"own_pool_sales", yuan, {"自家私域销售", "Own pool sales"},
                 {"不卖别家货时私域会买自家多少。", "What the pool would buy of your goods."},
                 "price*new_customers_private + price*repurchase.order_value_ratio*pool_repeats"},
        GROWTH_MEMBER(own_pool_sales));
  visit(Quantity{"private_origin_gmv", yuan, {"私域来源成交", "Private-origin GMV"},
                 {"私域和转发带来的成交。", "GMV from the pool and its referrals."},
                 "partner_kept*own_pool_sales + price*new_customers_referral"},
        GROWTH_MEMBER(private_origin_gmv));
  visit(Quantity{"pool_joins", users, {"入池人数", "Joins"},
                 {"当月加进私域的买家和观众。", "Buyers and viewers who join the pool."},
                 "private.buyer_join_rate*pool_room*outside_buyers + private.viewer_join_rate*pool_room*max(0, "
                 "viewers - viewers_private - (outside_buyers - new_customers_affiliate))"},
        GROWTH_MEMBER(pool_joins));
  visit(Quantity{"revenue", yuan, {"收入", "Revenue"},
                 {"扣平台费后的结算收入、佣金和激励现金。", "Settled sales after the fee, commission and incentive cash."},
                 "settled_gmv - platform_fee + partner_income + incentive_cash"},
        GROWTH_MEMBER(revenue));
  visit(Quantity{"cash_in", yuan, {"到账", "Cash in"},
                 {"按回款天数推迟到本月到账的收入。", "Revenue that arrives this month after the settlement delay."},
                 ""},
        GROWTH_MEMBER(cash_in));
  visit(Quantity{"outlays", yuan, {"支出", "Outlays"},
                 {"当月付出去的全部成本。", "Costs paid in the month."},
                 "cost_of_goods + distribution_cost + fulfilment_cost + session_cost + media_spend + private_cost "
                 "+ fixed_cost"},
        GROWTH_MEMBER(outlays));
}

/// What holds for the whole plan and is only named to shorten formulas: visit(quantity).
template <class Visitor>
constexpr void visit_plan_terms(Visitor&& visit) {
  using enum Unit;
  visit(Quantity{"price", yuan_per_order, {"调价后客单价", "Price"},
                 {"客单价按调价后算。", "Order value after the price change."},
                 "orders.average_order_value*(1 + orders.price_change)"});
  visit(Quantity{"margin", rate, {"调价后毛利率", "Margin"},
                 {"进货成本不变，按调价后的价格算的毛利率。", "Gross margin at the changed price, unit cost unchanged."},
                 "(costs.gross_margin + orders.price_change)/(1 + orders.price_change)"});
  visit(Quantity{"arrival_discount", factor, {"回款折现", "Arrival discount"},
                 {"一元收入推迟到账后按月资金成本折成多少。", "What one ¥ of revenue is worth when it arrives after the settlement delay."},
                 "(1 - fraction(costs.settlement_days/30))*(1 + "
                 "costs.discount_rate_monthly)^(-whole(costs.settlement_days/30)) + "
                 "fraction(costs.settlement_days/30)*(1 + "
                 "costs.discount_rate_monthly)^(-whole(costs.settlement_days/30) - 1)"});
}

/// Totals over the horizon; formulas may use sum(), lowest() and last() of columns. Members are plain
/// numbers, quotients, or the payback month.
template <class Visitor>
constexpr void visit_summary(Visitor&& visit) {
  using enum Unit;
  visit(Quantity{"gmv", yuan, {"总成交额", "GMV"},
                 {"测算期内下单金额，退货前。", "Value ordered over the months planned, before returns."},
                 "sum(gmv)"},
        GROWTH_MEMBER(gmv));
  visit(Quantity{"settled_gmv", yuan, {"总结算额", "Settled GMV"},
                 {"扣掉退货的成交额。", "GMV after returns."},
                 "sum(settled_gmv)"},
        GROWTH_MEMBER(settled_gmv));
  visit(Quantity{"profit", yuan, {"总利润", "Profit"},
                 {"测算期内的利润。", "Profit over the months planned."},
                 "sum(profit)"},
        GROWTH_MEMBER(profit));
  visit(Quantity{"cash_low", yuan, {"现金最低点", "Lowest cash"},
                 {"累计现金最低的时候，负数就是要备的钱。", "Lowest cumulative cash; a negative number is the money you need."},
                 "min(0, lowest(cumulative_cash))"},
        GROWTH_MEMBER(cash_low));
  visit(Quantity{"payback_month", months, {"回本月", "Payback month"},
                 {"从这个月起累计利润不再为负。", "First month from which cumulative profit stays at or above 0."},
                 ""},
        GROWTH_MEMBER(payback_month));
  visit(Quantity{"npv", yuan, {"净现值", "Net present value"},
                 {"每笔收支按到账月折现，测算期后才到的钱也算。", "All cash in and out, discounted from the end of its month, later arrivals included."},
                 "sum((revenue*arrival_discount - outlays)*(1 + costs.discount_rate_monthly)^(-month))"},
        GROWTH_MEMBER(npv));
  visit(Quantity{"orders", orders, {"总订单", "Orders"},
                 {"首单加复购单。", "First and repeat orders."},
                 "sum(orders)"},
        GROWTH_MEMBER(orders));
  visit(Quantity{"viewers", viewers, {"总观众", "Viewers"},
                 {"全部进房人次。", "All visits."},
                 "sum(viewers)"},
        GROWTH_MEMBER(viewers));
  visit(Quantity{"new_customers", users, {"总新客", "New customers"},
                 {"第一次买的人。", "People who bought for the first time."},
                 "sum(new_customers)"},
        GROWTH_MEMBER(new_customers));
  visit(Quantity{"repeat_share", rate, {"复购单占比", "Repeat share"},
                 {"复购单占全部订单。", "Repeat orders over all orders."},
                 "share(sum(repeat_orders_private) + sum(repeat_orders_public), sum(orders))"},
        GROWTH_MEMBER(repeat_share));
  visit(Quantity{"public_share", rate, {"公域占比", "Public share"},
                 {"自然公域与政策流量占全部观众。", "Natural and granted viewers over all viewers."},
                 "share(sum(viewers_natural) + sum(viewers_granted), sum(viewers))"},
        GROWTH_MEMBER(public_share));
  visit(Quantity{"leverage", factor, {"自然公域比私域", "Leverage"},
                 {"自然公域观众是私域观众的几倍。", "Natural viewers per private viewer."},
                 "sum(viewers_natural)/sum(viewers_private)"},
        GROWTH_MEMBER(leverage));
  visit(Quantity{"media_spend", yuan, {"总投放", "Media spend"},
                 {"各付费渠道的花费。", "Spend on all channels."},
                 "sum(media_spend)"},
        GROWTH_MEMBER(media_spend));
  visit(Quantity{"roas", factor, {"支付 ROI", "Paid ROI"},
                 {"付费和流量券带来的首单下单金额 ÷ 投放。", "First orders from paid and voucher viewers over media spend, value ordered."},
                 "price*(sum(new_customers_voucher) + sum(new_customers_paid))/sum(media_spend)"},
        GROWTH_MEMBER(roas));
  visit(Quantity{"cac", yuan, {"获客成本", "CAC"},
                 {"投放 ÷ 付费渠道新客，不含流量券。", "Media spend per new customer from channels."},
                 "sum(media_spend)/sum(new_customers_paid)"},
        GROWTH_MEMBER(cac));
  visit(Quantity{"private_users_end", users, {"期末私域用户", "Private users at the end"},
                 {"最后一个月结束时私域里的人。", "People in the pool after the last month."},
                 "last(private_users)*(1 - private.monthly_churn) + last(pool_joins) + "
                 "last(pool_room)*private.monthly_recruits"},
        GROWTH_MEMBER(private_users_end));
}

/// Worth of a customer, a viewer and a ¥. Members are numbers of UnitEconomics; the channels' own and
/// those that may not exist are added by the writers of answers.
template <class Visitor>
constexpr void visit_unit_economics(Visitor&& visit) {
  using enum Unit;
  visit(Quantity{"first_order_margin", yuan_per_order, {"首单净剩", "First order margin"},
                 {"一个首单扣掉退货、货品、平台费和履约后剩多少。", "What a first order leaves after returns, goods, fee and fulfilment."},
                 "price*(1 - orders.return_rate)*(margin - costs.platform_fee_rate) - costs.shipping_per_order - "
                 "orders.return_rate*costs.return_cost_per_order"},
        GROWTH_MEMBER(first_order_margin));
  visit(Quantity{"repeat_order_margin", yuan_per_order, {"复购单净剩", "Repeat order margin"},
                 {"一个复购单剩多少。", "What a repeat order leaves."},
                 "price*repurchase.order_value_ratio*(1 - orders.return_rate)*(margin - costs.platform_fee_rate) "
                 "- costs.shipping_per_order - orders.return_rate*costs.return_cost_per_order"},
        GROWTH_MEMBER(repeat_order_margin));
  visit(Quantity{"ltv_private", yuan, {"私域客户价值", "Lifetime value, private"},
                 {"一个进了私域的客户，首单加往后复购，折现后值多少。", "First order and discounted repeats of a customer who joins the pool."},
                 ""},
        GROWTH_MEMBER(ltv_private));
  visit(Quantity{"ltv_public", yuan, {"公域客户价值", "Lifetime value, public"},
                 {"一个没进私域的客户值多少。", "The same for a customer who stays outside."},
                 ""},
        GROWTH_MEMBER(ltv_public));
  visit(Quantity{"max_cac", yuan, {"获客最高价", "Highest CAC"},
                 {"一个新客最多花多少还不亏，按入池率混合两种客户价值。", "What a new customer may cost: both lifetime values, mixed by the join rate."},
                 "private.buyer_join_rate*ltv_private + (1 - private.buyer_join_rate)*ltv_public"},
        GROWTH_MEMBER(max_cac));
  visit(Quantity{"max_cost_per_viewer", yuan_per_viewer, {"一个观众最多花", "Highest cost per viewer"},
                 {"一个自然公域水准的观众最多值多少，含复购。", "What a viewer of natural quality is worth, repeats included."},
                 "min(1, conversion.public*(audience.purity/audience.reference_purity)*(1 + "
                 "orders.price_change)^orders.price_elasticity)*max_cac"},
        GROWTH_MEMBER(max_cost_per_viewer));
  visit(Quantity{"first_order_max_cost_per_viewer", yuan_per_viewer, {"只算首单，一个观众最多花", "Highest cost per viewer, first order only"},
                 {"不算复购，一个观众最多值多少。", "The same without repeats."},
                 "min(1, conversion.public*(audience.purity/audience.reference_purity)*(1 + "
                 "orders.price_change)^orders.price_elasticity)*first_order_margin"},
        GROWTH_MEMBER(first_order_max_cost_per_viewer));
  visit(Quantity{"voucher_yuan_worth", yuan_per_face_yuan, {"一元流量券值", "Worth of ¥1 of voucher"},
                 {"用量不大时，面额 1 元的券带来的客户值多少。", "What one face ¥ brings at low use."},
                 "vouchers.point_value/vouchers.cost_per_viewer*min(1, "
                 "conversion.public*(vouchers.precision/audience.reference_purity)*(1 + "
                 "orders.price_change)^orders.price_elasticity)*max_cac"},
        GROWTH_MEMBER(voucher_yuan_worth));
  visit(Quantity{"break_even_margin", rate, {"每元成交留下", "Left of one ¥ of sales"},
                 {"一元成交扣掉退货、货品和平台费后剩多少；不算发货时，保本投产比是它的倒数。", "What one ¥ of sales leaves after returns, goods and fee; its inverse is the break-even ROI before fulfilment."},
                 "(1 - orders.return_rate)*(margin - costs.platform_fee_rate)"},
        GROWTH_MEMBER(break_even_margin));
}
// clang-format on

/// The lists above as tables for plain numbers.
template <class Owner>
struct QuantityEntry {
  Quantity quantity;
  const double& (*read)(const Owner&);
};
struct SummaryEntry {
  Quantity quantity;
  std::variant<const double& (*)(const Summary<double>&),
               const Quotient<double>& (*)(const Summary<double>&)>
      read;
};
[[nodiscard]] std::span<const QuantityEntry<Month<double>>> month_columns();
[[nodiscard]] std::span<const QuantityEntry<Month<double>>> month_terms();
[[nodiscard]] std::span<const Quantity> plan_terms();
[[nodiscard]] std::span<const SummaryEntry> summary_quantities();
[[nodiscard]] std::span<const QuantityEntry<UnitEconomics<double>>> unit_economics_quantities();

/// The value of a summary entry; nothing where it does not exist.
[[nodiscard]] std::optional<double> summary_value(const SummaryEntry& entry,
                                                  const Summary<double>& summary, int horizon_months);

}  // namespace growth
