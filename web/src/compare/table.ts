// The plans side by side: what each comes to, with the difference to the base, and the inputs that differ.
import { html, nothing, type TemplateResult } from 'lit';
import { signal } from '@preact/signals-core';
import { chance } from '../futures/parts.js';
import { ct } from '../i18n/compare.js';
import { pick } from '../i18n/index.js';
import { preset } from '../state.js';
import { baseCase, columns, isPlanned, type Case, type Planned } from './cases.js';
import { anyUnknown, askChances, chanceOf, stopChances, working } from './chances.js';
import { chanceDifference, differenceOf, metrics, sameText, type Difference, type Metric } from './difference.js';
import { differing } from './inputs.js';
import { inWords } from './whatif.js';

const everything = signal(false);
/** Rows of inputs that are shown at first. */
const few = 8;

const toBase = (found: Difference | undefined) =>
  found ? html`<small class=${found.sign === 0 ? '' : found.better === true ? 'better' : found.better === false ? 'worse' : 'other'}>${inWords(found)}</small>` : nothing;

function head(one: Case, base: Planned): TemplateResult {
  const note = one.id === 'preset' ? pick(preset.value.name) : '';
  return html`<th scope="col" data-column=${one.id}>
    <span class="name">${one.name}</span>
    ${note ? html`<small>${note}</small>` : nothing} ${one.id === base.id ? html`<span class="chip">${ct('base')}</span>` : nothing}
    ${isPlanned(one) ? nothing : html`<small>${one.snapshot ? ct('errors', { n: one.errors }) : ct('corrupt')}</small>`}
  </th>`;
}

function metricRow(metric: Metric, list: Case[], base: Planned): TemplateResult {
  return html`<tr data-metric=${metric.id}>
    <th scope="row">${metric.label()}</th>
    ${list.map((one) => {
      const value = metric.read(one);
      return html`<td data-column=${one.id}>
        <b class=${typeof value === 'number' && (value < 0 || value === Infinity) ? 'loss' : ''}>${metric.show(value)}</b>
        ${one.id === base.id ? nothing : toBase(differenceOf(metric, one, base))}
      </td>`;
    })}
  </tr>`;
}

function chanceCell(one: Case, base: Planned): TemplateResult {
  const found = chanceOf(one);
  if (found.is !== 'known') return html`<td data-column=${one.id}><span class="quiet">${isPlanned(one) ? ct(`chance.${found.is}`) : '–'}</span></td>`;
  const before = chanceOf(base);
  const difference = one.id === base.id || before.is !== 'known' ? undefined : found.value === before.value ? sameText() : chanceDifference(found.value, before.value);
  return html`<td data-column=${one.id}><b>${chance(found.value)}</b> ${toBase(difference)}</td>`;
}

function chanceRow(list: Case[], base: Planned): TemplateResult {
  const state = working.value;
  return html`<tr data-metric="chance">
    <th scope="row">
      ${ct('chance')}
      ${state
        ? html`<span class="quiet" role="status">${ct('chance.progress', { n: state.done + 1, all: state.all })}</span> <button class="plain" @click=${stopChances}>${ct('chance.stop')}</button>`
        : anyUnknown()
          ? html`<button class="button" data-ask @click=${() => void askChances()}>${ct('chance.ask')}</button>`
          : nothing}
    </th>
    ${list.map((one) => chanceCell(one, base))}
  </tr>`;
}

function inputRows(list: Case[], base: Planned): TemplateResult | typeof nothing {
  const sides = [base, ...list.filter((one): one is Planned => isPlanned(one) && one.id !== base.id)];
  const rows = differing(sides);
  if (rows.length === 0) return nothing;
  const shown = everything.value ? rows : rows.slice(0, few);
  return html`<tbody class="inputs-rows">
    <tr>
      <th scope="rowgroup" colspan=${list.length + 1}><span>${ct('inputs', { n: rows.length })}</span></th>
    </tr>
    ${shown.map(
      ({ key, label, texts }) => html`<tr data-input=${key}>
        <th scope="row">${label}</th>
        ${list.map((one) => {
          const at = sides.findIndex(({ id }) => id === one.id);
          const text = texts[at];
          if (text === undefined) return html`<td data-column=${one.id}>–</td>`;
          return html`<td data-column=${one.id}>${text === texts[0] ? html`<span class="quiet">${text}</span>` : html`<b>${text}</b>`}</td>`;
        })}
      </tr>`,
    )}
    ${rows.length > few
      ? html`<tr class="more">
          <td colspan=${list.length + 1}>
            <button class="plain" aria-expanded=${everything.value ? 'true' : 'false'} @click=${() => (everything.value = !everything.value)}>
              ${everything.value ? ct('inputs.few') : ct('inputs.more', { n: rows.length - few })}
            </button>
          </td>
        </tr>`
      : nothing}
  </tbody>`;
}

export function sideBySide(): TemplateResult {
  const [list, base] = [columns.value, baseCase.value];
  const months = new Set(list.filter(isPlanned).map(({ plan }) => plan.months.month.length));
  return html`${months.size > 1 ? html`<p class="says">${ct('horizons')}</p>` : nothing}
    <div class="columns" tabindex="0" role="group" aria-label=${ct('table')}>
      <table>
        <thead>
          <tr>
            <td></td>
            ${list.map((one) => head(one, base))}
          </tr>
        </thead>
        <tbody>
          ${metrics.map((metric) => metricRow(metric, list, base))} ${chanceRow(list, base)}
        </tbody>
        ${inputRows(list, base)}
      </table>
    </div>`;
}
