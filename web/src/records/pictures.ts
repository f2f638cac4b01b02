// Lines, dots and bands over steps of time, drawn for the width there is. Every step can be reached by
// keyboard and says its numbers, and every picture has its table.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { signal } from '@preact/signals-core';
import { scaleLinear } from 'd3-scale';
import { anchor, lineThrough, twin } from '../futures/parts.js';
import { rt } from '../i18n/records.js';
import { amountLines } from '../views/axes.js';
import type { Stops } from '../views/stops.js';

/** Inner widths of the pictures in px: of a card as wide as the dialog, and of one of two beside each other. */
export const widths = signal({ whole: 300, half: 300 });

export interface Chart {
  stops: Stops;
  label: string;
  width: number;
  height?: number;
  /** How many steps there are. */
  length: number;
  /** Text under a step, where it gets one. */
  below: (i: number) => string;
  /** Steps that may get one; all where it is left out. */
  labelled?: readonly number[];
  amount: (value: number) => string;
  band?: { low: readonly number[]; high: readonly number[] };
  line: readonly number[];
  dots: readonly (number | null)[];
  /** Steps that are shaded, and what for. */
  shaded?: { from: number; label: string };
  told: (i: number) => string;
  /** From 0 to 1, for shares of a whole. */
  share?: boolean;
}

const margin = { top: 10, right: 8, bottom: 26, left: 46 };

export function chart({ stops, label, width, height = 220, length, below, labelled, amount, band, line, dots, shaded, told, share }: Chart): TemplateResult {
  const values = [...line, ...(band?.high ?? []), ...dots.filter((value): value is number => value !== null)];
  const y = scaleLinear().domain([0, share ? 1 : Math.max(...values) || 1]).nice(4).range([height - margin.bottom, margin.top]);
  const step = (width - margin.left - margin.right) / Math.max(1, length);
  const x = (i: number) => margin.left + step * (i + 0.5);
  const along = (of: readonly number[]) => of.map((value, i) => [x(i), y(value)] as const);
  // Labels stand as far apart as they are wide.
  const places = labelled ?? Array.from({ length }, (_, i) => i);
  const widest = Math.max(...places.map((i) => below(i).length));
  const every = Math.max(1, Math.ceil(((widest * 7 + 14) * places.length) / (step * length)));
  const radius = Math.max(1.5, Math.min(3.5, step / 2.4));
  const inside = svg`${shaded
      ? svg`<g aria-hidden="true"><rect class="held-out" x=${x(shaded.from) - step / 2} y=${margin.top} width=${step * (length - shaded.from)} height=${height - margin.top - margin.bottom}></rect>
          <text class="held-label" x=${x(shaded.from) - step / 2 + 5} y=${margin.top + 14}>${shaded.label}</text></g>`
      : nothing}
    <g class="axis" aria-hidden="true">
      ${amountLines({ width, height, margin }, y, amount)}
      ${places.map((i, place) => (place % every === 0 ? svg`<text x=${x(i)} y=${height - 8} text-anchor=${anchor(x(i), width)}>${below(i)}</text>` : nothing))}
    </g>
    <g aria-hidden="true">
      ${band ? svg`<path class="band" d="${lineThrough([...along(band.high), ...along(band.low).reverse()])}Z"></path>` : nothing}
      ${dots.map((value, i) => (value === null ? nothing : svg`<circle class="seen" cx=${x(i)} cy=${y(value)} r=${radius}></circle>`))}
      ${line.length > 0 ? svg`<path class="middle" d=${lineThrough(along(line))}></path>` : nothing}
    </g>
    ${Array.from({ length }, (_, i) => stops.stop(i, told(i), { x: x(i) - step / 2, y: margin.top, width: step, height: height - margin.top - margin.bottom }))}`;
  return html`<div class="drawing">${stops.frame(width, height, label, length, inside)}</div>`;
}

/** What the marks stand for, and the numbers of the step that is pointed at. */
export function key(chosen: string | undefined, entries: { mark: 'line' | 'dot' | 'band' | 'bar'; name: string; value?: string }[]): TemplateResult {
  return html`<p class="legend">
    ${chosen ? html`<b>${chosen}</b>` : nothing}
    ${entries.map(({ mark, name, value }) => html`<span><i class="k-${mark}"></i>${name}${value === undefined ? nothing : html` <b>${value}</b>`}</span>`)}
  </p>`;
}

/** A picture as a card: heading, its meaning in words, the drawing, its table. */
export function card(id: string, heading: string, says: string | TemplateResult, body: TemplateResult, table: { head: string[]; rows: string[][] }, keys = rt('keys')): TemplateResult {
  return html`<section class="card-box" aria-labelledby="records-${id}">
    <h3 id="records-${id}">${heading}</h3>
    <p class="says">${says}</p>
    ${body}
    <p class="hidden">${keys}</p>
    ${twin(table.head, table.rows, heading)}
  </section>`;
}
