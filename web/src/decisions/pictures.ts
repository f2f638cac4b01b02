// The pictures beside the answers: a line over what is moved, with what stands now and where it turns, and
// bars that are compared.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { signal } from '@preact/signals-core';
import { scaleLinear } from 'd3-scale';
import { dt } from '../i18n/decisions.js';
import { anchor, lineThrough, twin } from '../futures/parts.js';
import { amountLines } from '../views/axes.js';
import { Stops } from '../views/stops.js';

/** Inner width of an open answer, in px. */
export const width = signal(324);

export interface Mark {
  x: number;
  label: string;
  kind: 'now' | 'turn';
}

export interface Point {
  x: number;
  y: number;
}

export interface Line {
  heading: string;
  points: readonly Point[];
  xName: string;
  yName: string;
  x: (value: number) => string;
  y: (value: number) => string;
  /** How a place is read out; its name and amount without it. */
  place?: (value: number) => string;
  marks: Mark[];
}

const height = 220;
const margin = { top: 40, right: 12, bottom: 28, left: 62 };
const stops = new Stops('decision');

/** Nothing of a picture that was left is pointed at in the next. */
export const forget = (): void => void (stops.at.value = undefined);

export function linePicture({ heading, points, xName, yName, x: xText, y: yText, place = (value) => `${xName} ${xText(value)}`, marks }: Line): TemplateResult | undefined {
  if (points.length === 0) return undefined;
  const all = width.value;
  const [from, to] = [points[0]!.x, points.at(-1)!.x];
  const ys = points.map((point) => point.y);
  // From zero, but where all that matters happens far above it.
  const [least, most] = [Math.min(...ys), Math.max(...ys)];
  const lowest = least > most / 2 ? least : Math.min(0, least);
  const highest = Math.max(0, most);
  const x = scaleLinear().domain(from === to ? [from - 1, to + 1] : [from, to]).range([margin.left, all - margin.right]);
  const y = scaleLinear().domain(lowest === highest ? [0, 1] : [lowest, highest]).nice(4).range([height - margin.bottom, margin.top]);
  const label = (i: number) => dt('at', { x: place(points[i]!.x), y: `${yName} ${yText(points[i]!.y)}` });
  const edge = (i: number) => (i < 0 ? margin.left : i >= points.length - 1 ? all - margin.right : (x(points[i]!.x) + x(points[i + 1]!.x)) / 2);
  const near = marks[0]?.x ?? to;
  const nearest = points.reduce((best, point, i) => (Math.abs(point.x - near) < Math.abs(points[best]!.x - near) ? i : best), 0);
  const read = Math.min(stops.at.value ?? nearest, points.length - 1);
  const ticks = x.ticks(Math.max(2, Math.floor(all / 110)));
  const drawn = marks.filter((mark) => mark.x >= from && mark.x <= to);
  const inside = svg`
    <g class="axis" aria-hidden="true">
      ${amountLines({ width: all, height, margin }, y, yText, { zero: true })}
      ${ticks.map((tick) => svg`<text x=${x(tick)} y=${height - 8} text-anchor=${anchor(x(tick), all)}>${xText(tick)}</text>`)}
    </g>
    <g aria-hidden="true">
      <path class="middle" d=${lineThrough(points.map((point) => [x(point.x), y(point.y)] as const))}></path>
      ${drawn.map(
        ({ x: at, label: text, kind }) => svg`<line class="mark ${kind}" x1=${x(at)} x2=${x(at)} y1=${kind === 'now' ? 18 : 34} y2=${height - margin.bottom}></line>
          <text class="mark-name ${kind}" x=${x(at)} y=${kind === 'now' ? 13 : 29} text-anchor=${x(at) > all - 70 ? 'end' : x(at) < 90 ? 'start' : 'middle'}>${text}</text>`,
      )}
    </g>
    ${points.map((point, i) =>
      stops.stop(
        i, label(i), { x: edge(i - 1), y: margin.top, width: edge(i) - edge(i - 1), height: height - margin.top - margin.bottom },
        read === i ? svg`<circle class="dot" cx=${x(point.x)} cy=${y(point.y)} r="4"></circle>` : nothing,
      ),
    )}
  `;
  // Two sides of a jump read the same.
  const rows = points.map((point) => [xText(point.x), yText(point.y)]).filter(([name], i, list) => name !== list[i + 1]?.[0]);
  return html`<h4>${heading}</h4>
    <div class="drawing line">${stops.frame(all, height, heading, points.length, inside)}</div>
    <p class="readout quiet">${label(read)}</p>
    <p class="hidden">${dt('keys')}</p>
    ${twin([xName, yName], rows, heading)}`;
}

export interface Row {
  label: string;
  text: string;
  value: number;
  /** A second amount on the same scale, drawn as a tick. */
  limit?: number;
  quiet?: boolean;
}

export function barsPicture(heading: string, rows: readonly Row[], head: string[], cells: (string | TemplateResult)[][]): TemplateResult {
  const values = rows.flatMap((row) => [row.value, row.limit ?? 0]);
  const x = scaleLinear().domain([Math.min(0, ...values), Math.max(0, ...values) || 1]).range([1, width.value - 1]);
  const bar = ({ value, limit, quiet }: Row) => svg`
    <line class="zero" x1=${x(0)} x2=${x(0)} y1="0" y2="16"></line>
    <rect class=${quiet ? 'quiet-bar' : value < 0 ? 'loss-bar' : 'gain-bar'} x=${Math.min(x(0), x(value))} y="2" width=${Math.max(1, Math.abs(x(value) - x(0)))} height="12"></rect>
    ${limit === undefined ? nothing : svg`<line class="limit" x1=${x(limit)} x2=${x(limit)} y1="0" y2="16"></line>`}`;
  return html`<h4>${heading}</h4>
    <ul class="compared">
      ${rows.map(
        (row) => html`<li>
          <span>${row.label}</span><b class=${row.value < 0 && !row.quiet ? 'loss' : ''}>${row.text}</b>
          <svg width=${width.value} height="16" viewBox="0 0 ${width.value} 16" aria-hidden="true">${bar(row)}</svg>
        </li>`,
      )}
    </ul>
    ${twin(head, cells, heading)}`;
}
