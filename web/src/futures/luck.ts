// The luck of the months: how far natural traffic goes up and down by itself.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { signal } from '@preact/signals-core';
import { ft } from '../i18n/futures.js';
import { pick } from '../i18n/index.js';
import { inputText, percent, readNumber } from '../numbers.js';
import { language } from '../state.js';
import { given, luck, luckNow } from './state.js';

const highest = 3;
const open = signal(false);
const draft = signal<{ text: string; of: number } | undefined>(undefined);
const shown = (value: number) => percent(value, language.value, 1);

function fault(): string | undefined {
  if (!draft.value) return undefined;
  const read = readNumber(draft.value.text, 'percent');
  if (read.kind !== 'number') return ft('range.unreadable');
  return read.value >= 0 && read.value <= highest ? undefined : ft('range.range', { low: shown(0), high: shown(highest) });
}

function take(text: string): void {
  draft.value = { text, of: luckNow.value };
  const read = readNumber(text, 'percent');
  if (read.kind !== 'number' || fault()) return;
  luck.value = read.value;
  draft.value = { text, of: read.value };
}

function set(value: number | undefined): void {
  draft.value = undefined;
  luck.value = value;
}

export function luckChip(): TemplateResult {
  const value = luckNow.value;
  return html`<button class="chip spread luck ${value > 0 ? '' : 'sure'}" aria-expanded=${open.value ? 'true' : 'false'} @click=${() => (open.value = !open.value)}>
    ${ft('luck')} ${value > 0 ? `±${shown(value)}` : ft('luck.off')}
  </button>`;
}

export function luckEditor(): TemplateResult | typeof nothing {
  if (!open.value) return nothing;
  const value = luckNow.value;
  const own = luck.value !== undefined;
  const note = given.value.notes.traffic_volatility?.note;
  // What was typed of another preset is gone with it.
  const text = draft.value?.of === value ? draft.value.text : inputText(value, 'rate', language.value);
  const problem = draft.value?.of === value ? fault() : undefined;
  return html`<div class="notes range" role="group" aria-label=${ft('luck')}>
    <p>${ft('luck.help')}</p>
    ${note && !own ? html`<p class="quiet">${pick(note)}</p>` : nothing}
    <div class="three">
      <label>± %
        <span class="entry"
          ><input
            id="luck" type="text" inputmode="decimal" autocomplete="off" aria-label="${ft('luck')} ± %"
            aria-invalid=${problem ? 'true' : 'false'} aria-describedby=${problem ? 'luck-problem' : nothing}
            .value=${live(text)} @input=${(event: Event) => take((event.target as HTMLInputElement).value)}
        /></span>
      </label>
    </div>
    ${problem ? html`<p class="problem" id="luck-problem">${problem}</p>` : nothing}
    <p class="actions">
      ${value > 0 ? html`<button class="plain" @click=${() => set(0)}>${ft('luck.leave')}</button>` : nothing}
      ${own ? html`<button class="plain" @click=${() => set(undefined)}>${ft('range.preset')}</button>` : nothing}
    </p>
  </div>`;
}
