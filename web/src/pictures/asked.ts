// Names of quantities in the tables: what the engine can explain is asked by its name.
import { html, type TemplateResult } from 'lit';
import type { Months, Plan } from '@engine/growth.js';
import { catalogue } from '../data.js';
import { summary } from '../futures/parts.js';
import { ask, askSum } from '../views/explain.js';

const asked = (name: string, open: () => void): TemplateResult => html`<button class="plain" @click=${open}>${name}</button>`;
const column = (id: string) => catalogue.columns.find((one) => one.id === id);

/** Of a month, from 1. */
export const inMonth = (id: string, name: string, month: number): string | TemplateResult => (column(id) ? asked(name, () => ask(`months.${id}`, month)) : name);

/** Of all months together. */
export function inAll(id: string, name: string, { months }: Plan): string | TemplateResult {
  if (summary.some((one) => one.id === id)) return asked(name, () => ask(`summary.${id}`));
  const of = column(id);
  return of ? asked(name, () => askSum(of, months[id as Exclude<keyof Months, 'stage'>])) : name;
}
