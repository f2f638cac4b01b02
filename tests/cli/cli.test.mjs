// growthcalc as its users run it: exit codes, streams, batches.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { program, run } from '../support/growthcalc.mjs';

test('plan reads a file, - and standard input alike', () => {
  const folder = mkdtempSync(join(tmpdir(), 'growth-'));
  try {
    const file = join(folder, 'scenario.json');
    writeFileSync(file, '{"private":{"users":9000}}');
    const answers = [run(['plan', file]), run(['plan', '-'], readFileSync(file)), run(['plan'], readFileSync(file))];
    for (const answer of answers) {
      assert.equal(answer.status, 0);
      assert.equal(answer.stdout, answers[0].stdout);
      assert.equal(answer.stderr, '');
    }
    assert.equal(JSON.parse(answers[0].stdout).scenario.private.users, 9000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('exit 1 with the error JSON and one readable line, in the language of the locale', () => {
  const bad = run(['plan'], '{"orders":{"return_rate":2},"x":1}');
  assert.equal(bad.status, 1);
  assert.deepEqual(JSON.parse(bad.stdout).errors.map((e) => e.path), ['orders.return_rate', 'x']);
  assert.equal(bad.stderr, 'growthcalc: “Return rate” must be 0..1, not 2. (and 1 more)\n');
  assert.match(run(['plan'], '{"orders":{"return_rate":2}}', { LC_ALL: 'zh_CN.UTF-8' }).stderr, /退货率/);
});

test('exit 2 for usage: no command, unknown ones, unreadable files', () => {
  for (const args of [[], ['plam'], ['plan', '--nope'], ['plan', '/no/such/file'], ['explain'], ['batch', '--threads', '0']]) {
    assert.equal(run(args).status, 2, args.join(' '));
  }
  assert.equal(run(['--help']).status, 0);
});

test('lists, one whole, unknown ids', () => {
  assert.ok(JSON.parse(run(['presets']).stdout).presets.length >= 12);
  assert.ok(JSON.parse(run(['policies']).stdout).policies.length >= 13);
  assert.ok(JSON.parse(run(['facts']).stdout).facts.length >= 150);
  assert.equal(JSON.parse(run(['facts', 'F68']).stdout).number, 2.44);
  assert.equal(JSON.parse(run(['schema', 'scenario']).stdout).$id, 'growth.scenario/1');
  const unknown = run(['presets', 'a "quoted" \\ one']);
  assert.equal(unknown.status, 1);
  assert.equal(JSON.parse(unknown.stdout).errors[0].got, 'a "quoted" \\ one');
});

test('explain gives definition, formula and numbers; --month picks the month', () => {
  const explanation = JSON.parse(run(['explain', 'settled_gmv', '--month', '2']).stdout);
  assert.equal(explanation.section, 'summary');
  const month = JSON.parse(run(['explain', 'months.settled_gmv', '--month', '2', '-'], '{}').stdout);
  assert.equal(month.month, 2);
  assert.match(month.with_numbers, /^52,043\.3\*\(1 - 0\.1\)$/);
  assert.equal(run(['explain', 'nothing']).status, 1);
});

test('cases: a table for reading, JSON for machines, all met', () => {
  assert.match(run(['cases']).stdout, /\d+ met, 0 missed\n$/);
  const answer = JSON.parse(run(['cases', '--json']).stdout);
  assert.ok(answer.cases.length >= 10);
  assert.ok(answer.cases.every((c) => c.met));
});

test('--pretty indents the same JSON', () => {
  const flat = run(['plan'], '{}').stdout;
  const pretty = run(['plan', '--pretty'], '{}').stdout;
  assert.deepEqual(JSON.parse(pretty), JSON.parse(flat));
  assert.match(pretty, /\n {2}"schema"/);
});

test('batch answers every line in order, bad and empty ones with an error object', () => {
  const lines = ['{"name":"a"}', 'not json', '', '{"name":"b"}\r', '{"horizon_months":0}', '{"name":"c"}'];
  const batch = run(['batch'], lines.join('\n')); // the last line has no line break
  assert.equal(batch.status, 1);
  const answers = batch.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.equal(answers.length, 6);
  assert.deepEqual(answers.map((a) => a.scenario?.name ?? a.errors[0].code), ['a', 'bad_json', 'bad_json', 'b', 'out_of_range', 'c']);
  assert.match(batch.stderr, /3 of 6 lines had errors/);
  const same = run(['batch'], lines.join('\n') + '\n');
  assert.equal(same.stdout, batch.stdout);
  assert.equal(run(['batch'], '').stdout, '');
});

test('a line beyond the limit is refused and the next one answered', () => {
  const long = `{"name":"${'x'.repeat(6 << 20)}"}`;
  const answers = run(['batch'], `${long}\n{"name":"after"}\n`).stdout.trimEnd().split('\n').map((l) => JSON.parse(l));
  assert.equal(answers[0].errors[0].code, 'too_large');
  assert.equal(answers[1].scenario.name, 'after');
});

test('batch: the same answers for every number of threads', () => {
  const lines = Array.from({ length: 300 }, (_, i) => (i % 7 === 3 ? 'bad' : JSON.stringify({ private: { users: i * 100 }, horizon_months: 1 + (i % 24) })));
  const one = run(['batch'], lines.join('\n'));
  for (const threads of ['2', '3', '16']) {
    assert.equal(run(['batch', '--threads', threads], lines.join('\n')).stdout, one.stdout);
  }
});

test('100,000 lines stream in constant memory and none is lost', async () => {
  const count = 100_000;
  const child = spawn(program, ['batch', '--threads', '2', '--command', 'diagnose'], { stdio: ['pipe', 'pipe', 'ignore'] });
  let lines = 0;
  let peak = 0;
  child.stdout.on('data', (chunk) => {
    for (const byte of chunk) if (byte === 10) lines += 1;
  });
  const done = new Promise((resolve) => child.on('close', resolve));
  for (let i = 0; i < count; i += 1) {
    if (!child.stdin.write(`{"horizon_months":1,"private":{"users":${i}}}\n`)) {
      await new Promise((resolve) => child.stdin.once('drain', resolve));
    }
    if (i % 5000 === 0) {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peak = Math.max(peak, Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0));
    }
  }
  child.stdin.end();
  assert.equal(await done, 0);
  assert.equal(lines, count);
  assert.ok(peak < 40_000, `resident memory ${peak} kB`);
});
