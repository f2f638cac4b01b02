// A question of one's own: a dialog that works a goal backwards.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { signal } from '@preact/signals-core';
import type { Failure, Scenario, Seek } from '@engine/growth.js';
import { catalogue } from '../data.js';
import { essential, groups } from '../fields.js';
import { dt } from '../i18n/decisions.js';
import { ft } from '../i18n/futures.js';
import { inSentence, labelled, pick, t } from '../i18n/index.js';
import { inputText, kindOf, percent, readNumber } from '../numbers.js';
import { base, channels, choose, language, outcome, scenario } from '../state.js';
import { goTo, labelOf } from '../views/field.js';
import { fieldAt } from '../data.js';
import { inputAmount, metricAmount, quantityAt, summary, unitEconomics } from '../futures/parts.js';
import { asking, trials, withUncertainty } from '../futures/state.js';
import { stopped, type Run } from '../futures/workshop.js';

const statistics = ['plan', 'p50', 'p10'] as const;
type Statistic = (typeof statistics)[number];

interface Question {
  path: string;
  metric: string;
  target: string;
  monthly: boolean;
  /** Of the plan itself, or of its futures. */
  statistic?: Statistic;
}

/** What stands there at first, answered at once. */
const first: Question = { path: 'private.users', metric: 'gmv', target: '1,000,000', monthly: true };

/** Totals of which a monthly average is asked as often. */
const additive = new Set(['gmv', 'settled_gmv', 'profit', 'orders', 'viewers', 'new_customers', 'media_spend']);

const totals = new Set(summary.map((q) => q.id));
const question = signal<Question | undefined>(undefined);
const working = signal<Run<Seek> | undefined>(undefined);
const share = signal(0);
const result = signal<{ asked: Question; target: number; answer: Seek } | undefined>(undefined);
const fault = signal<string | undefined>(undefined);

const horizon = () => scenario.value.horizon_months ?? base.value.horizon_months ?? 12;
const dialog = () => document.querySelector<HTMLDialogElement>('dialog.seek');

function open(): void {
  question.value = first;
  result.value = undefined;
  fault.value = undefined;
  queueMicrotask(() => dialog()?.showModal());
  void work();
}

function change(part: Partial<Question>): void {
  working.value?.stop();
  question.value = { ...question.value!, ...part };
  result.value = undefined;
  fault.value = undefined;
}

async function work(): Promise<void> {
  const asked = question.value!;
  const read = readNumber(asked.target, kindOf(quantityAt(asked.metric).unit));
  if (read.kind !== 'number') {
    fault.value = ft('target.unreadable', { text: asked.target });
    return;
  }
  const factor = asked.monthly && additive.has(asked.metric) ? horizon() : 1;
  const target = read.value * factor;
  // Futures are told of totals only. Every step runs them all, so that the finest fan is not asked for.
  const statistic = totals.has(asked.metric) ? (asked.statistic ?? 'plan') : 'plan';
  const from = withUncertainty.value;
  const request: Scenario =
    statistic === 'plan' || !from
      ? { ...scenario.value, seek: { path: asked.path, metric: asked.metric, target } }
      : { ...from, uncertainty: { ...from.uncertainty, trials: Math.min(8192, trials.value) }, seek: { path: asked.path, metric: asked.metric, target, statistic } };
  fault.value = undefined;
  result.value = undefined;
  share.value = 0;
  const run = asking.run<Seek>('seek', request, (done) => (share.value = done));
  working.value = run;
  const answer = await run.answer;
  if (working.value !== run) return;
  working.value = undefined;
  if (answer === stopped) fault.value = ft('seek.stopped');
  else if ('errors' in (answer as object)) fault.value = ft('failed', { why: pick((answer as Failure).errors[0]!.message) });
  else result.value = { asked, target, answer: answer as Seek };
}

function apply(path: string, value: number): void {
  const rounded = Number(value.toPrecision(6));
  choose(path, rounded, inputText(rounded, fieldAt(path).unit, language.value));
  dialog()?.close();
  goTo(path);
}

/** The metric as it was asked for: a total, or its monthly average. */
function goal({ metric, monthly }: Question, value: number): string {
  const each = monthly && additive.has(metric);
  return metricAmount(metric, each ? value / horizon() : value);
}
const goalName = ({ metric, monthly }: Question) => {
  const name = inSentence(pick(quantityAt(metric).label).replace(/^总/, ''));
  if (!additive.has(metric)) return name;
  if (language.value === 'zh') return monthly ? `月均${name}` : `${horizon()} 个月${name}`;
  return monthly ? `${name} a month` : `${name} over ${horizon()} months`;
};

function resultView({ asked, target, answer }: NonNullable<typeof result.value>): TemplateResult {
  const { path } = asked;
  const at = (value: number) => inputAmount(path, value, true);
  const reached = (value: number | null) => (value === null ? ft('seek.nothing') : goal(asked, value));
  const words = {
    path: labelOf(path), metric: goalName(asked), target: goal(asked, target),
    current: at(answer.current.value), now: reached(answer.current.reached),
  };
  if (answer.status === 'unreachable' || answer.value === null) {
    return html`<p class="figure-line">
      ${answer.met_now
        ? ft('seek.unreachablemet', words)
        : ft('seek.unreachable', { ...words, value: at(answer.best.value), reached: reached(answer.best.reached) })}
    </p>`;
  }
  const value = answer.value;
  const { statistic = 'plan' } = asked;
  return html`<p class="figure">${at(value)}</p>
    <p>${statistic !== 'plan' && totals.has(asked.metric) ? ft(`seek.of.${statistic}`) : nothing}${ft(answer.met_now ? 'seek.foundmet' : 'seek.found', { ...words, value: at(value) })}</p>
    ${answer.crossings.length > 1
      ? html`<p class="quiet">${ft('seek.several', { n: answer.crossings.length })}</p>
          <ul class="crossings" aria-label=${ft('seek.crossings')}>
            ${answer.crossings.map((crossing) => html`<li>${labelled(at(crossing.value), reached(crossing.reached))}</li>`)}
          </ul>`
      : nothing}
    <button type="button" class="button" @click=${() => apply(path, value)}>${ft('seek.apply', { value: at(value) })}</button>`;
}

const numeric = (path: string) => fieldAt(path).kind === 'number' || fieldAt(path).kind === 'whole';

function form(asked: Question): TemplateResult {
  const { unit } = quantityAt(asked.metric);
  const picked = (value: string, chosen: string, name: string) => html`<option value=${value} ?selected=${value === chosen}>${name}</option>`;
  const usual = essential.filter(numeric);
  return html`<div class="row">
      <label for="seek-path">${ft('seek.path')}</label>
      <select id="seek-path" @change=${(event: Event) => change({ path: (event.target as HTMLSelectElement).value })}>
        <optgroup label=${t('inputs.essential')}>${usual.map((path) => picked(path, asked.path, labelOf(path)))}</optgroup>
        ${groups(channels.value.length).map(
          (group) => html`<optgroup label=${t(group.title)}>${group.paths.filter(numeric).map((path) => picked(path, asked.path, labelOf(path)))}</optgroup>`,
        )}
      </select>
    </div>
    <div class="row">
      <label for="seek-metric">${ft('seek.metric')}</label>
      <select id="seek-metric" @change=${(event: Event) => change({ metric: (event.target as HTMLSelectElement).value })}>
        ${[...summary, ...unitEconomics].map((q) => picked(q.id, asked.metric, pick(q.label)))}
      </select>
    </div>
    <div class="row">
      <label for="seek-target">${ft('seek.target')}</label>
      <span class="pair">
        <span class="entry">
          <input
            id="seek-target"
            type="text"
            inputmode="decimal"
            autocomplete="off"
            aria-invalid=${fault.value ? 'true' : 'false'}
            .value=${live(asked.target)}
            @input=${(event: Event) => change({ target: (event.target as HTMLInputElement).value })}
          />
          <span class="unit">${pick(catalogue.units[unit] ?? { zh: '', en: '' })}</span>
        </span>
        ${additive.has(asked.metric)
          ? html`<label class="hidden" for="seek-span">${ft('seek.target')}</label>
              <select id="seek-span" @change=${(event: Event) => change({ monthly: (event.target as HTMLSelectElement).value === 'month' })}>
                ${picked('month', asked.monthly ? 'month' : 'total', ft('seek.permonth'))} ${picked('total', asked.monthly ? 'month' : 'total', ft('seek.total', { months: horizon() }))}
              </select>`
          : nothing}
      </span>
    </div>
    ${totals.has(asked.metric)
      ? html`<div class="row">
          <label for="seek-statistic">${ft('seek.statistic')}</label>
          <select id="seek-statistic" @change=${(event: Event) => change({ statistic: (event.target as HTMLSelectElement).value as Statistic })}>
            ${statistics.map((name) => picked(name, asked.statistic ?? 'plan', ft(`seek.statistic.${name}`)))}
          </select>
        </div>`
      : nothing}`;
}

export function seekView(): TemplateResult {
  const asked = question.value;
  return html`<p class="seek-row">
      <button class="button seek-door" aria-haspopup="dialog" ?disabled=${outcome.value.kind !== 'plan'} @click=${open}>${dt('own')}</button>
      <span class="quiet">${dt('own.says')}</span>
    </p>
    <dialog class="seek" aria-labelledby="seek-heading" @close=${() => working.value?.stop()}>
      ${asked
        ? html`<form
            @submit=${(event: Event) => {
              event.preventDefault();
              void work();
            }}
          >
            <h2 id="seek-heading">${ft('seek.heading')}</h2>
            ${form(asked)}
            <button class="button primary">${ft('seek.run')}</button>
            <div class="answer-box" role="status">
              ${working.value
                ? html`<p>
                    ${share.value > 0 ? ft('progress', { share: percent(share.value, language.value, 0) }) : ft('seek.working')}
                    <button type="button" class="plain" @click=${() => working.value?.stop()}>${ft('stop')}</button>
                  </p>`
                : fault.value
                  ? html`<p class="problem">${fault.value}</p>`
                  : result.value
                    ? resultView(result.value)
                    : nothing}
            </div>
            <button type="button" class="button" @click=${() => dialog()?.close()}>${ft('seek.close')}</button>
          </form>`
        : nothing}
    </dialog>`;
}
