// Tables handed out as CSV, against what the engine answers: to the last digit.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const papa = createRequire(new URL('../../web/package.json', import.meta.url))('papaparse');
export const { columns } = JSON.parse(readFileSync(new URL('../../wasm/catalogue.json', import.meta.url), 'utf8')).quantities;

/** The rows of a file that Excel reads as UTF-8. */
export function parsed(bytes) {
  const content = bytes.toString('utf8');
  assert.equal(content[0], '\uFEFF');
  assert.ok(content.endsWith('\r\n'));
  return papa.parse(content.slice(1), { skipEmptyLines: true }).data;
}

export function assertMonths([head, ...rows], { months }) {
  assert.equal(rows.length, months.month.length);
  for (const { id } of columns) {
    const at = head.findIndex((cell) => cell.startsWith(`${id} `));
    assert.deepEqual(rows.map((row) => Number(row[at])), months[id].map((value) => value + 0), id);
  }
  assert.deepEqual(rows.map((row) => row[2]), months.stage.map((stage) => stage ?? ''));
}

export function assertFutures([head, ...rows], { months }) {
  for (const [id, spread] of Object.entries(months)) {
    for (const q of Object.keys(spread)) {
      const at = head.findIndex((cell) => cell.startsWith(`${id}.${q} `));
      assert.deepEqual(rows.map((row) => Number(row[at])), spread[q], `${id}.${q}`);
    }
  }
}
