// Months and futures as CSV: every number in full, for a spreadsheet or a program.
import type { Months, Plan, Simulation } from '@engine/growth.js';
import { catalogue } from '../data.js';
import { et, type ExportKey } from '../i18n/export.js';
import { pick } from '../i18n/index.js';
import { isPercent } from '../numbers.js';

export interface Table {
  head: string[];
  rows: (string | number)[][];
}
type Column = Exclude<keyof Months, 'stage'>;

const quantiles = ['p5', 'p25', 'p50', 'p75', 'p95', 'mean'] as const;
const labelOf = (id: string) => pick(catalogue.columns.find((column) => column.id === id)!.label);
const named = (id: 'plan' | 'month' | 'stage') => `${id} ${et(`csv.${id}`)}`;

/** One row a month, one column a quantity. The engine's id comes first, so that a program finds it in either
 *  language; a share is 0.12, not 12. */
export const monthsTable = ({ months }: Plan, name: string): Table => ({
  head: [
    ...(['plan', 'month', 'stage'] as const).map(named),
    ...catalogue.columns.map(({ id, label, unit }) => {
      const word = isPercent(unit) ? '' : pick(catalogue.units[unit]!);
      return `${id} ${word ? et('csv.unit', { label: pick(label), unit: word }) : pick(label)}`;
    }),
  ],
  rows: months.month.map((month, i) => [name, month, months.stage[i] ?? '', ...catalogue.columns.map(({ id }) => months[id as Column][i]!)]),
});

/** One row a month; of each quantity its quantiles, its mean, and the plan itself. */
export function fanTable({ months: fan }: Simulation, { months }: Plan, name: string): Table {
  const columns = Object.keys(fan) as (keyof typeof fan)[];
  return {
    head: [
      ...(['plan', 'month'] as const).map(named),
      ...columns.flatMap((id) => [...quantiles, 'own' as const].map((q) => `${id}.${q} ${labelOf(id)} ${et(`csv.${q}` satisfies ExportKey)}`)),
    ],
    rows: months.month.map((month, i) => [name, month, ...columns.flatMap((id) => [...quantiles.map((q) => fan[id][q][i]!), months[id][i]!])]),
  };
}

/** What a spreadsheet would compute, in either width of the signs. */
const computed = /^\s*[=+\-@\t\r＝＋－＠]/;

/** With the mark that makes Excel read it as UTF-8; text that would be computed stays text. */
export async function csv({ head, rows }: Table): Promise<string> {
  const { default: papa } = await import('papaparse');
  return `\uFEFF${papa.unparse({ fields: head, data: rows }, { newline: '\r\n', escapeFormulae: computed })}\r\n`;
}
