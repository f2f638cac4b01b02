// A row per cohort, a shade per month since: read one by one with the pointer or the arrow keys.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { signal } from '@preact/signals-core';
import './heat.css';

export interface HeatRow {
  name: string;
  /** Of step 1, 2, …; rows may end early. */
  values: readonly number[];
}

const top = 22;
/** About as wide as a label of 12 px is. */
export const wide = (text: string) => [...text].reduce((all, sign) => all + (sign > '\u2e80' ? 12 : 7), 0);

/** Edges between the shades. */
function edgesOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const high = sorted[Math.floor(0.97 * (sorted.length - 1))] || 0.01;
  return [0.1, 0.3, 0.55, 0.8].map((part) => part * high);
}
const shadeOf = (value: number, edges: readonly number[]) => (value === 0 ? 0 : 1 + edges.filter((edge) => value > edge).length);

type Place = readonly [number, number];

function move(event: KeyboardEvent, at: Place, lengths: readonly number[]): Place | undefined {
  const [row, step] = at;
  const to: Place | undefined = (
    {
      ArrowRight: [row, step + 1], ArrowLeft: [row, step - 1], ArrowDown: [row + 1, step], ArrowUp: [row - 1, step], Home: [row, 1], End: [row, lengths[row] ?? 1],
    } as Record<string, Place>
  )[event.key];
  if (!to) return undefined;
  event.preventDefault();
  return to[1] >= 1 && to[1] <= (lengths[to[0]] ?? 0) ? to : at;
}

export class HeatMap {
  private readonly at = signal<Place | undefined>(undefined);
  constructor(readonly name: string) {}

  /** `told` says a cell in words, `amount` an edge of the scale. */
  view(label: string, width: number, rows: readonly HeatRow[], told: (row: number, step: number) => string, scale: string, amount: (value: number) => string): TemplateResult {
    const lengths = rows.map(({ values }) => values.length);
    const steps = Math.max(...lengths);
    const edges = edgesOf(rows.flatMap(({ values }) => values));
    const left = 10 + Math.max(...rows.map(({ name }) => wide(name)));
    const cell = Math.min(56, (width - left) / steps);
    const tall = Math.max(14, Math.min(24, cell * 0.8));
    const height = top + tall * rows.length;
    const every = Math.ceil(24 / cell);
    const kept = this.at.value;
    const now = kept && kept[1] <= (lengths[kept[0]] ?? 0) ? kept : undefined;
    const focusable: Place = now ?? [0, 1];
    const take = (place: Place) => () => (this.at.value = place);
    return html`<div class="drawing">
        <svg
          class="months heat" width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="group" aria-label=${label}
          @pointerleave=${() => (this.at.value = undefined)}
          @keydown=${(event: KeyboardEvent) => {
            // From where the focus is: a pointer may rest elsewhere on the picture.
            const focused = (event.target as Element).getAttribute('data-cell')!.slice(this.name.length + 1);
            const to = move(event, focused.split('-').map(Number) as [number, number], lengths);
            if (!to) return;
            this.at.value = to;
            queueMicrotask(() => document.querySelector<SVGElement>(`[data-cell="${this.name}-${to.join('-')}"]`)?.focus());
          }}
        >
          <g class="axis" aria-hidden="true">
            ${Array.from({ length: steps }, (_, i) => (i % every === 0 ? svg`<text x=${left + cell * (i + 0.5)} y="14" text-anchor="middle">${i + 1}</text>` : nothing))}
            ${rows.map(({ name }, row) => svg`<text x=${left - 8} y=${top + tall * (row + 0.5) + 4} text-anchor="end">${name}</text>`)}
          </g>
          ${rows.map(({ values }, row) =>
            values.map((value, i) => {
              const place: Place = [row, i + 1];
              const chosen = now?.[0] === row && now[1] === i + 1;
              return svg`<rect
                class="cell shade-${shadeOf(value, edges)} ${chosen ? 'pointed' : ''}" data-cell="${this.name}-${row}-${i + 1}" role="img" aria-label=${told(row, i + 1)}
                tabindex=${focusable[0] === row && focusable[1] === i + 1 ? 0 : -1}
                x=${left + cell * i + 0.5} y=${top + tall * row + 0.5} width=${Math.max(1, cell - 1)} height=${tall - 1}
                @focus=${take(place)} @pointerenter=${take(place)} @click=${take(place)}></rect>`;
            }),
          )}
        </svg>
      </div>
      <p class="legend">
        ${now
          ? html`<b>${told(now[0], now[1])}</b>`
          : html`<span>${scale}</span>
              ${[0, ...edges].map((edge, i) => html`<span><i class="shade-${i}"></i>${i === 0 ? amount(0) : `≤ ${amount(edge)}`}</span>`)}
              <span><i class="shade-5"></i>&gt; ${amount(edges.at(-1)!)}</span>`}
      </p>`;
  }
}
