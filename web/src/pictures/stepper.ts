// Which month: a slider with a step either way.
import { html, type TemplateResult } from 'lit';
import { pt } from '../i18n/pictures.js';
import { chooseMonth, monthOf } from './state.js';

export function stepper(months: number): TemplateResult {
  const now = monthOf(months);
  return html`<div class="stepper" role="group" aria-label=${pt('month.choose')}>
    <button class="button" aria-label=${pt('month.before')} ?disabled=${now === 0} @click=${() => chooseMonth(now - 1)}>‹</button>
    <input
      type="range" min="1" max=${months} step="1" .value=${String(now + 1)} ?disabled=${months === 1}
      aria-label=${pt('month.choose')} aria-valuetext=${pt('month', { month: now + 1 })}
      @input=${(event: Event) => chooseMonth(Number((event.target as HTMLInputElement).value) - 1)}
    />
    <button class="button" aria-label=${pt('month.after')} ?disabled=${now === months - 1} @click=${() => chooseMonth(now + 1)}>›</button>
    <output>${pt('month', { month: now + 1 })}</output>
  </div>`;
}
