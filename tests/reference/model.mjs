// Reference implementation of MODEL.md sections 1-4, written from the text alone.
//
// It favours being readable next to the specification over being fast: every cohort sum is written out, nothing is
// carried forward by a recurrence that the text does not have. Input is assumed to be legal (section 10 is not here).
//
//   plan(scenario, packs)        -> { months, summary, unit_economics, ledger }
//   attribution(scenario, packs) -> the attribution part of section 4, without the derivative
//   run(scenario, packs)         -> one pass over the months, the base of both

// ---------------------------------------------------------------------------------------------------------------
// Section 1. Defaults
// ---------------------------------------------------------------------------------------------------------------

/** Section 1: every field that has a default. Absent by default: the two curves, inline programmes and stages. */
export const defaults = {
  schema: 'growth.scenario/1',
  horizon_months: 12,
  business: {
    start_month: 1,
    months_open: 0,
    shop_score: 4.6,
    tags: [],
    market_growth: 0,
    seasonality: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  },
  live: {
    sessions_per_month: 12,
    hours_per_session: 3,
    account_weight: 0.2,
    weight_inertia: 0.7,
    first_wave_min: 50,
    first_wave_max: 500,
    attendance_hours: 2,
    wave_minutes: 5,
    public_ceiling: 200000,
    monthly_public_ceiling: 2000000,
  },
  private: {
    users: 6000,
    customer_share: 0.3,
    customer_age_months: 6,
    reach_rate: 0.4,
    attend_rate: 0.15,
    fatigue_sessions: 30,
    share_rate: 0.05,
    viewers_per_share: 3,
    pool_ceiling: 1000000,
    monthly_churn: 0.015,
    buyer_join_rate: 0.3,
    viewer_join_rate: 0.004,
    monthly_recruits: 0,
    scene_share: 0.5,
  },
  quality: {
    square_ctr: 0.2,
    dwell_minutes: 3,
    interaction_rate: 0.05,
    benchmark: { private_viewers: 200, square_ctr: 0.3, dwell_minutes: 5, gpm: 600, interaction_rate: 0.05 },
    weight: { private_viewers: 0.2, square_ctr: 0.2, dwell_minutes: 0.2, gpm: 0.2, interaction_rate: 0.2 },
    benchmark_reproduction: 0.75,
    reproduction_elasticity: 0.5,
    reproduction_ceiling: 1.15,
  },
  audience: { purity: 0.8, reference_purity: 0.8, private_purity: 0.95, learning_rate: 0.2 },
  conversion: { private: 0.02, referral: 0.01, public: 0.003 },
  orders: { average_order_value: 200, price_change: 0, price_elasticity: -1.5, return_rate: 0.1 },
  channels: [
    { id: 'ads', monthly_spend: 0, cost_per_viewer: 0.3, half_saturation: 60000, shape: 1, precision: 0.7 },
    { id: 'beans', monthly_spend: 0, cost_per_viewer: 0.22, half_saturation: 20000, shape: 1, precision: 0.55 },
  ],
  vouchers: {
    opening_balance: 0,
    opening_valid_months: 3,
    use_rate: 0.7,
    point_value: 1,
    cost_per_viewer: 0.25,
    half_saturation: 50000,
    precision: 0.5,
  },
  repurchase: {
    window_months: 12,
    private_rate: 0.45,
    public_rate: 0.15,
    orders_per_repeater: 2.5,
    retention: 0.85,
    live_share: 0.5,
    order_value_ratio: 1,
    partner_share: 0,
    partner_incremental: 0.5,
    partner_commission: 0.2,
    ltv_months: 24,
  },
  costs: {
    gross_margin: 0.5,
    platform_fee_rate: 0.05,
    shipping_per_order: 5,
    return_cost_per_order: 8,
    session_cost: 350,
    hourly_cost: 150,
    private_cost_per_user: 0.2,
    join_cost_per_user: 1,
    recruit_cost_per_user: 5,
    fixed_monthly: 6000,
    discount_rate_monthly: 0.01,
    settlement_days: 15,
  },
  distribution: { share: 0, commission: 0.2 },
  incentives: { pack: 'none', scale: 1 },
};

const channelDefaults = { monthly_spend: 0, shape: 1 };

function isPlainObject(v) {
  return v !== null && typeof v === 'object' && !Array.isArray(v);
}

function merge(base, given) {
  const out = {};
  for (const key of Object.keys(base)) out[key] = isPlainObject(base[key]) ? merge(base[key], {}) : base[key];
  for (const key of Object.keys(given)) {
    out[key] = isPlainObject(given[key]) && isPlainObject(base[key]) ? merge(base[key], given[key]) : given[key];
  }
  return out;
}

/** Section 1: the scenario with every default filled in. Lists are replaced whole, objects are merged. */
export function complete(scenario = {}) {
  const full = merge(defaults, scenario);
  full.channels = full.channels.map((channel) => ({ ...channelDefaults, ...channel }));
  return full;
}

/** Section 3: the stages and programmes in force. Inline ones replace the pack. */
export function policy(full, packs = {}) {
  const inc = full.incentives;
  if (inc.programmes !== undefined || inc.stages !== undefined) {
    return { stages: inc.stages ?? [], programmes: (inc.programmes ?? []).map(completeProgramme) };
  }
  if (inc.pack === 'none') return { stages: [], programmes: [] };
  const pack = packs[inc.pack];
  if (pack === undefined) throw new Error(`unknown incentive pack: ${inc.pack}`);
  return { stages: pack.stages ?? [], programmes: pack.programmes.map(completeProgramme) };
}

/** Section 3: defaults of one programme. */
function completeProgramme(p) {
  return { baseline: 0, delay_months: 1, valid_months: 2, ...p };
}

// ---------------------------------------------------------------------------------------------------------------
// Section 2. Pieces of one month
// ---------------------------------------------------------------------------------------------------------------

/** 1/(1/x + 1/y), which is 0 where x = 0. */
export function saturate(x, y) {
  return x === 0 ? 0 : 1 / (1 / x + 1 / y);
}

/** Step 9: response(x) = (half/cost_per_viewer)/(1 + (half/x)^shape), 0 at x = 0. */
export function response(x, half, costPerViewer, shape) {
  return x === 0 ? 0 : half / costPerViewer / (1 + Math.pow(half / x, shape));
}

/** Step 1: attendance per member and session. */
export function attendance(full) {
  const { sessions_per_month: S, hours_per_session: hours, attendance_hours: tau } = full.live;
  const F = full.private.fatigue_sessions;
  const h = S < 1e-9 * F ? 1 : (F * -Math.expm1(-S / F)) / S;
  const A = Math.expm1(-hours / tau) / Math.expm1(-3 / tau);
  return Math.min(1, full.private.reach_rate * full.private.attend_rate * h * A);
}

/** Step 6: U(K), the public viewers of K waves from a first wave u0, each g times the one before. */
export function waves(u0, g, K) {
  if (K <= 1) return u0 * K; // whatever g
  if (g === 1) return u0 * K; // the limit
  return (u0 * Math.expm1(Math.min(600, K * Math.log1p(g - 1)))) / (g - 1);
}

/** Step 11: repeat orders per customer at age a >= 1. */
export function repeatOrders(a, curve, rate, repurchase) {
  if (curve !== undefined) {
    // linear between whole ages, falling to 0 in the month after its end
    const whole = Math.floor(a);
    const here = whole - 1 < curve.length ? curve[whole - 1] : 0;
    const next = whole < curve.length ? curve[whole] : 0;
    return here + (a - whole) * (next - here);
  }
  const { retention: delta, window_months: W, orders_per_repeater: perRepeater } = repurchase;
  if (delta === 1) return (rate * perRepeater) / W;
  // 1 - delta^W = -expm1(W ln delta)
  return (rate * perRepeater * (1 - delta) * Math.pow(delta, a - 1)) / -Math.expm1(W * Math.log(delta));
}

/** s^t: share of pool members still inside after t months. */
function stay(t, churn) {
  return Math.pow(1 - churn, t);
}

/** 1 - s^t = -expm1(t log1p(-churn)), 0 at t = 0 (end of section 2). */
function left(t, churn) {
  return t === 0 ? 0 : -Math.expm1(t * Math.log1p(-churn));
}

/** Step 11: what is left of repeat buying with this many sessions. */
function liveFactor(full) {
  const share = full.repurchase.live_share;
  return 1 - share + share * -Math.expm1(-full.live.sessions_per_month / 2);
}

function sum(list) {
  let total = 0;
  for (const x of list) total += x;
  return total;
}

// ---------------------------------------------------------------------------------------------------------------
// Section 3. Pieces of a programme
// ---------------------------------------------------------------------------------------------------------------

/** Stage of a month: the first whose every given bound is strictly above its metric; the last never ends. */
function stageOf(stages, metrics) {
  if (stages.length === 0) return null;
  for (const stage of stages.slice(0, -1)) {
    const until = stage.until;
    let inside = true;
    if (until.months_open !== undefined && !(until.months_open > metrics.months_open)) inside = false;
    if (until.cumulative_gmv !== undefined && !(until.cumulative_gmv > metrics.cumulative_gmv)) inside = false;
    if (inside) return stage.id;
  }
  return stages[stages.length - 1].id;
}

function isActive(p, t, stage, tags, metrics) {
  if (p.stages !== undefined && !p.stages.includes(stage)) return false;
  if (p.first_month !== undefined && t + 1 < p.first_month) return false;
  if (p.last_month !== undefined && t + 1 > p.last_month) return false;
  if (p.tags !== undefined && !p.tags.every((tag) => tags.includes(tag))) return false;
  for (const r of p.requires ?? []) {
    const x = metrics[r.metric];
    if (x === undefined) throw new Error(`metric ${r.metric} is not known yet`);
    if (r.at_least !== undefined && !(x >= r.at_least)) return false;
    if (r.at_most !== undefined && !(x <= r.at_most)) return false;
    if (r.below !== undefined && !(x < r.below)) return false;
  }
  return true;
}

/** Rules: the value before scale, with x = max(0, metric - baseline) and f the fee rate of the month. */
function ruleValue(reward, x, f) {
  switch (reward.rule) {
    case 'rate':
      return reward.rate * x;
    case 'step': {
      let value = 0;
      for (const tier of reward.tiers) if (tier.from <= x) value = tier.value;
      return value;
    }
    case 'marginal': {
      let value = 0;
      reward.tiers.forEach((tier, j) => {
        const end = j + 1 < reward.tiers.length ? reward.tiers[j + 1].from : Infinity;
        value += tier.rate * Math.max(0, Math.min(x, end) - tier.from);
      });
      return value;
    }
    case 'fee_saving':
      return x * Math.max(0, f - reward.down_to);
    case 'fixed':
      return reward.value;
    default:
      throw new Error(`unknown rule: ${reward.rule}`);
  }
}

/** Section 4, ledger.next_tier: the first tier above x. */
function nextTier(reward, x) {
  if (reward.rule !== 'step' && reward.rule !== 'marginal') return null;
  const tier = reward.tiers.find((candidate) => candidate.from > x);
  if (tier === undefined) return null;
  const short_by = tier.from - x;
  return reward.rule === 'step'
    ? { from: tier.from, value: tier.value, short_by }
    : { from: tier.from, rate: tier.rate, short_by };
}

/** A traffic or voucher reward with delay 0 is due at once, before steps 7-8. */
function isDueAtOnce(p) {
  return p.delay_months === 0 && (p.reward.kind === 'public_viewers' || p.reward.kind === 'voucher_yuan');
}

// ---------------------------------------------------------------------------------------------------------------
// Section 4. Columns
// ---------------------------------------------------------------------------------------------------------------

export const columns = [
  'month', 'stage', 'private_users', 'private_customers', 'account_weight', 'purity', 'quality', 'reproduction',
  'viewers_private', 'viewers_referral', 'viewers_natural', 'viewers_granted', 'viewers_voucher', 'viewers_paid',
  'viewers', 'viewers_2h', 'public_share', 'gpm',
  'new_customers_private', 'new_customers_referral', 'new_customers_natural', 'new_customers_granted',
  'new_customers_voucher', 'new_customers_paid', 'new_customers_affiliate', 'new_customers',
  'repeat_orders_private', 'repeat_orders_public', 'orders', 'gmv', 'settled_gmv', 'partner_income', 'cost_of_goods',
  'platform_fee', 'distribution_cost', 'fulfilment_cost', 'session_cost', 'media_spend', 'private_cost', 'fixed_cost',
  'incentive_cash', 'profit', 'cumulative_profit', 'cash', 'cumulative_cash',
  'voucher_granted', 'voucher_used', 'voucher_expired', 'voucher_balance', 'fee_rate',
];

// ---------------------------------------------------------------------------------------------------------------
// Section 2. The months
// ---------------------------------------------------------------------------------------------------------------

/**
 * All months of one plan. `without` leaves the programme of that index out (stages stay as they are); `noise` is zeta of
 * section 6, a factor on the natural viewers of each month.
 * Returns { full, months, ledger (without value), revenue: R per month, costs: costs per month, end: state after }.
 */
export function run(scenario, packs = {}, { without = -1, noise = undefined } = {}) {
  const full = complete(scenario);
  const { business, live, quality, audience, conversion, orders, channels, vouchers, repurchase, costs } = full;
  const pool = full.private;
  const { distribution } = full;
  const H = full.horizon_months;
  const { stages, programmes: allProgrammes } = policy(full, packs);
  const programmes = allProgrammes.filter((_, i) => i !== without);
  const scale = full.incentives.scale;

  // Section 2, the symbols that do not change from month to month
  const S = live.sessions_per_month;
  const hours = live.hours_per_session;
  const churn = pool.monthly_churn;
  const s = 1 - churn;
  const pi0 = audience.reference_purity;
  const change = orders.price_change;
  const kappa = Math.pow(1 + change, orders.price_elasticity);
  const P = orders.average_order_value * (1 + change);
  const M = (costs.gross_margin + change) / (1 + change); // form of the end of section 2
  const oneMinusM = (1 - costs.gross_margin) / (1 + change);
  const ret = orders.return_rate;
  const j = pool.buyer_join_rate;
  const rho = liveFactor(full);
  const a = attendance(full);
  const b = pool.customer_age_months;
  const C0 = pool.users * pool.customer_share;
  const mPrivate = (age) => repeatOrders(age, repurchase.curve_private, repurchase.private_rate, repurchase);
  const mPublic = (age) => repeatOrders(age, repurchase.curve_public, repurchase.public_rate, repurchase);
  const mediaSpend = sum(channels.map((channel) => channel.monthly_spend));

  // State
  let N = pool.users * (1 - pool.customer_share);
  let C = C0;
  let w = live.account_weight;
  let pi = audience.purity;
  let G = 0;
  const joined = []; // joined_i, step 10
  const outside = []; // outside_i, step 10
  const gmvOf = [];
  const revenue = []; // R, step 15
  const costsOf = [];
  let cumulativeProfit = 0;
  let cumulativeCash = 0;

  // Vouchers: lots { from, last, left }, months 0-based, last = last month in which the lot is valid
  const lots = [];
  if (vouchers.opening_balance > 0) {
    lots.push({ from: 0, last: vouchers.opening_valid_months - 1, face: vouchers.opening_balance, left: vouchers.opening_balance });
  }
  const granted = new Array(H).fill(0); // viewers granted for a month
  const cashRewards = new Array(H).fill(0); // income of a month
  const ledger = programmes.map((p) => ({ id: p.id, earned: 0, paid: 0, capped: 0, pending: 0, next_tier: null }));

  const months = {};
  for (const name of columns) months[name] = [];

  for (let t = 0; t < H; t++) {
    const season = business.seasonality[(business.start_month - 1 + t) % 12];
    const sigma = season * Math.pow(1 + business.market_growth, t) * kappa;

    // Step 1. Private viewers
    const v_p = (N + C) * a;
    const V_p = S * v_p;

    // Step 2. Referral viewers
    const v_r = v_p * pool.share_rate * pool.viewers_per_share;
    const V_r = saturate(S * v_r, live.monthly_public_ceiling);

    // Section 3: metrics known before any reward of the month, stage, fee rate
    const metrics = {
      months_open: business.months_open + t,
      shop_score: business.shop_score,
      return_rate: ret,
      private_users: N + C,
      private_viewers: V_p,
      referral_viewers: V_r,
      sessions: S,
      live_hours: S * hours,
      media_spend: mediaSpend,
      cumulative_gmv: G,
    };
    const stage = stageOf(stages, metrics);

    let f = costs.platform_fee_rate;
    for (const p of programmes) {
      if (p.reward.kind === 'fee_rate' && isActive(p, t, stage, business.tags, metrics)) f = Math.min(f, p.reward.value);
    }

    const award = (chosen) => {
      // Values of the active programmes, before and after the caps
      const offers = [];
      programmes.forEach((p, index) => {
        if (p.reward.kind === 'fee_rate' || !chosen(p)) return;
        if (!isActive(p, t, stage, business.tags, metrics)) return;
        if (metrics[p.metric] === undefined) throw new Error(`metric ${p.metric} is not known yet`);
        const x = Math.max(0, metrics[p.metric] - p.baseline);
        const account = ledger[index];
        account.next_tier = nextTier(p.reward, x);
        const value = ruleValue(p.reward, x, f) * scale;
        let after = value;
        if (p.cap_per_month !== undefined) after = Math.min(after, p.cap_per_month);
        if (p.cap_total !== undefined) after = Math.min(after, Math.max(0, p.cap_total - (account.paid + account.pending)));
        offers.push({ p, account, value, after });
      });
      for (const offer of offers) {
        const { p, account, value, after } = offer;
        // Exclusive group: only the largest after both caps, the first listed on a tie
        if (p.exclusive_group !== undefined) {
          let best = null;
          for (const other of offers) {
            if (other.p.exclusive_group !== p.exclusive_group) continue;
            if (best === null || other.after > best.after) best = other;
          }
          if (best !== offer) continue;
        }
        account.earned += value;
        account.capped += value - after;
        const due = t + p.delay_months;
        if (due >= H) {
          account.pending += after;
          continue;
        }
        account.paid += after;
        if (p.reward.kind === 'public_viewers') granted[due] += after;
        if (p.reward.kind === 'cash_yuan') cashRewards[due] += after;
        if (p.reward.kind === 'voucher_yuan') lots.push({ from: due, last: due + p.valid_months - 1, face: after, left: after });
      }
    };
    award((p) => isDueAtOnce(p));

    // Step 3. Conversion
    const c_p = Math.min(1, conversion.private * sigma);
    const c_r = Math.min(1, conversion.referral * sigma);
    const c_n = Math.min(1, conversion.public * (pi / pi0) * sigma);
    const c_v = Math.min(1, conversion.public * (vouchers.precision / pi0) * sigma);
    const c_c = channels.map((channel) => Math.min(1, conversion.public * (channel.precision / pi0) * sigma));

    // Step 4. Quality
    const indicators = {
      private_viewers: v_p,
      square_ctr: quality.square_ctr,
      dwell_minutes: quality.dwell_minutes,
      gpm: 1000 * c_n * P,
      interaction_rate: quality.interaction_rate,
    };
    const names = Object.keys(indicators);
    const weightSum = sum(names.map((name) => quality.weight[name]));
    let lnQ = 0;
    for (const name of names) {
      const ratio = indicators[name] / quality.benchmark[name];
      lnQ += (quality.weight[name] / weightSum) * Math.log(Math.min(4, Math.max(0.25, ratio)));
    }
    const Q = Math.exp(lnQ);

    // Step 5. Reproduction number
    const g = Math.min(quality.benchmark_reproduction * Math.pow(Q, quality.reproduction_elasticity), quality.reproduction_ceiling);

    // Step 6. Natural public viewers
    const K = (hours * 60) / live.wave_minutes;
    const K2 = Math.min(K, 120 / live.wave_minutes);
    const u0 = live.first_wave_min + (live.first_wave_max - live.first_wave_min) * w + v_p;
    const v_n = (noise === undefined ? 1 : noise[t]) * saturate(waves(u0, g, K), live.public_ceiling);
    const V_n = saturate(S * v_n, live.monthly_public_ceiling);
    const v_2h = v_p + v_r + saturate(waves(u0, g, K2), live.public_ceiling);

    // Step 7. Granted viewers
    const V_i = saturate(granted[t], live.monthly_public_ceiling);

    // Step 8. Vouchers
    const grantedNow = sum(lots.filter((lot) => lot.from === t).map((lot) => lot.face));
    const valid = lots.filter((lot) => lot.from <= t && t <= lot.last);
    valid.sort((x, y) => x.last - y.last || x.from - y.from); // earliest expiry first, then oldest
    const balance = sum(valid.map((lot) => lot.left));
    const used = vouchers.use_rate * balance;
    let toUse = used;
    for (const lot of valid) {
      const take = Math.min(lot.left, toUse);
      lot.left -= take;
      toUse -= take;
    }
    let expired = 0;
    for (const lot of valid) {
      if (lot.last !== t) continue;
      expired += lot.left;
      lot.left = 0;
    }
    const balanceEnd = sum(valid.map((lot) => lot.left));
    const V_v = response(used * vouchers.point_value, vouchers.half_saturation, vouchers.cost_per_viewer, 1);

    // Step 9. Channels
    const V_c = channels.map((channel) => response(channel.monthly_spend, channel.half_saturation, channel.cost_per_viewer, channel.shape));

    // Step 10. New customers
    const x = Math.min(a * c_p, 1 - 1e-12);
    const n_p = S < 1 ? N * S * x : N * -Math.expm1(S * Math.log1p(-x));
    const n_r = V_r * c_r;
    const n_n = V_n * c_n;
    const n_i = V_i * c_n;
    const n_v = V_v * c_v;
    const n_c = V_c.map((viewers, i) => viewers * c_c[i]);
    const n_a = distribution.share * (n_p + n_r + n_n);
    const inRoom = n_r + n_n + n_i + n_v + sum(n_c); // E - n_a
    const E = inRoom + n_a;
    const psi = Math.max(0, 1 - (N + C) / pool.pool_ceiling);
    joined[t] = (n_p + j * psi * E) * (1 - ret);
    outside[t] = (1 - j * psi) * E * (1 - ret);

    // Step 11. Repeat orders
    let repeatPrivate = C0 * stay(t, churn) * mPrivate(b + t);
    let repeatPublic = C0 * left(t, churn) * mPublic(b + t);
    for (let i = 0; i < t; i++) {
      const age = t - i;
      repeatPrivate += joined[i] * stay(age, churn) * mPrivate(age);
      repeatPublic += (joined[i] * left(age, churn) + outside[i]) * mPublic(age);
    }
    repeatPrivate *= sigma * rho;
    repeatPublic *= sigma * rho;

    // Step 12. Sales
    const ratio = repurchase.order_value_ratio;
    const X = P * n_p + P * ratio * repeatPrivate;
    const q = 1 - (1 - repurchase.partner_incremental) * repurchase.partner_share;
    const gmv = q * X + P * E + P * ratio * repeatPublic;
    const privateGmv = q * X + P * n_r;
    const orderCount = q * (n_p + repeatPrivate) + E + repeatPublic;
    const settled = gmv * (1 - ret);
    const partnerIncome = repurchase.partner_commission * (1 - ret) * repurchase.partner_share * X;

    // Section 3: the late metrics, then every reward that is not due at once
    const viewersPaid = sum(V_c);
    const viewers = V_p + V_r + V_n + V_i + V_v + viewersPaid;
    metrics.viewers = viewers;
    metrics.natural_viewers = V_n;
    metrics.orders = orderCount;
    metrics.gmv = gmv;
    metrics.settled_gmv = settled;
    metrics.session_gmv = gmv / Math.max(1, S);
    metrics.new_customers = n_p + E;
    metrics.gmv_growth = t === 0 ? 0 : Math.max(0, gmv - gmvOf[t - 1]);
    metrics.private_settled = privateGmv * (1 - ret);
    metrics.private_scene_settled = privateGmv * (1 - ret) * pool.scene_share;
    metrics.gpm = viewers === 0 ? 0 : (1000 * P * (n_p + inRoom)) / viewers;
    award((p) => !isDueAtOnce(p));
    const cashReward = cashRewards[t];

    // Step 14, first part: who joins
    const joinsBuyers = j * psi * E;
    const joinsViewers = pool.viewer_join_rate * psi * Math.max(0, V_r + V_n + V_i + V_v + viewersPaid - inRoom);
    const joins = joinsBuyers + joinsViewers;

    // Step 13. Profit
    const costOfGoods = settled * oneMinusM;
    const platformFee = settled * f;
    const distributionCost = P * n_a * (1 - ret) * distribution.commission;
    const fulfilment = orderCount * (costs.shipping_per_order + ret * costs.return_cost_per_order);
    const sessionCost = S * (costs.session_cost + hours * costs.hourly_cost);
    const privateCost =
      (N + C) * costs.private_cost_per_user + joins * costs.join_cost_per_user + psi * pool.monthly_recruits * costs.recruit_cost_per_user;
    const profit =
      settled * M - platformFee - distributionCost - fulfilment - sessionCost - mediaSpend - privateCost - costs.fixed_monthly +
      partnerIncome + cashReward;
    cumulativeProfit += profit;

    // Step 15. Cash
    const d = costs.settlement_days / 30;
    const k = Math.floor(d);
    const phi = d - k;
    revenue[t] = settled * (1 - f) + partnerIncome + cashReward;
    costsOf[t] = costOfGoods + distributionCost + fulfilment + sessionCost + mediaSpend + privateCost + costs.fixed_monthly;
    const cashIn = (1 - phi) * (t - k >= 0 ? revenue[t - k] : 0) + phi * (t - k - 1 >= 0 ? revenue[t - k - 1] : 0);
    const cash = cashIn - costsOf[t];
    cumulativeCash += cash;

    const row = {
      month: t + 1,
      stage,
      private_users: N + C,
      private_customers: C,
      account_weight: w,
      purity: pi,
      quality: Q,
      reproduction: g,
      viewers_private: V_p,
      viewers_referral: V_r,
      viewers_natural: V_n,
      viewers_granted: V_i,
      viewers_voucher: V_v,
      viewers_paid: viewersPaid,
      viewers,
      viewers_2h: v_2h,
      public_share: viewers === 0 ? 0 : (V_n + V_i) / viewers,
      gpm: metrics.gpm,
      new_customers_private: n_p,
      new_customers_referral: n_r,
      new_customers_natural: n_n,
      new_customers_granted: n_i,
      new_customers_voucher: n_v,
      new_customers_paid: sum(n_c),
      new_customers_affiliate: n_a,
      new_customers: n_p + E,
      repeat_orders_private: q * repeatPrivate,
      repeat_orders_public: repeatPublic,
      orders: orderCount,
      gmv,
      settled_gmv: settled,
      partner_income: partnerIncome,
      cost_of_goods: costOfGoods,
      platform_fee: platformFee,
      distribution_cost: distributionCost,
      fulfilment_cost: fulfilment,
      session_cost: sessionCost,
      media_spend: mediaSpend,
      private_cost: privateCost,
      fixed_cost: costs.fixed_monthly,
      incentive_cash: cashReward,
      profit,
      cumulative_profit: cumulativeProfit,
      cash,
      cumulative_cash: cumulativeCash,
      voucher_granted: grantedNow,
      voucher_used: used,
      voucher_expired: expired,
      voucher_balance: balanceEnd,
      fee_rate: f,
    };
    for (const name of columns) months[name].push(row[name]);

    // Step 14. Next month
    const nextN = (N - n_p) * s + joinsViewers + psi * pool.monthly_recruits;
    const nextC = (C + n_p) * s + joinsBuyers;
    const nextW = live.weight_inertia * w + ((1 - live.weight_inertia) * Math.min(1, S) * Q) / (1 + Q);
    let buyers = n_p + n_r + n_n + n_i + n_v;
    let weighted = (n_p + n_r) * audience.private_purity + (n_n + n_i) * audience.purity + n_v * vouchers.precision;
    channels.forEach((channel, i) => {
      buyers += n_c[i];
      weighted += n_c[i] * channel.precision;
    });
    const mix = (weighted + pi) / (buyers + 1);
    const nextPi = (1 - audience.learning_rate) * pi + audience.learning_rate * mix;
    gmvOf[t] = gmv;
    G += gmv;
    N = nextN;
    C = nextC;
    w = nextW;
    pi = nextPi;
  }

  return { full, months, ledger, revenue, costs: costsOf, end: { N, C } };
}

// ---------------------------------------------------------------------------------------------------------------
// Section 4. Summary, unit economics, ledger, attribution
// ---------------------------------------------------------------------------------------------------------------

function summarise({ full, months, revenue, costs, end }) {
  const H = full.horizon_months;
  const total = (name) => sum(months[name]);
  const P = full.orders.average_order_value * (1 + full.orders.price_change);

  // payback: first month from which cumulative profit stays >= 0 to the end
  let payback = null;
  for (let t = H - 1; t >= 0 && months.cumulative_profit[t] >= 0; t--) payback = t + 1;

  // net present value: money that arrives after the horizon included
  const d = full.costs.settlement_days / 30;
  const k = Math.floor(d);
  const phi = d - k;
  const grow = (n) => Math.pow(1 + full.costs.discount_rate_monthly, n);
  let npv = 0;
  for (let t = 0; t < H; t++) {
    npv += -costs[t] / grow(t + 1) + revenue[t] * ((1 - phi) / grow(t + k + 1) + phi / grow(t + k + 2));
  }

  const orders = total('orders');
  const viewers = total('viewers');
  const natural = total('viewers_natural');
  const privateViewers = total('viewers_private');
  const mediaSpend = total('media_spend');
  const paid = total('new_customers_paid');
  return {
    gmv: total('gmv'),
    settled_gmv: total('settled_gmv'),
    profit: total('profit'),
    cash_low: Math.min(0, ...months.cumulative_cash),
    payback_month: payback,
    npv,
    orders,
    viewers,
    new_customers: total('new_customers'),
    repeat_share: orders === 0 ? 0 : (total('repeat_orders_private') + total('repeat_orders_public')) / orders,
    public_share: viewers === 0 ? 0 : (natural + total('viewers_granted')) / viewers,
    leverage: privateViewers < 1e-9 ? null : natural / privateViewers,
    media_spend: mediaSpend,
    roas: mediaSpend < 1e-9 ? null : (P * (total('new_customers_voucher') + paid)) / mediaSpend,
    cac: paid < 1e-9 ? null : mediaSpend / paid,
    private_users_end: end.N + end.C,
  };
}

function unitEconomics(full, summary) {
  const { orders, costs, repurchase, audience, conversion, vouchers, channels } = full;
  const pool = full.private;
  const change = orders.price_change;
  const P = orders.average_order_value * (1 + change);
  const M = (costs.gross_margin + change) / (1 + change);
  const kappa = Math.pow(1 + change, orders.price_elasticity);
  const ret = orders.return_rate;
  const rho = liveFactor(full);
  const churn = pool.monthly_churn;
  const j = pool.buyer_join_rate;

  const u = M - costs.platform_fee_rate;
  const margin = (price) => price * (1 - ret) * u - costs.shipping_per_order - ret * costs.return_cost_per_order;
  const m1 = margin(P);
  const mr = margin(P * repurchase.order_value_ratio);

  // Lifetime values summed to age A, for A = 0 .. ltv_months
  const ltvPublic = [m1];
  const ltvPrivate = [m1 - costs.join_cost_per_user];
  for (let age = 1; age <= repurchase.ltv_months; age++) {
    const mPrivate = repeatOrders(age, repurchase.curve_private, repurchase.private_rate, repurchase);
    const mPublic = repeatOrders(age, repurchase.curve_public, repurchase.public_rate, repurchase);
    const discount = Math.pow(1 + costs.discount_rate_monthly, age);
    const inside = stay(age, churn);
    ltvPublic[age] = ltvPublic[age - 1] + ((1 - ret) * rho * mPublic * mr) / discount;
    ltvPrivate[age] =
      ltvPrivate[age - 1] +
      ((1 - ret) * rho * (inside * mPrivate + left(age, churn) * mPublic) * mr - inside * costs.private_cost_per_user) / discount;
  }
  const blended = (age) => j * ltvPrivate[age] + (1 - j) * ltvPublic[age];
  const L = blended(repurchase.ltv_months);
  const buyersPerViewer = (purity) => Math.min(1, conversion.public * (purity / audience.reference_purity) * kappa);

  const perChannel = {};
  for (const channel of channels) perChannel[channel.id] = buyersPerViewer(channel.precision) * L;

  let payback = null;
  if (summary.cac !== null) {
    for (let age = 0; age <= repurchase.ltv_months && payback === null; age++) {
      if (blended(age) - summary.cac >= 0) payback = age;
    }
  }
  const kept = (1 - ret) * u;
  return {
    first_order_margin: m1,
    repeat_order_margin: mr,
    ltv_private: ltvPrivate[repurchase.ltv_months],
    ltv_public: ltvPublic[repurchase.ltv_months],
    max_cac: L,
    max_cost_per_viewer: buyersPerViewer(audience.purity) * L,
    first_order_max_cost_per_viewer: buyersPerViewer(audience.purity) * m1,
    max_cost_per_viewer_channels: perChannel,
    voucher_yuan_worth: (vouchers.point_value / vouchers.cost_per_viewer) * (buyersPerViewer(vouchers.precision) * L),
    break_even_roi: kept > 0 ? 1 / kept : null,
    customer_payback_months: payback,
  };
}

/** Section 4 except attribution, diagnosis and warnings. */
export function plan(scenario, packs = {}) {
  const result = run(scenario, packs);
  const summary = summarise(result);
  const unit_economics = unitEconomics(result.full, summary);
  const ledger = result.ledger.map((account, index) => ({
    ...account,
    value: summary.profit - sum(run(scenario, packs, { without: index }).months.profit),
  }));
  return { months: result.months, summary, unit_economics, ledger };
}

/** The scenario with only one thing switched off, as section 4 lists them. */
export function switchedOff(scenario, what, channelId) {
  const off = structuredClone(scenario);
  const full = complete(scenario);
  switch (what) {
    case 'private_pool':
      off.private = { ...off.private, users: 0, monthly_recruits: 0 };
      break;
    case 'vouchers':
      off.vouchers = { ...off.vouchers, use_rate: 0 };
      break;
    case 'channel':
      off.channels = full.channels.map((channel) => (channel.id === channelId ? { ...channel, monthly_spend: 0 } : channel));
      break;
    case 'incentives':
      off.incentives = { pack: 'none', scale: full.incentives.scale };
      break;
    case 'repurchase': {
      off.repurchase = { ...off.repurchase, private_rate: 0, public_rate: 0 };
      for (const curve of ['curve_private', 'curve_public']) {
        if (off.repurchase[curve] !== undefined) off.repurchase[curve] = off.repurchase[curve].map(() => 0);
      }
      break;
    }
    default:
      throw new Error(`cannot switch off: ${what}`);
  }
  return off;
}

/**
 * Section 4, attribution without marginal_profit_per_yuan: what is lost when only that is switched off, its cost, and
 * roi = profit gained before its own cost / cost (null where it costs nothing).
 * Cost: the spend for a channel, the private_cost that goes away for the pool, 0 for the others.
 */
export function attribution(scenario, packs = {}) {
  const withAll = run(scenario, packs);
  const { full } = withAll;
  const total = (result, name) => sum(result.months[name]);
  const part = (off, costOf) => {
    const without = run(off, packs);
    const profit = total(withAll, 'profit') - total(without, 'profit');
    const gmv = total(withAll, 'gmv') - total(without, 'gmv');
    const cost = costOf(without);
    return { profit, gmv, cost, roi: cost === 0 ? null : (profit + cost) / cost };
  };
  const channels = {};
  for (const { id, monthly_spend } of full.channels) {
    channels[id] = part(switchedOff(scenario, 'channel', id), () => monthly_spend * full.horizon_months);
  }
  return {
    private_pool: part(switchedOff(scenario, 'private_pool'), (without) => total(withAll, 'private_cost') - total(without, 'private_cost')),
    vouchers: part(switchedOff(scenario, 'vouchers'), () => 0),
    channels,
    incentives: part(switchedOff(scenario, 'incentives'), () => 0),
    repurchase: part(switchedOff(scenario, 'repurchase'), () => 0),
  };
}
