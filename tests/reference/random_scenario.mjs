// Seeded generator of legal random scenarios (MODEL.md sections 1 and 3) that also reach the corners of the ranges.
//
//   randomScenario(seed) -> scenario; the same seed gives the same scenario everywhere
//
// Only some fields are mentioned in each scenario, so the defaults take part too. Thresholds of programmes on computed
// numbers are never set where two correct programs may fall on different sides by rounding (say private_users at the
// exact default of 6000); thresholds on plain inputs (months_open, sessions, ...) do hit equality.

import { mulberry32 } from '../support/mulberry32.mjs';

export const earlyMetrics = [
  'months_open', 'shop_score', 'return_rate', 'private_users', 'private_viewers', 'referral_viewers', 'sessions',
  'live_hours', 'media_spend', 'cumulative_gmv',
];
export const lateMetrics = [
  'viewers', 'natural_viewers', 'orders', 'gmv', 'settled_gmv', 'session_gmv', 'new_customers', 'gmv_growth',
  'private_settled', 'private_scene_settled', 'gpm',
];

// Usual sizes of the metrics, for thresholds, baselines and tiers
const metricSize = {
  months_open: [0.5, 30],
  shop_score: [3, 5],
  return_rate: [0.01, 0.6],
  private_users: [100, 1e5],
  private_viewers: [100, 1e5],
  referral_viewers: [10, 1e4],
  sessions: [1, 60],
  live_hours: [1, 200],
  media_spend: [10, 1e5],
  cumulative_gmv: [1e3, 3e6],
  viewers: [1e3, 1e6],
  natural_viewers: [1e3, 1e6],
  orders: [10, 1e4],
  gmv: [1e3, 1e6],
  settled_gmv: [1e3, 1e6],
  session_gmv: [100, 1e5],
  new_customers: [10, 1e4],
  gmv_growth: [10, 1e5],
  private_settled: [1e3, 1e6],
  private_scene_settled: [1e3, 1e6],
  gpm: [10, 1e4],
};

export function randomScenario(seed) {
  const random = mulberry32(seed);
  random();

  // ------------------------------------------------------------------------------------------------ small helpers
  const chance = (p) => random() < p;
  const uniform = (low, high) => Math.min(high, low + (high - low) * random());
  const logUniform = (low, high) => Math.min(high, Math.max(low, Math.exp(uniform(Math.log(low), Math.log(high)))));
  const whole = (low, high) => low + Math.floor(random() * (high - low + 1));
  const pick = (list) => list[whole(0, list.length - 1)];
  /** n different members, in list order */
  const some = (list, n) => {
    const rest = list.map((_, i) => i);
    const chosen = [];
    while (chosen.length < n && rest.length > 0) chosen.push(rest.splice(whole(0, rest.length - 1), 1)[0]);
    return chosen.sort((x, y) => x - y).map((i) => list[i]);
  };

  // How often a field is mentioned, and how often it takes an extreme value when it is
  const mention = pick([0.05, 0.15, 0.35, 0.7, 1]);
  const extreme = pick([0, 0, 0.05, 0.15, 0.4, 0.8]);

  /** A number of the range: usual values, or its ends, or anything between (log-spaced for wide ranges). */
  const number = (low, high, usual, special = []) => {
    if (!chance(extreme)) return usual();
    const ends = [low, high, ...special];
    if (chance(0.5)) return pick(ends);
    if (high - low > 1000 && low >= 0) return logUniform(Math.max(low, 1e-3), high);
    return uniform(low, high);
  };
  const rate = (low, high) => () => uniform(low, high);
  const wide = (low, high) => () => logUniform(low, high);
  /** Fills `into` with a random subset of `fields`: name -> function giving a value. */
  const fill = (into, fields) => {
    for (const [name, make] of Object.entries(fields)) {
      if (chance(mention)) into[name] = make();
    }
    return into;
  };

  const scenario = {};
  if (chance(0.3)) scenario.schema = 'growth.scenario/1';
  if (chance(0.3)) scenario.name = pick(['', 'shop', '直播间', 'a "quoted" name']);
  let horizon = 12;
  if (chance(0.7)) {
    horizon = pick([1, 2, 3, whole(1, 12), whole(1, 12), whole(1, 24), whole(1, 24), whole(25, 60), 60]);
    scenario.horizon_months = horizon;
  }

  // ---------------------------------------------------------------------------------------------------- section 1
  const sections = {};

  const tagPool = ['brand', 'flagship', 'provider', 'creator'];
  sections.business = {
    start_month: () => whole(1, 12),
    months_open: () => number(0, 600, () => pick([whole(0, 24), uniform(0, 24)]), [1, 0.5]),
    shop_score: () => number(0, 5, () => pick([4, 4.5, 4.6, 4.8, uniform(3, 5)])),
    tags: () => some(tagPool, whole(0, 4)),
    market_growth: () => number(-0.5, 0.5, rate(-0.05, 0.05), [0]),
    seasonality: () => {
      const kind = whole(0, 4);
      return Array.from({ length: 12 }, () => {
        if (kind === 0) return pick([0, 1, 10]);
        if (kind === 1 && chance(0.4)) return 0;
        return number(0, 10, rate(0.5, 2), [1]);
      });
    },
  };
  sections.live = {
    sessions_per_month: () => number(0, 1000, () => pick([whole(1, 60), uniform(1, 60)]), [0.5, 1, 1e-8, 1e-12, 0.999]),
    hours_per_session: () => number(0.1, 24, rate(1, 8), [1, 3]),
    account_weight: () => number(0, 1, rate(0, 1)),
    weight_inertia: () => number(0, 1, rate(0.3, 0.95)),
    attendance_hours: () => number(0.1, 24, rate(1, 4)),
    wave_minutes: () => number(1, 60, rate(3, 15)),
    public_ceiling: () => number(1, 1e9, wide(1e4, 1e6)),
    monthly_public_ceiling: () => number(1, 1e10, wide(1e5, 1e7)),
  };
  sections.private = {
    users: () => number(0, 1e9, wide(100, 1e5), [1]),
    customer_share: () => number(0, 1, rate(0.1, 0.6)),
    customer_age_months: () => number(1, 120, () => pick([whole(1, 24), uniform(1, 24)]), [1.5, 2]),
    reach_rate: () => number(0, 1, rate(0.1, 0.8)),
    attend_rate: () => number(0, 1, rate(0.05, 0.4)),
    fatigue_sessions: () => number(1, 1e4, wide(5, 100)),
    share_rate: () => number(0, 1, rate(0, 0.2)),
    viewers_per_share: () => number(0, 1000, rate(0, 6)),
    pool_ceiling: () => number(1, 1e10, wide(1e4, 1e7)),
    monthly_churn: () => number(0, 1, rate(0, 0.1), [1e-12]),
    buyer_join_rate: () => number(0, 1, rate(0.1, 0.6)),
    viewer_join_rate: () => number(0, 1, rate(0, 0.02)),
    monthly_recruits: () => number(0, 1e9, wide(10, 5000)),
    scene_share: () => number(0, 1, rate(0.2, 0.8)),
  };
  sections.quality = {
    square_ctr: () => number(0, 1, rate(0.1, 0.5)),
    dwell_minutes: () => number(0, 600, rate(1, 10)),
    interaction_rate: () => number(0, 10, rate(0.01, 0.2)),
    benchmark_reproduction: () => number(0, 0.999, rate(0.5, 0.95)),
    reproduction_elasticity: () => number(0, 5, rate(0.2, 1)),
    reproduction_ceiling: () => number(0, 2, rate(0.9, 1.3), [1, 1 + 1e-12, 1 - 1e-12, 1e-300]),
  };
  sections.audience = {
    purity: () => number(0.01, 1, rate(0.4, 1)),
    reference_purity: () => number(0.01, 1, rate(0.4, 1)),
    private_purity: () => number(0, 1, rate(0.6, 1)),
    learning_rate: () => number(0, 1, rate(0.05, 0.5)),
  };
  sections.conversion = {
    private: () => number(0, 1, wide(0.003, 0.1)),
    referral: () => number(0, 1, wide(0.001, 0.05)),
    public: () => number(0, 1, wide(0.0005, 0.02)),
  };
  sections.orders = {
    average_order_value: () => number(0, 1e7, wide(20, 2000)),
    price_change: () => number(-0.9, 3, rate(-0.2, 0.3), [0]),
    price_elasticity: () => number(-10, 0, rate(-3, 0)),
    return_rate: () => number(0, 1, rate(0, 0.5)),
  };
  sections.vouchers = {
    opening_balance: () => number(0, 1e9, wide(100, 50000)),
    opening_valid_months: () => number(1, 60, () => whole(1, 6)),
    use_rate: () => number(0, 1, rate(0.2, 1)),
    point_value: () => number(0, 10, rate(0.5, 2)),
    cost_per_viewer: () => number(1e-4, 1e6, wide(0.05, 2)),
    half_saturation: () => number(0.01, 1e10, wide(1e3, 1e6)),
    precision: () => number(0, 1, rate(0.2, 0.9)),
  };
  const curve = () => {
    const length = pick([0, 1, 2, whole(3, 12), whole(3, 12), whole(13, 60), 120]);
    const top = number(0, 1000, rate(0.05, 0.4));
    return Array.from({ length }, (_, i) => (chance(0.1) ? 0 : Math.min(1000, (top * uniform(0.5, 1)) / Math.sqrt(i + 1))));
  };
  sections.repurchase = {
    window_months: () => number(1, 60, () => whole(3, 24)),
    private_rate: () => number(0, 1, rate(0.1, 0.7)),
    public_rate: () => number(0, 1, rate(0.05, 0.3)),
    orders_per_repeater: () => number(1, 1000, rate(1, 5)),
    retention: () => number(0.01, 1, rate(0.6, 0.99), [1 - 1e-9, 1 - 1e-15]),
    curve_private: curve,
    curve_public: curve,
    live_share: () => number(0, 1, rate(0, 1)),
    order_value_ratio: () => number(0, 100, rate(0.5, 2)),
    partner_share: () => number(0, 1, rate(0, 0.5)),
    partner_incremental: () => number(0, 1, rate(0.2, 0.9)),
    partner_commission: () => number(0, 1, rate(0.05, 0.4)),
    ltv_months: () => number(1, 120, () => whole(6, 48)),
  };
  // whole fields: number() may draw between whole values
  const wholeFields = { vouchers: ['opening_valid_months'], repurchase: ['window_months', 'ltv_months'] };
  sections.costs = {
    gross_margin: () => number(-1, 1, rate(0.1, 0.8), [0]),
    platform_fee_rate: () => number(0, 1, rate(0, 0.1)),
    shipping_per_order: () => number(0, 1e5, rate(0, 20)),
    return_cost_per_order: () => number(0, 1e5, rate(0, 20)),
    session_cost: () => number(0, 1e7, rate(0, 2000)),
    hourly_cost: () => number(0, 1e7, rate(0, 500)),
    private_cost_per_user: () => number(0, 1e4, rate(0, 1)),
    join_cost_per_user: () => number(0, 1e4, rate(0, 5)),
    recruit_cost_per_user: () => number(0, 1e4, rate(0, 20)),
    fixed_monthly: () => number(0, 1e9, rate(0, 30000)),
    discount_rate_monthly: () => number(0, 1, rate(0, 0.05)),
    settlement_days: () => number(0, 180, () => pick([0, 7, 15, 30, 45, 60, 180, uniform(0, 180)])),
  };
  sections.distribution = {
    share: () => number(0, 10, rate(0, 1)),
    commission: () => number(0, 1, rate(0.05, 0.4)),
  };

  for (const [name, fields] of Object.entries(sections)) {
    const part = fill({}, fields);
    for (const key of wholeFields[name] ?? []) if (key in part) part[key] = Math.round(part[key]);
    if (Object.keys(part).length > 0 || chance(0.03)) scenario[name] = part;
  }
  const section = (name) => (scenario[name] ??= {});

  // first wave: min <= max, also against the default of the one not mentioned (50 and 500)
  if (chance(mention)) {
    const one = number(0, 1e6, wide(1, 300));
    const two = number(0, 1e6, wide(100, 3000));
    const low = Math.min(one, two);
    const high = chance(0.1) ? low : Math.max(one, two);
    const which = whole(0, 2);
    if (which === 0 || (which === 1 && low > 500) || (which === 2 && high < 50)) {
      section('live').first_wave_min = low;
      section('live').first_wave_max = high;
    } else if (which === 1) {
      section('live').first_wave_min = low;
    } else {
      section('live').first_wave_max = high;
    }
  }

  const indicators = ['private_viewers', 'square_ctr', 'dwell_minutes', 'gpm', 'interaction_rate'];
  if (chance(mention)) {
    const usual = { private_viewers: [50, 1000], square_ctr: [0.1, 0.5], dwell_minutes: [1, 8], gpm: [200, 2000], interaction_rate: [0.01, 0.1] };
    section('quality').benchmark = fill({}, Object.fromEntries(indicators.map((name) => [name, () => number(1e-6, 1e9, wide(...usual[name]))])));
  }
  if (chance(mention)) {
    if (chance(0.2)) {
      const only = pick(indicators); // one indicator carries all the weight
      section('quality').weight = Object.fromEntries(indicators.map((name) => [name, name === only ? uniform(0.01, 1) : 0]));
    } else {
      const weight = fill({}, Object.fromEntries(indicators.map((name) => [name, () => number(0, 1, rate(0.05, 1))])));
      if (indicators.every((name) => weight[name] === 0)) weight.gpm = 1; // the sum must be above 0
      section('quality').weight = weight;
    }
  }

  if (chance(mention)) {
    const count = pick([0, 1, 1, 2, 2, 3, 8]);
    scenario.channels = Array.from({ length: count }, (_, i) => {
      const channel = {
        id: pick(['ads', 'beans', 'c', 'channel_with_a_rather_long_id', '9']).slice(0, 29) + `_${i}`,
        cost_per_viewer: number(1e-4, 1e6, wide(0.05, 2)),
        half_saturation: number(0.01, 1e10, wide(1e3, 1e6)),
        precision: number(0, 1, rate(0.2, 0.9)),
      };
      if (chance(0.8)) channel.monthly_spend = chance(0.2) ? 0 : number(0, 1e9, wide(100, 1e5));
      if (chance(0.6)) channel.shape = pick([1, 2, 3, uniform(1, 3), uniform(1, 3)]);
      return channel;
    });
  }

  // ------------------------------------------------------------------- corners that independent draws rarely reach
  if (chance(0.35)) {
    const great = { private_viewers: 1e-6, square_ctr: 1e-6, dwell_minutes: 1e-6, gpm: 1e-6, interaction_rate: 1e-6 };
    switch (whole(0, 10)) {
      case 0: // g exactly 1
        Object.assign(section('quality'), { benchmark_reproduction: 0.999, reproduction_elasticity: 1, reproduction_ceiling: 1, benchmark: great });
        break;
      case 1: // g next to 1
        Object.assign(section('quality'), {
          benchmark_reproduction: 0.999,
          reproduction_elasticity: 1,
          reproduction_ceiling: 1 + pick([-1, 1]) * pick([2 ** -52, 1e-14, 1e-10, 1e-6]),
          benchmark: great,
        });
        break;
      case 2: // g exactly 0
        Object.assign(section('quality'), pick([{ benchmark_reproduction: 0 }, { reproduction_ceiling: 0 }]));
        break;
      case 3: // takes off at the ceiling, min(600, ...) binding
        Object.assign(section('quality'), { benchmark_reproduction: 0.999, reproduction_elasticity: 5, reproduction_ceiling: pick([2, uniform(1.6, 2)]), benchmark: great });
        Object.assign(section('live'), { hours_per_session: pick([24, uniform(22, 24)]), wave_minutes: 1 });
        break;
      case 4: // K below 1
        Object.assign(section('live'), { hours_per_session: uniform(0.1, 0.9), wave_minutes: uniform(55, 60) });
        break;
      case 5: // K exactly 1
        Object.assign(section('live'), pick([{ hours_per_session: 1, wave_minutes: 60 }, { hours_per_session: 0.5, wave_minutes: 30 }, { hours_per_session: 0.1, wave_minutes: 6 }]));
        break;
      case 6: // S below 1
        section('live').sessions_per_month = pick([uniform(0, 1), 1e-9, 1e-15, 5e-324]);
        break;
      case 7: // everybody comes and buys
        Object.assign(section('private'), { reach_rate: 1, attend_rate: 1, fatigue_sessions: 1e4 });
        Object.assign(section('conversion'), { private: 1, referral: 1, public: 1 });
        break;
      case 8: // the pool is full or overfull
        Object.assign(section('private'), { users: pick([1000, 5000]), pool_ceiling: pick([1000, 1]), monthly_recruits: 100 });
        break;
      case 9: // nothing at all
        Object.assign(section('private'), { users: 0, monthly_recruits: 0 });
        Object.assign(section('live'), { sessions_per_month: 0 });
        break;
      default: // demand comes and goes
        Object.assign(section('business'), { market_growth: pick([-0.5, 0.5]), seasonality: [0, 1, 0, 1, 10, 0, 0, 0, 1, 1, 0, 2] });
        break;
    }
  }

  // ---------------------------------------------------------------------------------------------------- section 3
  if (chance(0.55)) {
    scenario.incentives = randomIncentives();
  } else if (chance(0.1)) {
    scenario.incentives = fill({}, { pack: () => 'none', scale: () => uniform(0, 3) });
  }
  return scenario;

  function randomIncentives() {
    const incentives = {};
    if (chance(0.2)) incentives.pack = 'none';
    if (chance(0.5)) incentives.scale = number(0, 100, () => pick([1, 2, uniform(0.5, 3)]), [1]);

    let stageIds = [];
    if (chance(0.4)) {
      const count = whole(1, 4);
      let opens = 0;
      let sales = 0;
      const stages = Array.from({ length: count }, (_, i) => {
        const stage = { id: `stage_${i}` };
        if (chance(0.3)) stage.name = { zh: `阶段${i}`, en: `stage ${i}` };
        opens += whole(1, 8);
        sales += logUniform(1e4, 1e6);
        if (i < count - 1) {
          stage.until = pick([{ months_open: opens }, { cumulative_gmv: sales }, { months_open: opens, cumulative_gmv: sales }]);
        }
        return stage;
      });
      stageIds = stages.map((stage) => stage.id);
      incentives.stages = stages;
    }

    const count = chance(0.04) ? 64 : whole(0, 8);
    // exclusive groups share kind and delay
    const groups = Array.from({ length: whole(1, 3) }, (_, i) => {
      const kind = pick(['public_viewers', 'voucher_yuan', 'voucher_yuan', 'cash_yuan']);
      return { id: `group_${i}`, kind, delay: randomDelay() };
    });
    incentives.programmes = Array.from({ length: count }, (_, i) => randomProgramme(i, stageIds, groups));
    return incentives;
  }

  /** undefined stands for the default of 1 */
  function randomDelay() {
    return pick([undefined, undefined, 0, 0, 1, 2, whole(0, 6), Math.min(60, horizon), 60]);
  }

  function randomProgramme(index, stageIds, groups) {
    const group = chance(0.25) ? pick(groups) : null;
    const kind = group !== null ? group.kind : pick(['public_viewers', 'public_viewers', 'voucher_yuan', 'voucher_yuan', 'cash_yuan', 'cash_yuan', 'fee_rate']);
    const delay = group !== null ? group.delay : randomDelay();
    const earlyOnly = kind === 'fee_rate' || (delay === 0 && kind !== 'cash_yuan');
    const anyMetric = () => pick(earlyOnly || chance(0.4) ? earlyMetrics : lateMetrics);

    const p = { id: `p_${index}` };
    if (chance(0.2)) p.name = { zh: `计划${index}`, en: `programme ${index}` };
    if (chance(0.2)) p.source = 'example';
    if (stageIds.length > 0 && chance(0.5)) p.stages = some(stageIds, whole(1, stageIds.length));
    if (chance(0.2)) p.first_month = whole(1, Math.min(60, horizon + 1));
    if (chance(0.2)) p.last_month = whole(p.first_month ?? 1, 60);
    if (chance(0.15)) p.tags = some(tagPool, 1);
    if (chance(0.3)) p.requires = Array.from({ length: whole(1, 3) }, () => requirement(anyMetric()));
    p.metric = anyMetric();
    if (kind !== 'fee_rate' && chance(0.25)) p.baseline = chance(0.2) ? 0 : typical(p.metric);

    p.reward = { kind, rule: 'fixed' };
    if (kind === 'fee_rate') {
      p.reward.value = chance(0.1) ? pick([0, 1]) : uniform(0, 0.08);
      return p;
    }
    const reward = p.reward;
    const [, metricHigh] = metricSize[p.metric];
    // so that a typical month earns something like 10 to 10,000 units
    const perUnit = () => (chance(extreme * 0.1) ? pick([0, 1e12]) : logUniform(10, 1e4) / metricHigh);
    const amount = () => (chance(extreme * 0.1) ? pick([0, 1e12]) : logUniform(10, 1e4));
    reward.rule = pick(['rate', 'step', 'marginal', 'fee_saving', 'fixed']);
    switch (reward.rule) {
      case 'rate':
        reward.rate = perUnit();
        break;
      case 'step':
        reward.tiers = tiers(p.metric).map((from) => ({ from, value: amount() }));
        break;
      case 'marginal':
        reward.tiers = tiers(p.metric).map((from) => ({ from, rate: perUnit() }));
        break;
      case 'fee_saving':
        reward.down_to = chance(0.1) ? pick([0, 1]) : uniform(0, 0.06);
        break;
      default:
        reward.value = amount();
    }
    if (chance(0.25)) p.cap_per_month = chance(0.1) ? 0 : amount();
    if (chance(0.25)) p.cap_total = chance(0.1) ? 0 : amount() * 5;
    if (p.cap_total > 1e12) p.cap_total = 1e12;
    if (delay !== undefined) p.delay_months = delay;
    if (kind === 'voucher_yuan' && chance(0.6)) p.valid_months = pick([1, 1, 2, 3, whole(1, 60), 60]);
    if (group !== null) p.exclusive_group = group.id;
    return p;
  }

  /** A bound near the usual size of a metric. Inputs are hit exactly at times, computed numbers are not. */
  function typical(metric) {
    const [low, high] = metricSize[metric];
    const business = scenario.business ?? {};
    if (chance(0.4)) {
      if (metric === 'months_open') return (business.months_open ?? 0) + whole(0, 12);
      if (metric === 'shop_score') return business.shop_score ?? 4.6;
      if (metric === 'return_rate') return scenario.orders?.return_rate ?? 0.1;
      if (metric === 'sessions') return scenario.live?.sessions_per_month ?? 12;
    }
    return logUniform(low, high);
  }

  function requirement(metric) {
    const r = { metric };
    const bound = typical(metric);
    switch (whole(0, 4)) {
      case 0:
      case 1:
        r.at_least = chance(0.1) ? 0 : bound * (metricIsInput(metric) ? 1 : uniform(0.05, 1));
        break;
      case 2:
        r.at_most = bound;
        break;
      case 3:
        if (bound > 0) r.below = bound;
        else r.at_most = bound;
        break;
      default: // a band; the bounds never contradict one another
        r.at_least = bound * uniform(0, 0.5);
        if (chance(0.5)) r.at_most = bound;
        else if (bound > 0) r.below = bound;
    }
    return r;
  }

  function metricIsInput(metric) {
    return ['months_open', 'shop_score', 'return_rate', 'sessions'].includes(metric);
  }

  /** Strictly rising bounds. */
  function tiers(metric) {
    const count = pick([1, 2, 2, 3, 3, 5, 12]);
    const list = [];
    let from = chance(0.5) ? 0 : typical(metric) * 0.1;
    for (let i = 0; i < count; i++) {
      list.push(from);
      from = Math.max(from * 1.5, typical(metric)) + logUniform(1e-3, 1) * metricSize[metric][0];
    }
    return list;
  }
}
