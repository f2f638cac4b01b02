// One return on spend, by each of the definitions in use: its value, its break-even, and what turns one
// definition into another. Words and numbers of the formulas are the engine's.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { signal } from '@preact/signals-core';
import { scaleLinear } from 'd3-scale';
import type { Breakdown, RoiDefinition } from '@engine/growth.js';
import { twin } from '../futures/parts.js';
import { joined, labelled, pick } from '../i18n/index.js';
import { pt } from '../i18n/pictures.js';
import { language } from '../state.js';
import { readable } from '../views/explain.js';
import { Stops } from '../views/stops.js';
import { digits, factor, width } from './state.js';

const stops = new Stops('roi');
const chosen = signal<RoiDefinition>('paid');
const row = 38;
type Definition = Breakdown['roi']['definitions'][number];

const shown = (value: number | null) => (value === null ? pt('roi.none') : factor(value));

/** Each bar against its own break-even, which stands at the same place in all of them. */
function drawing(definitions: Definition[]): TemplateResult {
  const all = width.value;
  const names = language.value === 'zh' ? 82 : 92;
  const amounts = 62;
  const ratios = definitions.map(({ value, break_even: even }) => (value === null || even.value === null ? 0 : value / even.value));
  const x = scaleLinear().domain([Math.min(0, ...ratios), Math.max(1.25, ...ratios)]).range([names, all - amounts]);
  const inside = definitions.map(({ id, label, value, break_even: even }, i) => {
    const name = pick(label);
    const ratio = ratios[i]!;
    const y = i * row;
    return stops.stop(
      i, pt('roi.told', { name, value: shown(value), even: shown(even.value) }), { x: 0, y, width: all, height: row },
      svg`<rect class="step ${ratio >= 1 ? 'kept' : 'taken'}" x=${Math.min(x(0), x(ratio))} y=${y + 10} width=${Math.max(1.5, Math.abs(x(ratio) - x(0)))} height=${row - 20} rx="2"></rect>
        ${even.value === null ? nothing : svg`<line class="even" x1=${x(1)} x2=${x(1)} y1=${y + 4} y2=${y + row - 4}></line>`}
        <text class="name ${id === chosen.value ? 'total' : ''}" x="0" y=${y + row / 2 + 5}>${name}</text>
        <text class="amount total" x=${all} y=${y + row / 2 + 5} text-anchor="end">${value === null ? '–' : factor(value)}</text>`,
    );
  });
  return html`<div class="drawing waterfall">${stops.frame(all, definitions.length * row, pt('roi'), definitions.length, inside)}</div>
    <p class="quiet">${pt('roi.note')}</p>`;
}

function verdict({ label, value, reason, break_even: even }: Definition): string {
  const words = { name: pick(label), value: shown(value), even: shown(even.value) };
  if (value === null) return joined('sentence', [pick(reason!), even.value === null ? pick(even.reason!) : labelled(pt('roi.even'), words.even)]);
  if (even.value === null) return joined('sentence', [pt('roi.says.never', words), pick(even.reason!)]);
  return pt(value >= even.value ? 'roi.says.yes' : 'roi.says.no', { ...words, gap: factor(Math.abs(value - even.value)) });
}

const formula = (heading: string, words: string, numbers: string) =>
  html`<h4>${heading}</h4>
    <p class="formula">${readable(words)}</p>
    ${numbers && numbers !== words ? html`<p class="formula quiet">= ${readable(numbers)}</p>` : nothing}`;

export function roiView({ roi }: Breakdown): TemplateResult {
  const definition = roi.definitions.find(({ id }) => id === chosen.value)!;
  const nameOf = (id: RoiDefinition) => pick(roi.definitions.find((d) => d.id === id)!.label);
  const valueOf = (id: RoiDefinition) => roi.definitions.find((d) => d.id === id)!.value;
  return html`<div class="tabs kinds" role="group" aria-label=${pt('roi.choose')}>
      ${roi.definitions.map(({ id, label }) => html`<button aria-pressed=${id === definition.id} data-roi=${id} @click=${() => (chosen.value = id)}>${pick(label)}</button>`)}
    </div>
    <p class="says verdict-roi">${verdict(definition)}</p>
    <dl class="figures pair">
      <div><dt>${pt('roi.value')}</dt><dd><b>${shown(definition.value)}</b></dd></div>
      <div><dt>${pt('roi.even')}</dt><dd><b>${shown(definition.break_even.value)}</b></dd></div>
    </dl>
    <p class="definition">${pick(definition.definition)}</p>
    ${drawing(roi.definitions)}
    <p class="hidden">${pt('keys')}</p>
    <h4>${pt('roi.convert')}</h4>
    <ul class="conversions">
      ${roi.conversions.map((step) => {
        const [a, b] = [valueOf(step.from), valueOf(step.to)];
        const names = { from: nameOf(step.from), to: nameOf(step.to) };
        return html`<li>
          ${step.factor === null
            ? labelled(`${names.from} → ${names.to}`, pick(step.reason!))
            : a === null || b === null
              ? pt('roi.convert.rule', { ...names, factor: factor(step.factor) })
              : html`<b>${pt('roi.convert.step', { ...names, a: factor(a), factor: factor(step.factor), b: factor(b) })}</b>`}
          <small>${pick(step.label)}</small>
        </li>`;
      })}
    </ul>
    <details class="twin how">
      <summary>${pt('roi.words')}</summary>
      ${formula(pick(definition.label), pick(definition.in_words), definition.with_numbers)}
      ${formula(pt('roi.even.words'), pick(definition.break_even.in_words), definition.break_even.with_numbers)}
      ${roi.conversions.map((step) => formula(pt('roi.convert.rule', { from: nameOf(step.from), to: nameOf(step.to), factor: pick(step.label) }), pick(step.in_words), step.with_numbers))}
    </details>
    ${twin(
      [pt('roi.head.name'), pt('roi.value'), pt('roi.even')],
      roi.definitions.map(({ label, value, break_even: even }) => [pick(label), value === null ? pt('roi.none') : digits(value), even.value === null ? pt('roi.none') : digits(even.value)]),
      pt('roi'),
    )}`;
}
