// fit sessions and fit contracts on the command line, and what comes out put to use.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../support/growthcalc.mjs';

const csv = (rows) => rows.map((row) => row.join(',')).join('\n') + '\n';
const answer = (args, input) => {
  const result = run(args, input);
  assert.equal(result.status, 0, result.stderr + result.stdout.slice(0, 500));
  return JSON.parse(result.stdout);
};

/** Forty sessions whose orders are exactly two in a hundred of the pool and three in a thousand strangers. */
const sessions = () => {
  const rows = [['日期', '私域观看人数', '公域观看人数', '支付订单数', '成交金额']];
  for (let i = 0; i < 40; i += 1) {
    const pool = 100 + ((i * 37) % 40) * 20;
    const strangers = 800 + ((i * 13) % 40) * 100;
    const date = new Date(Date.UTC(2026, 0, 1 + i * 2)).toISOString().slice(0, 10);
    const orders = Math.round(0.02 * pool + 0.003 * strangers);
    rows.push([date, pool, strangers, orders, orders * 150]);
  }
  return rows;
};

test('fit sessions: rates by source, and its scenario and uncertainty run as they are', () => {
  const fit = answer(['fit', 'sessions', '-'], csv(sessions()));
  assert.equal(fit.schema, 'growth.fit_sessions/1');
  assert.equal(fit.sessions, 40);
  assert.deepEqual(fit.period, { from: '2026-01-01', to: '2026-03-20' });
  assert.ok(Math.abs(fit.estimates['conversion.private'].value - 0.02) < 0.001);
  assert.ok(Math.abs(fit.estimates['conversion.public'].value - 0.003) < 0.0003);
  assert.ok(Math.abs(fit.estimates['orders.average_order_value'].value - 150) < 1e-9);
  assert.deepEqual(fit.not_learned.map((input) => input.path).includes('conversion.referral'), true);
  const futures = answer(['simulate'], JSON.stringify({ ...fit.scenario, uncertainty: { ...fit.uncertainty, trials: 64 } }));
  assert.equal(futures.trials, 64);
});

test('fit contracts: the published parameters from counts by age, by period and discount', () => {
  const rows = [['period', 'members'], ...[1000, 869, 743, 653, 593, 551, 517, 491].map((count, age) => [age, count])];
  const fit = answer(['fit', 'contracts', '-', '--period', 'year', '--discount-rate', '0.1'], csv(rows));
  assert.equal(fit.schema, 'growth.fit_contracts/1');
  assert.equal(fit.period_unit, 'year');
  assert.ok(Math.abs(fit.parameters.alpha - 0.668088351106) < 1e-9);
  assert.ok(Math.abs(fit.parameters.beta - 3.80609496406) < 1e-9);
  assert.equal(fit.periods, 7);
  [1, 0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491].forEach((share, i) => assert.ok(Math.abs(fit.survival.observed[i] - share) < 1e-12));
  assert.equal(fit.residual_lifetime.undiscounted[0], null);
  const futures = answer(['simulate'], JSON.stringify({ ...fit.scenario, uncertainty: { ...fit.uncertainty, trials: 64 } }));
  assert.equal(futures.trials, 64);
});

test('fit contracts: one row per contract, today from the command line', () => {
  const rows = [['会员号', '开通日期', '取消日期'], ['a', '2026-01-01', '2026-02-01'], ['b', '2026-01-01', ''], ['c', '2026-02-01', '']];
  const fit = answer(['fit', 'contracts', '-', '--today', '2026-03-15'], csv(rows));
  assert.equal(fit.contracts, 3);
  assert.deepEqual(fit.cohorts, [
    { start: '2026-01', contracts: 2, survivors: [2, 1, 1] },
    { start: '2026-02', contracts: 1, survivors: [1, 1] },
  ]);
});

test('what cannot be read is told with exit 1', () => {
  for (const [kind, text] of [['sessions', 'date,orders\nnever,1\n'], ['contracts', 'a,b\n1,2\n']]) {
    const result = run(['fit', kind, '-'], text);
    assert.equal(result.status, 1);
    assert.ok(JSON.parse(result.stdout).errors.length > 0);
  }
  assert.equal(run(['fit', 'contracts', '-', '--period', 'decade'], 'period,members\n0,5\n1,4\n').status, 1);
});
