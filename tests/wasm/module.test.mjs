// The module as consultants embed it: the contract, the same text as the native program, memory.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { createGrowth, tableOf } from '../../build/wasm/wasm/dist/growth.js';
import { randomScenario } from '../reference/random_scenario.mjs';

const program = process.env.GROWTHCALC ?? new URL('../../build/native/growthcalc', import.meta.url).pathname;
const growth = await createGrowth();

test('plan as an object, as text, and its errors', () => {
  const plan = growth.run('plan', { private: { users: 8000 } });
  assert.equal(plan.schema, 'growth.plan/1');
  assert.deepEqual(growth.run('plan', '{"private":{"users":8000}}'), plan);
  assert.deepEqual(JSON.parse(growth.runText('plan', '{"private":{"users":8000}}')), plan);
  assert.equal(growth.run('plan', { private: { users: -1 } }).errors[0].code, 'out_of_range');
  assert.equal(growth.run('nothing').errors[0].path, 'command');
});

test('a module that cannot be started is an error at once, not a wait for ever', async () => {
  // One import, x.y, which nobody provides.
  const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 120, 1, 121, 0, 0]);
  await assert.rejects(createGrowth({ module: await WebAssembly.compile(bytes) }), TypeError);
  await assert.rejects(createGrowth({ wasmBinary: bytes.slice(0, 9) }), WebAssembly.CompileError);
});

test('values that JavaScript would coerce are refused', () => {
  for (const users of ['8000', null, true, [1], {}]) {
    assert.equal(growth.run('plan', { private: { users } }).errors[0].code, 'wrong_type');
  }
  assert.equal(growth.run('plan', { horizon_months: 2.9 }).errors[0].code, 'out_of_range');
  // JSON has no NaN; JSON.stringify makes it null.
  assert.equal(growth.run('plan', { private: { users: NaN } }).errors[0].code, 'wrong_type');
});

test('policies and presets come with the first module or later, whole, once; what is none of them is refused', async () => {
  const bare = await createGrowth({ library: false });
  assert.deepEqual([bare.run('presets'), bare.run('policies')], [{ presets: [] }, { policies: [] }]);
  const pack = { incentives: { pack: 'channels-2024-1111' } };
  assert.equal(bare.run('plan', pack).errors[0].path, 'incentives.pack');
  const library = readFileSync(new URL('../../build/wasm/wasm/dist/growth-library.txt', import.meta.url), 'utf8');
  const rows = library.split('\x1e');
  assert.equal(rows.length - 1, growth.run('presets').presets.length + growth.run('policies').policies.length);
  for (const text of ['', 'x', rows[0], library.slice(0, -1), library.replaceAll('presets', 'persets'), `${rows[0]}\x1e`]) {
    await assert.rejects(bare.addLibrary(text), /not growth-library/);
    assert.deepEqual(bare.run('presets'), { presets: [] });
  }
  await bare.addLibrary(library);
  for (const command of ['presets', 'policies']) assert.deepEqual(bare.run(command), growth.run(command));
  assert.deepEqual(bare.run('plan', pack), growth.run('plan', pack));
  await bare.addLibrary();
  await assert.rejects(bare.addLibrary(`${rows.slice(1).join('\x1e')}`), /not growth-library/);
  assert.deepEqual(bare.run('policies'), growth.run('policies'));
  // A module of a page's own.
  const bytes = new TextEncoder().encode(library);
  for (const file of [library, bytes, bytes.buffer]) {
    const own = await createGrowth({ module: growth.module, library: file });
    assert.deepEqual(own.run('presets'), growth.run('presets'));
  }
});

test('presets and policies are there; schemas, facts and cases say where they are', () => {
  const { presets } = growth.run('presets');
  for (const { id } of presets) assert.ok(growth.run('plan', growth.run('presets', { id }).scenario).summary, id);
  const { policies } = growth.run('policies');
  for (const { id } of policies) {
    const whole = growth.run('policies', { id });
    assert.equal(whole.id, id);
    assert.equal(whole.expired, true); // nothing published reaches into the date of the data
  }
  for (const command of ['schema', 'facts', 'cases']) assert.match(growth.run(command).errors[0].allowed, /files beside/);
});

test('the same text as the native program, bit for bit', () => {
  const scenarios = Array.from({ length: 200 }, (_, i) => JSON.stringify(randomScenario(5000 + i)));
  scenarios.push('{}', 'bad', '{"orders":{"return_rate":2}}', '{"name":"\u0000"}', '{"name":"商家 \\u0001 \\"x\\""}');
  const native = spawnSync(program, ['batch'], { input: scenarios.map((s) => s.replace('\u0000', ' ')).join('\n'), encoding: 'utf8', maxBuffer: 1 << 30 });
  native.stdout.trimEnd().split('\n').forEach((line, i) => {
    assert.ok(growth.runText('plan', scenarios[i].replace('\u0000', ' ')) === line, scenarios[i]);
  });
});

test('golden answers are met', () => {
  const folder = new URL('../golden/', import.meta.url);
  const golden = readFileSync(new URL('default.json', folder), 'utf8');
  assert.equal(growth.runText('plan', '{}') + '\n', golden);
  assert.ok(readdirSync(folder).length > 10);
});

test('memory does not grow with use', async () => {
  const fresh = await createGrowth();
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 400; i += 1) fresh.runText('plan', JSON.stringify({ horizon_months: 60, name: 'x'.repeat(i * 100) }));
  assert.ok(process.memoryUsage().rss - before < 64 << 20);
});

test('the largest request and hostile text come back as errors', () => {
  assert.equal(growth.run('plan', ' '.repeat(5 << 20)).errors[0].code, 'too_large');
  assert.equal(growth.run('plan', '['.repeat(100000)).errors[0].code, 'bad_json');
  assert.equal(growth.run('plan', '{"a":'.repeat(60000)).errors[0].code, 'bad_json');
});

test('a module compiled once starts further instances', async () => {
  const second = await createGrowth({ module: growth.module });
  assert.equal(second.runText('plan', '{}'), growth.runText('plan', '{}'));
  const third = await createGrowth({ wasmBinary: readFileSync(new URL('../../build/wasm/wasm/dist/growth-engine.wasm', import.meta.url)) });
  assert.equal(third.runText('plan', '{}'), growth.runText('plan', '{}'));
});

test('an instance that fails answers with an error and starts anew', async () => {
  const fragile = await createGrowth();
  const { slice } = Uint8Array.prototype;
  Uint8Array.prototype.slice = () => {
    throw new RangeError('out of memory');
  };
  let answer;
  try {
    answer = fragile.run('plan', {});
  } finally {
    Uint8Array.prototype.slice = slice;
  }
  assert.equal(answer.errors[0].code, 'internal');
  assert.match(answer.errors[0].got, /out of memory/);
  assert.equal(fragile.run('plan', {}).errors[0].code, 'internal'); // until it is there again
  await fragile.ready;
  assert.equal(fragile.run('plan', {}).schema, 'growth.plan/1');
});

test('the full module runs many futures, says how far it is, and stops when told', async () => {
  const full = await createGrowth({ full: true });
  const { scenario } = full.run('presets', { id: 'apparel-store' });
  const request = { ...scenario, uncertainty: { ...scenario.uncertainty, trials: 2048 }, seek: { path: 'private.users', metric: 'gmv', target: 12e6 }, allocate: { budget: 20000 } };
  for (const command of ['simulate', 'sensitivity', 'seek', 'allocate', 'breakdown', 'formulas', 'plan']) {
    const native = spawnSync(program, [command], { input: JSON.stringify(request), encoding: 'utf8', maxBuffer: 1 << 28 }).stdout.trimEnd();
    assert.ok(full.runText(command, JSON.stringify(request)) === native, command);
  }
  const shares = [];
  const answer = full.run('simulate', { ...request, uncertainty: { ...request.uncertainty, trials: 65536 } }, (share) => void shares.push(share));
  assert.equal(answer.trials, 65536);
  assert.ok(shares.length > 1 && shares.every((share, i) => share >= (shares[i - 1] ?? 0) && share <= 1), String(shares));
  assert.ok('errors' in full.run('simulate', { ...request, uncertainty: { ...request.uncertainty, trials: 65536 } }, () => false));
  assert.equal(full.runText('plan', '{}'), growth.runText('plan', '{}'));
  // The small module says where these commands are.
  assert.match(growth.run('simulate', {}).errors[0].allowed, /full/);
});

test('the records module recognises columns and reads tables, as the native program does', async () => {
  const records = await createGrowth({ records: true });
  const rows = [['买家昵称', '付款时间', '实付金额'], ['甲', '2026-01-02', '¥1，234.5'], ['甲', '2026-02-02', 88], ['乙', '2026-02-03', null]];
  const columns = records.run('recognise_columns', { kind: 'orders', rows: rows.map((row) => row.map((cell) => String(cell ?? ''))) });
  assert.deepEqual(columns.columns.map(({ field }) => field), ['customer', 'date', 'amount']);
  assert.equal(columns.sure, true);
  const shares = [];
  const fit = records.run('fit_orders', {}, (share) => void shares.push(share), tableOf(rows));
  assert.equal(fit.schema, 'growth.fit_orders/1');
  assert.equal(fit.customers, 1);
  assert.equal(fit.orders, 2);
  assert.deepEqual(fit.dropped, { missing_amount: 1 });
  assert.ok(shares.length > 0);
  const csv = rows.map((row) => row.map((cell) => String(cell ?? '')).join('\t')).join('\n');
  const native = spawnSync(program, ['fit', 'orders', '-'], { input: csv, encoding: 'utf8' });
  assert.equal(records.runText('fit_orders', '{}', undefined, tableOf(rows)) + '\n', native.stdout);
  // What ends cells and rows cannot come from within a cell.
  assert.equal(records.run('fit_orders', {}, undefined, tableOf([['customer\x1f', 'date'], ['a\x1e', '2026-01-01']])).customers, 1);
});

test('tables that are absent, broken, stopped or too large come back as errors', async () => {
  const records = await createGrowth({ records: true });
  const rows = [['customer', 'date'], ...Array.from({ length: 9000 }, (_, i) => [`c${i}`, '2026-01-01'])];
  assert.equal(records.run('fit_orders', {}).errors[0].path, 'table');
  assert.equal(records.run('fit_orders', {}, undefined, new Uint8Array([1, 2, 3])).errors[0].code, 'bad_csv');
  assert.equal(records.run('fit_orders', {}, undefined, new Uint8Array()).errors[0].code, 'bad_csv');
  assert.equal(records.run('fit_orders', {}, () => false, tableOf(rows)).errors[0].code, 'conflict');
  assert.equal(records.run('fit_orders', {}, undefined, new Uint8Array((256 << 20) + 1)).errors[0].code, 'too_large');
  assert.equal(records.run('fit_orders', { columns: { customer: 9 } }, undefined, tableOf(rows)).errors[0].path, 'columns.customer');
});

test('a command of another module says which', async () => {
  const records = await createGrowth({ records: true });
  assert.match(growth.run('fit_orders', {}, undefined, tableOf([['a']])).errors[0].allowed, /records/);
  assert.match(records.run('plan', {}).errors[0].allowed, /createGrowth\(\)/);
  assert.match(records.run('simulate', {}).errors[0].allowed, /full/);
  assert.match(records.run('facts').errors[0].allowed, /files beside/);
});
