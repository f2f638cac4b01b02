// Pictures for paper and posters: in the colours of light paper, whatever the screen has, and with every
// attribute in the drawing itself, for they stand where no style sheet does.
import { nothing, svg, type TemplateResult } from 'lit';
import { max } from 'd3-array';
import { scaleBand, scaleLinear, scalePoint } from 'd3-scale';
import { stack } from 'd3-shape';
import type { Plan } from '@engine/growth.js';
import { lineThrough, lowestAt } from '../futures/parts.js';
import { et } from '../i18n/export.js';
import { count } from '../numbers.js';
import { language } from '../state.js';
import { oneOf } from '../views/axes.js';
import { money } from './figures.js';

export const ink = {
  text: '#1d1d1a', soft: '#65625a', line: '#e3e1d9', edge: '#8d897d', paper: '#fbfaf6', card: '#ffffff',
  green: '#067a3f', greenMid: '#4fae7d', greenPale: '#a9d8bf', amberMid: '#d99a2b', amberPale: '#f2c879', blue: '#3f63b5', blueMid: '#6f8fd0', red: '#a4372b',
};
/** The letters of the page, in its language. */
export const family = (): string => getComputedStyle(document.body).fontFamily;

export interface Frame {
  width: number;
  height: number;
  /** Of the letters. */
  size: number;
}

/** One letter in these sizes is about this wide: room beside the axis. */
const roomFor = (ticks: readonly string[], size: number) => Math.max(...ticks.map((tick) => Array.from(tick).reduce((sum, sign) => sum + (sign > '\u2e80' ? 1 : 0.68), 0))) * size;

interface Axis {
  left: number;
  y: ReturnType<typeof scaleLinear<number, number>>;
  grid: TemplateResult;
}
/** Amounts from the lowest to the highest, zero among them. */
function axis({ width, height, size }: Frame, [lowest, highest]: [number, number], show: (value: number) => string): Axis {
  const domain = lowest === highest ? [0, 1] : [lowest, highest];
  const y = scaleLinear().domain(domain).range([height - size * 2, size * 0.7]);
  const ticks = y.ticks(Math.max(2, Math.min(5, Math.floor(height / (size * 2.6)))));
  const left = roomFor(ticks.map(show), size) + size * 0.5;
  const grid = svg`${ticks.map(
    (tick) => svg`<line x1=${left} x2=${width} y1=${y(tick)} y2=${y(tick)} stroke=${tick === 0 ? ink.edge : ink.line} stroke-width=${size / 16}></line>
      <text x=${left - size * 0.4} y=${y(tick) + size * 0.35} text-anchor="end" font-size=${size} fill=${ink.soft}>${show(tick)}</text>`,
  )}`;
  return { left, y, grid };
}
function monthNames({ width, height, size }: Frame, left: number, months: readonly number[], at: (i: number) => number): TemplateResult {
  const every = oneOf(months.length, width - left, size * 2.4);
  return svg`${months.map((month, i) => (i % every === 0 ? svg`<text x=${at(i)} y=${height - size * 0.35} text-anchor="middle" font-size=${size} fill=${ink.soft}>${month}</text>` : nothing))}`;
}

const sources = ['viewers_private', 'viewers_referral', 'viewers_natural', 'viewers_granted', 'viewers_voucher', 'viewers_paid'] as const;
type Source = (typeof sources)[number];
/** Printed without colour, the sources differ in lightness, and vouchers are striped. */
export const sourceInk: Record<Source, string> = {
  viewers_private: ink.green, viewers_referral: ink.greenMid, viewers_natural: ink.greenPale, viewers_granted: ink.amberPale, viewers_voucher: 'url(#stripes)', viewers_paid: ink.blueMid,
};
export const stripes = svg`<pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
  <rect width="5" height="5" fill=${ink.amberMid}></rect><line x1="0" y1="0" x2="0" y2="5" stroke=${ink.card} stroke-width="2"></line></pattern>`;
/** Those that bring anybody at all. */
export const used = ({ months }: Plan): Source[] => sources.filter((source) => months[source].some((value) => value > 0));

export function viewersPicture(plan: Plan, frame: Frame): TemplateResult {
  const { months } = plan;
  const rows = months.month.map((_, i) => Object.fromEntries(sources.map((source) => [source, Math.max(0, months[source][i]!)])) as Record<Source, number>);
  const layers = stack<Record<Source, number>, Source>().keys(sources)(rows);
  const { left, y, grid } = axis(frame, [0, max(layers.at(-1)!, (d) => d[1]) || 1], (value) => count(value, language.value));
  const x = scaleBand<number>().domain(rows.map((_, i) => i)).range([left, frame.width]).padding(0.2);
  return svg`<defs>${stripes}</defs>${grid}
    ${layers.map((layer) =>
      layer.map(([low, high], i) => (high > low ? svg`<rect x=${x(i)} y=${y(high)} width=${x.bandwidth()} height=${y(low) - y(high)} fill=${sourceInk[layer.key]}></rect>` : nothing)),
    )}
    ${monthNames(frame, left, months.month, (i) => x(i)! + x.bandwidth() / 2)}`;
}

/** What stands for the parts of `moneyPicture`, ten px high. */
export const moneyKey = {
  profit: { wide: 30, drawn: svg`<line x1="0" x2="30" y1="5" y2="5" stroke=${ink.green} stroke-width="2.4"></line>` },
  cash: { wide: 30, drawn: svg`<line x1="0" x2="30" y1="5" y2="5" stroke=${ink.blue} stroke-width="1.7" stroke-dasharray="5 3.4"></line>` },
  low: { wide: 10, drawn: svg`<circle cx="5" cy="5" r="4" fill=${ink.card} stroke=${ink.blue} stroke-width="1.7"></circle>` },
};
/** The parts in words, from left to right. */
export function moneyWords(plan: Plan): { of: keyof typeof moneyKey; text: string }[] {
  const low = lowestAt(plan);
  return [
    { of: 'profit', text: et('picture.profit') },
    { of: 'cash', text: et('picture.cash') },
    ...(low === undefined ? [] : [{ of: 'low' as const, text: et('picture.low', { cash: money(plan.months.cumulative_cash[low]!), month: plan.months.month[low]! }) }]),
  ];
}

/** Profit so far as a line, cash so far dashed, its lowest point marked. */
export function moneyPicture(plan: Plan, frame: Frame): TemplateResult {
  const { months } = plan;
  const { width, size } = frame;
  const all = [0, ...months.cumulative_profit, ...months.cumulative_cash];
  const { left, y, grid } = axis(frame, [Math.min(...all), Math.max(...all)], money);
  const x = scalePoint<number>().domain(months.month.map((_, i) => i)).range([left, width]).padding(0.5);
  // A single month has no length: a short stretch stands for it.
  const along = (values: readonly number[]) => (values.length > 1 ? values.map((value, i) => [x(i)!, y(value)] as const) : [-size, size].map((dx) => [x(0)! + dx, y(values[0]!)] as const));
  const low = lowestAt(plan);
  return svg`${grid}
    <path d=${lineThrough(along(months.cumulative_cash))} fill="none" stroke=${ink.blue} stroke-width=${size / 7} stroke-dasharray="${size / 2.5} ${size / 3.5}"></path>
    <path d=${lineThrough(along(months.cumulative_profit))} fill="none" stroke=${ink.green} stroke-width=${size / 5}></path>
    ${low === undefined
      ? nothing
      : svg`<circle cx=${x(low)} cy=${y(months.cumulative_cash[low]!)} r=${size / 2.6} fill=${ink.card} stroke=${ink.blue} stroke-width=${size / 7}></circle>`}
    ${monthNames(frame, left, months.month, (i) => x(i)!)}`;
}
