// The futures of the full plan, side by side: the engine (simulate, natively and as WebAssembly) and
// JavaScript. Medians of several, all in one run.
//
// JavaScript gets its draws and its noise ready made and stops at the kept columns; simulate reads its
// request, draws, runs the futures, takes the exact percentiles and writes the answer. Its own time for
// the futures alone is not seen from outside, so it is held against JavaScript with and without the
// percentiles.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run as referenceRun } from '../reference/model.mjs';
import { draws as drawAll, monthlyNoise, months, paths, scenario, sought, trials } from './futures_scenario.mjs';
import { columnNames, makePeer, placeOf } from './peer_model.mjs';
import { median, timed } from './timing.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const { uncertainty, ...certain } = scenario;
const draws = drawAll();
const noise = monthlyNoise();

/** One future after the other through the tests' reference model; a part of them, scaled to all. */
function referenceMs() {
  const some = 256;
  const keysOf = paths.map((path) => path.replace(/\[(\d+)\]/g, '.$1').split('.'));
  return (
    (trials / some) *
    timed(5, 2, () => {
      for (let n = 0; n < some; n += 1) {
        const one = structuredClone(certain);
        keysOf.forEach((keys, k) => {
          keys.slice(0, -1).reduce((node, key) => (node[key] ??= {}), one)[keys.at(-1)] = draws[k][n];
        });
        referenceRun(one, {}, { noise: Array.from({ length: months }, (_, t) => noise[placeOf(months, t, n)]) });
      }
    })
  );
}

/** What a percentile takes in plain JavaScript: each month of each column sorted. */
function sortMs(columns) {
  const month = new Float64Array(trials);
  return timed(5, 1, () => {
    for (const name of columnNames) {
      for (let t = 0; t < months; t += 1) {
        const column = columns[name];
        for (let n = 0; n < trials; n += 1) month[n] = column[placeOf(months, t, n)];
        month.sort();
      }
    }
  });
}

function nativeMs(command, request) {
  const program = join(root, 'build/native/tests/growth_futures');
  if (!existsSync(program)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'growth-futures-'));
  try {
    const file = join(folder, 'scenario.json');
    writeFileSync(file, JSON.stringify(request));
    const times = JSON.parse(execFileSync(program, [command, file, '21'], { encoding: 'utf8' }));
    return times === null ? null : median(times);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function wasmMs(command, request) {
  const module = join(root, 'build/wasm/wasm/dist/growth.js');
  if (!existsSync(module)) return null;
  const { createGrowth } = await import(pathToFileURL(module).href);
  const growth = await createGrowth({ full: true });
  if (growth.run(command, request).errors) return null;
  const text = JSON.stringify(request);
  return timed(15, 5, () => growth.runText(command, text));
}

function peaks() {
  const read = (command, values) => {
    try {
      return JSON.parse(execFileSync(command, values, { encoding: 'utf8' })).billions_per_second;
    } catch {
      return null;
    }
  };
  return [read(join(root, 'build/native/tests/growth_peak'), []), read(process.execPath, [join(root, 'build/wasm/tests/growth_peak.js')])];
}

export async function printFutures() {
  const peer = makePeer(certain, paths);
  const columns = peer.prepareColumns(trials);
  const peerMs = timed(21, 9, () => peer.run(draws, noise, trials, columns));
  const sorting = sortMs(columns);
  const slow = referenceMs();
  const native = nativeMs('simulate', scenario);
  const wasm = await wasmMs('simulate', scenario);

  console.log(`\nfull plan, ${trials} futures × ${months} months, ${paths.length} uncertain inputs, monthly noise`);
  console.log('one thread, medians                                           ms   to the best JavaScript');
  const row = (name, ms) => console.log(`${name.padEnd(54)}${ms.toFixed(1).padStart(10)} ${(ms / peerMs).toFixed(2).padStart(12)}`);
  row('straightforward JavaScript, the futures', slow);
  row('best JavaScript, the futures', peerMs);
  row('best JavaScript, and every month of a column sorted', peerMs + sorting);
  if (native === null) console.log('simulate, native: not there yet');
  else row('simulate, native: drawn, run, percentiles, JSON', native);
  if (wasm === null) console.log('simulate, wasm in node: not there yet');
  else row('simulate, wasm in node: drawn, run, percentiles, JSON', wasm);
  if (native !== null && wasm !== null) console.log(`wasm runs at ${(native / wasm).toFixed(2)} of native`);

  for (const [name, ms] of [
    ['native', nativeMs('seek', sought)],
    ['wasm in node', await wasmMs('seek', sought)],
  ]) {
    if (ms !== null) row(`seek of a median, ${name}`, ms);
  }

  const operations = peer.operationsPerFuture;
  const [nativePeak, wasmPeak] = peaks();
  console.log(`\nabout ${Math.round(operations)} operations per future, counted in the best JavaScript's code`);
  const share = (name, ms, peak) => {
    if (ms === null || peak === null) return;
    const rate = (operations * trials) / ms / 1e6;
    console.log(`${name.padEnd(54)}${rate.toFixed(1).padStart(6)} of ${peak.toFixed(1)} billion/s, ${Math.round((100 * rate) / peak)} % of 128-bit without FMA`);
  };
  share('best JavaScript', peerMs, nativePeak);
  share('simulate, native, all of its time', native, nativePeak);
  share('simulate, wasm, all of its time', wasm, wasmPeak);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await printFutures();
