// The futures of the full plan, side by side: the engine (simulate, natively and as WebAssembly) and
// JavaScript. Medians of several, all in one run; what is compared with each other takes turns, as a machine
// may run at another speed a second later, and ratios are medians of those within a turn.
//
// JavaScript gets its draws and its noise ready made and stops at the kept columns; the engine's futures
// alone do the same. simulate also reads its request, draws, takes the exact percentiles and writes the
// answer.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run as referenceRun } from '../reference/model.mjs';
import { draws as drawAll, monthlyNoise, months, paths, scenario, sought, split, trials, weighed } from './futures_scenario.mjs';
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

/** A program of tests/bench/futures_runner.cpp; null where it is not built or refuses. */
function runnerMs([command, ...values], what, request) {
  if (!existsSync(values.at(-1) ?? command)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'growth-futures-'));
  try {
    const file = join(folder, 'scenario.json');
    writeFileSync(file, JSON.stringify(request));
    const times = JSON.parse(execFileSync(command, [...values, what, file, '31'], { encoding: 'utf8' }));
    // The first runs are a browser's while it still translates.
    return times === null ? null : median(times.slice(10));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const native = [join(root, 'build/native/tests/growth_futures')];
const inNode = [process.execPath, join(root, 'build/wasm/tests/growth_futures.js')];

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

/** The futures alone: the best JavaScript and the engine, natively and as WebAssembly, in turns. */
function futuresInTurns(peer, columns) {
  const turns = Array.from({ length: 9 }, () => ({
    peer: timed(9, 3, () => peer.run(draws, noise, trials, columns)),
    native: runnerMs(native, 'futures', scenario),
    wasm: runnerMs(inNode, 'futures', scenario),
  }));
  const of = (value) => (turns.some((turn) => value(turn) === null) ? null : median(turns.map(value)));
  const ratio = (a, b) => (a === null || b === null ? null : a / b);
  return {
    peerMs: of((turn) => turn.peer),
    nativeFutures: of((turn) => turn.native),
    wasmFutures: of((turn) => turn.wasm),
    ofNative: of((turn) => ratio(turn.native, turn.wasm)),
    ofPeer: of((turn) => ratio(turn.peer, turn.wasm)),
  };
}

export async function printFutures() {
  const peer = makePeer(certain, paths);
  const columns = peer.prepareColumns(trials);
  const { peerMs, nativeFutures, wasmFutures, ofNative, ofPeer } = futuresInTurns(peer, columns);
  const sorting = sortMs(columns);
  const slow = referenceMs();
  const nativeAll = runnerMs(native, 'simulate', scenario);
  const wasmAll = await wasmMs('simulate', scenario);

  console.log(`\nfull plan, ${trials} futures × ${months} months, ${paths.length} uncertain inputs, monthly noise`);
  console.log('one thread, medians                                           ms   to the best JavaScript');
  const row = (name, ms) => console.log(`${name.padEnd(54)}${ms.toFixed(1).padStart(10)} ${(ms / peerMs).toFixed(2).padStart(12)}`);
  const rowIfBuilt = (name, ms) => (ms === null ? console.log(`${name}: not built`) : row(name, ms));
  row('straightforward JavaScript, the futures', slow);
  row('best JavaScript, the futures', peerMs);
  rowIfBuilt('engine, native, the futures', nativeFutures);
  rowIfBuilt('engine, wasm in node, the futures', wasmFutures);
  row('best JavaScript, and every month of a column sorted', peerMs + sorting);
  rowIfBuilt('simulate, native: drawn, run, percentiles, JSON', nativeAll);
  rowIfBuilt('simulate, wasm in node: drawn, run, percentiles, JSON', wasmAll);
  if (ofNative !== null) {
    console.log(`wasm runs at ${ofNative.toFixed(2)} of native, ${ofPeer.toFixed(2)} times as fast as the best JavaScript (the futures, turn by turn)`);
  }

  for (const [name, command, request] of [
    ['seek of a median', 'seek', sought],
    ["Sobol' indices, 4,096 base samples", 'sensitivity', weighed],
    ['allocation over 3 channels', 'allocate', split],
  ]) {
    rowIfBuilt(`${name}, native`, runnerMs(native, command, request));
    rowIfBuilt(`${name}, wasm in node`, await wasmMs(command, request));
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
  share('engine, native', nativeFutures, nativePeak);
  share('engine, wasm', wasmFutures, wasmPeak);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await printFutures();
