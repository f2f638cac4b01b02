// How many of each month's new customers came back, by month since: a row per cohort.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { signal } from '@preact/signals-core';
import { rt } from '../i18n/records.js';
import type { Orders } from './answers.js';
import { card, widths } from './pictures.js';
import { share, whole } from './words.js';

/** Rows of the picture; the table has all. */
const most = 24;
const margin = { top: 22, left: 58 };

/** Edges between the shades, in shares. */
function edgesOf(shares: readonly number[]): number[] {
  const sorted = [...shares].sort((a, b) => a - b);
  const top = sorted[Math.floor(0.97 * (sorted.length - 1))] || 0.01;
  return [0.1, 0.3, 0.55, 0.8].map((part) => part * top);
}
const shadeOf = (value: number, edges: readonly number[]) => (value === 0 ? 0 : 1 + edges.filter((edge) => value > edge).length);

type Place = readonly [number, number];

function move(event: KeyboardEvent, at: Place, lengths: readonly number[]): Place | undefined {
  const [row, age] = at;
  const to: Place | undefined = (
    {
      ArrowRight: [row, age + 1], ArrowLeft: [row, age - 1], ArrowDown: [row + 1, age], ArrowUp: [row - 1, age], Home: [row, 1], End: [row, (lengths[row] ?? 2) - 1],
    } as Record<string, Place>
  )[event.key];
  if (!to) return undefined;
  event.preventDefault();
  return to[1] >= 1 && to[1] < (lengths[to[0]] ?? 0) ? to : at;
}

const pointed = signal<Place | undefined>(undefined);

export function heatmap({ cohorts }: Orders): TemplateResult | typeof nothing {
  const all = cohorts.months.map((month, i) => ({ month, customers: cohorts.customers[i]!, active: cohorts.active[i]! }));
  // The month of the first order itself says nothing of coming back.
  const drawn = all.filter(({ customers, active }) => customers > 0 && active.length > 1).slice(-most);
  if (drawn.length < 2) return nothing;
  const ages = Math.max(...drawn.map(({ active }) => active.length));
  const of = (row: number, age: number) => drawn[row]!.active[age]! / drawn[row]!.customers;
  const edges = edgesOf(drawn.flatMap(({ active }, row) => active.slice(1).map((_, i) => of(row, i + 1))));
  const width = widths.value.whole;
  const cell = Math.min(56, (width - margin.left) / (ages - 1));
  const tall = Math.max(14, Math.min(24, cell * 0.8));
  const height = margin.top + tall * drawn.length;
  const every = Math.ceil(24 / cell);
  const lengths = drawn.map(({ active }) => active.length);
  const now = pointed.value;
  const focusable: Place = now ?? [0, 1];
  const told = (row: number, age: number) =>
    rt('p.cohort.told', { month: drawn[row]!.month, n: whole(drawn[row]!.customers), age, active: whole(drawn[row]!.active[age]!), share: share(of(row, age)) });
  /** Of all whose month that was, how many came back. */
  const overall = (age: number) => {
    const seen = all.filter(({ active }) => active.length > age);
    return seen.reduce((a, { active }) => a + active[age]!, 0) / Math.max(1, seen.reduce((a, { customers }) => a + customers, 0));
  };
  const far = Math.min(6, ages - 1);
  const says = far > 1 ? rt('p.cohorts.says', { first: share(overall(1)), n: far, later: share(overall(far)) }) : rt('p.cohorts.one');
  return card(
    'cohorts', rt('p.cohorts'),
    html`${says}${drawn.length < all.filter(({ active }) => active.length > 1).length ? html` ${rt('p.cohorts.cut', { n: drawn.length })}` : nothing}`,
    html`<div class="drawing">
        <svg
          class="months heat" width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="group" aria-label=${rt('p.cohorts')}
          @pointerleave=${() => (pointed.value = undefined)}
          @keydown=${(event: KeyboardEvent) => {
            const to = move(event, focusable, lengths);
            if (!to) return;
            pointed.value = to;
            queueMicrotask(() => document.querySelector<SVGElement>(`[data-cell="${to.join('-')}"]`)?.focus());
          }}
        >
          <g class="axis" aria-hidden="true">
            ${Array.from({ length: ages - 1 }, (_, i) => (i % every === 0 ? svg`<text x=${margin.left + cell * (i + 0.5)} y="14" text-anchor="middle">${i + 1}</text>` : nothing))}
            ${drawn.map(({ month }, row) => svg`<text x=${margin.left - 8} y=${margin.top + tall * (row + 0.5) + 4} text-anchor="end">${month}</text>`)}
          </g>
          ${drawn.map(({ active }, row) =>
            active.slice(1).map((_, i) => {
              const age = i + 1;
              const chosen = now?.[0] === row && now[1] === age;
              return svg`<rect
                class="cell shade-${shadeOf(of(row, age), edges)} ${chosen ? 'pointed' : ''}" data-cell="${row}-${age}" role="img" aria-label=${told(row, age)}
                tabindex=${focusable[0] === row && focusable[1] === age ? 0 : -1}
                x=${margin.left + cell * i + 0.5} y=${margin.top + tall * row + 0.5} width=${Math.max(1, cell - 1)} height=${tall - 1}
                @focus=${() => (pointed.value = [row, age])} @pointerenter=${() => (pointed.value = [row, age])} @click=${() => (pointed.value = [row, age])}></rect>`;
            }),
          )}
        </svg>
      </div>
      <p class="legend">
        ${now
          ? html`<b>${told(now[0], now[1])}</b>`
          : html`<span>${rt('p.cohorts.scale')}</span>
              ${[0, ...edges].map((edge, i) => html`<span><i class="shade-${i === 0 ? 0 : i}"></i>${i === 0 ? share(0) : `≤ ${share(edge)}`}</span>`)}
              <span><i class="shade-5"></i>&gt; ${share(edges.at(-1)!)}</span>`}
      </p>`,
    {
      head: [rt('p.cohort.head'), rt('p.cohort.customers'), ...Array.from({ length: Math.max(...all.map(({ active }) => active.length)) - 1 }, (_, i) => String(i + 1))],
      rows: all.map(({ month, customers, active }) => [month, whole(customers), ...Array.from({ length: Math.max(...all.map((c) => c.active.length)) - 1 }, (_, i) => (active[i + 1] === undefined ? '' : whole(active[i + 1]!)))]),
    },
    rt('keys.grid'),
  );
}
