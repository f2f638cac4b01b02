// What stands in the cells of plans beside each other.
import assert from 'node:assert/strict';
import { yuan } from './shown.mjs';

/** A cell of a metric of money: its number, and how it stands to the base unless it is the base's own. */
export function assertMoney(cell, metric, { summary }, { summary: base }, why) {
  const what = `${why} ${metric}: ${cell} is ${summary[metric]}`;
  assert.ok(cell.startsWith(yuan(summary[metric])), what);
  const difference = summary[metric] - base[metric];
  if (summary === base) assert.doesNotMatch(cell, /[▲▼]|一样/, 'the base is not measured against itself');
  else if (Math.abs(difference) > 1) assert.ok(cell.includes(difference > 0 ? '▲' : '▼') && cell.includes(yuan(Math.abs(difference))), what);
}
