// The months as a table: the twin of every picture, each row explained by the engine.
import { html, type TemplateResult } from 'lit';
import { signal } from '@preact/signals-core';
import { sum } from 'd3-array';
import type { Months, Plan } from '@engine/growth.js';
import { catalogue } from '../data.js';
import { pick, t } from '../i18n/index.js';
import { lt } from '../i18n/lower.js';
import { full, isPercent, percent } from '../numbers.js';
import { language } from '../state.js';
import { ask, askSum } from './explain.js';

const everything = signal(false);

const main = [
  'private_users', 'viewers', 'viewers_2h', 'public_share', 'new_customers', 'orders', 'gmv', 'settled_gmv', 'media_spend',
  'profit', 'cumulative_profit', 'cash', 'cumulative_cash',
];
/** Rows whose months add up to something. */
const additive = (id: string, unit: string) =>
  ['viewers', 'users', 'orders', 'yuan'].includes(unit) &&
  !id.startsWith('cumulative_') && !['private_users', 'private_customers', 'viewers_2h', 'voucher_balance'].includes(id);

function cell(value: number, unit: string): string {
  if (isPercent(unit)) return percent(value, language.value);
  return full(value, language.value).replace('-', '−');
}

export function tableView(plan: Plan): TemplateResult {
  const rows = catalogue.columns.filter((column) => everything.value || main.includes(column.id));
  const months = plan.months.month;
  return html`<section class="card-box" aria-labelledby="table-heading">
    <div class="heading">
      <h2 id="table-heading">${lt('table.heading')}</h2>
      <button class="plain" @click=${() => (everything.value = !everything.value)}>
        ${everything.value ? lt('table.few') : lt('table.all', { n: catalogue.columns.length })}
      </button>
    </div>
    <p class="says">${lt('table.says')}</p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="table-heading">
      <table>
        <thead>
          <tr>
            <th scope="col">${lt('table.row')}</th>
            ${months.map((month) => html`<th scope="col">${t('chart.month', { month })}</th>`)}
            <th scope="col">${lt('table.total')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => {
            const values = plan.months[row.id as Exclude<keyof Months, 'stage'>];
            return html`<tr data-row=${row.id}>
              <th scope="row"><button class="plain" @click=${() => ask(`months.${row.id}`, months.length)}>${pick(row.label)}</button></th>
              ${values.map((value) => html`<td class=${value < 0 ? 'loss' : ''}>${cell(value, row.unit)}</td>`)}
              <td>
                ${additive(row.id, row.unit)
                  ? html`<button class="plain" aria-label=${lt('table.ask', { label: pick(row.label), value: cell(sum(values), row.unit) })} @click=${() => askSum(row, values)}>
                      ${cell(sum(values), row.unit)}
                    </button>`
                  : ''}
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </section>`;
}
