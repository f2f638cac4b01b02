// Beside each field: how sure its number is, and a way to say otherwise.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { signal } from '@preact/signals-core';
import { fieldAt } from '../data.js';
import { ft } from '../i18n/futures.js';
import { pick } from '../i18n/index.js';
import { inputText, isPercent, kindOf, readNumber } from '../numbers.js';
import { each } from '../each.js';
import { base, language, learnedAt, problemAt, valueAt } from '../state.js';
import { labelOf } from '../views/field.js';
import { amount, rough } from './parts.js';
import { faultOf, pertOf, pointsOf, unsure, type Points } from './spread.js';
import { choiceAt, chooseRange, distributionOf, given, mayVary, valueOf } from './state.js';

const open = signal<string | undefined>(undefined);
const openAt = each((path: string) => open.value === path);
/** Texts of the open editor while they are typed. */
const draft = signal<Record<keyof Points, string> | undefined>(undefined);
const names = ['low', 'mode', 'high'] as const;

function toggle(path: string): void {
  open.value = open.value === path ? undefined : path;
  draft.value = undefined;
}

function textsOf(path: string): Record<keyof Points, string> {
  const field = fieldAt(path);
  const now = valueOf(path)!;
  const distribution = distributionOf(path);
  const points = distribution ? pointsOf(distribution, now, field) : { low: now, mode: now, high: now };
  const text = (value: number) => inputText(Number(value.toPrecision(4)), field.unit, language.value);
  return { low: text(points.low), mode: text(points.mode), high: text(points.high) };
}

function fault(path: string): string | undefined {
  if (!draft.value) return undefined;
  const field = fieldAt(path);
  const read = names.map((name) => readNumber(draft.value![name], kindOf(field.unit)));
  if (read.some((r) => r.kind !== 'number')) return ft('range.unreadable');
  const [low, mode, high] = read.map((r) => (r.kind === 'number' ? r.value : 0)) as [number, number, number];
  const wrong = faultOf({ low, mode, high }, field);
  if (wrong === 'range') return ft('range.range', { low: amount(field.unit, field.range[0]), high: amount(field.unit, field.range[1]) });
  return wrong && ft('range.order');
}

function take(path: string, name: keyof Points, text: string): void {
  draft.value = { ...(draft.value ?? textsOf(path)), [name]: text };
  if (fault(path)) return;
  const value = (key: keyof Points) => {
    const read = readNumber(draft.value![key], kindOf(fieldAt(path).unit));
    return read.kind === 'number' ? read.value : NaN;
  };
  chooseRange(path, { at: valueOf(path)!, distribution: pertOf({ low: value('low'), mode: value('mode'), high: value('high') }) });
}

function set(path: string, choice: Parameters<typeof chooseRange>[1]): void {
  draft.value = undefined;
  chooseRange(path, choice);
}

function chipText(path: string): string {
  const field = fieldAt(path);
  const distribution = distributionOf(path);
  if (!distribution) return ft('range.sure');
  const { low, high, ends } = pointsOf(distribution, valueOf(path)!, field);
  return ft(ends ? 'range.ends' : 'range.tenths', { low: rough(field.unit, low), high: rough(field.unit, high) });
}

function editor(path: string): TemplateResult {
  const field = fieldAt(path);
  const now = valueOf(path)!;
  const id = 'r-' + path.replace(/[^a-z0-9]+/g, '-');
  const distribution = distributionOf(path);
  const choice = choiceAt(path);
  const known = learnedAt(path);
  const preset = given.value.uncertainty.inputs?.[path];
  const points = distribution && pointsOf(distribution, now, field);
  const problem = fault(path);
  const texts = draft.value ?? textsOf(path);
  const anchor = choice && choice !== 'certain' ? choice.at : known?.spread ? known.spread.at : preset ? (valueAt(base.value, path) as number) : now;
  const edge = !unsure(now, field);
  const presetNote = given.value.notes[path]?.note;
  const note = known?.spread ? ft(`range.${known.from}`) : presetNote && pick(presetNote);
  return html`<div class="notes range" role="group" aria-label=${ft('range.open', { label: labelOf(path) })} id=${id}>
    <p><b>${ft('range.heading')}</b></p>
    ${note && !choice ? html`<p class="quiet">${note}</p>` : nothing}
    ${distribution && choice !== 'certain' && anchor !== now ? html`<p class="quiet">${ft('range.moved')}</p>` : nothing}
    ${points && !points.ends ? html`<p class="quiet">${ft('range.istenths', { low: rough(field.unit, points.low), high: rough(field.unit, points.high) })}</p>` : nothing}
    ${edge ? html`<p class="quiet">${ft('range.edge', { value: amount(field.unit, now) })}</p>` : nothing}
    ${distribution
      ? html`<div class="three">
          ${names.map(
            (name) => html`<label>
              ${ft(`range.${name}`)}${isPercent(field.unit) ? ' %' : ''}
              <span class="entry"
                ><input
                  type="text" inputmode="decimal" autocomplete="off" data-range="${path}:${name}"
                  aria-invalid=${problem ? 'true' : 'false'} aria-describedby=${problem ? `${id}-problem` : nothing}
                  .value=${live(texts[name])}
                  @input=${(event: Event) => take(path, name, (event.target as HTMLInputElement).value)}
              /></span>
            </label>`,
          )}
        </div>`
      : nothing}
    ${problem ? html`<p class="problem" id="${id}-problem">${problem}</p>` : nothing}
    <p class="actions">
      ${distribution ? html`<button class="plain" @click=${() => set(path, 'certain')}>${ft('range.certain')}</button>` : nothing}
      ${!distribution && !edge
        ? html`<button class="plain" @click=${() => set(path, { at: now, distribution: pertOf(unsure(now, field)!) })}>${ft('range.unsure')}</button>`
        : nothing}
      ${choice && (preset || known?.spread) ? html`<button class="plain" @click=${() => set(path, undefined)}>${ft(known?.spread ? 'range.records' : 'range.preset')}</button>` : nothing}
    </p>
  </div>`;
}

export function rangeOf(path: string): { chip: TemplateResult; editor: TemplateResult } | undefined {
  if (!mayVary(path) || valueOf(path) === undefined || problemAt(path)) return undefined;
  const isOpen = openAt(path);
  return {
    chip: html`<button class="chip spread ${distributionOf(path) ? '' : 'sure'}" aria-expanded=${isOpen ? 'true' : 'false'} @click=${() => toggle(path)}>
      <span>${chipText(path)}</span><span class="hidden"> ${ft('range.open', { label: labelOf(path) })}</span>
    </button>`,
    editor: isOpen ? editor(path) : html``,
  };
}
