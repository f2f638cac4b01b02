// The peer that the engine's futures are measured against: the full plan over many futures, as good as
// plain JavaScript gets. Uncertain inputs come as one Float64Array each, futures go through in blocks
// that stay in the nearest cache, month by month and future by future within a month, so that
// neighbouring futures are independent work for the processor. Everything that no uncertain input
// touches is computed once; nothing is allocated once the peer is made; every array is a Float64Array
// and every call site sees one shape.
//
//   const peer = makePeer(scenario, ['conversion.public', …]);
//   const columns = peer.prepareColumns(trials);
//   peer.run([Float64Array, …], noise or null, trials, columns);
//
// Any subset of the numeric inputs may be uncertain; channels, opening vouchers and given repeat curves
// are covered. Programmes are not: a scenario with a pack is refused, and what is compared with this
// peer has to run without one too.
import { complete } from '../reference/model.mjs';

export const columnNames = ['viewers', 'private_users', 'gmv', 'profit', 'cumulative_profit', 'cumulative_cash'];

/** Futures per block: what a block reads and writes in a month fits the first-level cache. */
const block = 64;

const partsOf = (path) => path.replace(/\[(\d+)\]/g, '.$1').split('.');
const at = (object, path) => partsOf(path).reduce((value, key) => value?.[key], object);

/** `noise` of a run: what multiplies natural traffic, a factor per month and future, month by month. */
export function makePeer(scenario, uncertainPaths = []) {
  const full = complete(scenario);
  if (full.incentives.pack !== 'none' || full.incentives.programmes?.length > 0) throw new Error('programmes are not in this peer');
  const horizon = full.horizon_months;
  const channels = full.channels.length;
  const seasonality = full.business.seasonality;
  const firstMonth = full.business.start_month - 1;
  const window = full.repurchase.window_months;
  const curvePool = full.repurchase.curve_private;
  const curveOutside = full.repurchase.curve_public;
  const curvesGiven = curvePool !== undefined || curveOutside !== undefined;
  const validMonths = full.vouchers.opening_valid_months;

  // ------------------------------------------------------------------------------------------- inputs
  const uncertain = new Set(uncertainPaths);
  const row = () => new Float64Array(block);
  const inputs = new Map();
  /** The values of an input in the block at hand; the same number throughout where it is certain. */
  const input = (path) => {
    if (!inputs.has(path)) {
      const value = at(full, path);
      if (typeof value !== 'number') throw new Error(`no number: ${path}`);
      inputs.set(path, row().fill(value));
    }
    return inputs.get(path);
  };
  const varies = (...paths) => paths.some((path) => uncertain.has(path));
  const drawn = uncertainPaths.map(input);

  const users = input('private.users');
  const customerShare = input('private.customer_share');
  const accountWeight = input('live.account_weight');
  const inertia = input('live.weight_inertia');
  const waveMin = input('live.first_wave_min');
  const waveMax = input('live.first_wave_max');
  const publicCeiling = input('live.public_ceiling');
  const monthlyCeiling = input('live.monthly_public_ceiling');
  const sessions = input('live.sessions_per_month');
  const elasticity = input('quality.reproduction_elasticity');
  const purityStart = input('audience.purity');
  const privatePurity = input('audience.private_purity');
  const learning = input('audience.learning_rate');
  const convPrivate = input('conversion.private');
  const convReferral = input('conversion.referral');
  const poolCeiling = input('private.pool_ceiling');
  const joinRate = input('private.buyer_join_rate');
  const viewerJoin = input('private.viewer_join_rate');
  const recruitsPerMonth = input('private.monthly_recruits');
  const churn = input('private.monthly_churn');
  const retention = input('repurchase.retention');
  const affiliates = input('distribution.share');
  const marketGrowth = input('business.market_growth');
  const care = input('costs.private_cost_per_user');
  const joinCost = input('costs.join_cost_per_user');
  const recruitCost = input('costs.recruit_cost_per_user');
  const voucherOpening = input('vouchers.opening_balance');
  const voucherUse = input('vouchers.use_rate');
  const voucherPoint = input('vouchers.point_value');
  const voucherPrice = input('vouchers.cost_per_viewer');
  const voucherHalf = input('vouchers.half_saturation');
  const voucherPrecision = input('vouchers.precision');

  // ----------------------------------------------------------------- terms that no month changes, in rows
  const groups = [];
  /** Terms with the inputs they follow from: computed per block if one of those is uncertain, else once. */
  const derive = (paths, compute) => {
    paths.forEach(input);
    groups.push({ again: varies(...paths), compute });
  };

  const attendance = row(); // a
  const privatePer = row(); // V_p per member
  const referralPer = row(); // before the ceiling, per member
  derive(['private.reach_rate', 'private.attend_rate', 'private.fatigue_sessions', 'live.sessions_per_month', 'live.hours_per_session', 'live.attendance_hours', 'private.share_rate', 'private.viewers_per_share'], () => {
    const reach = input('private.reach_rate');
    const attend = input('private.attend_rate');
    const fatigue = input('private.fatigue_sessions');
    const hours = input('live.hours_per_session');
    const tau = input('live.attendance_hours');
    const share = input('private.share_rate');
    const perShare = input('private.viewers_per_share');
    for (let i = 0; i < block; i += 1) {
      const s = sessions[i];
      const f = fatigue[i];
      const h = s < 1e-9 * f ? 1 : (-f * Math.expm1(-s / f)) / s;
      const a = Math.min(1, (reach[i] * attend[i] * h * Math.expm1(-hours[i] / tau[i])) / Math.expm1(-3 / tau[i]));
      attendance[i] = a;
      privatePer[i] = s * a;
      referralPer[i] = s * a * share[i] * perShare[i];
    }
  });

  const price = row(); // P
  const repeatPrice = row();
  const kept = row(); // 1 - return rate
  const settledMargin = row(); // of gmv, what goods and fee leave
  const settledRevenue = row(); // of gmv, what arrives as money
  const affiliateCost = row(); // per affiliate's customer
  const orderCost = row();
  const fixed = row(); // what a month costs whatever happens
  const partnerKept = row();
  const partnerPer = row(); // income per ¥ of own pool sales
  const demandStart = row(); // κ
  const spendPaths = Array.from({ length: channels }, (_, c) => `channels[${c}].monthly_spend`);
  derive(['orders.average_order_value', 'orders.price_change', 'orders.price_elasticity', 'orders.return_rate', 'repurchase.order_value_ratio', 'repurchase.partner_share', 'repurchase.partner_incremental', 'repurchase.partner_commission', 'costs.gross_margin', 'costs.platform_fee_rate', 'costs.shipping_per_order', 'costs.return_cost_per_order', 'costs.session_cost', 'costs.hourly_cost', 'costs.fixed_monthly', 'distribution.commission', 'live.sessions_per_month', 'live.hours_per_session', ...spendPaths], () => {
    const spends = spendPaths.map(input);
    const aov = input('orders.average_order_value');
    const change = input('orders.price_change');
    const priceElasticity = input('orders.price_elasticity');
    const returns = input('orders.return_rate');
    const ratio = input('repurchase.order_value_ratio');
    const partnerShare = input('repurchase.partner_share');
    const partnerIncremental = input('repurchase.partner_incremental');
    const partnerCommission = input('repurchase.partner_commission');
    const margin = input('costs.gross_margin');
    const fee = input('costs.platform_fee_rate');
    const shipping = input('costs.shipping_per_order');
    const returnCost = input('costs.return_cost_per_order');
    const sessionCost = input('costs.session_cost');
    const hourlyCost = input('costs.hourly_cost');
    const fixedCost = input('costs.fixed_monthly');
    const commission = input('distribution.commission');
    const hours = input('live.hours_per_session');
    for (let i = 0; i < block; i += 1) {
      const level = 1 + change[i];
      const keep = 1 - returns[i];
      price[i] = aov[i] * level;
      repeatPrice[i] = price[i] * ratio[i];
      kept[i] = keep;
      settledRevenue[i] = keep * (1 - fee[i]);
      settledMargin[i] = keep * ((margin[i] + change[i]) / level - fee[i]);
      affiliateCost[i] = price[i] * keep * commission[i];
      orderCost[i] = shipping[i] + returns[i] * returnCost[i];
      let media = 0;
      for (let c = 0; c < channels; c += 1) media += spends[c][i];
      fixed[i] = sessions[i] * (sessionCost[i] + hours[i] * hourlyCost[i]) + media + fixedCost[i];
      partnerKept[i] = 1 - (1 - partnerIncremental[i]) * partnerShare[i];
      partnerPer[i] = partnerCommission[i] * keep * partnerShare[i];
      demandStart[i] = Math.pow(level, priceElasticity[i]);
    }
  });

  const waves = row(); // K
  derive(['live.hours_per_session', 'live.wave_minutes'], () => {
    const hours = input('live.hours_per_session');
    const minutes = input('live.wave_minutes');
    for (let i = 0; i < block; i += 1) waves[i] = (hours[i] * 60) / minutes[i];
  });

  const weightPrivate = row();
  const weightGpm = row();
  const logQualityStart = row(); // what the three given indicators make of ln Q
  const indicators = ['private_viewers', 'square_ctr', 'dwell_minutes', 'gpm', 'interaction_rate'];
  const givenIndicators = ['square_ctr', 'dwell_minutes', 'interaction_rate'];
  derive([...indicators.map((name) => `quality.weight.${name}`), ...givenIndicators.flatMap((name) => [`quality.${name}`, `quality.benchmark.${name}`])], () => {
    const weights = indicators.map((name) => input(`quality.weight.${name}`));
    const values = givenIndicators.map((name) => input(`quality.${name}`));
    const benchmarks = givenIndicators.map((name) => input(`quality.benchmark.${name}`));
    for (let i = 0; i < block; i += 1) {
      const total = weights[0][i] + weights[1][i] + weights[2][i] + weights[3][i] + weights[4][i];
      weightPrivate[i] = weights[0][i] / total;
      weightGpm[i] = weights[3][i] / total;
      let start = 0;
      for (let k = 0; k < 3; k += 1) {
        const weight = weights[k < 2 ? k + 1 : 4][i];
        start += (weight / total) * Math.log(Math.min(4, Math.max(0.25, values[k][i] / benchmarks[k][i])));
      }
      logQualityStart[i] = start;
    }
  });
  /** The two indicators that change by month weigh the same: one logarithm of their product will do. */
  const equalWeights = !varies('quality.weight.private_viewers', 'quality.weight.gpm') && full.quality.weight.private_viewers === full.quality.weight.gpm;

  const privateRatio = row(); // of the private viewers' indicator, per member
  derive(['private.reach_rate', 'private.attend_rate', 'private.fatigue_sessions', 'live.sessions_per_month', 'live.hours_per_session', 'live.attendance_hours', 'quality.benchmark.private_viewers'], () => {
    const benchmark = input('quality.benchmark.private_viewers');
    for (let i = 0; i < block; i += 1) privateRatio[i] = attendance[i] / benchmark[i];
  });
  const gpmRatio = row(); // per chance that a stranger buys
  derive(['orders.average_order_value', 'orders.price_change', 'quality.benchmark.gpm'], () => {
    const benchmark = input('quality.benchmark.gpm');
    for (let i = 0; i < block; i += 1) gpmRatio[i] = (1000 * price[i]) / benchmark[i];
  });

  const reproduction = input('quality.benchmark_reproduction');
  const reproductionCeiling = input('quality.reproduction_ceiling');
  const logReproduction = row(); // of benchmark quality
  const logCeiling = row();
  derive(['quality.benchmark_reproduction', 'quality.reproduction_ceiling'], () => {
    for (let i = 0; i < block; i += 1) {
      logReproduction[i] = Math.log(reproduction[i]);
      logCeiling[i] = Math.log(reproductionCeiling[i]);
    }
  });

  const convNatural = row(); // per purity
  const convVoucher = row();
  const paidViewers = row();
  const paidBuyers = row(); // at demand 1, where no channel's rate reaches 1
  const paidPurity = row();
  const paidHighest = row(); // the highest of the channels' rates
  const channelViewers = Array.from({ length: channels }, row);
  const channelRate = Array.from({ length: channels }, row);
  const channelPrecision = Array.from({ length: channels }, (_, c) => input(`channels[${c}].precision`));
  derive(['conversion.public', 'audience.reference_purity', 'vouchers.precision', ...Array.from({ length: channels }, (_, c) => ['monthly_spend', 'cost_per_viewer', 'half_saturation', 'shape', 'precision'].map((name) => `channels[${c}].${name}`)).flat()], () => {
    const conversion = input('conversion.public');
    const reference = input('audience.reference_purity');
    for (let i = 0; i < block; i += 1) {
      const per = conversion[i] / reference[i];
      convNatural[i] = per;
      convVoucher[i] = per * voucherPrecision[i];
      paidViewers[i] = 0;
      paidBuyers[i] = 0;
      paidPurity[i] = 0;
      paidHighest[i] = 0;
    }
    for (let c = 0; c < channels; c += 1) {
      const spend = input(`channels[${c}].monthly_spend`);
      const cost = input(`channels[${c}].cost_per_viewer`);
      const half = input(`channels[${c}].half_saturation`);
      const shape = input(`channels[${c}].shape`);
      const precision = channelPrecision[c];
      for (let i = 0; i < block; i += 1) {
        const ratio = half[i] / spend[i];
        const viewers = spend[i] === 0 ? 0 : half[i] / cost[i] / (1 + (shape[i] === 1 ? ratio : Math.pow(ratio, shape[i])));
        const rate = convNatural[i] * precision[i];
        channelViewers[c][i] = viewers;
        channelRate[c][i] = rate;
        paidViewers[i] += viewers;
        paidBuyers[i] += viewers * rate;
        paidPurity[i] += viewers * rate * precision[i];
        if (rate > paidHighest[i]) paidHighest[i] = rate;
      }
    }
  });

  const repeatPool = row(); // orders of the pool's weight, demand aside
  const repeatOutside = row();
  derive(['repurchase.private_rate', 'repurchase.public_rate', 'repurchase.orders_per_repeater', 'repurchase.retention', 'repurchase.live_share', 'live.sessions_per_month'], () => {
    const privateRate = input('repurchase.private_rate');
    const publicRate = input('repurchase.public_rate');
    const perRepeater = input('repurchase.orders_per_repeater');
    const liveShare = input('repurchase.live_share');
    for (let i = 0; i < block; i += 1) {
      const delta = retention[i];
      const atFirst = delta === 1 ? perRepeater[i] / window : (perRepeater[i] * (1 - delta)) / -Math.expm1(window * Math.log(delta));
      const live = 1 - liveShare[i] - liveShare[i] * Math.expm1(-0.5 * sessions[i]);
      repeatPool[i] = live * (curvePool === undefined ? privateRate[i] * atFirst : 1);
      repeatOutside[i] = live * (curveOutside === undefined ? publicRate[i] * atFirst : 1);
    }
  });
  const openingWeight = row(); // what C₀ weighs in repeat orders
  const openingAge = input('private.customer_age_months');
  derive(['private.users', 'private.customer_share', 'private.customer_age_months', 'repurchase.retention'], () => {
    for (let i = 0; i < block; i += 1) openingWeight[i] = users[i] * customerShare[i] * Math.pow(retention[i], openingAge[i] - 1);
  });

  const days = input('costs.settlement_days');
  const lag = new Int32Array(block);
  const later = row(); // share that arrives a month after the lag
  derive(['costs.settlement_days'], () => {
    for (let i = 0; i < block; i += 1) {
      const months = days[i] / 30;
      lag[i] = Math.floor(months);
      later[i] = months - lag[i];
    }
  });

  // ------------------------------------------------------------------------------------- state, in rows
  const prospects = row();
  const customers = row();
  const weight = row();
  const purity = row();
  const poolWeight = row();
  const outsideWeight = row();
  const demand = row();
  const trend = row();
  const buyShare = row(); // of the prospects, who buy this month
  const voucherLeft = row();
  const voucherViewers = row();
  const profitSoFar = row();
  const cashSoFar = row();
  const maxLag = 8;
  const revenue = new Float64Array((horizon + maxLag) * block); // months before the plan bring nothing
  const joinedBy = curvesGiven ? new Float64Array(horizon * block) : row();
  const outsideBy = curvesGiven ? new Float64Array(horizon * block) : row();

  const growthVaries = varies('business.market_growth') || full.business.market_growth !== 0;
  const demandVaries = growthVaries || varies('orders.price_change', 'orders.price_elasticity');
  const buyingVaries = demandVaries || varies('conversion.private', 'private.reach_rate', 'private.attend_rate', 'private.fatigue_sessions', 'live.sessions_per_month', 'live.hours_per_session', 'live.attendance_hours');
  const vouchersUsed = varies('vouchers.opening_balance') || full.vouchers.opening_balance > 0;
  /** A power of one half is a square root. */
  const squareRoot = !uncertain.has('quality.reproduction_elasticity') && full.quality.reproduction_elasticity === 0.5;
  const season = (t) => seasonality[(firstMonth + t) % 12];
  let buyingAt = NaN; // the season for which buyShare stands, where nothing else changes it

  function start() {
    for (let i = 0; i < block; i += 1) {
      const all = users[i];
      prospects[i] = all * (1 - customerShare[i]);
      customers[i] = all * customerShare[i];
      weight[i] = accountWeight[i];
      purity[i] = purityStart[i];
      poolWeight[i] = openingWeight[i];
      outsideWeight[i] = 0;
      trend[i] = demandStart[i];
      voucherLeft[i] = voucherOpening[i];
      voucherViewers[i] = 0;
      profitSoFar[i] = 0;
      cashSoFar[i] = 0;
    }
    if (buyingVaries) buyingAt = NaN;
  }

  /** Demand of a month and the share of prospects who buy in it. */
  function startMonth(t) {
    const factor = season(t);
    if (factor === buyingAt && !growthVaries) return;
    for (let i = 0; i < block; i += 1) {
      const sigma = factor * trend[i];
      demand[i] = sigma;
      const s = sessions[i];
      const x = Math.min(attendance[i] * Math.min(1, convPrivate[i] * sigma), 1 - 1e-12);
      buyShare[i] = s < 1 ? s * x : -Math.expm1(s * Math.log1p(-x));
    }
    buyingAt = factor;
    if (growthVaries) for (let i = 0; i < block; i += 1) trend[i] *= 1 + marketGrowth[i];
  }

  function useVouchers(t) {
    if (t >= validMonths) {
      if (t === validMonths) voucherViewers.fill(0);
      return;
    }
    for (let i = 0; i < block; i += 1) {
      const used = voucherUse[i] * voucherLeft[i];
      voucherLeft[i] -= used;
      const spend = used * voucherPoint[i];
      voucherViewers[i] = spend === 0 ? 0 : voucherHalf[i] / voucherPrice[i] / (1 + voucherHalf[i] / spend);
    }
  }

  const onCurve = (curve, age) => {
    const whole = Math.floor(age);
    const here = whole - 1 < curve.length ? curve[whole - 1] : 0;
    const next = whole < curve.length ? curve[whole] : 0;
    return here + (age - whole) * (next - here);
  };
  const leftBy = (months, rate) => (months === 0 ? 0 : -Math.expm1(months * Math.log1p(-rate)));
  /** Given curves need the sum over cohorts: it stands in for the decayed head counts. */
  function weighCohorts(t) {
    for (let i = 0; i < block; i += 1) {
      const opening = users[i] * customerShare[i];
      const out = churn[i];
      let pool = 0;
      let outside = 0;
      if (curvePool !== undefined) pool = opening * Math.pow(1 - out, t) * onCurve(curvePool, openingAge[i] + t);
      if (curveOutside !== undefined) outside = opening * leftBy(t, out) * onCurve(curveOutside, openingAge[i] + t);
      for (let m = 0; m < t; m += 1) {
        const age = t - m;
        const joined = joinedBy[m * block + i];
        if (curvePool !== undefined && age <= curvePool.length) pool += joined * Math.pow(1 - out, age) * curvePool[age - 1];
        if (curveOutside !== undefined && age <= curveOutside.length) outside += (joined * leftBy(age, out) + outsideBy[m * block + i]) * curveOutside[age - 1];
      }
      if (curvePool !== undefined) givenPool[i] = pool;
      if (curveOutside !== undefined) givenOutside[i] = outside;
    }
  }
  const givenPool = curvePool === undefined ? poolWeight : row();
  const givenOutside = curveOutside === undefined ? outsideWeight : row();

  /** Channels whose buyers per viewer would pass 1: every one by itself. */
  let cappedPurity = 0;
  function cappedBuyers(i, sigma) {
    let buyers = 0;
    cappedPurity = 0;
    for (let c = 0; c < channels; c += 1) {
      const one = channelViewers[c][i] * Math.min(1, channelRate[c][i] * sigma);
      buyers += one;
      cappedPurity += one * channelPrecision[c][i];
    }
    return buyers;
  }

  /** The month of `count` futures; their columns begin at `offset`. */
  function month(t, count, offset, noise, viewersOut, usersOut, gmvOut, profitOut, profitSumOut, cashSumOut) {
    const revenueRow = (t + maxLag) * block;
    for (let i = 0; i < count; i += 1) {
      const sigma = demand[i];
      const N = prospects[i];
      const all = N + customers[i];
      const pi = purity[i];
      const s = sessions[i];
      const monthly = monthlyCeiling[i];

      const viewersPrivate = all * privatePer[i];
      const asked = all * referralPer[i];
      const viewersReferral = (asked * monthly) / (monthly + asked);

      const rate = Math.min(1, convNatural[i] * pi * sigma);
      const ratioPrivate = Math.min(4, Math.max(0.25, all * privateRatio[i]));
      const ratioGpm = Math.min(4, Math.max(0.25, rate * gpmRatio[i]));
      const logQuality = equalWeights
        ? logQualityStart[i] + weightGpm[i] * Math.log(ratioPrivate * ratioGpm)
        : logQualityStart[i] + weightPrivate[i] * Math.log(ratioPrivate) + weightGpm[i] * Math.log(ratioGpm);
      const quality = Math.exp(logQuality);

      // ln g is known before g is: the waves need no further logarithm.
      const logG = Math.min(logReproduction[i] + elasticity[i] * logQuality, logCeiling[i]);
      const K = waves[i];
      let sum = K;
      if (K > 1 && logG !== 0) {
        const g = squareRoot ? Math.min(reproduction[i] * Math.sqrt(quality), reproductionCeiling[i]) : Math.exp(logG);
        sum = Math.expm1(Math.min(600, K * logG)) / (logG > -0.05 && logG < 0.05 ? Math.expm1(logG) : g - 1);
      }
      const pushed = (waveMin[i] + (waveMax[i] - waveMin[i]) * weight[i] + all * attendance[i]) * sum;
      // Both ceilings in one division.
      const top = publicCeiling[i];
      const reached = (noise === null ? s : s * noise[offset + i]) * pushed * top;
      const viewersNatural = (reached / (monthly * (top + pushed) + reached)) * monthly;

      const viewersVoucher = voucherViewers[i];
      const outsideViewers = viewersReferral + viewersNatural + viewersVoucher + paidViewers[i];

      const np = N * buyShare[i];
      const nr = viewersReferral * Math.min(1, convReferral[i] * sigma);
      const nn = viewersNatural * rate;
      const nv = viewersVoucher * Math.min(1, convVoucher[i] * sigma);
      let nc = paidBuyers[i] * sigma;
      let ncPurity = paidPurity[i] * sigma;
      if (paidHighest[i] * sigma > 1) {
        nc = cappedBuyers(i, sigma);
        ncPurity = cappedPurity;
      }
      const na = affiliates[i] * (np + nr + nn);
      const inRoom = nr + nn + nv + nc;
      const E = inRoom + na;
      const psi = Math.max(0, 1 - all / poolCeiling[i]);
      const j = joinRate[i] * psi;
      const joinBuyers = j * E;
      const recruits = psi * recruitsPerMonth[i];
      const joinViewers = viewerJoin[i] * psi * Math.max(0, outsideViewers - inRoom);

      const repeatsPool = sigma * repeatPool[i] * givenPool[i];
      const repeatsOutside = sigma * repeatOutside[i] * givenOutside[i];
      const keep = kept[i];
      const out = churn[i];
      const joined = (np + joinBuyers) * keep;
      const outside = (E - joinBuyers) * keep;
      const aged = retention[i] * poolWeight[i] + joined;
      outsideWeight[i] = retention[i] * outsideWeight[i] + out * aged + outside;
      poolWeight[i] = (1 - out) * aged;
      if (curvesGiven) {
        joinedBy[t * block + i] = joined;
        outsideBy[t * block + i] = outside;
      }

      const own = price[i] * np + repeatPrice[i] * repeatsPool;
      const gmv = partnerKept[i] * own + price[i] * E + repeatPrice[i] * repeatsOutside;
      const orders = partnerKept[i] * (np + repeatsPool) + E + repeatsOutside;
      const partner = partnerPer[i] * own;
      const profit =
        gmv * settledMargin[i] + partner - na * affiliateCost[i] - orders * orderCost[i] - fixed[i] -
        all * care[i] - (joinBuyers + joinViewers) * joinCost[i] - recruits * recruitCost[i];
      const income = gmv * settledRevenue[i] + partner;
      revenue[revenueRow + i] = income;
      const due = revenueRow - lag[i] * block + i;
      const profitSum = profitSoFar[i] + profit;
      const cashSum = cashSoFar[i] + (1 - later[i]) * revenue[due] + later[i] * revenue[due - block] - (income - profit);
      profitSoFar[i] = profitSum;
      cashSoFar[i] = cashSum;

      const to = offset + i;
      viewersOut[to] = viewersPrivate + outsideViewers;
      usersOut[to] = all;
      gmvOut[to] = gmv;
      profitOut[to] = profit;
      profitSumOut[to] = profitSum;
      cashSumOut[to] = cashSum;

      const stay = 1 - out;
      prospects[i] = (N - np) * stay + joinViewers + recruits;
      customers[i] = (all - N + np) * stay + joinBuyers;
      weight[i] = inertia[i] * weight[i] + (1 - inertia[i]) * Math.min(1, s) * (quality / (1 + quality));
      const mixed = (np + nr) * privatePurity[i] + nn * purityStart[i] + nv * voucherPrecision[i] + ncPurity + pi;
      purity[i] = pi + learning[i] * (mixed / (np + inRoom + 1) - pi);
    }
  }

  return {
    horizon,
    uncertainPaths,
    /** One Float64Array per column, month by month. */
    prepareColumns: (trials) => Object.fromEntries(columnNames.map((name) => [name, new Float64Array(horizon * trials)])),
    /** All futures: `draws[k][future]` is the value of the k-th uncertain path. */
    run(draws, noise, trials, columns) {
      const { viewers, private_users, gmv, profit, cumulative_profit, cumulative_cash } = columns;
      for (const group of groups) group.compute();
      buyingAt = NaN;
      for (let first = 0; first < trials; first += block) {
        const count = Math.min(block, trials - first);
        for (let k = 0; k < drawn.length; k += 1) {
          const to = drawn[k];
          const from = draws[k];
          for (let i = 0; i < count; i += 1) to[i] = from[first + i];
        }
        if (drawn.length > 0) for (const group of groups) if (group.again) group.compute();
        start();
        for (let t = 0; t < horizon; t += 1) {
          startMonth(t);
          if (vouchersUsed) useVouchers(t);
          if (curvesGiven) weighCohorts(t);
          month(t, count, t * trials + first, noise, viewers, private_users, gmv, profit, cumulative_profit, cumulative_cash);
        }
      }
      return columns;
    },
  };
}
