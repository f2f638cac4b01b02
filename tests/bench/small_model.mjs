// One small plan in the tools people would otherwise use: Squiggle and HyperFormula against
// JavaScript, medians of several, all in one run.
//
// The model is that of UNCERTAINTY.md sections 2 and 3 in shape: twelve uncertain inputs, 36 months, 36
// cohorts, three channels with a Hill response. Its formulas are not written there, so these are an
// equivalent with the same parts, and its numbers are its own:
//
//   each month: private viewers = pool·reach, public ones = private·leverage,
//     paid ones = Σ limit·s^h/((k·kmul)^h + s^h) over the channels
//     new = private·cvrPriv + public·cvrPub + paid·cvrPaid
//     repeats = Σ over earlier months of new·r0·decay^(age-1)
//     profit = (new + repeats)·aov·(1 - returnRate)·margin - spend - fixed
//     pool of the next month = 0.985·pool + joinRate·(public·cvrPub + paid·cvrPaid)
//   the answer: profit summed over the 36 months
//
// Squiggle and HyperFormula are development dependencies of this benchmark alone (package.json beside
// it); HyperFormula is under GPL-3.0 and is compared with, never shipped.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { uniforms } from '../support/mulberry32.mjs';
import { median, timed } from './timing.mjs';

const months = 36;
export const trials = 8192;
const startPool = 20000;
const stay = 0.985;
const spend = 6200;
const fixed = 5000;
const channels = [
  { limit: 70000, half: 5000, shape: 1, spend: 3000 },
  { limit: 42000, half: 3500, shape: 1.3, spend: 2000 },
  { limit: 24000, half: 2500, shape: 1.6, spend: 1200 },
];
/** In Squiggle's words; the others read them too. */
const inputs = {
  reach: ['beta', 12, 88],
  leverage: ['lognormal', Math.log(3), 0.35],
  cvrPriv: ['beta', 6, 494],
  cvrPub: ['beta', 4, 996],
  cvrPaid: ['beta', 4, 396],
  aov: ['triangular', 28, 42, 65],
  margin: ['beta', 45, 55],
  returnRate: ['beta', 10, 90],
  r0: ['beta', 12, 88],
  decay: ['beta', 85, 15],
  joinRate: ['beta', 30, 70],
  kmul: ['lognormal', 0, 0.25],
};
const names = Object.keys(inputs);

// --------------------------------------------------------------------------------- draws for JavaScript
function generator(seed) {
  const uniform = uniforms(seed);
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  /** Marsaglia and Tsang, 2000, shape of 1 or more. */
  const gamma = (shape) => {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  return {
    beta(a, b) {
      const x = gamma(a);
      return x / (x + gamma(b));
    },
    lognormal: (mu, sigma) => Math.exp(mu + sigma * normal()),
    triangular(low, mode, high) {
      const u = uniform();
      const cut = (mode - low) / (high - low);
      return u < cut ? low + Math.sqrt(u * (high - low) * (mode - low)) : high - Math.sqrt((1 - u) * (high - low) * (high - mode));
    },
  };
}
export function draw(seed) {
  const from = generator(seed);
  return names.map((name) => {
    const [kind, ...parameters] = inputs[name];
    return Float64Array.from({ length: trials }, () => from[kind](...parameters));
  });
}

// ----------------------------------------------------------------------------------------- JavaScript
/** As one would write it down. */
export function plainFuture({ reach, leverage, cvrPriv, cvrPub, cvrPaid, aov, margin, returnRate, r0, decay, joinRate, kmul }) {
  let pool = startPool;
  let total = 0;
  const joined = [];
  for (let t = 0; t < months; t += 1) {
    const viewersPrivate = pool * reach;
    const viewersPublic = viewersPrivate * leverage;
    let viewersPaid = 0;
    for (const channel of channels) viewersPaid += (channel.limit * channel.spend ** channel.shape) / ((channel.half * kmul) ** channel.shape + channel.spend ** channel.shape);
    const outside = viewersPublic * cvrPub + viewersPaid * cvrPaid;
    const buyers = viewersPrivate * cvrPriv + outside;
    let repeats = 0;
    for (let i = 0; i < t; i += 1) repeats += joined[i] * r0 * decay ** (t - i - 1);
    total += (buyers + repeats) * aov * (1 - returnRate) * margin - spend - fixed;
    joined.push(buyers);
    pool = stay * pool + joinRate * outside;
  }
  return total;
}
function plain(draws, result) {
  for (let n = 0; n < trials; n += 1) result[n] = plainFuture(Object.fromEntries(names.map((name, k) => [name, draws[k][n]])));
}

/** The channels' part of a future, which no month changes. */
const powers = channels.map((channel) => channel.spend ** channel.shape);
const halves = channels.map((channel) => channel.half ** channel.shape);
const paidBuyers = (cvrPaid, kmul) => {
  const log = Math.log(kmul);
  return (
    cvrPaid *
    ((channels[0].limit * powers[0]) / (halves[0] * kmul + powers[0]) +
      (channels[1].limit * powers[1]) / (halves[1] * Math.exp(1.3 * log) + powers[1]) +
      (channels[2].limit * powers[2]) / (halves[2] * Math.exp(1.6 * log) + powers[2]))
  );
};

/** The cohorts' sum kept, everything else taken out of the months. */
const joinedBy = new Float64Array(months);
const decayed = new Float64Array(months);
function tuned([reach, leverage, cvrPriv, cvrPub, cvrPaid, aov, margin, returnRate, r0, decay, joinRate, kmul], result) {
  for (let n = 0; n < trials; n += 1) {
    const paid = paidBuyers(cvrPaid[n], kmul[n]);
    const perPrivate = reach[n] * cvrPriv[n];
    const perPublic = reach[n] * leverage[n] * cvrPub[n];
    const join = joinRate[n];
    let power = r0[n];
    for (let age = 0; age < months; age += 1) {
      decayed[age] = power;
      power *= decay[n];
    }
    let pool = startPool;
    let orders = 0;
    for (let t = 0; t < months; t += 1) {
      const outside = pool * perPublic + paid;
      const buyers = pool * perPrivate + outside;
      let repeats = 0;
      for (let i = 0; i < t; i += 1) repeats += joinedBy[i] * decayed[t - i - 1];
      orders += buyers + repeats;
      joinedBy[t] = buyers;
      pool = stay * pool + join * outside;
    }
    result[n] = orders * aov[n] * (1 - returnRate[n]) * margin[n] - months * (spend + fixed);
  }
}

/** The same with the cohorts carried from month to month. */
function carriedOn([reach, leverage, cvrPriv, cvrPub, cvrPaid, aov, margin, returnRate, r0, decay, joinRate, kmul], result) {
  for (let n = 0; n < trials; n += 1) {
    const paid = paidBuyers(cvrPaid[n], kmul[n]);
    const perPrivate = reach[n] * cvrPriv[n];
    const perPublic = reach[n] * leverage[n] * cvrPub[n];
    const join = joinRate[n];
    const first = r0[n];
    const rate = decay[n];
    let pool = startPool;
    let orders = 0;
    let still = 0;
    for (let t = 0; t < months; t += 1) {
      const outside = pool * perPublic + paid;
      const buyers = pool * perPrivate + outside;
      orders += buyers + first * still;
      still = rate * still + buyers;
      pool = stay * pool + join * outside;
    }
    result[n] = orders * aov[n] * (1 - returnRate[n]) * margin[n] - months * (spend + fixed);
  }
}

// ------------------------------------------------------------------------------------------- Squiggle
/** `values` instead of distributions: one future, for comparing. Repeats as the sum over cohorts, or
 *  carried from month to month, which geometric decay allows. */
export function squiggleCode(values, carried = false) {
  const lines = names.map((name) => {
    if (values) return `${name} = ${values[name]}`;
    const [kind, ...parameters] = inputs[name];
    return `${name} = SampleSet.fromDist(${kind}(${parameters.join(', ')}))`;
  });
  const paid = channels.map(({ limit, half, shape, spend: s }) => `${limit * s ** shape} / ((${half} * kmul) ^ ${shape} + ${s ** shape})`).join(' + ');
  if (carried) {
    return `${lines.join('\n')}
paid = cvrPaid * (${paid})
month(state, t) = {
  outside = state.pool * reach * leverage * cvrPub + paid
  buyers = state.pool * reach * cvrPriv + outside
  {
    pool: ${stay} * state.pool + joinRate * outside,
    still: decay * state.still + buyers,
    total: state.total + (buyers + r0 * state.still) * aov * (1 - returnRate) * margin - ${spend + fixed}
  }
}
List.reduce(List.upTo(0, ${months - 1}), { pool: ${startPool}, still: 0, total: 0 }, month).total`;
  }
  return `${lines.join('\n')}
paid = cvrPaid * (${paid})
month(state, t) = {
  outside = state.pool * reach * leverage * cvrPub + paid
  buyers = state.pool * reach * cvrPriv + outside
  repeats = List.reduceReverse(state.joined, { age: 0, sum: 0 }, {|sofar, cohort| { age: sofar.age + 1, sum: sofar.sum + cohort * r0 * decay ^ sofar.age }}).sum
  {
    pool: ${stay} * state.pool + joinRate * outside,
    joined: List.append(state.joined, buyers),
    total: state.total + (buyers + repeats) * aov * (1 - returnRate) * margin - ${spend + fixed}
  }
}
List.reduce(List.upTo(0, ${months - 1}), { pool: ${startPool}, joined: [], total: 0 }, month).total`;
}

// --------------------------------------------------------------------------------------- HyperFormula
/** Inputs in row 1, months from row 3 on: pool, outside, buyers, repeats, running total, month. */
function sheet() {
  const cell = Object.fromEntries(names.map((name, k) => [name, `$${String.fromCharCode(65 + k)}$1`]));
  const paid = channels.map(({ limit, half, shape, spend: s }) => `${limit * s ** shape}/((${half}*${cell.kmul})^${shape}+${s ** shape})`).join('+');
  const rows = [names.map(() => 1), [`=${cell.cvrPaid}*(${paid})`]];
  for (let t = 0; t < months; t += 1) {
    const r = t + 3;
    rows.push([
      t === 0 ? startPool : `=${stay}*A${r - 1}+${cell.joinRate}*B${r - 1}`,
      `=A${r}*${cell.reach}*${cell.leverage}*${cell.cvrPub}+$A$2`,
      `=A${r}*${cell.reach}*${cell.cvrPriv}+B${r}`,
      t === 0 ? 0 : `=${cell.r0}*SUMPRODUCT(C$3:C${r - 1},${cell.decay}^(F${r}-F$3:F${r - 1}-1))`,
      `=${t === 0 ? '' : `E${r - 1}+`}(C${r}+D${r})*${cell.aov}*(1-${cell.returnRate})*${cell.margin}-${spend + fixed}`,
      t,
    ]);
  }
  return rows;
}

// ----------------------------------------------------------------------------------------------- rows
const agree = (got, expected, tolerance) => Math.abs(got - expected) <= tolerance * Math.abs(expected);

/** [name, ms per 8,192 futures], each having agreed with plain JavaScript, or null where the packages are not installed. */
export async function smallModelRows() {
  const require = createRequire(import.meta.url);
  let squiggle;
  let HyperFormula;
  try {
    squiggle = await import(pathToFileURL(require.resolve('@quri/squiggle-lang')).href);
    ({ HyperFormula } = require('hyperformula'));
  } catch (fault) {
    if (!/MODULE_NOT_FOUND|ERR_/.test(fault.code ?? '')) throw fault;
    return null;
  }
  const draws = draw(1);
  const result = new Float64Array(trials);
  const at = (n) => Object.fromEntries(names.map((name, k) => [name, draws[k][n]]));
  const rows = [];

  const tunedMs = [tuned, carriedOn].map((work) => {
    const ms = timed(15, 5, () => work(draws, result));
    for (let n = 0; n < 100; n += 1) if (!agree(result[n], plainFuture(at(n)), 1e-9)) throw new Error('the tuned small model differs');
    return ms;
  });
  const plainMs = timed(7, 2, () => plain(draws, result));

  const run = async (code, sampleCount) => {
    const answer = await squiggle.run(code, { environment: { sampleCount, xyPointLength: 1000, seed: 'futures' } });
    if (!answer.result.ok) throw new Error(String(answer.result.value));
    return answer.result.value.result;
  };
  for (let n = 0; n < 3; n += 1) {
    for (const carried of [false, true]) {
      const got = (await run(squiggleCode(at(n), carried), 1000)).value;
      if (!agree(got, plainFuture(at(n)), 1e-9)) throw new Error(`Squiggle differs: ${got}`);
    }
  }
  const squiggleMs = async (samples, runs, carried = false) => {
    const times = [];
    for (let i = 0; i < runs; i += 1) {
      const start = performance.now();
      await run(squiggleCode(undefined, carried), samples);
      times.push(performance.now() - start);
    }
    return median(times.slice(1));
  };

  // A future is twelve cells changed at once and one result read; 200 stand for all.
  const sample = 200;
  const engine = HyperFormula.buildFromArray(sheet(), { licenseKey: 'gpl-v3', useArrayArithmetic: true });
  const oneFuture = (n) => {
    engine.batch(() => engine.setCellContents({ sheet: 0, row: 0, col: 0 }, [names.map((_, k) => draws[k][n])]));
    return engine.getCellValue({ sheet: 0, row: months + 1, col: 4 });
  };
  for (let n = 0; n < 20; n += 1) if (!agree(oneFuture(n), plainFuture(at(n)), 1e-8)) throw new Error(`HyperFormula differs: ${JSON.stringify(oneFuture(n))} ${plainFuture(at(n))}`);
  const hyperMs = timed(5, 1, () => {
    for (let n = 0; n < sample; n += 1) oneFuture(n);
  });

  rows.push(['HyperFormula, inputs in one batch', (hyperMs * trials) / sample]);
  rows.push(['Squiggle, sample sets of 8,192', await squiggleMs(trials, 6)]);
  rows.push(['Squiggle at its own 1,000 samples, times 8.192', ((await squiggleMs(1000, 6)) * trials) / 1000]);
  rows.push(['Squiggle, sample sets of 8,192, cohorts carried', await squiggleMs(trials, 6, true)]);
  rows.push(['plain JavaScript', plainMs]);
  rows.push(['tuned JavaScript', tunedMs[0]]);
  rows.push(['tuned JavaScript, cohorts carried', tunedMs[1]]);
  engine.destroy();
  return rows;
}

export async function printSmallModel() {
  const rows = await smallModelRows();
  if (rows === null) {
    console.log('\nsmall model: Squiggle and HyperFormula are not installed (npm ci in tests/bench)');
    return;
  }
  const best = rows.find(([name]) => name === 'tuned JavaScript')[1];
  console.log('\nsmall model, 8,192 futures × 36 months, the last value only   ms   to tuned JavaScript');
  for (const [name, ms] of rows) console.log(`${name.padEnd(56)}${ms.toFixed(1).padStart(10)} ${(ms / best).toFixed(1).padStart(12)}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await printSmallModel();
