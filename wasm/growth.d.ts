// Types of the growth calculator's module. Made by generate_types.mjs from the engine's catalogue.

export interface Text {
  zh: string;
  en: string;
}

/** Inputs; every member has a default. */
export interface Scenario {
  schema?: 'growth.scenario/1';
  name?: string;
  /** Months planned (months, 1..60) */
  horizon_months?: number;
  business?: {
    /** First month (month of year, 1..12) */
    start_month?: number;
    /** Age of the account (months, 0..600) */
    months_open?: number;
    /** Shop score (points, 0..5) */
    shop_score?: number;
    /** Merchant tags */
    tags?: string[];
    /** Market growth per month (%/month, -0.5..0.5) */
    market_growth?: number;
    /** Season factors (0..10) */
    seasonality?: number[];
  };
  live?: {
    /** Sessions per month (sessions/month, 0..1000) */
    sessions_per_month?: number;
    /** Hours per session (h, 0.1..24) */
    hours_per_session?: number;
    /** Account weight (%, 0..1) */
    account_weight?: number;
    /** Weight kept per month (%, 0..1) */
    weight_inertia?: number;
    /** First push, new account (viewers, 0..1000000) */
    first_wave_min?: number;
    /** First push, trusted account (viewers, 0..1000000) */
    first_wave_max?: number;
    /** Hours until members drop in (h, 0.1..24) */
    attendance_hours?: number;
    /** Minutes between pushes (min, 1..60) */
    wave_minutes?: number;
    /** Public ceiling per session (viewers/session, 1..1000000000) */
    public_ceiling?: number;
    /** Public ceiling per month (viewers/month, 1..10000000000) */
    monthly_public_ceiling?: number;
  };
  private?: {
    /** Private users (people, 0..1000000000) */
    users?: number;
    /** Share who have bought (%, 0..1) */
    customer_share?: number;
    /** Months since first purchase (months, 1..120) */
    customer_age_months?: number;
    /** Reach rate (%, 0..1) */
    reach_rate?: number;
    /** Attendance rate (%, 0..1) */
    attend_rate?: number;
    /** Fatigue sessions (sessions/month, 1..10000) */
    fatigue_sessions?: number;
    /** Forwarding rate (%, 0..1) */
    share_rate?: number;
    /** Viewers per forward (viewers, 0..1000) */
    viewers_per_share?: number;
    /** Pool ceiling (people, 1..10000000000) */
    pool_ceiling?: number;
    /** Pool churn per month (%/month, 0..1) */
    monthly_churn?: number;
    /** Buyers who join (%, 0..1) */
    buyer_join_rate?: number;
    /** Viewers who join (%, 0..1) */
    viewer_join_rate?: number;
    /** Recruits per month (people/month, 0..1000000000) */
    monthly_recruits?: number;
    /** Share through qualifying scenes (%, 0..1) */
    scene_share?: number;
  };
  quality?: {
    /** Live-square click-through (%, 0..1) */
    square_ctr?: number;
    /** Stay of strangers (min, 0..600) */
    dwell_minutes?: number;
    /** Interaction rate (%, 0..10) */
    interaction_rate?: number;
    benchmark?: {
      /** Benchmark: private viewers (viewers/session, 0.000001..1000000000) */
      private_viewers?: number;
      /** Benchmark: click-through (%, 0.000001..1000000000) */
      square_ctr?: number;
      /** Benchmark: stay (min, 0.000001..1000000000) */
      dwell_minutes?: number;
      /** Benchmark: GPM of strangers (¥/1,000 viewers, 0.000001..1000000000) */
      gpm?: number;
      /** Benchmark: interaction (%, 0.000001..1000000000) */
      interaction_rate?: number;
    };
    weight?: {
      /** Weight: private viewers (0..1) */
      private_viewers?: number;
      /** Weight: click-through (0..1) */
      square_ctr?: number;
      /** Weight: stay (0..1) */
      dwell_minutes?: number;
      /** Weight: GPM (0..1) */
      gpm?: number;
      /** Weight: interaction (0..1) */
      interaction_rate?: number;
    };
    /** Reproduction at benchmark (0..0.999) */
    benchmark_reproduction?: number;
    /** Elasticity to quality (0..5) */
    reproduction_elasticity?: number;
    /** Reproduction ceiling (0..2) */
    reproduction_ceiling?: number;
  };
  audience?: {
    /** Audience purity (%, 0.01..1) */
    purity?: number;
    /** Purity behind the rate (%, 0.01..1) */
    reference_purity?: number;
    /** Purity of private viewers (%, 0..1) */
    private_purity?: number;
    /** Learning rate (%/month, 0..1) */
    learning_rate?: number;
  };
  conversion?: {
    /** Private conversion (%, 0..1) */
    private?: number;
    /** Referral conversion (%, 0..1) */
    referral?: number;
    /** Public conversion (%, 0..1) */
    public?: number;
  };
  orders?: {
    /** Average order value (¥/order, 0..10000000) */
    average_order_value?: number;
    /** What if: price change (%, -0.9..3) */
    price_change?: number;
    /** Price elasticity (-10..0) */
    price_elasticity?: number;
    /** Return rate (%, 0..1) */
    return_rate?: number;
  };
  vouchers?: {
    /** Vouchers in hand (¥, 0..1000000000) */
    opening_balance?: number;
    /** Months until they expire (months, 1..60) */
    opening_valid_months?: number;
    /** Share used per month (%, 0..1) */
    use_rate?: number;
    /** What ¥1 of voucher buys (¥/face ¥, 0..10) */
    point_value?: number;
    /** Voucher cost per viewer (¥/viewer, 0.0001..1000000) */
    cost_per_viewer?: number;
    /** Half saturation (¥/month, 0.01..10000000000) */
    half_saturation?: number;
    /** Voucher precision (%, 0..1) */
    precision?: number;
  };
  repurchase?: {
    /** Window of the rates (months, 1..60) */
    window_months?: number;
    /** Repurchase rate, private (%, 0..1) */
    private_rate?: number;
    /** Repurchase rate, public (%, 0..1) */
    public_rate?: number;
    /** Repeat orders per repeater (orders/customer, 1..1000) */
    orders_per_repeater?: number;
    /** Decay of repeat buying (%/month, 0.01..1) */
    retention?: number;
    /** Repeat curve, private (orders/customer, 0..1000) */
    curve_private?: number[];
    /** Repeat curve, public (orders/customer, 0..1000) */
    curve_public?: number[];
    /** Repeats that need live (%, 0..1) */
    live_share?: number;
    /** Repeat over first order value (0..100) */
    order_value_ratio?: number;
    /** Partner goods (%, 0..1) */
    partner_share?: number;
    /** Of those, additional (%, 0..1) */
    partner_incremental?: number;
    /** Partner commission (%, 0..1) */
    partner_commission?: number;
    /** Months of lifetime value (months, 1..120) */
    ltv_months?: number;
  };
  costs?: {
    /** Gross margin (%, -1..1) */
    gross_margin?: number;
    /** Platform fee rate (%, 0..1) */
    platform_fee_rate?: number;
    /** Shipping per order (¥/order, 0..100000) */
    shipping_per_order?: number;
    /** Cost of a return (¥/order, 0..100000) */
    return_cost_per_order?: number;
    /** Cost per session (¥/session, 0..10000000) */
    session_cost?: number;
    /** Cost per hour (¥/h, 0..10000000) */
    hourly_cost?: number;
    /** Care per pool member (¥/person/month, 0..10000) */
    private_cost_per_user?: number;
    /** Welcome gift (¥/person, 0..10000) */
    join_cost_per_user?: number;
    /** Price of a recruit (¥/person, 0..10000) */
    recruit_cost_per_user?: number;
    /** Fixed cost per month (¥/month, 0..1000000000) */
    fixed_monthly?: number;
    /** Discount rate per month (%/month, 0..1) */
    discount_rate_monthly?: number;
    /** Settlement days (days, 0..180) */
    settlement_days?: number;
  };
  distribution?: {
    /** Customers from affiliates (0..10) */
    share?: number;
    /** Affiliate commission (%, 0..1) */
    commission?: number;
  };
  incentives?: {
    /** Policy pack */
    pack?: string;
    /** Scale of rewards (0..100) */
    scale?: number;
    stages?: Stage[];
    programmes?: Programme[];
  };
  channels?: Channel[];
  /** Read by simulate and sensitivity. */
  uncertainty?: Uncertainty;
  sensitivity?: { metric?: string; methods?: ('tornado' | 'sobol')[]; base_samples?: number };
  seek?: { path: string; metric: string; target: number; low?: number; high?: number; statistic?: 'plan' | 'mean' | 'p5' | 'p10' | 'p25' | 'p50' | 'p75' | 'p90' | 'p95' };
  /** ¥ per month, all channels together. */
  allocate?: { budget: number; objective?: 'profit' | 'gmv'; bounds?: Record<string, [number, number]>; statistic?: 'plan' | 'p10' | 'probability' };
  /** Read by decide; without it all ten. */
  decide?: { decision?: DecisionId; goal_gmv_monthly?: number };
  /** Read by the command explain. */
  explain?: { metric: string; month?: number };
}

export interface Channel {
  /** [a-z0-9_]{1,32} */
  id: string;
  /** Spend per month (¥/month, 0..1000000000) */
  monthly_spend?: number;
  /** Cost per viewer (¥/viewer, 0.0001..1000000) */
  cost_per_viewer: number;
  /** Half saturation (¥/month, 0.01..10000000000) */
  half_saturation: number;
  /** Shape (1..3) */
  shape?: number;
  /** Precision (%, 0..1) */
  precision: number;
}

/** Draws are truncated to the range of the input. */
export type Distribution =
  | { dist: 'uniform'; low: number; high: number }
  | { dist: 'triangular' | 'pert'; low: number; mode: number; high: number }
  | { dist: 'normal'; mean: number; sd: number }
  | { dist: 'lognormal'; median: number; sigma: number }
  | { dist: 'beta'; mean: number; concentration: number }
  | { dist: 'p10_p90'; p10: number; p90: number };

export interface Uncertainty {
  trials?: number;
  seed?: number;
  sampler?: 'sobol' | 'philox';
  /** Of the log of a month's natural traffic. */
  traffic_volatility?: number;
  /** By path of the input. */
  inputs?: Record<string, Distribution>;
  correlation?: { paths: string[]; matrix: number[][] };
  targets?: { metric: string; at_least: number }[];
}

export type Metric =
  | 'months_open'
  | 'shop_score'
  | 'return_rate'
  | 'private_users'
  | 'private_viewers'
  | 'referral_viewers'
  | 'sessions'
  | 'live_hours'
  | 'media_spend'
  | 'cumulative_gmv'
  | 'viewers'
  | 'natural_viewers'
  | 'orders'
  | 'gmv'
  | 'settled_gmv'
  | 'session_gmv'
  | 'new_customers'
  | 'gmv_growth'
  | 'private_settled'
  | 'private_scene_settled'
  | 'gpm';

export interface Requirement {
  metric: Metric;
  at_least?: number;
  at_most?: number;
  below?: number;
}

export type RewardKind = 'public_viewers' | 'voucher_yuan' | 'cash_yuan' | 'fee_rate';

export type Reward = { kind: RewardKind } & (
  | { rule: 'rate'; rate: number }
  | { rule: 'step'; tiers: { from: number; value: number }[] }
  | { rule: 'marginal'; tiers: { from: number; rate: number }[] }
  | { rule: 'fee_saving'; down_to: number }
  | { rule: 'fixed'; value: number }
);

export interface Programme {
  id: string;
  name?: Text;
  stages?: string[];
  first_month?: number;
  last_month?: number;
  tags?: string[];
  requires?: Requirement[];
  metric: Metric;
  baseline?: number;
  reward: Reward;
  cap_per_month?: number;
  cap_total?: number;
  delay_months?: number;
  valid_months?: number;
  exclusive_group?: string;
  source?: string | string[];
  note?: Text;
  assumed?: string[];
}

export interface Stage {
  id: string;
  name?: Text;
  until?: { months_open?: number; cumulative_gmv?: number };
}

/** One entry per month. */
export interface Months {
  month: number[];
  stage: (string | null)[];
  /** People in the pool at the start of the month. (people) */
  private_users: number[];
  /** Pool members who have bought, at the start of the month. (people) */
  private_customers: number[];
  /** How much the platform trusts the account, 0 to 1. (%) */
  account_weight: number[];
  /** Share of natural traffic in the target group. (%) */
  purity: number[];
  /** Weighted geometric mean of the five indicators over their benchmarks, each ratio held within 0.25 to 4. */
  quality: number[];
  /** Viewers each public viewer brings in the next wave: below 1 fades, above 1 takes off. */
  reproduction: number[];
  /** Visits of pool members in the month. (viewers) */
  viewers_private: number[];
  /** Visits brought by forwarding, within the monthly ceiling. (viewers) */
  viewers_referral: number[];
  /** Free visits the platform pushes. (viewers) */
  viewers_natural: number[];
  /** Visits that programmes grant. (viewers) */
  viewers_granted: number[];
  /** Visits that vouchers buy. (viewers) */
  viewers_voucher: number[];
  /** Visits that channels buy. (viewers) */
  viewers_paid: number[];
  /** All visits of the month. (viewers) */
  viewers: number[];
  /** Views of a session at two hours: private, referral and natural. (viewers/session) */
  viewers_2h: number[];
  /** Natural and granted viewers over all viewers. (%) */
  public_share: number[];
  /** ¥ that new customers order in the room per 1,000 viewers. (¥/1,000 viewers) */
  gpm: number[];
  /** Pool members who buy for the first time. (people) */
  new_customers_private: number[];
  /** Buyers among referral viewers. (people) */
  new_customers_referral: number[];
  /** Buyers among natural viewers. (people) */
  new_customers_natural: number[];
  /** Buyers among granted viewers. (people) */
  new_customers_granted: number[];
  /** Buyers among voucher viewers. (people) */
  new_customers_voucher: number[];
  /** Buyers among paid viewers. (people) */
  new_customers_paid: number[];
  /** First buyers affiliates bring from elsewhere; they never enter the room. (people) */
  new_customers_affiliate: number[];
  /** People who buy for the first time in the month. (people) */
  new_customers: number[];
  /** Repeat orders from the pool, less those partner goods displace. (orders) */
  repeat_orders_private: number[];
  /** Repeat orders of customers outside the pool. (orders) */
  repeat_orders_public: number[];
  /** First and repeat orders. (orders) */
  orders: number[];
  /** Value ordered, before returns. (¥) */
  gmv: number[];
  /** GMV after returns. (¥) */
  settled_gmv: number[];
  /** Commission on partner goods sold to the pool. (¥) */
  partner_income: number[];
  /** Cost of the goods that were settled. (¥) */
  cost_of_goods: number[];
  /** What the platform keeps of settled sales. (¥) */
  platform_fee: number[];
  /** Commission paid to affiliates. (¥) */
  distribution_cost: number[];
  /** Shipping and returns. (¥) */
  fulfilment_cost: number[];
  /** Studio and samples, host and crew. (¥) */
  session_cost: number[];
  /** Spend on all channels. (¥) */
  media_spend: number[];
  /** Care, welcome gifts and recruits. (¥) */
  private_cost: number[];
  /** Paid whether you are live or not. (¥) */
  fixed_cost: number[];
  /** Cash that programmes pay this month. (¥) */
  incentive_cash: number[];
  /** Settled sales less every cost, plus commission income and incentive cash. (¥) */
  profit: number[];
  /** Profit so far. (¥) */
  cumulative_profit: number[];
  /** Cash in less cash out in the month. (¥) */
  cash: number[];
  /** Cash so far; its lowest point is the money you need. (¥) */
  cumulative_cash: number[];
  /** Face value of lots that become valid; month 1 includes those in hand. (¥) */
  voucher_granted: number[];
  /** Face value spent. (¥) */
  voucher_used: number[];
  /** Face value that expires unused. (¥) */
  voucher_expired: number[];
  /** Face value still valid at the end of the month. (¥) */
  voucher_balance: number[];
  /** Technical service fee of the month; a programme may lower it. (%) */
  fee_rate: number[];
}

export interface Summary {
  /** Value ordered over the months planned, before returns. (¥) */
  gmv: number;
  /** GMV after returns. (¥) */
  settled_gmv: number;
  /** Profit over the months planned. (¥) */
  profit: number;
  /** Lowest cumulative cash; a negative number is the money you need. (¥) */
  cash_low: number;
  /** First month from which cumulative profit stays at or above 0. (months) */
  payback_month: number | null;
  /** All cash in and out, discounted from the end of its month, later arrivals included. (¥) */
  npv: number;
  /** First and repeat orders. (orders) */
  orders: number;
  /** All visits. (viewers) */
  viewers: number;
  /** People who bought for the first time. (people) */
  new_customers: number;
  /** Repeat orders over all orders. (%) */
  repeat_share: number;
  /** Natural and granted viewers over all viewers. (%) */
  public_share: number;
  /** Natural viewers per private viewer. */
  leverage: number | null;
  /** Spend on all channels. (¥) */
  media_spend: number;
  /** First orders from paid and voucher viewers over media spend, value ordered. */
  roas: number | null;
  /** Media spend per new customer from channels. (¥) */
  cac: number | null;
  /** People in the pool after the last month. (people) */
  private_users_end: number;
}

export interface UnitEconomics {
  /** What a first order leaves after returns, goods, fee and fulfilment. (¥/order) */
  first_order_margin: number;
  /** What a repeat order leaves. (¥/order) */
  repeat_order_margin: number;
  /** First order and discounted repeats of a customer who joins the pool. (¥) */
  ltv_private: number;
  /** The same for a customer who stays outside. (¥) */
  ltv_public: number;
  /** What a new customer may cost: both lifetime values, mixed by the join rate. (¥) */
  max_cac: number;
  /** What a viewer of natural quality is worth, repeats included. (¥/viewer) */
  max_cost_per_viewer: number;
  /** The same without repeats. (¥/viewer) */
  first_order_max_cost_per_viewer: number;
  /** What one face ¥ brings at low use. (¥/face ¥) */
  voucher_yuan_worth: number;
  /** What one ¥ of sales leaves after returns, goods and fee; its inverse is the break-even ROI before fulfilment. (%) */
  break_even_margin: number;
  max_cost_per_viewer_channels: Record<string, number>;
  break_even_roi: number | null;
  customer_payback_months: number | null;
}

export interface LedgerEntry {
  id: string;
  kind: RewardKind;
  earned: number;
  paid: number;
  capped: number;
  pending: number;
  next_tier: { from: number; value?: number; rate?: number; short_by: number; month: number } | null;
  value: number;
  active_months: number;
  missing_tags: string[];
  unmet: (Requirement & { got: number; month: number })[];
}

export interface Contribution {
  profit: number;
  gmv: number;
  cost: number;
  roi: number | null;
}

export interface Attribution {
  private_pool: Contribution;
  vouchers: Contribution;
  channels: Record<string, Contribution & { viewers: number; new_customers: number }>;
  incentives: Contribution;
  repurchase: Contribution;
  marginal_profit_per_yuan: Record<string, number>;
}

export type RoomStage = 'cold_start' | 'warming' | 'launched' | 'established' | 'head';

export interface Diagnosis {
  stage: RoomStage;
  viewers_2h: number;
  viewers_per_session: number;
  public_share: number;
  fully_public: boolean;
  gpm: number;
  published_gpm: number;
  indicators: {
    id: 'private_viewers' | 'square_ctr' | 'dwell_minutes' | 'gpm' | 'interaction_rate';
    value: number;
    benchmark: number;
    ratio: number;
    at_limit: boolean;
    elasticity: number;
    profit_per_percent: number;
    profit_at_benchmark: number;
  }[];
  levers: {
    path: string;
    value: number;
    step: number;
    gmv_elasticity: number;
    gmv_per_step: number;
    profit_per_step: number;
  }[];
  best_indicator: string;
  best_lever: string;
}

export interface Warning {
  code: string;
  path: string;
  message: Text;
}

export interface Plan {
  schema: 'growth.plan/1';
  /** The scenario completed with defaults. */
  scenario: Scenario;
  months: Months;
  summary: Summary;
  unit_economics: UnitEconomics;
  ledger: LedgerEntry[];
  attribution: Attribution;
  diagnosis: Diagnosis;
  warnings: Warning[];
}

export interface Explanation {
  schema: 'growth.explanation/1';
  id: string;
  section: 'summary' | 'unit_economics' | 'months';
  month: number | null;
  unit: string;
  label: Text;
  definition: Text;
  value: number | null;
  formula: string;
  in_words: Text;
  with_numbers: string;
  terms: { id: string; label: Text; unit: string; value: number }[];
}

/** What passes in a month, in one unit; of a node with links on both sides as much leaves as arrives. */
export interface Flow {
  id: 'visits' | 'customers' | 'orders' | 'pool';
  unit: string;
  label: Text;
  definition: Text;
  /** From source to sink. */
  nodes: { id: string; label: Text }[];
  /** Values per month. */
  links: { source: string; target: string; values: number[] }[];
}

/** `reason` says why there is no value; sums over months stand as one number in `with_numbers`. */
export interface Stated {
  reason: Text | null;
  formula: string;
  in_words: Text;
  with_numbers: string;
}

export type RoiDefinition = 'paid' | 'settled' | 'net' | 'overall';

export interface Breakdown {
  schema: 'growth.breakdown/1';
  flows: Flow[];
  /** The customers from before (month 0) first. Repeat orders in plan month `month` + 1, `month` + 2, … */
  cohorts: { month: number; joined: number; outside: number; repeat_orders_private: number[]; repeat_orders_public: number[] }[];
  /** From GMV to profit, the totals at both ends; what is deducted is negative. */
  bridge: { id: string; label: Text; value: number; running: number }[];
  room: {
    /** From the lowest; an exclusive one begins above `from`. */
    rungs: { stage: RoomStage; metric: 'viewers_2h' | 'viewers_per_session'; from: number; exclusive: boolean; fact: string | null }[];
    months: { stage: RoomStage; viewers_2h: number; viewers_per_session: number; next: { stage: RoomStage; short_by: number } | null }[];
  };
  roi: {
    definitions: ({ id: RoiDefinition; label: Text; definition: Text; value: number | null; break_even: { value: number | null } & Stated } & Stated)[];
    /** `from` times `factor` is `to`. */
    conversions: ({ from: RoiDefinition; to: RoiDefinition; label: Text; factor: number | null } & Stated)[];
  };
}

export interface Spread<Value = number> {
  p5: Value;
  p25: Value;
  p50: Value;
  p75: Value;
  p95: Value;
  mean: Value;
}

export interface Simulation {
  schema: 'growth.simulation/1';
  trials: number;
  seed: number;
  sampler: 'sobol' | 'philox';
  /** Per column one entry per month. */
  months: Record<'viewers' | 'private_users' | 'gmv' | 'profit' | 'cumulative_profit' | 'cumulative_cash', Spread<number[]>>;
  /** By summary metric. The first and the last interval of a histogram may be wider, to hold the tails. */
  totals: Record<string, Spread & { sd: number; histogram: { edges: number[]; counts: number[] } }>;
  probability: { profit_positive: number; payback: number; targets: { metric: string; at_least: number; probability: number }[] };
  /** null where that share of the futures has not paid back. */
  payback_month: Record<'p5' | 'p25' | 'p50' | 'p75' | 'p95', number | null>;
  standard_error: { totals: Record<string, Spread>; probability: { profit_positive: number; payback: number; targets: unknown[] } };
  /** The plan with every uncertain input at its median. */
  central: Summary;
}

export interface Sensitivity {
  schema: 'growth.sensitivity/1';
  metric: string;
  /** Each input at its own 10 % and 90 % point, widest first. */
  tornado: { path: string; low: number; high: number; at_low: number; at_high: number }[];
  /** Shares of the variance, largest first; null where the metric does not vary. */
  sobol: { path: string; first: number | null; first_error: number | null; total: number | null; total_error: number | null }[];
  mean: number;
  variance: number;
}

export interface SeekPoint {
  value: number;
  reached: number | null;
}

export interface Seek {
  schema: 'growth.seek/1';
  status: 'found' | 'unreachable';
  value: number | null;
  reached: number | null;
  met_now: boolean;
  current: SeekPoint;
  best: SeekPoint;
  crossings: SeekPoint[];
}

export interface Split {
  /** ¥ per month by channel. */
  spend: Record<string, number>;
  objective: number;
}

export interface Allocation extends Split {
  schema: 'growth.allocation/1';
  unspent: number;
  marginal: Record<string, number>;
  current: Split;
  equal_split: Split;
  curve: { budget: number; objective: number }[];
  /** Spends that are nearly as good as the best. */
  flat?: Record<string, [number, number]>;
}

/** Of a question that has no answer in this scenario. */
export interface NoAnswer {
  status: 'no_answer';
  reason: { code: 'no_programmes' | 'no_tiers' | 'no_scene_programme' | 'no_sessions' | 'curves_given'; message: Text };
}

interface DecisionAnswer<Verdict> {
  status: 'answered';
  verdict: Verdict;
  /** For a picture, rising in x: what is moved (a path, "month", "metric", "amount" or "belief") and what follows. */
  curve: { x: string; y: string; points: { x: number; y: number }[] } | null;
}

/** The next rung of a programme in the first month that has one. */
export interface TierStep {
  programme: string;
  kind: RewardKind;
  /** entry: the one requirement that is missed. */
  rung: 'tier' | 'entry';
  metric: Metric;
  month: number;
  now: number;
  needed: number;
  short_by: number;
  /** Reward on the rung less that of now, in its kind's unit. */
  extra: number;
  /** Profit gained by exactly that extra; null where no further programme fits in the pack. */
  worth: number | null;
  /** Each decision that alone gets there, the cheapest first: the profit given up without the programme, what the
   *  programme then adds, and both together. */
  pushes: { path: string; now: number; needed: number; cost: number; reward: number; net: number }[];
}

export interface NextTier extends DecisionAnswer<'pays_anyway' | 'worth_it' | 'not_worth_it' | 'out_of_reach'> {
  steps: TierStep[];
}

export interface VoucherWorth extends DecisionAnswer<'none_earned' | 'discount_pays_anyway' | 'worth_a_discount' | 'not_worth_a_discount'> {
  /** Of one face ¥ at low use, by unit economics. */
  worth: number;
  /** Profit that one further face ¥ adds now. */
  next_yuan: number;
  granted: number;
  used: number;
  expired: number;
  left: number;
  value: number;
  /** The best cut of all prices as a share, below 0, and the profit it adds; 0: none is better. */
  discount: number;
  discount_profit: number;
  /** Of a cut of a twentieth, per ¥ of GMV it adds; null where it adds none. */
  cost_per_gmv: number | null;
  earned_per_gmv: number | null;
  gain_per_gmv: number | null;
}

export interface PrivateUsersNeeded extends DecisionAnswer<'met' | 'needs_more' | 'out_of_reach'> {
  /** ¥ of GMV a month. */
  goal: number;
  gmv: number;
  users: number;
  needed: number | null;
  profit_at_needed: number | null;
  worth_per_user: number | null;
  most: number;
  leverage: number | null;
  break_even_leverage: number | null;
  reproduction: number;
  break_even_reproduction: number | null;
  profitable: boolean;
}

export interface PrivateScenes extends DecisionAnswer<'route_all' | 'all_routed' | 'no_effect' | 'costs'> {
  programmes: string[];
  share: number;
  profit: number;
  profit_all: number;
  profit_none: number;
}

/** A click in the square is a room entry is a viewer. */
export interface HighestPrice extends DecisionAnswer<'no_price' | 'overpaying' | 'within' | 'could_buy' | 'too_dear'> {
  per_viewer: number;
  per_viewer_first_order: number;
  per_order: number;
  per_order_first_order: number;
  paid_per_order: number | null;
  channels: { id: string; highest: number; paid: number; is_bought: boolean; paid_per_order: number | null; marginal_profit_per_yuan: number }[];
}

export interface NextThousand extends DecisionAnswer<'spend' | 'keep'> {
  amount: number;
  /** The best first; a path of null keeps the money. */
  uses: { path: string | null; now: number; then: number; gain: number; vouchers: number }[];
}

export interface RoomState extends DecisionAnswer<'indicator' | 'decision' | 'none'> {
  next_stage: RoomStage | null;
  next_stage_views: number | null;
  /** Profit by a tenth of the best lever. */
  lever_gain: number;
  diagnosis: Diagnosis;
}

export interface FirstOrderLoss extends DecisionAnswer<'first_order_pays' | 'pays_back' | 'needs_more' | 'out_of_reach'> {
  first_order_margin: number;
  repeats_worth: number;
  customer_worth: number;
  /** ¥ per new customer of paid channels. */
  acquisition: number;
  months: number;
  payback_months: number | null;
  private_rate: number;
  public_rate: number;
  needed_private_rate: number | null;
  needed_public_rate: number | null;
  plan_private_rate: number | null;
}

export interface CashNeed extends DecisionAnswer<'no_need' | 'settlement_only' | 'loss_first'> {
  low: number;
  /** 0: never below 0. */
  low_month: number;
  unsettled: number;
  unsettled_month: number;
  settlement_days: number;
  settlements: { days: number; low: number; month: number }[];
}

export interface GoOrStop extends DecisionAnswer<'scale' | 'go' | 'fix' | 'stop'> {
  profit: number;
  payback_month: number | null;
  marginal_profit_per_yuan: number;
  next_thousand_gain: number;
  next_thousand_path: string | null;
  /** Beliefs at which the profit is 0, the nearest first. */
  flips: { path: string; now: number; value: number; distance: number }[];
}

/** Present where asked for. */
export interface Decisions {
  next_tier?: NextTier | NoAnswer;
  voucher?: VoucherWorth;
  private_users?: PrivateUsersNeeded;
  private_scenes?: PrivateScenes | NoAnswer;
  highest_price?: HighestPrice;
  next_thousand?: NextThousand;
  room?: RoomState | NoAnswer;
  first_order_loss?: FirstOrderLoss | NoAnswer;
  cash?: CashNeed;
  go_or_stop?: GoOrStop;
}

export type DecisionId = keyof Decisions;

export interface DecisionsAnswer {
  schema: 'growth.decisions/1';
  decisions: Decisions;
}

export type FormulaSheet = 'parameters' | 'plan' | 'ages' | 'months' | 'terms' | 'workings' | 'programmes' | 'unit_economics' | 'summary';

/** A quantity and the formula that gives it. Without one `values` is stated by the scenario. */
export interface StatedQuantity {
  id: string;
  /** Where it stands: 'months' to 'programmes' have a value for each month, 'ages' for each age. */
  sheet: FormulaSheet;
  unit: string;
  label: Text;
  definition: Text;
  formula: string;
  /** In month 1 or at age 1, where it differs. */
  first: string;
  /** null where it does not exist. */
  values: (number | null)[];
}

/** What recomputes a plan from its inputs alone. */
export interface Formulas {
  schema: 'growth.formulas/1';
  months: number;
  ages: number;
  quantities: StatedQuantity[];
}

export interface Problem {
  code:
    | 'unknown_field'
    | 'wrong_type'
    | 'out_of_range'
    | 'not_finite'
    | 'missing'
    | 'conflict'
    | 'too_large'
    | 'bad_json'
    | 'bad_csv'
    | 'internal';
  path: string;
  message: Text;
  got: number | boolean | string | null;
  allowed: string;
}

/** What comes back instead of an answer when the request is at fault. */
export interface Failure {
  errors: Problem[];
  /** Problems beyond those listed. */
  omitted?: number;
}

export interface PresetOverview {
  id: string;
  name: Text;
  summary: Text;
  platform: 'channels' | 'douyin';
}

export interface Preset extends PresetOverview {
  schema: 'growth.preset/1';
  sources: string[];
  scenario: Scenario;
  provenance: Record<string, { basis: 'published' | 'informed' | 'assumed'; facts?: string[]; note: Text }>;
  spreads: Record<string, { basis: 'informed' | 'assumed'; facts?: string[]; note: Text }>;
}

export interface PolicyOverview {
  id: string;
  name: Text;
  summary: Text;
  effective_from: string;
  effective_to: string;
  grade: 'A' | 'B' | 'C' | 'D';
  expired: boolean;
  assumed: boolean;
}

export interface Policy extends PolicyOverview {
  schema: 'growth.policy/1';
  sources: string[];
  not_modelled?: Text[];
  stages?: Stage[];
  programmes: Programme[];
}

export type RecordKind = 'orders' | 'sessions' | 'contracts';
export type DateOrder = 'year_first' | 'month_first' | 'day_first';

export interface RecognisedColumns {
  schema: 'growth.columns/1';
  kind: RecordKind;
  /** Every column of the file. Sure: by its name, and no other fits as well. */
  columns: { index: number; name: string; field: string | null; sure: boolean; examples: string[] }[];
  /** Fields that have to be there and were not found. */
  missing: string[];
  /** null where the rows do not tell which of day and month stands first. */
  date_order: DateOrder | null;
  /** Nothing is missing, guessed or ambiguous. */
  sure: boolean;
}

/** What a fit is asked for beside its table. */
export interface FitRequest {
  /** A column's name or its number from 1, by field; others are recognised. */
  columns?: Record<string, string | number>;
  date_order?: DateOrder;
  /** Later days are left out. */
  today?: string;
}

export interface FitOrdersRequest extends FitRequest {
  calibration_end?: string;
  zero_orders?: 'first_only' | 'drop' | 'keep';
  season?: boolean;
  scope?: 'private' | 'public' | 'both';
}

export interface FitSessionsRequest extends FitRequest {
  /** What the log cannot tell: benchmarks and weights of quality, account weight, first pushes, channels;
   *  with private.users also how many of the pool come. */
  scenario?: Scenario;
}

export interface FitContractsRequest extends FitRequest {
  /** From one renewal to the next; month where it is not said. */
  period?: 'week' | 'month' | 'quarter' | 'year';
  /** Of a renewal one period later: 0.0001..10, 0.01 where it is not said. */
  discount_rate?: number;
}

/** What was read of a table. */
export interface RecordsRead {
  rows: number;
  /** The column's name by field. */
  columns: Record<string, string>;
  currency: string;
  /** Rows left out by reason, and the numbers of the first hundred of each; the names are row 1. */
  dropped: Record<string, number>;
  dropped_rows: Record<string, number[]>;
}

/** What a column of a merchant's file says of one input. `standard_error` and `distribution` are null
 *  where there are none: a single observation, or (the error alone) a value at the end of its range. */
export interface EstimatedInput {
  value: number;
  standard_error: number | null;
  distribution: Distribution | null;
}

/** Inputs that a log of live sessions tells. `scenario` and `uncertainty` go into a scenario as they are. */
export interface SessionsFit extends RecordsRead {
  schema: 'growth.fit_sessions/1';
  sessions: number;
  period: { from: string; to: string };
  estimates: Record<string, EstimatedInput>;
  /** Inputs that keep the value they had, and why. */
  not_learned: {
    path: string;
    reason: 'missing_column' | 'too_few' | 'no_viewers' | 'no_variation' | 'collinear' | 'boundary' | 'out_of_range';
    message: Text;
  }[];
  scenario: Scenario;
  uncertainty: { inputs: Record<string, Distribution> };
  /** Orders of each session behind the conversion rates; `dispersion`: their variance over their mean. */
  fit: { dates: string[]; observed: number[]; predicted: number[]; dispersion: number };
  warnings: Warning[];
}

/** How contracts are renewed. `boundary` is 'none' where there are parameters; otherwise it says why not,
 *  and what can be told without them stands in `survival`. */
export interface ContractsFit extends RecordsRead {
  schema: 'growth.fit_contracts/1';
  contracts: number;
  /** Renewals that the oldest contract has met. */
  periods: number;
  period_unit: 'week' | 'month' | 'quarter' | 'year';
  boundary: 'none' | 'no_renewals' | 'all_kept' | 'none_kept' | 'one_renewal' | 'all_alike' | 'all_or_never';
  parameters: { alpha: number; beta: number } | null;
  standard_errors: { alpha: number; beta: number } | null;
  log_likelihood: number;
  /** Share still there after 0, 1, … renewals; low and high of 95 %. */
  survival: { period: number[]; observed: (number | null)[]; predicted: number[]; low: number[]; high: number[] };
  /** Of renewal 1, 2, … */
  retention: number[];
  /** Renewals still expected of a contract that has made 0, 1, … of them, its next one due now; null where
   *  that has no limit. Empty where it cannot be told. */
  residual_lifetime: {
    discount_rate: number;
    of_age: number[];
    discounted: number[];
    low: number[];
    high: number[];
    undiscounted: (number | null)[];
  };
  cohorts: { start: string; contracts: number; survivors: number[] }[];
  /** Renewals per contract at age 1, 2, … months: the exact form of what `scenario` says with rates, for
   *  repurchase.curve_private. A plan with the curve has no uncertainty of renewal. */
  renewals_by_month: number[];
  scenario: Scenario;
  uncertainty: { inputs: Record<string, Distribution> };
  warnings: Warning[];
}

export interface Growth {
  run(command: 'plan', scenario: Scenario): Plan | Failure;
  run(command: 'diagnose', scenario: Scenario): ({ schema: 'growth.diagnosis/1' } & Diagnosis) | Failure;
  run(command: 'explain', scenario: Scenario): Explanation | Failure;
  run(command: 'presets', request?: undefined): { presets: PresetOverview[] } | Failure;
  run(command: 'presets', request: { id: string }): Preset | Failure;
  run(command: 'policies', request?: undefined): { policies: PolicyOverview[] } | Failure;
  run(command: 'policies', request: { id: string }): Policy | Failure;
  /** This and the next six: of the full module only. */
  run(command: 'breakdown', scenario: Scenario): Breakdown | Failure;
  run(command: 'simulate', scenario: Scenario, onProgress?: Progress): Simulation | Failure;
  run(command: 'sensitivity', scenario: Scenario, onProgress?: Progress): Sensitivity | Failure;
  run(command: 'seek', scenario: Scenario, onProgress?: Progress): Seek | Failure;
  run(command: 'allocate', scenario: Scenario, onProgress?: Progress): Allocation | Failure;
  run(command: 'decide', scenario: Scenario, onProgress?: Progress): DecisionsAnswer | Failure;
  run(command: 'formulas', scenario: Scenario): Formulas | Failure;
  /** This and the fits: of the module that reads records only. */
  run(command: 'recognise_columns', request: { kind: RecordKind; rows: string[][] }): RecognisedColumns | Failure;
  run(command: 'fit_sessions', request: FitSessionsRequest, onProgress: Progress | undefined, table: Uint8Array): SessionsFit | Failure;
  run(command: 'fit_contracts', request: FitContractsRequest, onProgress: Progress | undefined, table: Uint8Array): ContractsFit | Failure;
  /** Any command with its request as an object or as JSON text; the fits also take a table. */
  run(command: string, request?: object | string, onProgress?: Progress, table?: Uint8Array): unknown;
  /** JSON text in and out. */
  runText(command: string, request?: string, onProgress?: Progress, table?: Uint8Array): string;
  /** Policies and presets for a module that was made without: fetched, or growth-library.txt. Until then it
   *  knows none. */
  addLibrary(file?: string | ArrayBuffer | Uint8Array): Promise<void>;
  /** Resolves when the engine can be used; again after a fault. */
  ready: Promise<void>;
  /** The compiled module, to hand to a worker so that it need not compile again. */
  readonly module: WebAssembly.Module;
}

/** Called now and then with the share of a long run that is done; false stops the run, which then
 *  answers with an error. */
export type Progress = (share: number) => boolean | void;

export interface GrowthOptions {
  /** The larger module, which also has breakdown, simulate, sensitivity, seek, allocate, decide and formulas. */
  full?: boolean;
  /** The module that reads records: recognise_columns, fit_orders, fit_sessions and fit_contracts. */
  records?: boolean;
  /** A module compiled before. */
  module?: WebAssembly.Module;
  /** The bytes of growth-engine.wasm (or growth-full.wasm, growth-records.wasm). */
  wasmBinary?: BufferSource;
  /** Where that file is, if not beside this module. */
  wasmUrl?: string | URL;
  /** Policies and presets of the first module, which does not carry them: growth-library.txt, or
   *  false to add them later. Without it they are fetched beside this module. */
  library?: string | ArrayBuffer | Uint8Array | false;
}

/** Compiles and starts an instance of its own for each call. */
export function createGrowth(options?: GrowthOptions): Promise<Growth>;

/** Rows of cells, the column names first, as a table to run a command on: UTF-8 where every cell ends with
 *  U+001F and every row with U+001E. Tables of parts of a file may be put one after the other. */
export function tableOf(rows: readonly (readonly unknown[])[]): Uint8Array;
