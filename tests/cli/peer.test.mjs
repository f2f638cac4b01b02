// The benchmark's peer in JavaScript computes what growthcalc computes, to 1e-9 relative: a peer that
// did less work would flatter the engine. Its monthly noise is held against the reference model.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnNames, lengthOf, makePeer, placeOf } from '../bench/peer_model.mjs';
import { complete, run } from '../reference/model.mjs';
import { randomScenario } from '../reference/random_scenario.mjs';
import { batch, run as growthcalc } from '../support/growthcalc.mjs';

const catalogue = JSON.parse(growthcalc(['schema', 'catalogue']).stdout);

const partsOf = (path) => path.replace(/\[(\d+)\]/g, '.$1').split('.');
const at = (object, path) => partsOf(path).reduce((value, key) => value?.[key], object);
function withValues(scenario, values) {
  const changed = complete(scenario);
  for (const [path, value] of values) {
    const keys = partsOf(path);
    keys.slice(0, -1).reduce((node, key) => node[key], changed)[keys.at(-1)] = value;
  }
  return changed;
}

/** A linear congruential generator will do for picking inputs. */
function generator(seed) {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

/** A scenario without programmes, some of its inputs uncertain, and a few draws of those. */
function example(seed, futures) {
  const random = generator(seed);
  const scenario = randomScenario(seed);
  delete scenario.incentives;
  const full = complete(scenario);
  const numbers = [
    ...catalogue.fields.filter((f) => f.kind === 'number').map((f) => [f.path, f]),
    ...full.channels.flatMap((_, c) => catalogue.channel_fields.map((f) => [`channels[${c}].${f.path}`, f])),
  ].filter(([path]) => !/^(business.(months_open|shop_score)|costs.discount|incentives|quality.weight|private.scene)/.test(path));
  const chosen = numbers.filter(() => random() < 12 / numbers.length).slice(0, 24);
  const draws = chosen.map(([path, { range }]) =>
    Float64Array.from({ length: futures }, () => Math.min(range[1], Math.max(range[0], at(full, path) * (0.7 + 0.6 * random())))),
  );
  return { scenario: full, paths: chosen.map(([path]) => path), draws };
}

/** Largest difference of the columns, relative to the numbers and to a thousandth of sales and costs,
 *  whose differences profit and cash are. */
function worst(columns, future, months) {
  let result = 0;
  const largest = (name) => Math.max(...months[name].map(Math.abs));
  const sales = largest('gmv') + largest('fixed_cost') + largest('session_cost');
  for (const name of columnNames) {
    const scale = 1e-3 * (/profit|cash/.test(name) ? sales : largest(name));
    months[name].forEach((expected, t) => {
      const got = columns[name][placeOf(months[name].length, t, future)];
      const difference = got === expected ? 0 : Math.abs(got - expected) / Math.max(Math.abs(got), Math.abs(expected), scale, 1e-12);
      if (!(difference <= result)) result = difference;
    });
  }
  return result;
}

/** A pool far beyond its ceiling swings chaotically: the last bit of an input moves the answer. */
function chaotic(scenario, noise) {
  const nudged = structuredClone(scenario);
  nudged.private.users *= 1 + 2 ** -50;
  const moved = run(nudged, {}, { noise }).months;
  const horizon = scenario.horizon_months;
  const columns = Object.fromEntries(columnNames.map((name) => [name, new Float64Array(lengthOf(horizon, 1))]));
  for (const name of columnNames) for (let t = 0; t < horizon; t += 1) columns[name][placeOf(horizon, t, 0)] = moved[name][t];
  return worst(columns, 0, run(scenario, {}, { noise }).months) > 1e-11;
}

test('the peer agrees with growthcalc on random scenarios and random draws', () => {
  const futures = 3;
  const cases = Array.from({ length: 700 }, (_, i) => example(i + 1, futures)).filter(({ scenario }) => !(scenario.live.sessions_per_month < 1e-300));
  const drawn = cases.flatMap(({ scenario, paths, draws }) => Array.from({ length: futures }, (_, f) => withValues(scenario, paths.map((path, k) => [path, draws[k][f]]))));
  // Not every draw is a legal scenario: a first wave may come out below its minimum.
  const answers = batch(drawn);
  let compared = 0;
  cases.forEach(({ scenario, paths, draws }, c) => {
    const peer = makePeer(scenario, paths, { noisy: false });
    const columns = peer.run(draws, null, futures, peer.prepareColumns(futures));
    for (let f = 0; f < futures; f += 1) {
      const answer = answers[c * futures + f];
      if (answer.errors) continue;
      const difference = worst(columns, f, answer.months);
      if (!(difference <= 1e-9) && chaotic(drawn[c * futures + f])) continue;
      compared += 1;
      assert.ok(difference <= 1e-9, `case ${c + 1}, future ${f} differs by ${difference}: ${JSON.stringify(drawn[c * futures + f])}`);
    }
  });
  assert.ok(compared >= 0.97 * drawn.length, `${compared} of ${drawn.length} compared`);
});

test('many futures with monthly noise, however many run side by side', () => {
  const futures = 151;
  for (let seed = 1; seed <= 20; seed += 1) {
    const { scenario, paths, draws } = example(seed, futures);
    const random = generator(seed + 1000);
    const noise = Float64Array.from({ length: lengthOf(scenario.horizon_months, futures) }, () => 0.5 + random());
    const peer = makePeer(scenario, paths, { lanes: [1, 2, 4][seed % 3] });
    const columns = peer.run(draws, noise, futures, peer.prepareColumns(futures));
    for (let f = 0; f < futures; f += 7) {
      const one = withValues(scenario, paths.map((path, k) => [path, draws[k][f]]));
      const zeta = Array.from({ length: scenario.horizon_months }, (_, t) => noise[placeOf(scenario.horizon_months, t, f)]);
      const difference = worst(columns, f, run(one, {}, { noise: zeta }).months);
      assert.ok(difference <= 1e-9 || chaotic(one, zeta), `seed ${seed}, future ${f} differs by ${difference}`);
    }
  }
});

test('programmes are refused', () => {
  assert.throws(() => makePeer({ incentives: { pack: 'channels-2024-1111' } }));
});
