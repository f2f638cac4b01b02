// Runs the reference model on every example of a folder and prints the worst relative difference per part.
//
//   node check_examples.mjs FOLDER
//
// Exit 1 if anything differs by more than 1e-11 relative (1e-9 absolute near zero), is missing, or is of another kind.

import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { plan } from './model.mjs';

const RELATIVE = 1e-11;
const ABSOLUTE = 1e-9;

/** |a-b| / max(|a|, |b|, scale): the scale makes RELATIVE on it the same as ABSOLUTE. */
export function relativeDifference(a, b, scale = ABSOLUTE / RELATIVE) {
  if (a === b) return 0;
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), scale);
}

/** Worst difference below `path`; every key of `expected` must be met, keys only the reference has are left alone. */
export function worst(expected, got, path = '') {
  let result = { difference: 0, path };
  const take = (other) => {
    if (!(other.difference <= result.difference)) result = other;
  };
  if (expected === null || got === null || got === undefined || typeof expected === 'string') {
    return { difference: expected === got ? 0 : Infinity, path };
  }
  if (typeof expected === 'number') {
    const difference = typeof got === 'number' ? relativeDifference(expected, got) : Infinity;
    return { difference: Number.isNaN(difference) ? Infinity : difference, path };
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || expected.length !== got.length) return { difference: Infinity, path: `${path} (length)` };
    expected.forEach((value, i) => take(worst(value, got[i], `${path}[${i}]`)));
    return result;
  }
  for (const key of Object.keys(expected)) take(worst(expected[key], got[key], path === '' ? key : `${path}.${key}`));
  return result;
}

function main() {
  const folder = process.argv[2];
  if (folder === undefined) {
    console.error('usage: node check_examples.mjs FOLDER');
    process.exit(2);
  }
  const files = readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
  let failed = files.length === 0;
  for (const file of files) {
    const { scenario, expected } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const got = plan(scenario);
    console.log(file);
    for (const part of ['months', 'summary', 'unit_economics', 'ledger']) {
      const { difference, path } = worst(expected[part], got[part]);
      // Columns and numbers that the example does not have are a fault too, except what a ledger line may add
      const extra =
        part === 'ledger' ? [] : Object.keys(got[part]).filter((key) => expected[part]?.[key] === undefined);
      const ok = difference <= RELATIVE && extra.length === 0;
      if (!ok) failed = true;
      const where = difference > 0 ? ` at ${path}` : '';
      const more = extra.length > 0 ? ` extra: ${extra.join(', ')}` : '';
      console.log(`  ${part.padEnd(15)} ${difference.toExponential(2).padStart(9)} ${ok ? 'ok' : 'FAILED'}${where}${more}`);
    }
  }
  process.exit(failed ? 1 : 0);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) main();
