// The peer that the engine's futures are measured against: the full plan over many futures, as fast as
// JavaScript gets. The model is written once, below, as named terms; for the scenario and the uncertain
// inputs at hand it is turned into one straight piece of code:
//
// - a term that no uncertain input changes becomes a number in that code, one that only the month
//   changes a table, one that only the future changes is computed before its months;
// - several futures run side by side, term by term, so that the processor has independent work while
//   it waits for a logarithm or a division;
// - all state is in local doubles, what comes in and goes out in Float64Arrays, nothing is allocated;
// - exp, expm1 and log stand in the code itself: calling Math's for each future and month took longer;
// - what a scenario leaves out (affiliates, vouchers, recruits, partners) is left out of the code.
//
// A page with a strict content security policy may not compile code like this; the peer may.
//
//   const peer = makePeer(scenario, ['conversion.public', …]);
//   const columns = peer.prepareColumns(trials);
//   peer.run([Float64Array, …], noise or null, trials, columns);
//
// `noise` multiplies natural traffic: a factor per month and future, laid out as the columns. Any subset of the
// numeric inputs may be uncertain; channels, opening vouchers and given repeat curves are covered.
// Programmes are not: a scenario with a pack is refused, and what is compared with this peer has to run
// without one too.
import { complete } from '../reference/model.mjs';

export const columnNames = ['viewers', 'private_users', 'gmv', 'profit', 'cumulative_profit', 'cumulative_cash'];

// When a term changes: never, by month, by future, or by both.
const never = 0;
const byMonth = 1;
const byFuture = 2;
const byBoth = 3;

const identifier = /(?<![\w.$])[A-Za-z_]\w*/g;

/** Powers of two from 2^-1074 on. */
const lowestPower = 1074;
const powers = Float64Array.from({ length: 2098 }, (_, i) => 2 ** (i - lowestPower));
const bits = new Float64Array(1);
const words = new Int32Array(bits.buffer); // little-endian, as every machine that runs a browser is

const helpers = {
  powers,
  bits,
  words,
  /** What a repeat curve gives at an age: linear between whole ages, falling to 0 after its end. */
  onCurve(curve, age) {
    const whole = Math.floor(age);
    const here = whole - 1 < curve.length ? curve[whole - 1] : 0;
    const next = whole < curve.length ? curve[whole] : 0;
    return here + (age - whole) * (next - here);
  },
  /** Who has left after some months, of 1. */
  leftBy: (months, rate) => (months === 0 ? 0 : -Math.expm1(months * Math.log1p(-rate))),
};

/** Columns and noise are laid out in blocks of so many futures, month by month within a block: what is
 *  written together lies together. With whole months in a row, each future would touch as many places
 *  far apart as there are months and columns, and the processor would wait for memory. */
const block = 32;
/** Where a month (from 0) of a future stands in a column or in the noise. */
export const placeOf = (horizon, month, future) => (Math.floor(future / block) * horizon + month) * block + (future % block);
/** Length of a column. */
export const lengthOf = (horizon, trials) => Math.ceil(trials / block) * block * horizon;

class Code {
  constructor(horizon, lanes) {
    this.horizon = horizon;
    this.lanes = lanes;
    this.terms = new Map(); // name → { changes, value: number, or an array by month }
    this.tables = new Map();
    this.before = []; // once per group of futures
    this.within = []; // once per month
  }

  lines(level) {
    return level === byFuture ? this.before : this.within;
  }

  /** The text of an expression in one lane: numbers for what never changes, table entries, locals. */
  inLane(expression, lane) {
    return expression.replace(identifier, (name) => {
      const term = this.terms.get(name);
      if (term === undefined) return name;
      if (term.changes === never) return Object.is(term.value, -0) || term.value < 0 ? `(${term.value})` : String(term.value);
      if (term.changes === byMonth) return `${name}_by_month[t]`;
      return `${name}_${lane}`;
    });
  }

  /** A term from an expression of others. */
  term(name, expression) {
    const used = [...new Set(expression.match(identifier) ?? [])].filter((word) => this.terms.has(word));
    const changes = used.reduce((level, word) => level | this.terms.get(word).changes, never);
    if (changes === never || changes === byMonth) {
      const compute = new Function(...Object.keys(helpers), ...used, `return ${expression};`);
      const valueAt = (t) => compute(...Object.values(helpers), ...used.map((word) => (this.terms.get(word).changes === never ? this.terms.get(word).value : this.terms.get(word).value[t])));
      this.known(name, changes === never ? [valueAt(0)] : Array.from({ length: this.horizon }, (_, t) => valueAt(t)));
      return;
    }
    for (let lane = 0; lane < this.lanes; lane += 1) this.lines(changes).push(`const ${name}_${lane} = ${this.inLane(expression, lane)};`);
    this.terms.set(name, { changes });
  }

  /** A term whose values are known by month; it never changes if they are all the same. */
  known(name, values) {
    if (values.every((value) => Object.is(value, values[0]))) {
      this.terms.set(name, { changes: never, value: values[0] });
    } else {
      this.terms.set(name, { changes: byMonth, value: values });
      this.tables.set(`${name}_by_month`, Float64Array.from(values));
    }
  }

  /** What a month leaves to the next: a local that begins at an expression. */
  state(name, expression) {
    for (let lane = 0; lane < this.lanes; lane += 1) this.before.push(`let ${name}_${lane} = ${this.inLane(expression, lane)};`);
    this.terms.set(name, { changes: byBoth });
  }

  isByBoth(expression) {
    const changes = (expression.match(identifier) ?? []).reduce((level, word) => level | (this.terms.get(word)?.changes ?? never), never);
    return changes === byBoth;
  }

  /** e^x - 1 = 2^k (e^r - 1) + 2^k - 1 with |r| ≤ ln 2 / 2, exact for small x; x within ±700. The
   *  polynomial is the series to r^13. */
  expm1(name, x) {
    if (!this.isByBoth(x)) {
      this.term(name, `Math.expm1(${x})`);
      return;
    }
    this.reduceExp(name, x);
    this.term(name, `${name}T * ${name}P + (${name}T - 1)`);
  }
  exp(name, x) {
    if (!this.isByBoth(x)) {
      this.term(name, `Math.exp(${x})`);
      return;
    }
    this.reduceExp(name, x);
    this.term(name, `${name}T * ${name}P + ${name}T`);
  }
  reduceExp(name, x) {
    this.term(`${name}X`, x);
    this.term(`${name}S`, `${name}X * 1.4426950408889634 + 6755399441055744`);
    this.term(`${name}K`, `${name}S - 6755399441055744`);
    this.term(`${name}R`, `(${name}X - ${name}K * 0.6931471803691238) - ${name}K * 1.9082149292705877e-10`);
    this.term(`${name}Q`, `${name}R * ${name}R`);
    this.term(`${name}F`, `${name}Q * ${name}Q`);
    const pair = (n) => `(${1 / factorial(n)} + ${name}R * ${1 / factorial(n + 1)})`;
    this.term(`${name}P`, `${name}R + ${name}Q * ((${pair(2)} + ${name}Q * ${pair(4)}) + ${name}F * ((${pair(6)} + ${name}Q * ${pair(8)}) + ${name}F * (${pair(10)} + ${name}Q * ${pair(12)})))`);
    this.term(`${name}T`, `powers[(${name}K + ${lowestPower}) | 0]`);
  }
  /** ln x of a normal x above 0: x = 2^k m with m in [√½, √2), s = (m-1)/(m+1), 2 (s + s³/3 + …). */
  log(name, x) {
    if (!this.isByBoth(x)) {
      this.term(name, `Math.log(${x})`);
      return;
    }
    this.term(`${name}X`, x);
    for (let lane = 0; lane < this.lanes; lane += 1) {
      // Adding the distance from √½ to 1 in the leading bits carries into the exponent from √2 on.
      this.within.push(`bits[0] = ${name}X_${lane};`, `const ${name}K_${lane} = ((words[1] + 0x95f62) >> 20) - 1023;`);
    }
    this.terms.set(`${name}K`, { changes: byBoth });
    this.term(`${name}M`, `${name}X * powers[${lowestPower} - ${name}K]`);
    this.term(`${name}S`, `(${name}M - 1) / (${name}M + 1)`);
    this.term(`${name}Q`, `${name}S * ${name}S`);
    this.term(`${name}F`, `${name}Q * ${name}Q`);
    this.term(`${name}G`, `${name}F * ${name}F`);
    const pair = (n) => `(${2 / n} + ${name}Q * ${2 / (n + 2)})`;
    this.term(`${name}P`, `(${pair(3)} + ${name}F * ${pair(7)}) + ${name}G * ((${pair(11)} + ${name}F * ${pair(15)}) + ${name}G * ${2 / 19})`);
    this.term(name, `${name}K * 0.6931471805599453 + (2 * ${name}S + ${name}S * ${name}Q * ${name}P)`);
  }

  /** A line of every month, lane by lane; LANE stands for the number of the lane. */
  line(text) {
    for (let lane = 0; lane < this.lanes; lane += 1) this.within.push(this.inLane(text, lane).replaceAll('LANE', String(lane)));
  }

  /** Additions, multiplications, divisions and roots in one lane's part of some lines, all branches. */
  operations(lines) {
    const ofLane = lines.filter((text) => /_0\b/.test(text) && !/_[1-9]\b/.test(text.replace(/\w+_by_month|draws_\d+/g, '')));
    const text = ofLane.join('\n').replace(/\[[^\]]*\]/g, '');
    return (text.match(/ [-+*/]=? |Math\.sqrt/g) ?? []).length;
  }

  /** The months' lines with their numbers in locals: the compiler would write each anew into a register
   *  where it is used, while a local that is spilled is an operand in memory and costs nothing. */
  withNumbersInLocals() {
    const numbers = new Map();
    const local = (text) => {
      if (!numbers.has(text)) numbers.set(text, `number_${numbers.size}`);
      return numbers.get(text);
    };
    const within = this.within.map((line) =>
      /words\[|for \(/.test(line)
        ? line
        : line
            .split(/(\[[^\]]*\])/)
            .map((part) => (part.startsWith('[') ? part : part.replace(/(?<![\w.$])\d+(?:\.\d+)?(?:e[-+]?\d+)?(?!\w)/g, local)))
            .join(''),
    );
    const values = Float64Array.from(numbers.keys(), Number);
    return { within, values, before: [...numbers.values()].map((name, i) => `const ${name} = numbers[${i}];`) };
  }

  isZero(name) {
    const term = this.terms.get(name);
    return term.changes === never && term.value === 0;
  }
  is(name, value) {
    const term = this.terms.get(name);
    return term.changes === never && term.value === value;
  }
}

const factorial = (n) => (n < 2 ? 1 : n * factorial(n - 1));

const partsOf = (path) => path.replace(/\[(\d+)\]/g, '.$1').split('.');
const at = (object, path) => partsOf(path).reduce((value, key) => value?.[key], object);

/** `lanes` futures side by side; `noisy` if the runs will have monthly noise. */
export function makePeer(scenario, uncertainPaths = [], { lanes = 4, noisy = true } = {}) {
  const full = complete(scenario);
  if (full.incentives.pack !== 'none' || full.incentives.programmes?.length > 0) throw new Error('programmes are not in this peer');
  const horizon = full.horizon_months;
  const curvePool = full.repurchase.curve_private;
  const curveOutside = full.repurchase.curve_public;
  const code = new Code(horizon, lanes);
  const term = (name, expression) => code.term(name, expression);
  const isZero = (name) => code.isZero(name);

  // ------------------------------------------------------------------------------------------- inputs
  const input = (name, path) => {
    const value = at(full, path);
    if (typeof value !== 'number') throw new Error(`no number: ${path}`);
    const k = uncertainPaths.indexOf(path);
    if (k < 0) {
      code.terms.set(name, { changes: never, value });
      return;
    }
    for (let lane = 0; lane < lanes; lane += 1) code.before.push(`const ${name}_${lane} = draws_${k}[future_${lane}];`);
    code.terms.set(name, { changes: byFuture });
  };
  const list = {
    marketGrowth: 'business.market_growth',
    sessions: 'live.sessions_per_month', hours: 'live.hours_per_session', accountWeight: 'live.account_weight', inertia: 'live.weight_inertia',
    waveMin: 'live.first_wave_min', waveMax: 'live.first_wave_max', attendanceHours: 'live.attendance_hours', waveMinutes: 'live.wave_minutes',
    publicCeiling: 'live.public_ceiling', monthlyCeiling: 'live.monthly_public_ceiling',
    users: 'private.users', customerShare: 'private.customer_share', customerAge: 'private.customer_age_months', reach: 'private.reach_rate',
    attend: 'private.attend_rate', fatigue: 'private.fatigue_sessions', share: 'private.share_rate', perShare: 'private.viewers_per_share',
    poolCeiling: 'private.pool_ceiling', churn: 'private.monthly_churn', buyerJoin: 'private.buyer_join_rate', viewerJoin: 'private.viewer_join_rate',
    recruitsPerMonth: 'private.monthly_recruits',
    ctr: 'quality.square_ctr', dwell: 'quality.dwell_minutes', interaction: 'quality.interaction_rate',
    benchmarkPrivate: 'quality.benchmark.private_viewers', benchmarkCtr: 'quality.benchmark.square_ctr', benchmarkDwell: 'quality.benchmark.dwell_minutes',
    benchmarkGpm: 'quality.benchmark.gpm', benchmarkInteraction: 'quality.benchmark.interaction_rate',
    heavyPrivate: 'quality.weight.private_viewers', heavyCtr: 'quality.weight.square_ctr', heavyDwell: 'quality.weight.dwell_minutes',
    heavyGpm: 'quality.weight.gpm', heavyInteraction: 'quality.weight.interaction_rate',
    reproduction: 'quality.benchmark_reproduction', elasticity: 'quality.reproduction_elasticity', reproductionCeiling: 'quality.reproduction_ceiling',
    purityStart: 'audience.purity', referencePurity: 'audience.reference_purity', privatePurity: 'audience.private_purity', learning: 'audience.learning_rate',
    convPrivate: 'conversion.private', convReferral: 'conversion.referral', convPublic: 'conversion.public',
    aov: 'orders.average_order_value', priceChange: 'orders.price_change', priceElasticity: 'orders.price_elasticity', returns: 'orders.return_rate',
    voucherOpening: 'vouchers.opening_balance', voucherUse: 'vouchers.use_rate', voucherPoint: 'vouchers.point_value', voucherCost: 'vouchers.cost_per_viewer',
    voucherHalf: 'vouchers.half_saturation', voucherPrecision: 'vouchers.precision',
    privateRate: 'repurchase.private_rate', publicRate: 'repurchase.public_rate', perRepeater: 'repurchase.orders_per_repeater', retention: 'repurchase.retention',
    liveShare: 'repurchase.live_share', valueRatio: 'repurchase.order_value_ratio', partnerShare: 'repurchase.partner_share',
    partnerIncremental: 'repurchase.partner_incremental', partnerCommission: 'repurchase.partner_commission',
    margin: 'costs.gross_margin', fee: 'costs.platform_fee_rate', shipping: 'costs.shipping_per_order', returnCost: 'costs.return_cost_per_order',
    sessionCost: 'costs.session_cost', hourlyCost: 'costs.hourly_cost', care: 'costs.private_cost_per_user', joinCost: 'costs.join_cost_per_user',
    recruitCost: 'costs.recruit_cost_per_user', fixedCost: 'costs.fixed_monthly', settlementDays: 'costs.settlement_days',
    affiliates: 'distribution.share', commission: 'distribution.commission',
  };
  for (const [name, path] of Object.entries(list)) input(name, path);
  const channels = full.channels.map((_, c) => c);
  for (const c of channels) {
    input(`spend${c}`, `channels[${c}].monthly_spend`);
    input(`cost${c}`, `channels[${c}].cost_per_viewer`);
    input(`half${c}`, `channels[${c}].half_saturation`);
    input(`shape${c}`, `channels[${c}].shape`);
    input(`precision${c}`, `channels[${c}].precision`);
  }
  code.terms.set('windowMonths', { changes: never, value: full.repurchase.window_months });
  code.known('season', Array.from({ length: horizon }, (_, t) => full.business.seasonality[(full.business.start_month - 1 + t) % 12]));
  code.known('monthIndex', Array.from({ length: horizon }, (_, t) => t));
  const sum = (terms) => terms.join(' + ') || '0';
  const once = (x) => `(${x} < 1 ? ${x} : 1)`;

  // ----------------------------------------------------------------------- terms that no month changes
  term('tiredness', 'sessions < 1e-9 * fatigue ? 1 : fatigue * -Math.expm1(-sessions / fatigue) / sessions');
  term('length', 'Math.expm1(-hours / attendanceHours) / Math.expm1(-3 / attendanceHours)');
  term('attendance', 'Math.min(1, reach * attend * tiredness * length)');
  term('privatePer', 'sessions * attendance');
  term('referralPer', 'privatePer * share * perShare');
  term('level', '1 + priceChange');
  term('price', 'aov * level');
  term('repeatPrice', 'price * valueRatio');
  term('kappa', 'Math.pow(level, priceElasticity)');
  term('kept', '1 - returns');
  term('settledRevenue', 'kept * (1 - fee)');
  term('settledMargin', 'kept * ((margin + priceChange) / level - fee)');
  term('affiliateCost', 'price * kept * commission');
  term('orderCost', 'shipping + returns * returnCost');
  term('mediaSpend', sum(channels.map((c) => `spend${c}`)));
  term('fixed', 'sessions * (sessionCost + hours * hourlyCost) + mediaSpend + fixedCost');
  term('partnerKept', '1 - (1 - partnerIncremental) * partnerShare');
  term('partnerPer', 'partnerCommission * kept * partnerShare');
  term('waves', 'hours * 60 / waveMinutes');
  term('heavyAll', 'heavyPrivate + heavyCtr + heavyDwell + heavyGpm + heavyInteraction');
  term('weightPrivate', 'heavyPrivate / heavyAll');
  term('weightGpm', 'heavyGpm / heavyAll');
  const logRatio = (value, benchmark) => `Math.log(Math.min(4, Math.max(0.25, ${value} / ${benchmark})))`;
  term('qualityCtr', `heavyCtr / heavyAll * ${logRatio('ctr', 'benchmarkCtr')}`);
  term('qualityDwell', `heavyDwell / heavyAll * ${logRatio('dwell', 'benchmarkDwell')}`);
  term('qualityInteraction', `heavyInteraction / heavyAll * ${logRatio('interaction', 'benchmarkInteraction')}`);
  term('qualityStart', 'qualityCtr + qualityDwell + qualityInteraction');
  term('privateRatioPer', 'attendance / benchmarkPrivate');
  term('gpmRatioPer', '1000 * price / benchmarkGpm');
  term('logReproduction', 'Math.log(reproduction)');
  term('logCeiling', 'Math.log(reproductionCeiling)');
  term('convNatural', 'convPublic / referencePurity');
  term('convVoucher', 'convNatural * voucherPrecision');
  for (const c of channels) {
    term(`limit${c}`, `half${c} / cost${c}`);
    const shape = code.is(`shape${c}`, 1) ? `half${c} / spend${c}` : `Math.pow(half${c} / spend${c}, shape${c})`;
    term(`viewers${c}`, `spend${c} === 0 ? 0 : limit${c} / (1 + ${shape})`);
    term(`rate${c}`, `convNatural * precision${c}`);
    term(`buyers${c}`, `viewers${c} * rate${c}`);
  }
  const live = channels.filter((c) => !isZero(`viewers${c}`));
  term('viewersPaid', sum(live.map((c) => `viewers${c}`)));
  term('paidBuyers', sum(live.map((c) => `buyers${c}`)));
  term('paidPurity', sum(live.map((c) => `buyers${c} * precision${c}`)));
  term('paidHighest', `Math.max(0, ${live.map((c) => `rate${c}`).join(', ') || 0})`);
  term('atFirst', 'retention === 1 ? perRepeater / windowMonths : perRepeater * (1 - retention) / -Math.expm1(windowMonths * Math.log(retention))');
  term('liveFactor', '1 - liveShare - liveShare * Math.expm1(-0.5 * sessions)');
  term('repeatPool', curvePool === undefined ? 'liveFactor * privateRate * atFirst' : 'liveFactor');
  term('repeatOutside', curveOutside === undefined ? 'liveFactor * publicRate * atFirst' : 'liveFactor');
  term('opening', 'users * customerShare');
  term('openingWeight', 'opening * Math.pow(retention, customerAge - 1)');
  term('stay', '1 - churn');
  term('lag', 'Math.floor(settlementDays / 30)');
  term('later', 'settlementDays / 30 - lag');
  term('waveSpan', 'waveMax - waveMin');
  term('weightNew', '(1 - inertia) * Math.min(1, sessions)');
  term('growth', '1 + marketGrowth');

  // --------------------------------------------------------------------------------------------- state
  code.state('N', 'users * (1 - customerShare)');
  code.state('C', 'opening');
  code.state('weight', 'accountWeight');
  code.state('purity', 'purityStart');
  code.state('profitSum', '0');
  code.state('cashSum', '0');
  const cohorts = curvePool !== undefined || curveOutside !== undefined;
  const formula = curvePool === undefined || curveOutside === undefined;
  if (formula) {
    code.state('poolWeight', 'openingWeight');
    code.state('outsideWeight', '0');
  }

  // --------------------------------------------------------------------------------------- the month
  // Demand: a running product where growth is uncertain, a table where it is not.
  const growthIsDrawn = code.terms.get('growth').changes === byFuture;
  if (growthIsDrawn) code.state('trend', 'kappa');
  term('sigma', growthIsDrawn ? 'season * trend' : 'season * Math.pow(growth, monthIndex) * kappa');
  term('chancePrivate', 'convPrivate * sigma');
  term('x', `Math.min(attendance * ${once('chancePrivate')}, 1 - 1e-12)`);
  const fixedNumber = (name) => (code.terms.get(name).changes === never ? code.terms.get(name).value : NaN);
  const sessionsFixed = fixedNumber('sessions');
  if (sessionsFixed < 1) {
    term('buyShare', 'sessions * x');
  } else if (Number.isInteger(sessionsFixed) && code.isByBoth('x')) {
    // 1-(1-x)^S by doubling: p of 2n sessions is p(2-p), one more session adds x(1-p). Nothing cancels.
    let name = 'x';
    for (const bit of sessionsFixed.toString(2).slice(1)) {
      term(`${name}d`, `${name} * (2 - ${name})`);
      name += 'd';
      if (bit === '1') {
        term(`${name}i`, `${name} + x * (1 - ${name})`);
        name += 'i';
      }
    }
    term('buyShare', name);
  } else {
    // ln(1-x) by its series where people rarely buy, which is nearly always.
    const pair = (n) => `(${1 / n} + x * ${1 / (n + 1)})`;
    term('x2', 'x * x');
    term('x4', 'x2 * x2');
    term('logStay', code.isByBoth('x') ? `x < 0.02 ? -x * ((${pair(1)} + x2 * ${pair(3)}) + x4 * ((${pair(5)} + x2 * ${pair(7)}) + x4 * ${pair(9)})) : Math.log1p(-x)` : 'Math.log1p(-x)');
    term('logStayAll', 'sessions * logStay');
    code.expm1('buyers', 'logStayAll > -700 ? logStayAll : -700');
    term('buyShare', sessionsFixed >= 1 ? '-buyers' : 'sessions < 1 ? sessions * x : -buyers');
  }
  term('chanceReferral', 'convReferral * sigma');
  term('rateReferral', once('chanceReferral'));

  term('all', 'N + C');
  term('inSession', 'all * attendance');
  term('viewersPrivate', 'all * privatePer');
  if (isZero('referralPer')) {
    term('viewersReferral', '0');
  } else {
    term('asked', 'all * referralPer');
    term('viewersReferral', 'asked * monthlyCeiling / (monthlyCeiling + asked)');
  }
  term('demandNatural', 'convNatural * sigma');
  term('chanceNatural', 'demandNatural * purity');
  term('rateNatural', once('chanceNatural'));

  // Indicators outside the band in which quality reacts count as its ends.
  const held = (name, x) => {
    term(`${name}Raw`, x);
    term(name, `${name}Raw < 4 ? (${name}Raw > 0.25 ? ${name}Raw : 0.25) : 4`);
  };
  held('ratioPrivate', 'all * privateRatioPer');
  held('ratioGpm', 'rateNatural * gpmRatioPer');
  const sameWeights = code.terms.get('weightPrivate').changes === never && code.is('weightGpm', code.terms.get('weightPrivate').value);
  if (sameWeights) {
    code.log('logBoth', 'ratioPrivate * ratioGpm');
    term('logQuality', 'qualityStart + weightGpm * logBoth');
  } else {
    if (!isZero('weightPrivate')) code.log('logPrivate', 'ratioPrivate');
    if (!isZero('weightGpm')) code.log('logGpm', 'ratioGpm');
    term('logQuality', `qualityStart${isZero('weightPrivate') ? '' : ' + weightPrivate * logPrivate'}${isZero('weightGpm') ? '' : ' + weightGpm * logGpm'}`);
  }
  code.exp('quality', 'logQuality');
  // A power of one half is a root.
  const wavesFixed = fixedNumber('waves');
  const fewEnough = wavesFixed * fixedNumber('logCeiling') < 600;
  const byDoubling = Number.isInteger(wavesFixed) && wavesFixed > 1 && (fewEnough || wavesFixed * Math.LN2 < 600);
  const root = code.is('elasticity', 0.5);
  term('logGRaw', 'logReproduction + elasticity * logQuality');
  term('logG', 'logGRaw < logCeiling ? logGRaw : logCeiling');
  if (root) {
    term('gRaw', 'reproduction * Math.sqrt(quality)');
    term('g', 'gRaw < reproductionCeiling ? gRaw : reproductionCeiling');
  } else {
    code.exp('g', 'logG > -700 ? logG : -700');
  }
  if (wavesFixed <= 1) {
    term('waveSum', 'waves');
  } else if (byDoubling) {
    // 1 + g + g² + … by doubling: 2n waves are n waves times 1+g^n, one more is 1 + g times those before.
    // No power, no division, and nothing happens at g = 1.
    let count = 1;
    term('sum1', '1');
    term('power1', 'g');
    for (const bit of wavesFixed.toString(2).slice(1)) {
      term(`sum${2 * count}`, `sum${count} * (1 + power${count})`);
      term(`power${2 * count}`, `power${count} * power${count}`);
      count *= 2;
      if (bit === '1') {
        term(`sum${count + 1}`, `1 + g * sum${count}`);
        term(`power${count + 1}`, `power${count} * g`);
        count += 1;
      }
    }
    term('waveSum', `sum${count}`);
  } else {
    // ln g is known before g is, so the waves need no logarithm.
    term('exponent', 'waves * logG');
    code.expm1('grown', 'exponent < 600 ? (exponent > -700 ? exponent : -700) : 600');
    const several = 'logG > -1e-4 && logG < 1e-4 ? (logG === 0 ? waves : grown / Math.expm1(logG)) : grown / (g - 1)';
    term('waveSum', wavesFixed > 1 ? several : `waves <= 1 ? waves : ${several}`);
  }
  term('pushed', '(waveMin + waveSpan * weight + inSession) * waveSum');
  // Both ceilings in one division.
  if (noisy) {
    for (let lane = 0; lane < lanes; lane += 1) code.within.push(`const noise_${lane} = noise[to + ${lane}];`);
    code.terms.set('noise', { changes: byBoth });
  }
  term('bothCeilings', 'sessions * publicCeiling');
  term('reached', noisy ? 'bothCeilings * noise * pushed' : 'bothCeilings * pushed');
  term('viewersNatural', 'monthlyCeiling * reached / (monthlyCeiling * (publicCeiling + pushed) + reached)');

  const vouchers = !isZero('voucherOpening');
  if (vouchers) {
    code.state('voucherLeft', 'voucherOpening');
    term('voucherUsed', `t < ${full.vouchers.opening_valid_months} ? voucherUse * voucherLeft : 0`);
    code.line('voucherLeft -= voucherUsed;');
    term('voucherSpend', 'voucherUsed * voucherPoint');
    term('viewersVoucher', 'voucherSpend === 0 ? 0 : voucherHalf / voucherCost / (1 + voucherHalf / voucherSpend)');
    term('chanceVoucher', 'convVoucher * sigma');
    term('nv', `viewersVoucher * ${once('chanceVoucher')}`);
  }
  term('viewersOutside', `viewersReferral + viewersNatural + viewersPaid${vouchers ? ' + viewersVoucher' : ''}`);

  term('np', 'N * buyShare');
  term('nr', 'viewersReferral * rateReferral');
  term('nn', 'viewersNatural * rateNatural');
  const capped = (what) => sum(live.map((c) => `viewers${c} * ${what(c)}Math.min(1, rate${c} * sigma)`));
  term('nc', `paidHighest * sigma <= 1 ? paidBuyers * sigma : ${capped(() => '')}`);
  term('ncPurity', `paidHighest * sigma <= 1 ? paidPurity * sigma : ${capped((c) => `precision${c} * `)}`);
  term('inRoom', `nr + nn + nc${vouchers ? ' + nv' : ''}`);
  const selling = !isZero('affiliates');
  if (selling) term('na', 'affiliates * (np + nr + nn)');
  term('E', selling ? 'inRoom + na' : 'inRoom');
  term('poolPart', '1 / poolCeiling');
  term('room', '1 - all * poolPart');
  term('psi', 'room > 0 ? room : 0');
  term('joinBuyers', 'buyerJoin * psi * E');
  term('idle', 'viewersOutside - inRoom');
  term('joinViewers', 'viewerJoin * psi * (idle > 0 ? idle : 0)');
  const recruiting = !isZero('recruitsPerMonth');
  if (recruiting) term('recruits', 'psi * recruitsPerMonth');

  if (cohorts) {
    for (const [name, curve] of [['pool', curvePool], ['outside', curveOutside]]) {
      if (curve === undefined) continue;
      const still = name === 'pool' ? (age) => `Math.pow(stay, ${age})` : (age) => `leftBy(${age}, churn)`;
      const of = name === 'pool' ? 'joinedBy_LANE[m]' : null;
      code.line(`let ${name}Given_LANE = opening * ${still('t')} * onCurve(${name}Curve, customerAge + t);`);
      code.line(
        name === 'pool'
          ? `for (let m = Math.max(0, t - poolCurve.length); m < t; m += 1) poolGiven_LANE += ${of} * ${still('(t - m)')} * poolCurve[t - m - 1];`
          : `for (let m = Math.max(0, t - outsideCurve.length); m < t; m += 1) outsideGiven_LANE += (joinedBy_LANE[m] * ${still('(t - m)')} + outsideBy_LANE[m]) * outsideCurve[t - m - 1];`,
      );
      code.terms.set(`${name}Given`, { changes: byBoth });
    }
  }
  term('repeatsPool', `sigma * repeatPool * ${curvePool === undefined ? 'poolWeight' : 'poolGiven'}`);
  term('repeatsOutside', `sigma * repeatOutside * ${curveOutside === undefined ? 'outsideWeight' : 'outsideGiven'}`);
  term('joined', '(np + joinBuyers) * kept');
  term('outside', '(E - joinBuyers) * kept');
  if (formula) {
    term('aged', 'retention * poolWeight + joined');
    code.line('outsideWeight = retention * outsideWeight + churn * aged + outside;');
    code.line('poolWeight = stay * aged;');
  }
  if (cohorts) {
    code.line('joinedBy_LANE[t] = joined;');
    code.line('outsideBy_LANE[t] = outside;');
  }

  const partners = !isZero('partnerShare');
  term('own', 'price * np + repeatPrice * repeatsPool');
  term('gmv', `${partners ? 'partnerKept * ' : ''}own + price * E + repeatPrice * repeatsOutside`);
  term('orders', `${partners ? 'partnerKept * ' : ''}(np + repeatsPool) + E + repeatsOutside`);
  if (partners) term('partner', 'partnerPer * own');
  term(
    'profit',
    `gmv * settledMargin${partners ? ' + partner' : ''}${selling ? ' - na * affiliateCost' : ''} - orders * orderCost - fixed - all * care - (joinBuyers + joinViewers) * joinCost${recruiting ? ' - recruits * recruitCost' : ''}`,
  );
  term('income', `gmv * settledRevenue${partners ? ' + partner' : ''}`);
  const lagIsKnown = code.terms.get('lag').changes === never;
  if (lagIsKnown && code.is('lag', 0)) {
    code.state('lastIncome', '0');
    term('arriving', 'income + later * (lastIncome - income)');
    code.line('lastIncome = income;');
  } else {
    // Months before the plan bring nothing: the first entries stay 0.
    code.line('incomeBy_LANE[t + 8] = income;');
    term('arriving', '(1 - later) * incomeBy_LANE[t + 8 - lag] + later * incomeBy_LANE[t + 7 - lag] + 0 * income');
    code.within = code.within.map((text) => text.replace(/^const arriving_(\d+) = .*$/, (whole, lane) => whole.replaceAll('LANE', lane)));
  }
  code.line('profitSum += profit;');
  code.line('cashSum += arriving - (income - profit);');
  term('viewers', 'viewersPrivate + viewersOutside');
  code.line('viewersOut[to + LANE] = viewers;');
  code.line('usersOut[to + LANE] = all;');
  code.line('gmvOut[to + LANE] = gmv;');
  code.line('profitOut[to + LANE] = profit;');
  code.line('profitSumOut[to + LANE] = profitSum;');
  code.line('cashSumOut[to + LANE] = cashSum;');

  code.line(`N = (N - np) * stay + joinViewers${recruiting ? ' + recruits' : ''};`);
  code.line('C = (C + np) * stay + joinBuyers;');
  code.line('weight = inertia * weight + weightNew * (quality / (1 + quality));');
  term('mixed', `(np + nr) * privatePurity + nn * purityStart + ncPurity + purity${vouchers ? ' + nv * voucherPrecision' : ''}`);
  code.line('purity += learning * (mixed / (np + inRoom + 1) - purity);');
  if (growthIsDrawn) code.line('trend *= growth;');

  // ------------------------------------------------------------------------------------ put together
  const perLane = (make) => Array.from({ length: lanes }, (_, lane) => make(lane));
  const arrays = {
    ...Object.fromEntries(code.tables),
    ...Object.fromEntries(perLane((lane) => [`incomeBy_${lane}`, new Float64Array(horizon + 8)])),
    ...(cohorts ? Object.fromEntries(perLane((lane) => [[`joinedBy_${lane}`, new Float64Array(horizon)], [`outsideBy_${lane}`, new Float64Array(horizon)]]).flat()) : {}),
    ...(curvePool ? { poolCurve: Float64Array.from(curvePool) } : {}),
    ...(curveOutside ? { outsideCurve: Float64Array.from(curveOutside) } : {}),
  };
  const { within, values, before } = code.withNumbersInLocals();
  arrays.numbers = values;
  // A function that is called often is compiled whole, with all types known; one long loop would run
  // in what was compiled for entering it half-way, where some numbers stay boxed.
  if (block % lanes !== 0) throw new Error(`${lanes} futures side by side do not divide a block`);
  const draws = uncertainPaths.map((_, k) => `draws_${k}`);
  const source = `
    function someFutures(from, trials, noise, ${['viewersOut', 'usersOut', 'gmvOut', 'profitOut', 'profitSumOut', 'cashSumOut', ...draws].join(', ')}) {
      ${before.join('\n')}
      for (let inBlock = 0; inBlock < ${block}; inBlock += ${lanes}) {
        // The last block is filled up with its last future.
        ${Array.from({ length: lanes }, (_, lane) => `const future_${lane} = Math.min(from + inBlock + ${lane}, trials - 1);`).join('\n')}
        ${code.before.join('\n')}
        for (let t = 0, to = from * ${horizon} + inBlock; t < ${horizon}; t += 1, to += ${block}) {
          ${within.join('\n')}
        }
      }
    }
    return function run(draws, noise, trials, columns) {
      const { ${columnNames.join(', ')} } = columns;
      for (let from = 0; from < trials; from += ${block}) {
        someFutures(from, trials, noise, ${columnNames.join(', ')}${uncertainPaths.map((_, k) => `, draws[${k}]`).join('')});
      }
      return columns;
    };`;
  const run = new Function(...Object.keys(helpers), ...Object.keys(arrays), source)(...Object.values(helpers), ...Object.values(arrays));
  return {
    horizon,
    lanes,
    source,
    operationsPerFuture: code.operations(code.before) + horizon * code.operations(code.within),
    /** One Float64Array per column; placeOf says what stands where. */
    prepareColumns: (trials) => Object.fromEntries(columnNames.map((name) => [name, new Float64Array(lengthOf(horizon, trials))])),
    /** All futures: `draws[k][future]` is the value of the k-th uncertain path. */
    run,
  };
}
