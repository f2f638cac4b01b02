// How many of each month's new customers came back, by month since: a row per cohort.
import { html, nothing, type TemplateResult } from 'lit';
import { sum } from 'd3-array';
import { rt } from '../i18n/records.js';
import { HeatMap } from '../views/heat.js';
import type { Orders } from './answers.js';
import { card, widths } from './pictures.js';
import { share, whole } from './words.js';

/** Rows of the picture; the table has all. */
const most = 24;
const heat = new HeatMap('records');

export function heatmap({ cohorts }: Orders): TemplateResult | typeof nothing {
  const all = cohorts.months.map((month, i) => ({ month, customers: cohorts.customers[i]!, active: cohorts.active[i]! }));
  // The month of the first order itself says nothing of coming back.
  const drawn = all.filter(({ customers, active }) => customers > 0 && active.length > 1).slice(-most);
  if (drawn.length < 2) return nothing;
  const ages = Math.max(...drawn.map(({ active }) => active.length));
  const of = (row: number, age: number) => drawn[row]!.active[age]! / drawn[row]!.customers;
  const told = (row: number, age: number) =>
    rt('p.cohort.told', { month: drawn[row]!.month, n: whole(drawn[row]!.customers), age, active: whole(drawn[row]!.active[age]!), share: share(of(row, age)) });
  /** Of all whose month that was, how many came back. */
  const overall = (age: number) => {
    const seen = all.filter(({ active }) => active.length > age);
    return sum(seen, ({ active }) => active[age]!) / Math.max(1, sum(seen, ({ customers }) => customers));
  };
  const far = Math.min(6, ages - 1);
  const says = far > 1 ? rt('p.cohorts.says', { first: share(overall(1)), n: far, later: share(overall(far)) }) : rt('p.cohorts.one');
  const rows = drawn.map(({ month, active }, row) => ({ name: month, values: active.slice(1).map((_, i) => of(row, i + 1)) }));
  return card(
    'cohorts', rt('p.cohorts'),
    html`${says}${drawn.length < all.filter(({ active }) => active.length > 1).length ? html` ${rt('p.cohorts.cut', { n: drawn.length })}` : nothing}`,
    heat.view(rt('p.cohorts'), widths.value.whole, rows, told, rt('p.cohorts.scale'), share),
    {
      head: [rt('p.cohort.head'), rt('p.cohort.customers'), ...Array.from({ length: Math.max(...all.map(({ active }) => active.length)) - 1 }, (_, i) => String(i + 1))],
      rows: all.map(({ month, customers, active }) => [month, whole(customers), ...Array.from({ length: Math.max(...all.map((c) => c.active.length)) - 1 }, (_, i) => (active[i + 1] === undefined ? '' : whole(active[i + 1]!)))]),
    },
    rt('keys.grid'),
  );
}
