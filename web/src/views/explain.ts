// How a number came about, asked of the engine at the moment it is wanted.
import { html, nothing, render, type TemplateResult } from 'lit';
import { effect, signal } from '@preact/signals-core';
import { sum } from 'd3-array';
import type { Explanation, Months, Plan, Scenario } from '@engine/growth.js';
import { labelled, pick, t } from '../i18n/index.js';
import { lt } from '../i18n/lower.js';
import { count, isPercent, percent, reading, yuan } from '../numbers.js';
import { engine, language, policy, preset, scenario } from '../state.js';
import type { Text } from '../types.js';
import { putOnClipboard } from './clipboard.js';
import { paybackText } from './results.js';

type Column = Exclude<keyof Months, 'stage'>;

interface Answer {
  title: string;
  /** The month it is of, among how many. */
  month?: { at: number; of: number; step: (month: number) => void } | undefined;
  figure: string;
  note?: string | undefined;
  definition: string;
  formula: string;
  numbers: string;
  terms: { label: string; value: string }[];
}

/** The answer in the language that is chosen now. */
const shown = signal<(() => Answer) | undefined>(undefined);
const copied = signal<'done' | 'failed' | undefined>(undefined);
const plain = signal<string | undefined>(undefined);

let dialog: HTMLDialogElement | undefined;

/** An answer the engine has no formula for, told with its numbers. */
export function askWords(answer: () => Answer): void {
  copied.value = undefined;
  plain.value = undefined;
  shown.value = answer;
  if (!dialog) {
    const host = document.querySelector<HTMLElement>('#asked')!;
    effect(() => void render(explainView(), host));
    dialog = host.querySelector('dialog')!;
  }
  if (!dialog.open) dialog.showModal();
}

/** Signs of arithmetic as people write them. */
export const readable = (formula: string) => formula.replace(/\*/g, ' × ').replace(/ - /g, ' − ').replace(/\//g, ' ÷ ').replace(/\^/g, ' ^ ');

function exact(value: number, unit: string): string {
  if (isPercent(unit)) return percent(value, language.value, 3);
  if (unit.startsWith('yuan') && Math.abs(value) < 10000) return yuan(value, language.value);
  return reading(value, unit, language.value);
}

/** The numbers that were put in; of a plain sum over the months they are the months themselves. */
function numbersOf(e: Explanation, plan: Plan): string {
  const column = /^sum\((\w+)\)$/.exec(e.formula)?.[1] as Column | undefined;
  if (e.with_numbers || !column || e.value === null) return readable(e.with_numbers);
  return `${plan.months[column].map((value) => exact(value, e.unit)).join(' + ')} = ${exact(e.value, e.unit)}`;
}

function figureOf({ id, value, unit }: Explanation): string {
  if (id === 'payback_month') return paybackText(value);
  return value === null ? lt('explain.nonumber') : exact(value, unit);
}

const answerOf = (e: Explanation, of: Scenario, plan: Plan, average: number | undefined): Answer => ({
  title: pick(e.label),
  month: e.month === null ? undefined : { at: e.month, of: plan.months.month.length, step: (month) => show(`months.${e.id}`, of, month) },
  figure: figureOf(e),
  note: average !== undefined && e.value !== null ? lt('explain.average', { total: exact(e.value, e.unit), months: average, value: exact(e.value / average, e.unit) }) : undefined,
  definition: pick(e.definition),
  formula: readable(pick(e.in_words)),
  numbers: numbersOf(e, plan),
  terms: e.terms.map((term) => ({ label: pick(term.label), value: exact(term.value, term.unit) })),
});

function show(metric: string, of: Scenario, month?: number, average?: number): void {
  const answer = engine.value?.run('explain', { ...of, explain: { metric, ...(month === undefined ? {} : { month }) } });
  const plan = engine.value?.run('plan', of);
  if (!answer || 'errors' in answer || !plan || 'errors' in plan) return;
  askWords(() => answerOf(answer, of, plan, average));
}

export function ask(metric: string, month?: number, average?: number): void {
  show(metric, scenario.value, month, average);
}

/** The chance that the plan makes money, as many futures say it. */
export function askChance({ profit, trials, months }: { profit: number; trials: number; months: number }): void {
  askWords(() => ({
    title: lt('chance.title'), figure: percent(profit, language.value, 2), definition: lt('chance.definition', { months }),
    formula: lt('chance.formula'), numbers: `${count(Math.round(profit * trials), language.value)} ÷ ${count(trials, language.value)} = ${percent(profit, language.value, 2)}`, terms: [],
  }));
}

/** A column of the months added up. */
export function askSum(column: { id: string; label: Text; unit: string }, values: readonly number[]): void {
  const month = engine.value?.run('explain', { ...scenario.value, explain: { metric: `months.${column.id}`, month: 1 } });
  if (!month || 'errors' in month) return;
  askWords(() => ({
    title: `${pick(column.label)} · ${lt('table.total')}`, figure: exact(sum(values), column.unit), definition: pick(month.definition),
    formula: lt('explain.sum', { label: pick(column.label), months: values.length }),
    numbers: `${values.map((value) => exact(value, column.unit)).join(' + ')} = ${exact(sum(values), column.unit)}`, terms: [],
  }));
}

/** A number the engine found by leaving something out of the plan and running it again. */
export function askWithout(name: () => string, profit: number, without: number): void {
  askWords(() => ({
    title: name(), figure: exact(without, 'yuan'), definition: lt('explain.without', { name: name() }), formula: lt('explain.without.formula'),
    numbers: `${exact(profit, 'yuan')} − ${exact(profit - without, 'yuan')} = ${exact(without, 'yuan')}`, terms: [],
  }));
}

/** The number with its definition, for a chat: what keeps amounts whole on the page is left out. */
function textOf(answer: Answer): string {
  const { expired, name } = policy.value ?? {};
  const line = (of: string, text: string) => text && labelled(of, text);
  return [
    line(answer.title + (answer.month ? ` · ${t('chart.month', { month: answer.month.at })}` : ''), answer.figure),
    answer.note,
    line(lt('explain.definition'), answer.definition),
    line(lt('explain.formula'), answer.formula),
    line(lt('explain.numbers'), answer.numbers),
    `${lt('explain.from', { name: pick(preset.value.name) })}${expired ? ` ${lt('explain.expired', { name: pick(name!) })}` : ''}`,
  ].filter(Boolean).join('\n').replace(/\u2060/g, '');
}

async function copy(text: string): Promise<void> {
  const done = await putOnClipboard(text, () => {
    plain.value = text;
    return dialog!.querySelector('textarea')!;
  });
  copied.value = done ? 'done' : 'failed';
}

const part = (heading: string, text: string): TemplateResult | typeof nothing => (text ? html`<h3>${heading}</h3><p class="formula">${text}</p>` : nothing);

function explainView(): TemplateResult {
  const e = shown.value?.();
  const step = (by: number, name: string) => {
    const { at, of, step: go } = e!.month!;
    return html`<button type="button" class="button" ?disabled=${at + by < 1 || at + by > of} @click=${() => go(at + by)}>${name}</button>`;
  };
  return html`<dialog class="explain" aria-labelledby="explain-heading">
    ${e
      ? html`<form method="dialog">
          <h2 id="explain-heading">${e.title}${e.month ? html` <small>${t('chart.month', { month: e.month.at })}</small>` : nothing}</h2>
          <p class="figure">${e.figure}</p>
          ${e.note ? html`<p>${e.note}</p>` : nothing}
          ${e.month ? html`<p class="steps">${step(-1, lt('explain.before'))} ${step(1, lt('explain.next'))}</p>` : nothing}
          ${part(lt('explain.definition'), e.definition)} ${part(lt('explain.formula'), e.formula)} ${part(lt('explain.numbers'), e.numbers)}
          ${e.terms.length > 0
            ? html`<h3>${lt('explain.terms')}</h3>
                <dl>
                  ${e.terms.map((term) => html`<div><dt>${term.label}</dt><dd>${term.value}</dd></div>`)}
                </dl>`
            : nothing}
          ${policy.value?.expired ? html`<p class="trial">${lt('explain.expired', { name: pick(policy.value.name) })}</p>` : nothing}
          <p class="actions">
            <button class="button" autofocus>${lt('explain.close')}</button>
            <button type="button" class="button" @click=${() => copy(textOf(e))}>${lt('explain.copy')}</button>
          </p>
          ${plain.value === undefined ? nothing : html`<textarea class="copy" readonly rows="5" aria-label=${lt('explain.copy')} .value=${plain.value}></textarea>`}
          <p role="status">${copied.value ? lt(`explain.copied.${copied.value}`) : ''}</p>
        </form>`
      : nothing}
  </dialog>`;
}
