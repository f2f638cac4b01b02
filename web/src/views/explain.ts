// How a number came about, asked of the engine at the moment it is wanted.
import { html, nothing, type TemplateResult } from 'lit';
import { signal } from '@preact/signals-core';
import type { Explanation } from '@engine/growth.js';
import { pick, t } from '../i18n/index.js';
import { isPercent, percent, reading, yuan } from '../numbers.js';
import { engine, language, scenario } from '../state.js';

const shown = signal<Explanation | undefined>(undefined);

export function ask(metric: string, month?: number): void {
  const answer = engine.value?.run('explain', { ...scenario.value, explain: { metric, ...(month === undefined ? {} : { month }) } });
  if (!answer || 'errors' in answer) return;
  shown.value = answer;
  // After the effect has drawn the dialog's content.
  queueMicrotask(() => document.querySelector<HTMLDialogElement>('dialog.explain')?.showModal());
}

/** Signs of arithmetic as people write them. */
const readable = (formula: string) => formula.replace(/\*/g, ' × ').replace(/ - /g, ' − ').replace(/\//g, ' ÷ ').replace(/\^/g, ' ^ ');

function exact(value: number, unit: string): string {
  if (isPercent(unit)) return percent(value, language.value, 3);
  if (unit.startsWith('yuan') && Math.abs(value) < 10000) return yuan(value, language.value);
  return reading(value, unit, language.value);
}

export function explainView(): TemplateResult {
  const e = shown.value;
  return html`<dialog class="explain" aria-labelledby="explain-heading">
    ${e
      ? html`<form method="dialog">
          <h2 id="explain-heading">
            ${pick(e.label)}${e.month !== null ? html` <small>${t('explain.month', { month: e.month })}</small>` : nothing}
          </h2>
          <p class="figure">${e.value === null ? t('explain.nonumber') : exact(e.value, e.unit)}</p>
          <h3>${t('explain.definition')}</h3>
          <p>${pick(e.definition)}</p>
          ${e.formula
            ? html`<h3>${t('explain.formula')}</h3>
                <p class="formula">${readable(pick(e.in_words))}</p>`
            : nothing}
          ${e.with_numbers
            ? html`<h3>${t('explain.numbers')}</h3>
                <p class="formula">${readable(e.with_numbers)}</p>`
            : nothing}
          ${e.terms.length > 0
            ? html`<h3>${t('explain.terms')}</h3>
                <dl>
                  ${e.terms.map((term) => html`<div><dt>${pick(term.label)}</dt><dd>${exact(term.value, term.unit)}</dd></div>`)}
                </dl>`
            : nothing}
          <button class="button" autofocus>${t('explain.close')}</button>
        </form>`
      : nothing}
  </dialog>`;
}
