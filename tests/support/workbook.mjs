// The numbers of a workbook against the engine's.
import assert from 'node:assert/strict';
import { sheetsOf } from './spreadsheet.mjs';

/** The numbers that stand in rows with labels, past headings. */
const rowsOf = (sheet, from, isRow) => sheet.slice(4).filter((row) => row && isRow(row)).map((row) => row.slice(from));

/** Far less than anybody sees; totals against the size of what they are sums of. */
function close(got, wanted, scale, what) {
  if (wanted === null || wanted === undefined) return assert.equal(got?.text, '—', what);
  assert.ok(got?.number !== undefined, `${what}: ${JSON.stringify(got)} for ${wanted}`);
  const size = Math.max(Math.abs(wanted), scale);
  assert.ok(Math.abs(got.number - wanted) <= 1e-6 * size + 1e-12, `${what}: ${got.number} for ${wanted}`);
}

/** Every number of a workbook in English against the plan and the formulas of its scenario; says how many. */
export function compare(book, plan, { quantities, ages }, why) {
  const sheets = sheetsOf(book);
  const of = (...parts) => parts.flatMap((part) => quantities.filter(({ sheet }) => sheet === part));
  const scales = plan.months.gmv.map((gmv, t) => 1e-3 * (gmv + plan.months.cost_of_goods[t] + plan.months.session_cost[t] + plan.months.fixed_cost[t] + plan.months.media_spend[t]));
  const numbers = (row) => row[2] !== undefined && (row[2].number !== undefined || row[2].text !== undefined);
  let compared = 0;
  const grids = [['Months', of('months', 'terms', 'workings')], ['Ages', of('ages')], ...(sheets.Programmes ? [['Programmes', of('parameters', 'programmes')]] : [])];
  for (const [name, listed] of grids) {
    const rows = rowsOf(sheets[name], 2, numbers);
    assert.equal(rows.length, listed.length, `${why}: ${name}`);
    listed.forEach(({ id, unit, sheet, values }, i) => {
      const shown = name === 'Ages' ? rows[i].slice(0, ages).reverse() : rows[i];
      assert.equal(shown.filter(Boolean).length, values.length, `${why}: ${id}`);
      values.forEach((value, t) => {
        // Of a column the plan says the number, of all others the formulas as the engine works them out.
        const wanted = sheet === 'months' ? plan.months[id][t] : value;
        const scale = unit === 'yuan' && name !== 'Ages' ? scales[t] ?? 0 : 1e-3 * (unit === 'users' ? plan.months.private_users[t] : 1e-3);
        close(shown[t], wanted, scale, `${why}: ${id} ${t + 1}`);
        compared += 1;
      });
    });
  }
  const totals = of('summary', 'unit_economics', 'plan');
  const rows = rowsOf(sheets.Summary, 0, (row) => row[1]?.formula !== undefined);
  assert.equal(rows.length, totals.length);
  totals.forEach(({ id, sheet, values }, i) => {
    const channel = /^max_cost_per_viewer\.(.*)$/.exec(id)?.[1];
    const wanted = sheet === 'plan' ? values[0] : channel ? plan.unit_economics.max_cost_per_viewer_channels[channel] : plan[sheet][id];
    close(rows[i][1], wanted, sheet === 'summary' && /gmv|profit|cash|npv/.test(id) ? 1e-3 * plan.summary.gmv : 1e-3, `${why}: ${id}`);
    compared += 1;
  });
  // Nothing in the whole file is an error.
  for (const [name, sheet] of Object.entries(sheets)) {
    for (const row of sheet) for (const cell of row ?? []) assert.ok(!/^#|^Err:/.test(cell?.text ?? ''), `${why}: ${name} ${cell?.text}`);
  }
  return compared;
}
