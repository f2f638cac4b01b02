// Cumulative cash with its lowest point, and where cumulative profit comes back to nothing.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { scaleLinear, scalePoint } from 'd3-scale';
import type { Breakdown, Plan } from '@engine/growth.js';
import { lineThrough, lowestAt, twin } from '../futures/parts.js';
import { pt } from '../i18n/pictures.js';
import { joined, labelled } from '../i18n/index.js';
import { amountLines, monthNames } from '../views/axes.js';
import { wide } from '../views/heat.js';
import { Stops } from '../views/stops.js';
import { inMonth } from './asked.js';
import { digits, money, width } from './state.js';

const stops = new Stops('cash');
const height = 270;
const margin = { top: 24, right: 8, bottom: 28 };

/** A label beside a point, on the side where there is room. */
function label(x: number, y: number, text: string, kind: string): TemplateResult {
  const end = x > width.value / 2;
  return svg`<text class="mark ${kind}" x=${end ? x - 8 : x + 8} y=${y} text-anchor=${end ? 'end' : 'start'}>${text}</text>`;
}

function drawing(plan: Plan): TemplateResult {
  const { cumulative_cash: cash, cumulative_profit: profit, month } = plan.months;
  const all = width.value;
  const values = [0, ...cash, ...profit];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const y = scaleLinear().domain(low === high ? [0, 1] : [low, high]).nice(4).range([height - margin.bottom, margin.top]);
  const left = 12 + Math.max(...y.ticks(4).map((tick) => wide(money(tick))));
  const x = scalePoint<number>().domain(month.map((_, i) => i)).range([left, all - margin.right]).padding(0.5);
  const step = x.step() || all - left - margin.right;
  const along = (of: readonly number[]) => (of.length > 1 ? of.map((value, i) => [x(i)!, y(value)] as const) : [-16, 16].map((dx) => [x(0)! + dx, y(of[0]!)] as const));
  const frame = { width: all, height, margin: { ...margin, left } };
  const deepest = lowestAt(plan);
  const payback = plan.summary.payback_month;
  const points = along(cash);
  const belowZero = `${lineThrough([...points.map(([px, py]) => [px, Math.max(py, y(0))] as const), [points.at(-1)![0], y(0)], [points[0]![0], y(0)]])}Z`;
  const told = (i: number) => labelled(pt('month', { month: month[i]! }), joined('comma', [`${pt('cash.line')} ${money(cash[i]!)}`, `${pt('cash.profit')} ${money(profit[i]!)}`]));
  const inside = svg`
    <g class="axis" aria-hidden="true">
      ${amountLines(frame, y, money, { zero: true })} ${monthNames(frame, month, (i) => x(i)!)}
    </g>
    <g aria-hidden="true">
      ${deepest === undefined ? nothing : svg`<path class="tied" d=${belowZero}></path>`}
      <path class="earned" d=${lineThrough(along(profit))}></path>
      <path class="middle" d=${lineThrough(points)}></path>
      ${payback ? svg`<line class="payback" x1=${x(payback - 1)!} x2=${x(payback - 1)!} y1=${margin.top - 6} y2=${height - margin.bottom}></line>
          ${label(x(payback - 1)!, margin.top - 8, `${pt('cash.payback')} · ${pt('month', { month: payback })}`, '')}` : nothing}
      ${deepest === undefined ? nothing : svg`<circle class="low" cx=${x(deepest)!} cy=${y(cash[deepest]!)} r="5"></circle>
          ${label(x(deepest)!, Math.min(height - margin.bottom - 6, y(cash[deepest]!) + 18), `${pt('cash.low', { low: money(cash[deepest]!) })} · ${pt('month', { month: deepest + 1 })}`, 'loss')}`}
    </g>
    ${month.map((_, i) =>
      stops.stop(
        i, told(i), { x: x(i)! - step / 2, y: margin.top, width: step, height: height - margin.top - margin.bottom },
        stops.at.value === i ? svg`<circle class="dot" cx=${x(i)!} cy=${y(cash[i]!)} r="4"></circle>` : nothing,
      ),
    )}`;
  return html`<div class="drawing cash">${stops.frame(all, height, pt('cash'), month.length, inside)}</div>`;
}

export function cashView(_: Breakdown, plan: Plan): TemplateResult {
  const { cumulative_cash: cash, cumulative_profit: profit, cash: flow, month } = plan.months;
  const { cash_low, payback_month } = plan.summary;
  const now = Math.min(stops.at.value ?? month.length - 1, month.length - 1);
  const deepest = lowestAt(plan);
  const low = deepest === undefined ? pt('cash.says.never') : pt('cash.says.low', { month: deepest + 1, low: money(cash_low) });
  const back = payback_month ? pt('cash.says.payback', { month: payback_month }) : pt('cash.says.nopayback', { months: month.length });
  return html`<p class="says">${joined('sentence', [low, back])}</p>
    ${drawing(plan)}
    <p class="legend">
      <b>${pt('month', { month: now + 1 })}</b>
      <span><i class="k-cash"></i>${pt('cash.line')} <b>${money(cash[now]!)}</b></span>
      <span><i class="k-earned"></i>${pt('cash.profit')} <b>${money(profit[now]!)}</b></span>
    </p>
    <p class="hidden">${pt('keys')}</p>
    ${twin(
      [pt('cash.head.month'), inMonth('cash', pt('cash.head.cash'), month.length), inMonth('cumulative_cash', pt('cash.line'), month.length), inMonth('cumulative_profit', pt('cash.profit'), month.length)],
      month.map((m, i) => [pt('month', { month: m }), digits(flow[i]!), digits(cash[i]!), digits(profit[i]!)]),
      pt('cash'),
    )}`;
}
