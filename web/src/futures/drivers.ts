// Which guess matters: one by one over each one's own range, and as shares of the uncertainty.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { signal } from '@preact/signals-core';
import { scaleLinear } from 'd3-scale';
import type { Sensitivity } from '@engine/growth.js';
import { ft, type FuturesKey } from '../i18n/futures.js';
import { inSentence, joined, labelled } from '../i18n/index.js';
import { percent } from '../numbers.js';
import { language } from '../state.js';
import { labelOf } from '../views/field.js';
import { choice, emptyView, hatch, inputAmount, metricAmount, stateView, twin } from './parts.js';
import { driverMetric, drivers, futures, luckPath, uncertainty } from './state.js';

const view = signal<'tornado' | 'sobol'>('tornado');
const everything = signal(false);
const few = 5;

const what = () => ft(`metric.${driverMetric.value}` as FuturesKey);
const nameOf = (path: string) => (path === luckPath ? ft('drivers.luck') : labelOf(path));
const money = (value: number) => metricAmount(driverMetric.value, value);
/** Estimates a little beside 0..1 are noise: the picture cuts them there, the table does not. */
const within = (value: number | null) => Math.min(1, Math.max(0, value ?? 0));
const share = (value: number | null) => percent(within(value), language.value, within(value) < 0.1 ? 1 : 0);
const some = <T>(rows: T[]): T[] => (everything.value ? rows : rows.slice(0, few));

function more(length: number): TemplateResult | typeof nothing {
  if (length <= few) return nothing;
  return html`<button class="plain" @click=${() => (everything.value = !everything.value)}>${everything.value ? ft('drivers.few') : ft('drivers.all', { n: length - few })}</button>`;
}

/** Of what the uncertainty comes from, the largest first; where inputs move together it cannot be told. */
const sharesOf = (answer: Sensitivity) => (uncertainty.value.correlation ? [] : answer.sobol.filter((bar) => bar.total !== null));

function tornado(answer: Sensitivity): TemplateResult {
  const bars = answer.tornado;
  const first = bars[0]!;
  const [together] = sharesOf(answer);
  const rows = some(bars);
  const ends = bars.flatMap((bar) => [bar.at_low, bar.at_high]);
  const x = scaleLinear().domain([Math.min(...ends), Math.max(...ends)]).range([0, 300]);
  // Every bar passes through the plan with all inputs at their middle.
  const middle = futures.answer?.central[driverMetric.value] ?? (first.at_low + first.at_high) / 2;
  return html`<p class="says">
      ${joined('sentence', [
        ft('drivers.tornado.says', {
          first: inSentence(labelOf(first.path)), low: inputAmount(first.path, first.low), high: inputAmount(first.path, first.high), what: inSentence(what()),
          atlow: money(first.at_low), athigh: money(first.at_high),
        }),
        together !== undefined && together.path !== first.path && ft('drivers.tornado.other', { first: inSentence(nameOf(together.path)), share: share(together.total) }),
      ])}
    </p>
    <svg width="0" height="0" aria-hidden="true" class="patterns"><defs>${hatch('bar-low')}</defs></svg>
    <ul class="drivers">
      ${rows.map((bar) => {
        const [left, right] = [bar.at_low, bar.at_high].sort((a, b) => a - b) as [number, number];
        const rises = bar.at_high >= bar.at_low;
        const at = x(Math.min(right, Math.max(left, middle)));
        return html`<li>
          <span class="name">${nameOf(bar.path)}</span>
          <svg class="bar" viewBox="0 0 300 14" preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width="300" height="14"></rect>
            <rect class=${rises ? 'low-end' : 'high-end'} x=${x(left)} width=${at - x(left)} height="14"></rect>
            <rect class=${rises ? 'high-end' : 'low-end'} x=${at} width=${x(right) - at} height="14"></rect>
            ${x.domain()[0]! < 0 && x.domain()[1]! > 0 ? svg`<line x1=${x(0)} x2=${x(0)} y1="0" y2="14"></line>` : nothing}
          </svg>
          <small>
            <span><i class="k-low"></i>${inputAmount(bar.path, bar.low)} → <b class=${bar.at_low < 0 ? 'loss' : ''}>${money(bar.at_low)}</b></span>
            <span><i class="k-high"></i>${inputAmount(bar.path, bar.high)} → <b class=${bar.at_high < 0 ? 'loss' : ''}>${money(bar.at_high)}</b></span>
          </small>
        </li>`;
      })}
    </ul>
    <p class="legend"><span><i class="k-low"></i>${ft('drivers.lowbar')}</span><span><i class="k-high"></i>${ft('drivers.highbar')}</span></p>
    ${more(bars.length)}
    ${twin(
      [ft('drivers.input'), ft('drivers.low'), ft('drivers.high'), ft('drivers.atlow', { what: inSentence(what()) }), ft('drivers.athigh', { what: inSentence(what()) })],
      bars.map((bar) => [nameOf(bar.path), inputAmount(bar.path, bar.low), inputAmount(bar.path, bar.high), money(bar.at_low), money(bar.at_high)]),
      labelled(ft('drivers.heading'), ft('drivers.tornado')),
    )}`;
}

function sobol(answer: Sensitivity): TemplateResult {
  if (uncertainty.value.correlation) return html`<p class="says">${ft('drivers.correlated')}</p>`;
  const bars = sharesOf(answer);
  if (bars.length === 0) return html`<p class="says">${ft('drivers.flat')}</p>`;
  const leader = bars[0]!;
  return html`<p class="says">
      ${ft(leader.path === luckPath ? 'drivers.sobol.luck' : 'drivers.sobol.says', {
        first: inSentence(nameOf(leader.path)), share: share(leader.total), own: share(leader.first), what: inSentence(what()),
      })}
    </p>
    <ul class="drivers">
      ${some(bars).map(
        (bar) => html`<li>
          <span class="name">${nameOf(bar.path)}</span>
          <svg class="bar" viewBox="0 0 300 14" preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width="300" height="14"></rect>
            <rect class="total-bar" width=${within(bar.total) * 300} height="14"></rect>
            <rect class="first-bar" width=${within(bar.first) * 300} height="14"></rect>
          </svg>
          <small>
            <span><i class="k-first"></i>${ft('drivers.own')} <b>${share(bar.first)}</b> ${ft('drivers.error', { e: percent(bar.first_error ?? 0, language.value, 1) })}</span>
            <span><i class="k-total"></i>${ft('drivers.withothers')} <b>${share(bar.total)}</b> ${ft('drivers.error', { e: percent(bar.total_error ?? 0, language.value, 1) })}</span>
          </small>
        </li>`,
      )}
    </ul>
    ${more(bars.length)}
    ${twin(
      [ft('drivers.input'), ft('drivers.own'), '±', ft('drivers.withothers'), '±'],
      bars.map((bar) => [nameOf(bar.path), ...[bar.first, bar.first_error, bar.total, bar.total_error].map((v) => percent(v ?? 0, language.value, 1).replace('-', '−'))]),
      labelled(ft('drivers.heading'), ft('drivers.sobol')),
    )}`;
}

export function driversView(): TemplateResult {
  const { answer, state } = drivers;
  const none = !drivers.request.value && Object.keys(uncertainty.value.inputs ?? {}).length === 0;
  return html`<section class="card-box drivers-card ${everything.value ? 'all' : ''}" aria-labelledby="drivers-heading" aria-busy=${state === 'updating'} data-state=${state}>
    <div class="heading">
      <h2 id="drivers-heading">${ft('drivers.heading')}</h2>
      ${stateView(drivers)}
      ${choice('driver-metric', ft('drivers.metric'), ['profit', 'gmv'] as const, driverMetric.value, (m) => ft(`metric.${m}`), (m) => (driverMetric.value = m))}
    </div>
    <div class="tabs" role="group" aria-label=${ft('drivers.view')}>
      ${(['tornado', 'sobol'] as const).map(
        (name) => html`<button aria-pressed=${name === view.value ? 'true' : 'false'} @click=${() => (view.value = name)}>${ft(`drivers.${name}`)}</button>`,
      )}
    </div>
    ${none
      ? html`<p class="says">${ft('drivers.none')}</p>`
      : !answer || answer.tornado.length === 0
        ? emptyView(drivers)
        : view.value === 'tornado'
          ? tornado(answer)
          : sobol(answer)}
  </section>`;
}
