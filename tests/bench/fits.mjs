// Fitting repeat purchase: the engine natively and as WebAssembly, beside a plain fit of the same
// likelihood in SciPy where that is installed. And an order export from file to answer.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { timed } from './timing.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cdnow = join(root, 'tests/data/cdnow_sample_transactions.csv');
const calibrationEnd = '1997-09-30';

/** Repeat orders, day of the last one and days observed, of every customer of the CDNOW sample. */
function histories() {
  const day = (date) => Date.parse(date) / 86400000;
  const days = new Map();
  for (const line of readFileSync(cdnow, 'utf8').trim().split('\n').slice(1)) {
    const [customer, , date] = line.split(',');
    if (date > calibrationEnd) continue;
    if (!days.has(customer)) days.set(customer, new Set());
    days.get(customer).add(day(date));
  }
  return [...days.values()].map((set) => {
    const sorted = [...set].sort((a, b) => a - b);
    return [sorted.length - 1, sorted.at(-1) - sorted[0], day(calibrationEnd) - sorted[0]];
  });
}

const lines = (text) => text.trim().split('\n').map((line) => JSON.parse(line));

/** An export of so many orders of a third as many customers, in the manner of a shop's own. */
function exportOf(orders) {
  let state = 7;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const rows = ['订单号,买家ID,付款时间,实付金额,订单状态'];
  for (let i = 0; i < orders; i += 1) {
    const customer = Math.floor(random() ** 2 * orders * 0.33);
    const date = new Date(Date.UTC(2024, 0, 1 + Math.floor(random() * 700))).toISOString().slice(0, 10);
    rows.push(`E${i},u${customer},${date} 20:15:00,${(20 + 300 * random()).toFixed(2)},已完成`);
  }
  return rows;
}

async function fromFile(folder) {
  const { createGrowth, tableOf } = await import(pathToFileURL(join(root, 'build/wasm/wasm/dist/growth.js')).href);
  const growth = await createGrowth({ records: true });
  const program = join(root, 'build/native/growthcalc');
  const rows = [];
  const cdnowRows = readFileSync(cdnow, 'utf8').trim().split('\n').map((line) => line.split(','));
  const table = tableOf(cdnowRows);
  const ask = (request, bytes) => {
    const answer = growth.run('fit_orders', request, undefined, bytes);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  };
  rows.push(['CDNOW, 6,919 orders', timed(5, 1, () => execFileSync(program, ['fit', 'orders', cdnow, '--calibration-end', calibrationEnd])), timed(5, 2, () => ask({ calibration_end: calibrationEnd }, table))]);
  const big = exportOf(1_000_000);
  const file = join(folder, 'orders.csv');
  writeFileSync(file, big.join('\n'));
  const bytes = tableOf(big.map((row) => row.split(',')));
  rows.push(['an export of 1,000,000 orders', timed(3, 0, () => execFileSync(program, ['fit', 'orders', file], { maxBuffer: 1 << 28 })), timed(3, 0, () => ask({}, bytes))]);
  return rows;
}

export async function printFits() {
  const folder = mkdtempSync(join(tmpdir(), 'growth-fits-'));
  try {
    const file = join(folder, 'histories.txt');
    writeFileSync(file, histories().map((row) => row.join(' ')).join('\n'));
    const native = lines(execFileSync(join(root, 'build/native/tests/growth_customer_base_bench'), [file], { encoding: 'utf8' }));
    const wasm = lines(execFileSync('node', [join(root, 'build/wasm/tests/growth_customer_base_bench.js'), file], { encoding: 'utf8' }));
    // The distribution's Python has its packages, also where another one stands first in the path.
    const scipy = ['/usr/bin/python3', 'python3']
      .map((python) => spawnSync(python, [join(root, 'tests/bench/fit_scipy.py'), file], { encoding: 'utf8' }))
      .find(({ status }) => status === 0);
    const plain = scipy ? Object.fromEntries(lines(scipy.stdout).map((row) => [row.model, row])) : {};
    console.log('\nfit of repeat purchase, ms           native      wasm  w/native   SciPy   wasm goal');
    const goals = { 'file bg_nbd': 1, '1000000 bg_nbd': 200, '100000 pareto_nbd': 500 };
    let of;
    native.forEach((row, i) => {
      const ours = wasm[i];
      const time = row.grouping_ms ?? row.fit_ms;
      const inWasm = ours.grouping_ms ?? ours.fit_ms;
      if (row.of) of = row;
      const name = row.of ? `${row.of === 'file' ? 'CDNOW' : 'synthetic'} ${row.customers}: grouping` : `  ${row.model}`;
      const peer = of.of === 'file' && row.model ? plain[row.model] : undefined;
      const goal = row.model && goals[`${of.of === 'file' ? 'file' : of.customers} ${row.model}`];
      console.log(
        `${name.padEnd(34)}${time.toFixed(2).padStart(9)} ${inWasm.toFixed(2).padStart(9)} ${(inWasm / time).toFixed(2).padStart(9)} ${(peer ? peer.fit_ms.toFixed(1) : '').padStart(7)} ${String(goal ?? '').padStart(9)}`,
      );
    });
    for (const [model, { log_likelihood }] of Object.entries(plain)) console.log(`  SciPy's log-likelihood of ${model}: ${log_likelihood.toFixed(6)}`);
    if (!scipy) console.log('  (SciPy is not installed)');
    console.log('\norder export to answer, ms                   native      wasm');
    for (const [name, nativeMs, wasmMs] of await fromFile(folder)) {
      console.log(`${name.padEnd(41)}${nativeMs.toFixed(0).padStart(9)} ${wasmMs.toFixed(0).padStart(9)}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
