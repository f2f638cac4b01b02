// What the pictures have in common: amounts, the state of an answer, tables.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { signal } from '@preact/signals-core';
import type { Plan } from '@engine/growth.js';
import { catalogue, fieldAt } from '../data.js';
import quantities from '../generated/quantities.json';
import { ft, type FuturesKey } from '../i18n/futures.js';
import { inUnit, pick } from '../i18n/index.js';
import { count, full, isPercent, percent, reading } from '../numbers.js';
import { language } from '../state.js';
import type { Text } from '../types.js';
import type { Question } from './state.js';

interface Quantity {
  id: string;
  unit: string;
  label: Text;
}
const { summary, unit_economics: unitEconomics } = quantities as Record<'summary' | 'unit_economics', Quantity[]>;
export { summary, unitEconomics };
export const quantityAt = (id: string): Quantity => [...summary, ...unitEconomics, ...catalogue.columns].find((q) => q.id === id)!;

export const amount = (unit: string, value: number): string => reading(value, unit, language.value);
/** Two digits that matter, where a range says the rest. */
export const rough = (unit: string, value: number): string => (isPercent(unit) ? percent(Number(value.toPrecision(2)), language.value, 3).replace('-', '−') : amount(unit, value));
export const metricAmount = (id: string, value: number) => amount(quantityAt(id).unit, value);

/** A value of an input, with its unit in words where the sign does not say it. */
export function inputAmount(path: string, value: number, exact = false): string {
  const { unit } = fieldAt(path);
  // Whole numbers up to a million are read out.
  const spelled = exact && !isPercent(unit) && Math.abs(value) >= 1000 && Math.abs(value) < 1e6;
  const text = spelled ? (unit.startsWith('yuan') ? '¥' : '') + full(value, language.value) : exact ? amount(unit, value) : rough(unit, value);
  return inUnit(text, unit);
}
export const chance = (p: number) => percent(p, language.value, p > 0.995 || p < 0.005 ? 2 : 0);
export const whole = (value: number) => count(Math.round(value), language.value);
/** Out of a hundred, never 100 of what may fail nor 0 of what may be. */
export const in100 = (p: number) => (p >= 1 || p <= 0 ? Math.round(p * 100) : Math.min(99, Math.max(1, Math.round(p * 100))));

/** Inner widths of the pictures, in px: of a card as wide as the page, and of one of two beside each other;
 *  and the height of the latter. */
export const widths = signal({ whole: 324, half: 324, short: 190 });

/** What stands beside a heading while an answer is not that of the inputs: quiet where it takes a blink. */
export function stateView<T>(question: Question<T>): TemplateResult {
  const { state } = question;
  const share = question.share.value;
  return html`<span class="state" data-state=${state}>
    ${state === 'updating'
      ? html`<progress max="1" .value=${share ?? 0} aria-label=${ft('state.updating')}></progress>
          <span>${share === undefined ? ft('state.updating') : ft('progress', { share: percent(share, language.value, 0) })}</span>
          <button class="plain" @click=${() => question.stop()}>${ft('stop')}</button>`
      : state === 'stopped' || state === 'old'
        ? html`<span role="status">${ft(`state.${state}`)}</span>
            <button class="plain" @click=${() => question.again()}>${ft(question.wanted ? 'state.again' : 'again')}</button>`
        : nothing}
  </span>`;
}

/** What stands in a card that has nothing to show. */
export function emptyView<T>(question: Question<T>): TemplateResult {
  const { failure } = question;
  if (failure && question.state === 'current') return html`<p class="says fault">${ft('failed', { why: pick(failure.errors[0]!.message) })}</p>`;
  if (question.wanted && question.request.value && question.state !== 'updating') return html`<p class="says">${ft('alloc.askagain')}</p>`;
  return html`<p class="says empty">${ft(question.request.value ? 'state.loading' : 'state.none')}</p>`;
}

/** The table twin of a picture. */
export function twin(head: (string | TemplateResult)[], rows: (string | TemplateResult)[][], caption: string): TemplateResult {
  return html`<details class="twin">
    <summary>${ft('table')}<span class="hidden"> ${caption}</span></summary>
    <div class="scroll" tabindex="0" role="group" aria-label=${caption}>
      <table>
        <thead>
          <tr>
            ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([first, ...rest]) => html`<tr>
              <th scope="row">${first}</th>
              ${rest.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

/** A choice among few, as a labelled select. */
export function choice<Value extends string>(id: string, label: string, values: readonly Value[], chosen: Value, name: (value: Value) => string, take: (value: Value) => void): TemplateResult {
  return html`<label class="choice" for=${id}
    ><span class="hidden">${label}</span>
    <select id=${id} @change=${(event: Event) => take((event.target as HTMLSelectElement).value as Value)}>
      ${values.map((value) => html`<option value=${value} ?selected=${value === chosen}>${name(value)}</option>`)}
    </select></label
  >`;
}

/** The month with the lowest cash, from 0, where that is below zero. */
export const lowestAt = ({ months: { cumulative_cash: cash }, summary }: Plan): number | undefined => (summary.cash_low < 0 ? cash.indexOf(Math.min(...cash)) : undefined);

/** A line through points, as a path. */
export const lineThrough = (points: readonly (readonly [number, number])[]): string => `M${points.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join('L')}`;

/** A label near an edge of a picture stays within it. */
export const anchor = (x: number, width: number) => (x < 22 ? 'start' : x > width - 22 ? 'end' : 'middle');

export const hatch = (id: string) => svg`<pattern id=${id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
  <rect width="5" height="5" class="hatch-ground ${id}"></rect><line x1="0" y1="0" x2="0" y2="5" class="hatch-line"></line></pattern>`;

export const quantileName = (q: string) => ft(`q.${q}` as FuturesKey);
