// A result: what it says in a sentence, what was read, what goes into the plan, and the pictures.
import { html, nothing, type TemplateResult } from 'lit';
import { signal } from '@preact/signals-core';
import { sum } from 'd3-array';
import { fieldAt } from '../data.js';
import { inputAmount, rough } from '../futures/parts.js';
import { rt, hasRecordsKey, type RecordsKey } from '../i18n/records.js';
import type { Distribution } from '@engine/growth.js';
import { joined, pick } from '../i18n/index.js';
import { base, edits, learned, valueAt } from '../state.js';
import { kindOf, type Answer, type Contracts, type Orders, type Sessions } from './answers.js';
import { appliedCount, apply, curves, takenOf, undo, type Taken } from './apply.js';
import * as contracts from './contracts.js';
import * as orders from './orders.js';
import * as sessions from './sessions.js';
import { change, source, type Desk } from './state.js';
import { fieldName, nameOf, whole } from './words.js';

/** Repurchase as the fitted curve instead of rates with errors. */
const exact = signal(false);

function verdictOf(answer: Answer): { head: string; check: string; read: string; body: () => TemplateResult } {
  const rows = whole(answer.rows);
  switch (kindOf(answer)) {
    case 'orders': {
      const known = answer as Orders;
      const { from, to } = known.period;
      return {
        head: orders.verdict(known), check: orders.check(known), body: () => orders.ordersView(known),
        read: rt('read.orders', { rows, customers: whole(known.customers), orders: whole(known.orders), from, to }),
      };
    }
    case 'sessions': {
      const known = answer as Sessions;
      const { from, to } = known.period;
      return { head: sessions.verdict(known), check: '', body: () => sessions.sessionsView(known), read: rt('read.sessions', { rows, sessions: whole(known.sessions), from, to }) };
    }
    case 'contracts': {
      const known = answer as Contracts;
      return {
        head: contracts.verdict(known), check: '', body: () => contracts.contractsView(known),
        read: rt('read.contracts', { rows, contracts: whole(known.contracts), periods: contracts.followed(known) }),
      };
    }
  }
}

function droppedView(answer: Answer): TemplateResult {
  const reasons = Object.entries(answer.dropped).filter(([, n]) => n > 0).sort(([, a], [, b]) => b - a);
  const all = sum(reasons, ([, n]) => n);
  const columns = Object.entries(answer.columns).map(([field, name]) => rt('columns.pair', { field: fieldName(field), name }));
  const used = html`<p class="quiet">${rt('columns.read', { columns: joined('item', columns) })}</p>`;
  if (all === 0) return html`<details class="dropped"><summary>${rt('dropped.none')}</summary>${used}</details>`;
  return html`<details class="dropped">
    <summary>${rt('dropped', { n: whole(all) })}</summary>
    <ul>
      ${reasons.map(([reason, n]) => {
        const rows = answer.dropped_rows[reason] ?? [];
        const key = `drop.${reason}`;
        return html`<li>
          <b>${rt('dropped.row', { reason: hasRecordsKey(key) ? rt(key as RecordsKey) : reason, n: whole(n) })}</b>
          ${rows.length > 0 ? html`<span class="quiet">${rt(rows.length < n ? 'dropped.more' : 'dropped.rows', { rows: joined('item', rows.map(String)) })}</span>` : nothing}
        </li>`;
      })}
    </ul>
    ${used}
  </details>`;
}

/** What stands in an input, or stood in it before these records spoke. */
function otherText(path: string, applied: boolean): string {
  const edit = applied ? learned.value.get(path)?.before.edit : edits.value.get(path);
  const value = edit?.value ?? valueAt(base.value, path);
  if (Array.isArray(value)) return value.length === 0 ? rt('apply.none.now') : listText(path, value.length);
  return typeof value === 'number' ? inputAmount(path, value, true) : rt('apply.none.now');
}
const listText = (path: string, n: number) => rt(fieldAt(path).kind === 'twelve_numbers' ? 'apply.twelve' : 'apply.curve.value', { n });
const newText = ({ path, value }: Taken) => (Array.isArray(value) ? listText(path, value.length) : inputAmount(path, value, true));

/** One standard error either way, or what the distribution has for it. */
function rangeText(path: string, d: Distribution): string {
  const { unit } = fieldAt(path);
  const text = (low: number, high: number) => `${rough(unit, low)}–${rough(unit, high)}`;
  switch (d.dist) {
    case 'uniform':
    case 'triangular':
    case 'pert':
      return text(d.low, d.high);
    case 'normal':
      return `±${rough(unit, d.sd)}`;
    case 'lognormal':
      return text(d.median * Math.exp(-d.sigma), d.median * Math.exp(d.sigma));
    case 'beta':
      return `±${rough(unit, Math.sqrt((d.mean * (1 - d.mean)) / (d.concentration + 1)))}`;
    case 'p10_p90':
      return text(d.p10, d.p90);
  }
}

function applyView(answer: Answer, done: () => void): TemplateResult {
  const hasCurve = curves.some((name) => (answer.scenario.repurchase?.[name]?.length ?? 0) > 0);
  const { taken, unmatched } = takenOf(answer, hasCurve && exact.value);
  const applied = appliedCount(answer);
  const currency = (answer as Partial<Orders>).currency;
  return html`<section class="card-box apply" aria-labelledby="records-apply">
    <h3 id="records-apply">${rt('apply.heading')}</h3>
    <p class="says">${taken.length > 0 ? rt('apply.says') : rt('apply.none')}</p>
    ${hasCurve
      ? html`<fieldset ?disabled=${applied > 0}>
          <legend>${rt('apply.how')}</legend>
          ${([false, true] as const).map(
            (curve) => html`<label class="option">
              <input type="radio" name="records-curve" .checked=${exact.value === curve} @change=${() => (exact.value = curve)} />
              <span>${rt(curve ? 'apply.curve' : 'apply.rates')} <small>${rt(curve ? 'apply.curve.says' : 'apply.rates.says')}</small></span>
            </label>`,
          )}
        </fieldset>`
      : nothing}
    ${taken.length > 0
      ? html`<div class="scroll" tabindex="0" role="group" aria-labelledby="records-apply">
          <table class="models">
            <thead>
              <tr>
                <th scope="col">${rt('apply.field')}</th>
                <th scope="col">${rt(applied > 0 ? 'apply.before' : 'apply.now')}</th>
                <th scope="col">${rt('apply.new')}</th>
              </tr>
            </thead>
            <tbody>
              ${taken.map(
                (entry) => html`<tr>
                  <th scope="row">${nameOf(entry.path)}</th>
                  <td>${otherText(entry.path, applied > 0)}</td>
                  <td>
                    <b>${newText(entry)}</b>
                    ${entry.distribution ? html`<small>${rangeText(entry.path, entry.distribution)}</small>` : nothing}
                  </td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>`
      : nothing}
    ${currency && currency !== 'CNY' ? html`<p class="quiet">${rt('apply.currency', { currency })}</p>` : nothing}
    ${unmatched.length > 0 ? html`<p class="quiet">${rt('apply.unmatched', { channels: joined('item', unmatched) })}</p>` : nothing}
    ${taken.length === 0
      ? nothing
      : html`<p class="actions">
          ${applied > 0
            ? html`<span role="status" class="done">${rt(applied === 1 ? 'apply.done.one' : 'apply.done', { n: applied })}</span>
                <button class="button primary" @click=${done}>${rt('apply.see')}</button>
                <button class="button" data-records-undo @click=${() => undo(answer)}>${rt('apply.undo')}</button>`
            : html`<button class="button primary" data-records-apply @click=${() => apply(answer, hasCurve && exact.value)}>${rt(taken.length === 1 ? 'apply.button.one' : 'apply.button', { n: taken.length })}</button>`}
        </p>`}
  </section>`;
}

export function outcomeView(desk: Desk, answer: Answer, done: () => void): TemplateResult {
  const { head, check, read, body } = verdictOf(answer);
  // Rates or curve is chosen below, in words of its own.
  const warnings = answer.warnings.filter(({ code }) => code !== 'curve_without_spread');
  const of = source.value;
  return html`<div class="verdict" tabindex="-1" data-records-verdict>
      <p class="big">${head}</p>
      ${check ? html`<p>${check}</p>` : nothing}
      <p class="quiet">${desk.file?.sample ? rt('sample.note') : html`<span class="file">${desk.file?.name}</span>`} · ${read}</p>
    </div>
    ${droppedView(answer)}
    <p class="actions">
      <button class="button" @click=${() => change(of, { stage: { at: 'start' } })}>${rt('another')}</button>
      <button class="button" @click=${() => change(of, { stage: { at: 'columns' } })}>${rt('tocolumns')}</button>
    </p>
    ${warnings.length > 0
      ? html`<section class="card-box warnings" aria-labelledby="records-warnings">
          <h3 id="records-warnings">${rt('warnings')}</h3>
          <ul>
            ${warnings.map(({ message }) => html`<li>${pick(message)}</li>`)}
          </ul>
        </section>`
      : nothing}
    ${applyView(answer, done)} ${body()}`;
}
