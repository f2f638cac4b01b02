// A month of the plan, step by step: which quantities belong where, and what cannot be put into a formula.
import type { Text } from './library.js';

export interface Step {
  id: string;
  title: Text;
  says: Text;
  /** Columns, terms of a month and terms of the plan, in reading order. */
  quantities: string[];
}

export const steps: Step[] = [
  {
    id: 'demand',
    title: { zh: '价格和需求', en: 'Price and demand' },
    says: {
      zh: '先定这个月的价格和需求：淡旺季、大盘走势、调价，都折成一个系数。',
      en: 'First the month’s price and demand: season, trend and a change of price become one factor.',
    },
    quantities: ['price', 'margin', 'demand'],
  },
  {
    id: 'pool',
    title: { zh: '私域进房', en: 'The pool comes in' },
    says: {
      zh: '私域里的人每场有多少进房：看得到邀请的 × 肯来的；请得勤了会疲劳，播得长来得多。池子每月流失一些、进来一些，越接近天花板越难进。',
      en: 'How many of the pool come to a session: those who see the invitation times those who follow it. Frequent invitations tire, long sessions catch more. Each month some leave and some join, fewer as the ceiling comes near.',
    },
    quantities: ['private_users', 'private_customers', 'pool_room', 'attendance', 'session_private', 'viewers_private'],
  },
  {
    id: 'referral',
    title: { zh: '转发', en: 'Forwarding' },
    says: { zh: '一部分私域观众会转发直播间，带来他们的朋友。', en: 'Some of the private viewers forward the room and bring their friends.' },
    quantities: ['session_referral', 'viewers_referral'],
  },
  {
    id: 'conversion',
    title: { zh: '转化和人群', en: 'Conversion and audience' },
    says: {
      zh: '转化按观众来源分开算；公域的随人群精准度变。平台会慢慢学会谁在买：来买的人越准，下个月推来的人越准。',
      en: 'Each source of viewers converts at its own rate; that of strangers follows how well they fit. The platform learns from who buys: the better the buyers fit, the better next month’s viewers do.',
    },
    quantities: ['purity', 'conversion_private', 'conversion_referral', 'conversion_natural', 'conversion_voucher', 'public_gpm', 'buyer_purity'],
  },
  {
    id: 'quality',
    title: { zh: '直播间质量和再生数', en: 'Quality and reproduction' },
    says: {
      zh: '平台按波次推流：一波观众留得住、愿意点、愿意买，就推下一波。五个指标对比基准，得出质量；质量决定每个观众在下一波换来几个（再生数）。账号权重跟着质量慢慢走。',
      en: 'The platform pushes in waves: where one wave stays, clicks and buys, it sends the next. Five indicators against their benchmarks make the quality; quality decides how many viewers each one earns in the next wave (the reproduction number). The account’s weight follows quality slowly.',
    },
    quantities: ['quality', 'reproduction', 'account_weight'],
  },
  {
    id: 'natural',
    title: { zh: '自然公域', en: 'Natural public traffic' },
    says: {
      zh: '首波是平台的首推，加上每个私域观众带起的一个；之后一波接一波，再受单场和每月上限约束。前两小时的场观另算，因为公布的几档门槛说的是它。',
      en: 'The first wave is the platform’s own push plus one viewer for each private one; wave follows wave, up to the ceilings of a session and of a month. Views at two hours are computed apart, as published thresholds speak of them.',
    },
    quantities: ['first_wave', 'wave_sum', 'session_natural', 'viewers_natural', 'wave_sum_2h', 'session_natural_2h', 'viewers_2h'],
  },
  {
    id: 'rewards',
    title: { zh: '政策流量和流量券', en: 'Granted traffic and vouchers' },
    says: {
      zh: '激励计划给的流量和券，从这里进来。券先用最早到期的，每月用掉可用余额的一部分，到期没用完就作废。',
      en: 'Traffic and vouchers that programmes grant come in here. Of the vouchers those that expire first are used first, a share of the balance each month; what is left at its last valid month expires.',
    },
    quantities: ['granted_viewers', 'viewers_granted', 'voucher_granted', 'voucher_used', 'voucher_spend', 'viewers_voucher', 'voucher_expired', 'voucher_balance'],
  },
  {
    id: 'paid',
    title: { zh: '付费加热', en: 'Paid channels' },
    says: {
      zh: '每个渠道一条响应曲线：开头一个观众一个价，越投越贵；形状大于 1 时，先投到一定的量才起效。',
      en: 'Each channel has a response curve: the first viewers at the price given, later ones dearer; with a shape above 1 little happens before a certain spend.',
    },
    quantities: ['media_spend', 'viewers_paid'],
  },
  {
    id: 'viewers',
    title: { zh: '观众合起来', en: 'All viewers' },
    says: { zh: '六种来源加在一起。', en: 'The six sources together.' },
    quantities: ['viewers', 'public_share'],
  },
  {
    id: 'customers',
    title: { zh: '新客和入池', en: 'New customers' },
    says: {
      zh: '还没买过的私域成员，看几场就有几次机会；公域各来源按转化率。非私域的买家和观众，一部分加进私域。',
      en: 'Members who have not bought have a chance at each session they see; viewers from elsewhere convert at their rates. Of buyers and viewers from outside some join the pool.',
    },
    quantities: [
      'buy_chance', 'new_customers_private', 'new_customers_referral', 'new_customers_natural', 'new_customers_granted', 'new_customers_voucher',
      'new_customers_paid', 'new_customers_affiliate', 'buyers_in_room', 'outside_buyers', 'new_customers', 'gpm', 'pool_joins',
    ],
  },
  {
    id: 'repeat',
    title: { zh: '复购', en: 'Repeat orders' },
    says: {
      zh: '每个月的新客是一批，按年龄往后复购。买过 a 个月的客户，这个月平均再下 m(a) 单：填了复购曲线就用曲线；没填就是 复购率 × 复购客下几单 × (1 − δ) × δ^(a−1) ÷ (1 − δ^窗口)，δ 是复购月留存，窗口是复购率口径的月数（δ = 1 时是 复购率 × 单数 ÷ 窗口）。退了首单的人不算客户；离开私域的人，之后按没进私域的复购。',
      en: 'The new customers of a month are a cohort that reorders as it ages. A customer of age a months places m(a) orders in the month: by the curve where one is given, else repurchase rate × orders per repeater × (1 − δ) × δ^(a−1) ÷ (1 − δ^window), with δ the monthly decay (rate × orders ÷ window where δ = 1). Who returned the first order is no customer; who leaves the pool reorders as those outside do from then on.',
    },
    quantities: ['live_factor', 'pool_repeats', 'outside_repeats', 'repeat_orders_private', 'repeat_orders_public'],
  },
  {
    id: 'sales',
    title: { zh: '订单和成交', en: 'Orders and sales' },
    says: {
      zh: '首单加复购单。在私域卖别家的货会挤掉一部分自家销售，换来佣金。',
      en: 'First orders and repeats. Other brands’ goods sold to the pool displace some of our own and earn a commission.',
    },
    quantities: ['partner_kept', 'own_pool_sales', 'private_origin_gmv', 'orders', 'gmv', 'settled_gmv', 'partner_income'],
  },
  {
    id: 'profit',
    title: { zh: '成本和利润', en: 'Costs and profit' },
    says: {
      zh: '从结算额开始，一项一项扣。每一分钱都对得上：各列相加就是利润。',
      en: 'From settled sales down, item by item. Every cent adds up: the columns together are the profit.',
    },
    quantities: [
      'cost_of_goods', 'fee_rate', 'platform_fee', 'distribution_cost', 'fulfilment_cost', 'session_cost', 'private_cost', 'fixed_cost', 'incentive_cash',
      'profit', 'cumulative_profit',
    ],
  },
  {
    id: 'cash',
    title: { zh: '现金', en: 'Cash' },
    says: {
      zh: '收入按回款天数推迟到账，成本当月就付。累计现金的最低点，就是要垫的钱。',
      en: 'Income arrives after the days of settlement, costs leave in their own month. The lowest point of the cumulative cash is what has to be advanced.',
    },
    quantities: ['arrival_discount', 'revenue', 'cash_in', 'outlays', 'cash', 'cumulative_cash'],
  },
];

/** How a quantity without a formula comes about: it hangs on programmes, cohorts or a search. */
export const inProse: Record<string, Text> = {
  granted_viewers: {
    zh: '各激励计划算出来、本月到账的流量之和（见“政策”）。',
    en: 'Traffic that programmes computed and that falls due this month, added (see “Policies”).',
  },
  voucher_granted: {
    zh: '各激励计划本月到账的券之和；第 1 个月加上手上的券。',
    en: 'Vouchers that programmes pay this month, added; in month 1 those in hand as well.',
  },
  voucher_balance: {
    zh: '每笔券各记到期月：上月余额 + 本月到账 − 本月用掉 − 本月过期。',
    en: 'Each lot keeps its last month: last balance + granted − used − expired.',
  },
  pool_repeats: {
    zh: '需求 × 直播系数 ×（期初老客留在池里的 × m(开播前买过的月数 + 已过月数) + 各批入池新客留在池里的 × m(年龄)）。',
    en: 'Demand × live factor × (customers of the start still in the pool × m(their age) + what is left in the pool of each cohort that joined × m(its age)).',
  },
  outside_repeats: {
    zh: '同样的算法：已离开私域的，加上一直没进私域的，按没进私域的复购曲线。',
    en: 'Alike, for those who left the pool and those who never joined, with the curve of customers outside.',
  },
  fee_rate: {
    zh: '填的费率；激励计划降费的月份，取两者里低的。',
    en: 'The rate entered, or that of a programme in force where it is lower.',
  },
  incentive_cash: { zh: '各激励计划本月到账的现金和返还之和。', en: 'Cash and refunds that programmes pay this month, added.' },
  cash_in: {
    zh: '回款天数 ÷ 30 = k 个整月加一个零头 φ：本月到账 = (1 − φ) × 前第 k 个月的收入 + φ × 前第 k + 1 个月的收入；开始之前的收入当 0。',
    en: 'Days of settlement ÷ 30 are k whole months and a fraction φ: (1 − φ) × the income of k months ago + φ × that of k + 1 months ago; none before the plan.',
  },
  payback_month: {
    zh: '从这个月到期末，累计利润都不低于 0；没有这样的月份就是回不了本。',
    en: 'From this month to the end the cumulative profit is never below 0; none where there is no such month.',
  },
  ltv_private: {
    zh: '首单毛利 − 入池礼 + 往后每个月：（留在池里的 × 私域复购 + 已离开的 × 公域复购）×（1 − 退货率）× 直播系数 × 复购单毛利 − 维护成本，按月折现，算满“算几个月的客户价值”。',
    en: 'First order margin − welcome gift + for each later month: (share still in the pool × its repeat orders + share that left × those of outsiders) × (1 − returns) × live factor × repeat order margin − care, discounted, up to the months of lifetime value.',
  },
  ltv_public: {
    zh: '首单毛利 + 往后每个月的公域复购 ×（1 − 退货率）× 直播系数 × 复购单毛利，按月折现，算满“算几个月的客户价值”。',
    en: 'First order margin + for each later month the repeat orders of an outsider × (1 − returns) × live factor × repeat order margin, discounted, up to the months of lifetime value.',
  },
};
