// Stacked months: where viewers come from, or where the money goes. Drawn for the width there is; every
// month can be reached by keyboard and says its numbers.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { signal } from '@preact/signals-core';
import { max, sum } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import type { Months, Plan } from '@engine/growth.js';
import { joined, labelled, t } from '../i18n/index.js';
import { lt, type LowerKey } from '../i18n/lower.js';
import { count, percent, yuan } from '../numbers.js';
import { language } from '../state.js';
import { amountLines, monthNames } from './axes.js';
import { Stops } from './stops.js';

type Column = Exclude<keyof Months, 'stage'>;

const pictures = {
  viewers: ['viewers_private', 'viewers_referral', 'viewers_natural', 'viewers_granted', 'viewers_voucher', 'viewers_paid'],
  costs: ['cost_of_goods', 'platform_fee', 'fulfilment_cost', 'session_cost', 'media_spend', 'private_cost', 'distribution_cost', 'fixed_cost'],
} satisfies Record<string, Column[]>;
type Picture = keyof typeof pictures;

const chosen = signal<Picture>('viewers');
const stops = new Stops('months');
/** Width of the drawing in px, as the page has it. */
export const chartWidth = signal(358);

const height = 260;
const margin = { top: 8, right: 4, bottom: 26, left: 46 };

const amount = (picture: Picture, value: number) => (picture === 'viewers' ? count(value, language.value) : yuan(value, language.value));
const nameOf = (column: Column) => lt(`series.${column}` as LowerKey);

function sentence(plan: Plan, picture: Picture): string {
  const { months } = plan;
  const last = months.month.length - 1;
  if (picture === 'viewers') {
    const natural = sum(months.viewers_natural) / Math.max(1e-9, sum(months.viewers));
    return lt('chart.viewers.says', {
      from: count(months.viewers[0]!, language.value), to: count(months.viewers[last]!, language.value),
      months: last + 1, natural: percent(natural, language.value, 0),
    });
  }
  const totals = pictures.costs.map((column) => ({ column, total: sum(months[column]) }));
  const all = sum(totals, (x) => x.total);
  const largest = totals.reduce((a, b) => (b.total > a.total ? b : a));
  return lt('chart.costs.says', {
    months: last + 1, total: yuan(all, language.value), largest: nameOf(largest.column as Column),
    share: percent(largest.total / Math.max(1e-9, all), language.value, 0),
  });
}

/** What one month holds, in words. */
function told(plan: Plan, picture: Picture, index: number): string {
  const columns = pictures[picture] as Column[];
  const parts = columns.filter((c) => plan.months[c][index]! > 0).map((c) => `${nameOf(c)} ${amount(picture, plan.months[c][index]!)}`);
  const total = sum(columns, (c) => plan.months[c][index]!);
  return labelled(t('chart.month', { month: index + 1 }), joined('semicolon', [`${lt('chart.total')} ${amount(picture, total)}`, joined('comma', parts)]));
}

const bar = (x: number, low: number, high: number, width: number) =>
  `M${x.toFixed(2)},${low.toFixed(2)}V${high.toFixed(2)}h${width.toFixed(2)}V${low.toFixed(2)}z`;

/** Each series is one shape over all months: a twelfth of the elements to draw with every step of a slider. */
function drawing(plan: Plan, picture: Picture): TemplateResult {
  const columns = pictures[picture] as Column[];
  const months = plan.months.month.length;
  const width = chartWidth.value;
  const rows = Array.from({ length: months }, (_, i) => Object.fromEntries(columns.map((c) => [c, Math.max(0, plan.months[c][i]!)])) as Record<Column, number>);
  const layers = stack<Record<Column, number>, Column>().keys(columns)(rows);
  const top = max(layers.at(-1)!, (d) => d[1]) || 1;
  const y = scaleLinear().domain([0, top]).nice(4).range([height - margin.bottom, margin.top]);
  const x = scaleBand<number>().domain(rows.map((_, i) => i)).range([margin.left, width - margin.right]).padding(0.18);
  const frame = { width, height, margin };
  const inside = svg`
    <defs>
      ${['vouchers', 'media'].map(
        (name) => svg`<pattern id="hatch-${name}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" class="hatch-ground ${name}"></rect><line x1="0" y1="0" x2="0" y2="5" class="hatch-line"></line></pattern>`,
      )}
    </defs>
    <g class="axis" aria-hidden="true">
      ${amountLines(frame, y, (tick) => amount(picture, tick))} ${monthNames(frame, plan.months.month, (i) => x(i)! + x.bandwidth() / 2)}
    </g>
    ${rows.map((_, i) =>
      stops.stop(i, told(plan, picture, i), { x: x(i)! - (x.step() - x.bandwidth()) / 2, y: margin.top, width: x.step(), height: height - margin.top - margin.bottom }),
    )}
    ${layers.map((layer) => {
      const bars = layer.map(([low, high], i) => (high > low ? bar(x(i)!, y(low), y(high), x.bandwidth()) : '')).join('');
      return bars ? svg`<path class="layer s-${layer.key}" d=${bars}></path>` : nothing;
    })}
  `;
  return stops.frame(width, height, lt(`chart.${picture}`), months, inside);
}

function readout(plan: Plan, picture: Picture): TemplateResult {
  const index = Math.min(stops.at.value ?? plan.months.month.length - 1, plan.months.month.length - 1);
  const columns = pictures[picture] as Column[];
  return html`<div class="legend">
    <b>${t('chart.month', { month: index + 1 })}</b>
    ${columns.map((column) => {
      const value = plan.months[column][index]!;
      const used = sum(plan.months[column]) !== 0;
      return used ? html`<span><i class="k-${column}"></i>${nameOf(column)} <b>${amount(picture, value)}</b></span>` : nothing;
    })}
    <span>${lt('chart.total')} <b>${amount(picture, sum(columns, (c) => plan.months[c][index]!))}</b></span>
  </div>`;
}

export function chartView(plan: Plan): TemplateResult {
  const picture = chosen.value;
  return html`<section class="card-box" aria-labelledby="chart-heading">
    <div class="heading">
      <h2 id="chart-heading" class="hidden">${lt(`chart.${picture}`)}</h2>
      <div class="tabs" role="group" aria-label=${lt('chart.choose')}>
        ${(Object.keys(pictures) as Picture[]).map(
          (name) => html`<button aria-pressed=${name === picture ? 'true' : 'false'} @click=${() => (chosen.value = name)}>${lt(`chart.${name}`)}</button>`,
        )}
      </div>
    </div>
    <p class="says">${sentence(plan, picture)}</p>
    <div class="drawing">${drawing(plan, picture)}</div>
    ${readout(plan, picture)}
    <p class="quiet hidden">${lt('chart.keys')} ${lt('chart.table')}</p>
  </section>`;
}
