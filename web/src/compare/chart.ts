// Cumulative profit of every plan in one picture; the lines differ in their pattern, not in colour alone.
import { html, svg, type TemplateResult } from 'lit';
import { signal } from '@preact/signals-core';
import { scaleLinear, scalePoint } from 'd3-scale';
import { lineThrough, twin } from '../futures/parts.js';
import { ct } from '../i18n/compare.js';
import { joined, labelled, t } from '../i18n/index.js';
import { lt } from '../i18n/lower.js';
import { full, yuan } from '../numbers.js';
import { language } from '../state.js';
import { amountLines, monthNames } from '../views/axes.js';
import { Stops } from '../views/stops.js';
import { baseCase, columns, isPlanned, type Planned } from './cases.js';

const stops = new Stops('plans');
/** Width of the drawing in px. */
export const chartWidth = signal(324);
const height = 220;
const margin = { top: 8, right: 8, bottom: 26, left: 54 };

const money = (value: number) => yuan(value, language.value);
/** The present plan and the base look the same wherever they stand. */
const lineOf = (one: Planned, at: number) => (one.id === 'now' ? 'line-now' : one.id === baseCase.value.id ? 'line-base' : `line-${at}`);
const valueAt = ({ plan }: Planned, index: number): number | undefined => plan.months.cumulative_profit[index];

function sentence(list: Planned[], last: number): string {
  const ends = list.map((one) => ({ name: one.name, value: one.plan.months.cumulative_profit.at(-1)! }));
  const [best, worst] = [ends.reduce((a, b) => (b.value > a.value ? b : a)), ends.reduce((a, b) => (b.value < a.value ? b : a))];
  if (best.value === worst.value) return ct('chart.same', { month: last, value: money(best.value) });
  return ct('chart.says', { month: last, best: best.name, most: money(best.value), worst: worst.name, least: money(worst.value) });
}

function drawing(list: Planned[], months: number): TemplateResult {
  const width = chartWidth.value;
  const values = list.flatMap(({ plan }) => plan.months.cumulative_profit);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const y = scaleLinear().domain(low === high ? [0, 1] : [low, high]).nice(4).range([height - margin.bottom, margin.top]);
  const x = scalePoint<number>().domain(Array.from({ length: months }, (_, i) => i)).range([margin.left, width - margin.right]).padding(0.5);
  const step = x.step() || width - margin.left - margin.right;
  const frame = { width, height, margin };
  const path = ({ plan }: Planned) => {
    const own = plan.months.cumulative_profit;
    // A single month has no length: a short stretch stands for it.
    return lineThrough(own.length > 1 ? own.map((value, i) => [x(i)!, y(value)] as const) : [-16, 16].map((dx) => [x(0)! + dx, y(own[0]!)] as const));
  };
  const inside = svg`
    <g class="axis" aria-hidden="true">
      ${amountLines(frame, y, money, { zero: true })} ${monthNames(frame, x.domain().map((i) => i + 1), (i) => x(i)!)}
    </g>
    <g class="lines" aria-hidden="true">
      ${list.map((one, at) => svg`<path class=${lineOf(one, at)} d=${path(one)}></path>`).reverse()}
    </g>
    ${x.domain().map((i) =>
      stops.stop(
        i,
        labelled(t('chart.month', { month: i + 1 }), joined('comma', list.map((one) => `${one.name} ${valueAt(one, i) === undefined ? '–' : money(valueAt(one, i)!)}`))),
        { x: x(i)! - step / 2, y: margin.top, width: step, height: height - margin.top - margin.bottom },
      ),
    )}`;
  return stops.frame(width, height, ct('chart'), months, inside);
}

export function chartView(): TemplateResult {
  const list = columns.value.filter(isPlanned);
  const months = Math.max(...list.map(({ plan }) => plan.months.month.length));
  const index = Math.min(stops.at.value ?? months - 1, months - 1);
  const number = (value: number | undefined) => (value === undefined ? '–' : full(value, language.value).replace('-', '−'));
  return html`<h3>${ct('chart')}</h3>
    <p class="says">${sentence(list, months)}</p>
    <div class="drawing lines-drawing">${drawing(list, months)}</div>
    <div class="legend">
      <b>${t('chart.month', { month: index + 1 })}</b>
      ${list.map((one, at) => {
        const value = valueAt(one, index);
        return html`<span
          ><svg class="sample lines" width="30" height="8" aria-hidden="true"><path class=${lineOf(one, at)} d="M1,4H29"></path></svg>${one.name}
          <b class=${value !== undefined && value < 0 ? 'loss' : ''}>${value === undefined ? '–' : money(value)}</b></span
        >`;
      })}
    </div>
    <p class="hidden">${lt('chart.keys')}</p>
    ${twin(
      [t('chart.month', { month: '' }).trim(), ...list.map(({ name }) => name)],
      Array.from({ length: months }, (_, i) => [t('chart.month', { month: i + 1 }), ...list.map((one) => number(valueAt(one, i)))]),
      ct('chart'),
    )}`;
}
