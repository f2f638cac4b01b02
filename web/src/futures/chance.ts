// How likely it pays, and how a total is spread over the futures.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { signal } from '@preact/signals-core';
import { sum } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { Simulation } from '@engine/growth.js';
import { ft, type FuturesKey } from '../i18n/futures.js';
import { inSentence, labelled } from '../i18n/index.js';
import { count, percent, readNumber } from '../numbers.js';
import { base, language, scenario } from '../state.js';
import { Stops } from '../views/stops.js';
import { barsOf, type Bar } from './bars.js';
import { anchor, chance, choice, emptyView, hatch, in100, metricAmount, stateView, twin, whole, widths } from './parts.js';
import { futures, target } from './state.js';

const metrics = ['profit', 'gmv', 'cash_low', 'new_customers'] as const;
type Metric = (typeof metrics)[number];
const chosen = signal<Metric>('profit');
const typed = signal('');
const stops = new Stops('hist');
const nameOf = (metric: Metric) => ft(`metric.${metric}` as FuturesKey);
const months = () => scenario.value.horizon_months ?? base.value.horizon_months ?? 12;

const margin = { top: 18, right: 6, bottom: 26, left: 6 };

function told(bar: Bar, metric: Metric): string {
  if (bar.tail === 'below') return ft('hist.below', { x: metricAmount(metric, bar.to) });
  if (bar.tail === 'above') return ft('hist.above', { x: metricAmount(metric, bar.from) });
  return ft('hist.range', { from: metricAmount(metric, bar.from), to: metricAmount(metric, bar.to) });
}

function drawing(bars: Bar[], metric: Metric, wanted: number | undefined): TemplateResult {
  const { half: width, short: height } = widths.value;
  const all = sum(bars, (bar) => bar.count);
  const x = scaleLinear().domain([bars[0]!.from, bars.at(-1)!.to]).range([margin.left, width - margin.right]);
  const y = scaleLinear().domain([0, Math.max(1, ...bars.map((bar) => bar.count))]).range([height - margin.bottom, margin.top]);
  const [left, right] = x.domain() as [number, number];
  const signed = metric === 'profit' || metric === 'cash_low';
  const marked = left < 0 && right > 0 && signed;
  const piece = (from: number, to: number, n: number, kind: string) =>
    svg`<rect class=${kind} x=${x(from) + 0.5} y=${y(n)} width=${Math.max(0, x(to) - x(from) - 1)} height=${y(0) - y(n)}></rect>`;
  const inside = svg`
    <defs>${hatch('bar-gain')} ${hatch('bar-loss')}</defs>
    <g class="axis" aria-hidden="true">
      <line x1=${margin.left} x2=${width - margin.right} y1=${y(0)} y2=${y(0)}></line>
      ${x.ticks(Math.max(2, Math.floor(width / 90))).map((tick) => svg`<text x=${x(tick)} y=${height - 8} text-anchor=${anchor(x(tick), width)}>${metricAmount(metric, tick)}</text>`)}
    </g>
    ${bars.map((bar, i) =>
      stops.stop(
        i,
        labelled(told(bar, metric), chance(bar.count / all)),
        { x: x(bar.from), y: margin.top, width: x(bar.to) - x(bar.from), height: height - margin.top - margin.bottom },
        signed && bar.from < 0 && bar.to > 0
          ? [piece(bar.from, 0, bar.count, bar.tail ? 'loss-tail' : 'loss-bar'), piece(0, bar.to, bar.count, bar.tail ? 'gain-tail' : 'gain-bar')]
          : piece(bar.from, bar.to, bar.count, `${signed && bar.to <= 0 ? 'loss' : 'gain'}-${bar.tail ? 'tail' : 'bar'}`),
      ),
    )}
    <g class="axis" aria-hidden="true">
      ${marked
        ? svg`<line class="zero" x1=${x(0)} x2=${x(0)} y1=${margin.top - 4} y2=${y(0)}></line>
            <text x=${Math.min(Math.max(x(0) - 5, 38), width - 62)} y="12" text-anchor="end">← ${ft('hist.loss')}</text>
            <text x=${Math.min(Math.max(x(0) + 5, 48), width - 52)} y="12">${ft('hist.gain')} →</text>`
        : nothing}
      ${wanted !== undefined && wanted >= left && wanted <= right
        ? svg`<line class="target" x1=${x(wanted)} x2=${x(wanted)} y1=${margin.top} y2=${y(0)}></line>`
        : nothing}
    </g>
  `;
  return stops.frame(width, height, labelled(ft('chance.heading'), nameOf(metric)), bars.length, inside);
}

function figures(answer: Simulation): TemplateResult {
  const { probability: p, payback_month: month, standard_error: error } = answer;
  const points = (value: number | undefined) => ft('chance.error', { e: count((value ?? 0) * 100, language.value) });
  const figure = (label: string, value: string, ...notes: string[]) => html`<div><dt>${label}</dt><dd><b>${value}</b>${notes.map((note) => html`<span>${note}</span>`)}</dd></div>`;
  const middle = month.p50 === null ? ft('chance.never') : ft('month', { month: Math.round(month.p50) });
  const [from, to] = [month.p25, month.p75].map((value) => (value === null ? null : Math.round(value))) as [number | null, number | null];
  const span = from === null ? undefined : to === null ? ft('chance.from', { from }) : from === to ? ft('month', { month: from }) : ft('chance.between', { from, to });
  return html`<dl class="figures">
    ${figure(ft('chance.profit'), chance(p.profit_positive), ft('chance.in100', { n: in100(p.profit_positive) }), points(error.probability.profit_positive))}
    ${figure(ft('chance.payback'), chance(p.payback), ft('chance.in100', { n: in100(p.payback) }), points(error.probability.payback))}
    ${figure(ft('chance.month'), middle, ...(span ? [ft('chance.monthnote'), span] : []))}
  </dl>`;
}

function takeTarget(text: string): void {
  typed.value = text;
  const read = readNumber(text, 'amount');
  target.value = read.kind === 'number' ? { metric: chosen.value, at_least: read.value } : undefined;
}

function targetView(answer: Simulation, metric: Metric): TemplateResult {
  const asked = answer.probability.targets.find((t) => t.metric === metric && t.at_least === target.value?.at_least);
  const read = readNumber(typed.value, 'amount');
  const example = Number(answer.totals[metric]!.p75.toPrecision(1));
  return html`<div class="target">
    <label for="target">${ft('target.label')}</label>
    <span class="entry">
      <input
        id="target"
        type="text"
        inputmode="decimal"
        autocomplete="off"
        aria-describedby="target-says"
        aria-invalid=${read.kind === 'unreadable'}
        .value=${live(typed.value)}
        @input=${(event: Event) => takeTarget((event.target as HTMLInputElement).value)}
      />
    </span>
    <p id="target-says" role="status">
      ${read.kind === 'unreadable'
        ? ft('target.unreadable', { text: typed.value })
        : asked
          ? ft('target.says', { p: chance(asked.probability), n: in100(asked.probability) })
          : target.value
            ? ft('state.loading')
            : ft('target.hint', { example: metricAmount(metric, example) })}
    </p>
  </div>`;
}

export function chanceView(): TemplateResult {
  const { answer, state } = futures;
  const metric = chosen.value;
  const total = answer?.totals[metric];
  const bars = total ? barsOf(total.histogram) : [];
  const all = sum(bars, (bar) => bar.count);
  const flat = bars.length === 0 || bars[0]!.from >= bars.at(-1)!.to;
  return html`<section class="card-box chance-card" aria-labelledby="chance-heading" aria-busy=${state === 'updating'} data-state=${state}>
    <div class="heading">
      <h2 id="chance-heading">${ft('chance.heading')}</h2>
      ${choice('hist-metric', ft('hist.metric'), metrics, metric, nameOf, (m) => {
        chosen.value = m;
        takeTarget('');
      })}
    </div>
    ${answer && total
      ? html`${figures(answer)}
          <p class="says">
            ${ft('hist.says', {
              months: months(), what: inSentence(nameOf(metric)), p5: metricAmount(metric, total.p5), p50: metricAmount(metric, total.p50),
              mean: metricAmount(metric, total.mean), p95: metricAmount(metric, total.p95),
            })}
          </p>
          <div class="drawing short">${flat ? nothing : drawing(bars, metric, target.value?.at_least)}</div>
          <p class="quiet small">${bars.some((bar) => bar.tail) ? ft('hist.tails') : nothing}</p>
          ${targetView(answer, metric)}
          ${twin(
            [ft('hist.interval'), ft('hist.share'), ft('hist.count')],
            bars.map((bar) => [told(bar, metric), percent(bar.count / all, language.value, 1), whole(bar.count)]),
            labelled(ft('chance.heading'), nameOf(metric)),
          )}`
      : html`${emptyView(futures)}
          <div class="drawing short"></div>`}
    ${state === 'stopped' ? stateView(futures) : nothing}
  </section>`;
}
