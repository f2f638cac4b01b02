// growthcalc batch against the reference model on random scenarios with random programmes: all columns,
// summary, unit economics, ledger, to 1e-9 relative.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attribution, plan } from '../reference/model.mjs';
import { randomScenario } from '../reference/random_scenario.mjs';
import { batch } from '../support/growthcalc.mjs';

const seeds = Array.from({ length: 1500 }, (_, i) => i + 1);

const largest = (column) => Math.max(0, ...column.map(Math.abs));
/** Columns that are differences of others are held against those: what remains of vouchers against
 *  those granted, profit and cash against sales and costs. */
const heldAgainst = (months, column) => {
  if (column.startsWith('voucher_')) return largest(months.voucher_granted);
  if (/profit|cash/.test(column)) return largest(months.gmv) + largest(months.fixed_cost) + largest(months.session_cost);
  return largest(months[column]);
};

/** Largest difference, relative to the numbers and to a thousandth of what their column is held against. */
function worst(got, expected, path = '', scale = 0) {
  if (typeof expected === 'number') {
    assert.equal(typeof got, 'number', path);
    return { path, difference: got === expected ? 0 : Math.abs(got - expected) / Math.max(Math.abs(got), Math.abs(expected), scale, 1e-12) };
  }
  if (expected === null || typeof expected === 'string') {
    assert.equal(got, expected, path);
    return { path, difference: 0 };
  }
  let result = { path, difference: 0 };
  for (const key of Object.keys(expected)) {
    const column = path === '.months' && key !== 'stage';
    const inner = worst(got[key], expected[key], `${path}.${key}`, column ? 1e-3 * heldAgainst(expected, key) : scale);
    if (inner.difference > result.difference) result = inner;
  }
  return result;
}

const parts = (p) => ({ months: p.months, summary: p.summary, unit_economics: p.unit_economics, ledger: p.ledger.map(({ id, earned, paid, capped, pending }) => ({ id, earned, paid, capped, pending })) });

/** A pool far beyond its ceiling swings chaotically: there the last bit of an input moves the answer,
 *  and no two programs can agree. */
function chaotic(scenario, answer) {
  const users = scenario.private?.users ?? 6000;
  const nudged = plan({ ...scenario, private: { ...scenario.private, users: users * (1 + 2 ** -50) } });
  return worst({ months: nudged.months }, { months: answer.months }).difference > 1e-11;
}

test('1,500 random scenarios agree with the reference model', () => {
  // Sessions a denormal number of times a month is a legal input on which 1/x is infinite.
  const scenarios = seeds.map(randomScenario).filter((s) => !(s.live?.sessions_per_month > 0 && s.live.sessions_per_month < 1e-300));
  const answers = batch(scenarios);
  let compared = 0;
  scenarios.forEach((scenario, i) => {
    assert.ok(!answers[i].errors, JSON.stringify(answers[i].errors));
    const expected = plan(scenario);
    const { difference, path } = worst(parts(answers[i]), parts(expected));
    if (difference > 1e-9 && chaotic(scenario, expected)) return;
    compared += 1;
    assert.ok(difference <= 1e-9, `${path} differs by ${difference}: ${JSON.stringify(scenario)}`);
  });
  assert.ok(compared >= 0.99 * scenarios.length, `${compared} of ${scenarios.length} compared`);
});

test('attribution agrees with the reference model', () => {
  const scenarios = seeds.slice(0, 150).map(randomScenario).filter((s) => !(s.live?.sessions_per_month < 1e-300));
  batch(scenarios).forEach((answer, i) => {
    const expected = attribution(scenarios[i]);
    const scale = 1e-3 * Math.max(1, Math.abs(answer.summary.profit), answer.summary.gmv);
    for (const part of ['private_pool', 'vouchers', 'incentives', 'repurchase']) {
      for (const key of ['profit', 'gmv']) {
        const { difference } = worst(answer.attribution[part][key], expected[part][key], part, scale);
        assert.ok(difference < 1e-8, `${part}.${key} ${answer.attribution[part][key]} ${expected[part][key]}`);
      }
    }
  });
});
