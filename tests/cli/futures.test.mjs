// Futures on the command line: the same bytes for every number of threads, batches, exit codes; and what
// an independent program makes of the futures.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { plan } from '../reference/model.mjs';
import { randomScenario } from '../reference/random_scenario.mjs';
import { run } from '../support/growthcalc.mjs';

const rich = JSON.parse(readFileSync(new URL('../golden/futures-scenario.json', import.meta.url), 'utf8'));

for (const [command, changed] of [
  ['simulate', { uncertainty: { ...rich.uncertainty, trials: 5003 } }],
  ['simulate', { uncertainty: { ...rich.uncertainty, trials: 2600, sampler: 'philox' } }],
  ['sensitivity', { sensitivity: { metric: 'profit', base_samples: 1700 } }],
]) {
  test(`${command} writes the same bytes for every number of threads`, () => {
    const input = JSON.stringify({ ...rich, ...changed });
    const one = run([command, '--threads', '1'], input);
    assert.equal(one.status, 0);
    assert.match(one.stdout, /^\{"schema":"growth\.(simulation|sensitivity)\/1"/);
    for (const threads of ['2', '3']) {
      const more = run([command, '--threads', threads], input);
      assert.equal(more.status, 0);
      assert.equal(more.stdout, one.stdout);
    }
    assert.equal(run([command], input).stdout, one.stdout);
  });
}

test('batch simulates one scenario per line, as alone, an error object for a bad line', () => {
  const scenarios = [1, 2, 3].map((seed) => ({ ...rich, uncertainty: { ...rich.uncertainty, trials: 40 + seed, seed } }));
  const bad = { uncertainty: { trials: 0 } };
  const lines = [scenarios[0], bad, scenarios[1], scenarios[2]].map((s) => JSON.stringify(s));
  const batch = run(['batch', '--command', 'simulate', '--threads', '2'], lines.join('\n'));
  assert.equal(batch.status, 1);
  const answers = batch.stdout.trimEnd().split('\n');
  assert.equal(answers.length, 4);
  [0, 2, 3].forEach((line) => assert.equal(answers[line], run(['simulate'], lines[line]).stdout.trimEnd()));
  assert.equal(JSON.parse(answers[1]).errors[0].path, 'uncertainty.trials');
  const tornado = run(['batch', '--command', 'sensitivity'], lines[0]);
  assert.equal(JSON.parse(tornado.stdout).schema, 'growth.sensitivity/1');
});

test('exit 1 and one readable line for what cannot be uncertain', () => {
  const bad = run(['simulate'], '{"uncertainty":{"inputs":{"horizon_months":{"uniform":{"low":1,"high":2}}}}}');
  assert.equal(bad.status, 1);
  assert.equal(JSON.parse(bad.stdout).errors[0].code, 'conflict');
  assert.equal(bad.stderr.trimEnd().split('\n').length, 1);
  assert.match(bad.stderr, /horizon_months/);
});

const parts = (path) => path.replace(/\[(\d+)\]/g, '.$1').split('.');
const close = (a, b, scale, what) => assert.ok(Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), scale), `${what}: ${a} ${b}`);
const columns = ['viewers', 'private_users', 'gmv', 'profit', 'cumulative_profit', 'cumulative_cash'];

test('futures whose inputs are all certain are the plan of the reference model', () => {
  const wanted = { 'conversion.public': [0.001, 0.005], 'private.users': [100, 90000], 'orders.return_rate': [0, 1], 'live.sessions_per_month': [0.5, 60] };
  for (let seed = 1; seed <= 40; seed += 1) {
    const scenario = randomScenario(seed);
    const certain = structuredClone(scenario);
    const inputs = {};
    Object.entries(wanted).forEach(([path, [low, high]], i) => {
      const value = low + ((high - low) * ((seed * 7 + i * 3) % 11)) / 10;
      inputs[path] = [{ uniform: { low: value, high: value } }, { pert: { low: value, mode: value, high: value } }][(seed + i) % 2];
      const keys = parts(path);
      keys.slice(0, -1).reduce((node, key) => (node[key] ??= {}), certain)[keys.at(-1)] = value;
    });
    const answer = JSON.parse(run(['simulate'], JSON.stringify({ ...scenario, uncertainty: { trials: 3, inputs } })).stdout);
    assert.ok(!answer.errors, JSON.stringify(answer.errors));
    const expected = plan(certain);
    const scale = 1e-3 * Math.max(...expected.months.gmv, ...expected.months.fixed_cost, ...expected.months.session_cost);
    for (const column of columns) {
      for (const name of ['p5', 'p50', 'p95', 'mean']) {
        answer.months[column][name].forEach((value, t) => close(value, expected.months[column][t], scale, `${seed} ${column} ${t}`));
      }
    }
    close(answer.totals.npv.mean, expected.summary.npv, scale * scenario.horizon_months || scale, `${seed} npv`);
  }
});

test('a tornado is the reference model at both ends of every input', () => {
  for (let seed = 41; seed <= 60; seed += 1) {
    const scenario = randomScenario(seed);
    const inputs = { 'conversion.public': { uniform: { low: 0.001, high: 0.005 } }, 'private.users': { uniform: { low: 0, high: 20000 } }, 'orders.return_rate': { uniform: { low: 0.1, high: 0.3 } } };
    const answer = JSON.parse(run(['sensitivity'], JSON.stringify({ ...scenario, uncertainty: { inputs }, sensitivity: { metric: 'gmv', methods: ['tornado'] } })).stdout);
    assert.equal(answer.tornado.length, 3);
    for (const bar of answer.tornado) {
      for (const [end, u] of [['low', 0.1], ['high', 0.9]]) {
        const changed = structuredClone(scenario);
        for (const [path, { uniform }] of Object.entries(inputs)) {
          const keys = parts(path);
          const share = path === bar.path ? u : 0.5;
          keys.slice(0, -1).reduce((node, key) => (node[key] ??= {}), changed)[keys.at(-1)] = uniform.low + share * (uniform.high - uniform.low);
        }
        close(bar[`at_${end}`], plan(changed).summary.gmv, 0, `${seed} ${bar.path} ${end}`);
      }
    }
  }
});
