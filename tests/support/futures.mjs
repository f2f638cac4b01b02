// What the pictures of many futures say, as the engine's numbers fill them, in Chinese.
import assert from 'node:assert/strict';
import { compact, full, percent, yuan } from './shown.mjs';

const chance = (p) => percent(p, p > 0.995 || p < 0.005 ? 2 : 0);

/** The fan's table against a simulation and its plan. */
export function assertFan(rows, { months: fans }, { months }) {
  const fan = fans.cumulative_profit;
  assert.deepEqual(rows, months.month.map((month, i) => [
    `第 ${month} 个月`,
    ...['p5', 'p25', 'p50', 'p75', 'p95', 'mean'].map((q) => full(fan[q][i])),
    full(months.cumulative_profit[i]),
  ]));
}

/** The figures and the histogram's table against a simulation. */
export function assertChances(figures, rows, { probability, totals }) {
  assert.deepEqual(figures.slice(0, 2), [probability.profit_positive, probability.payback].map(chance));
  const { edges, counts } = totals.profit.histogram;
  assert.deepEqual(rows.map((row) => row[2]), counts.map((n) => compact(n)));
  assert.ok(rows[1][0].startsWith(yuan(edges[1])), rows[1][0]);
}

/** The tables of what the result hangs on against a sensitivity. */
export function assertTornado(rows, { tornado }) {
  assert.deepEqual(rows.map((row) => row.slice(3)), tornado.map((bar) => [yuan(bar.at_low), yuan(bar.at_high)]));
}
export function assertShares(rows, { sobol }) {
  assert.deepEqual(rows.map((row) => row.slice(1)), sobol.map((bar) => [bar.first, bar.first_error, bar.total, bar.total_error].map((value) => percent(value))));
}

/** Splits of a budget, row by row and in the end, against an allocation. */
export function assertSplits(rows, results, answer) {
  const splits = [answer.current, answer.equal_split, answer];
  for (const [i, id] of Object.keys(answer.spend).entries()) assert.deepEqual(rows[i], splits.map(({ spend }) => `¥${full(Math.round(spend[id]))}`));
  assert.deepEqual(results, splits.map(({ objective }) => yuan(objective)));
}
