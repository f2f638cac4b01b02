// The futures month by month: nine in ten lie in the wide band, half in the narrow one.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { signal } from '@preact/signals-core';
import { scaleLinear, scalePoint } from 'd3-scale';
import type { Plan, Simulation } from '@engine/growth.js';
import { ft } from '../i18n/futures.js';
import { inSentence, joined, labelled, pick } from '../i18n/index.js';
import { full } from '../numbers.js';
import { language, outcome } from '../state.js';
import { amountLines, monthNames } from '../views/axes.js';
import { Stops } from '../views/stops.js';
import { amount, choice, emptyView, lineThrough, quantileName, stateView, twin, whole, widths } from './parts.js';
import { luckChip, luckEditor } from './luck.js';
import { columnName, futures, trials, uncertainty } from './state.js';

export type Column = keyof Simulation['months'];
const columns: Column[] = ['cumulative_profit', 'profit', 'gmv', 'viewers', 'private_users', 'cumulative_cash'];
const chosen = signal<Column>('cumulative_profit');
const stops = new Stops('fan');

const height = 250;
const margin = { top: 8, right: 6, bottom: 26, left: 54 };
const quantiles = ['p5', 'p25', 'p50', 'p75', 'p95'] as const;

const shown = (column: Column, value: number) => amount(columnName(column).unit, value);

function sentence(answer: Simulation, plan: Plan, column: Column): string {
  const fan = answer.months[column];
  const last = fan.p50.length - 1;
  const at = (q: (typeof quantiles)[number]) => shown(column, fan[q][last]!);
  const words = { month: last + 1, what: inSentence(pick(columnName(column).label)), p5: at('p5'), p25: at('p25'), p50: at('p50'), p75: at('p75'), p95: at('p95') };
  if (fan.p5[last] === fan.p95[last]) return ft('fan.says.sure', words);
  const own = plan.months[column][last]!;
  const text = shown(column, own);
  const side = text === words.p50 ? 'fan.plan.same' : own > fan.p50[last]! ? 'fan.plan.above' : 'fan.plan.below';
  return joined('sentence', [ft('fan.says.half', words), ft(side, { plan: text })]);
}

function drawing(answer: Simulation, plan: Plan, column: Column): TemplateResult {
  const fan = answer.months[column];
  const own = plan.months[column];
  const months = fan.p50.length;
  const width = widths.value.whole;
  const lowest = Math.min(0, ...fan.p5, ...own);
  const highest = Math.max(0, ...fan.p95, ...own);
  const y = scaleLinear().domain(lowest === highest ? [0, 1] : [lowest, highest]).nice(4).range([height - margin.bottom, margin.top]);
  const x = scalePoint<number>().domain(plan.months.month.map((_, i) => i)).range([margin.left, width - margin.right]).padding(0.5);
  const step = x.step() || width - margin.left - margin.right;
  // A single month has no length: a short stretch stands for it.
  const points = months > 1 ? Array.from({ length: months }, (_, i) => ({ i, x: x(i)! })) : [-16, 16].map((dx) => ({ i: 0, x: x(0)! + dx }));
  const along = (values: readonly number[]) => points.map((p) => [p.x, y(values[p.i]!)] as const);
  const band = (low: number[], high: number[]) => `${lineThrough([...along(high), ...along(low).reverse()])}Z`;
  const path = (values: readonly number[]) => lineThrough(along(values));
  const frame = { width, height, margin };
  const inside = svg`
    <g class="axis" aria-hidden="true">
      ${amountLines(frame, y, (tick) => shown(column, tick), { zero: true })} ${monthNames(frame, plan.months.month, (i) => x(i)!)}
    </g>
    <g class="fan" aria-hidden="true">
      <path class="nine" d=${band(fan.p5, fan.p95)}></path>
      <path class="half" d=${band(fan.p25, fan.p75)}></path>
      <path class="middle" d=${path(fan.p50)}></path>
      <path class="own" d=${path(own)}></path>
    </g>
    ${plan.months.month.map((month, i) =>
      stops.stop(
        i,
        labelled(ft('month', { month }), joined('comma', [...quantiles.map((q) => `${quantileName(q)} ${shown(column, fan[q][i]!)}`), `${ft('fan.plan')} ${shown(column, own[i]!)}`])),
        { x: x(i)! - step / 2, y: margin.top, width: step, height: height - margin.top - margin.bottom },
        stops.at.value === i ? svg`<circle class="dot" cx=${x(i)!} cy=${y(fan.p50[i]!)} r="4"></circle>` : nothing,
      ),
    )}
  `;
  return stops.frame(width, height, labelled(ft('heading'), pick(columnName(column).label)), months, inside);
}

function readout(answer: Simulation, plan: Plan, column: Column): TemplateResult {
  const fan = answer.months[column];
  const index = Math.min(stops.at.value ?? fan.p50.length - 1, fan.p50.length - 1);
  const value = (q: (typeof quantiles)[number]) => shown(column, fan[q][index]!);
  const between = (low: string, high: string) => ft('chance.months', { from: low, to: high });
  return html`<div class="legend">
    <b>${ft('month', { month: plan.months.month[index]! })}</b>
    <span><i class="k-middle"></i>${ft('fan.middle')} <b>${value('p50')}</b></span>
    <span><i class="k-half"></i>${ft('fan.half')} <b>${between(value('p25'), value('p75'))}</b></span>
    <span><i class="k-nine"></i>${ft('fan.nine')} <b>${between(value('p5'), value('p95'))}</b></span>
    <span><i class="k-own"></i>${ft('fan.plan')} <b>${shown(column, plan.months[column][index]!)}</b></span>
  </div>`;
}

const counts = [1024, 8192, 65536, 1_000_000];

function foot(): TemplateResult {
  const n = Object.keys(uncertainty.value.inputs ?? {}).length;
  return html`<p class="foot quiet">
    ${choice('trials', ft('futures.label'), counts.map(String), String(trials.value), (value) => ft('futures', { n: whole(Number(value)) }), (value) => (trials.value = Number(value)))}
    <span>${ft('futures.ofsteady', { n })}</span>
    ${luckChip()}
  </p>
  ${luckEditor()}`;
}

export function fanView(): TemplateResult {
  const { answer, state } = futures;
  const current = outcome.value;
  const column = chosen.value;
  // The picture of another horizon cannot be laid beside the plan of this one.
  const fits = answer && current.kind === 'plan' && answer.months.profit.p50.length === current.plan.months.month.length;
  const number = (value: number) => full(value, language.value).replace('-', '−');
  return html`<section class="card-box fan-card" aria-labelledby="futures-heading" aria-busy=${state === 'updating'} data-state=${state}>
    <div class="heading">
      <h2 id="futures-heading">${ft('heading')}</h2>
      ${stateView(futures)}
      ${choice('fan-column', ft('column'), columns, column, (c) => pick(columnName(c).label), (c) => (chosen.value = c))}
    </div>
    ${fits
      ? html`<p class="says">${sentence(answer, current.plan, column)}</p>
          <div class="drawing tall">${drawing(answer, current.plan, column)}</div>
          ${readout(answer, current.plan, column)} ${foot()}
          <p class="hidden">${ft('fan.keys')}</p>
          ${twin(
            [ft('month.head'), ...quantiles.map(quantileName), ft('q.mean'), ft('fan.plan')],
            current.plan.months.month.map((month, i) => [
              ft('month', { month }),
              ...[...quantiles, 'mean' as const].map((q) => number(answer.months[column][q][i]!)),
              number(current.plan.months[column][i]!),
            ]),
            labelled(ft('heading'), pick(columnName(column).label)),
          )}`
      : html`${emptyView(futures)}
          <div class="drawing tall"></div>`}
  </section>`;
}
