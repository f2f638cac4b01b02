// Axes of the pictures: lines of amounts across them, names of months below.
import { nothing, svg, type TemplateResult } from 'lit';
import type { ScaleLinear } from 'd3-scale';

/** Of a drawing, in px: its size, and what lies beside its inside. */
export interface Frame {
  width: number;
  height: number;
  margin: { left: number; right: number };
}

/** About so many lines, each with its amount; that of zero can be made to stand out. */
export const amountLines = (
  { width, margin: { left, right } }: Frame, y: ScaleLinear<number, number>, show: (amount: number) => string, { ticks = 4, zero = false } = {},
): TemplateResult[] =>
  y.ticks(ticks).map(
    (tick) => svg`<line class=${zero && tick === 0 ? 'zero' : nothing} x1=${left} x2=${width - right} y1=${y(tick)} y2=${y(tick)}></line>
      <text x=${left - 6} y=${y(tick) + 4} text-anchor="end">${show(tick)}</text>`,
  );

/** One of how many names fits into a width where each takes so much, in px. */
export const oneOf = (names: number, width: number, each = 34): number => Math.ceil(names / Math.max(1, Math.floor(width / each)));

/** Names of the months below the places where these stand, no more than there is room for. */
export function monthNames({ width, height, margin }: Frame, months: readonly number[], at: (i: number) => number): (TemplateResult | typeof nothing)[] {
  const every = oneOf(months.length, width - margin.left);
  return months.map((month, i) => (i % every === 0 ? svg`<text x=${at(i)} y=${height - 8} text-anchor="middle">${month}</text>` : nothing));
}
