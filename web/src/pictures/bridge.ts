// From GMV to profit, step by step: what each takes and what is left after it.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { scaleLinear } from 'd3-scale';
import type { Breakdown, Plan } from '@engine/growth.js';
import { twin } from '../futures/parts.js';
import { inSentence, pick } from '../i18n/index.js';
import { pt } from '../i18n/pictures.js';
import { wide } from '../views/heat.js';
import { Stops } from '../views/stops.js';
import { inAll } from './asked.js';
import { digits, money, width } from './state.js';

const stops = new Stops('bridge');
const row = 32;
type Step = Breakdown['bridge'][number];

/** Signed, so that no colour is needed to tell income from cost. */
const change = (value: number) => (value > 0 ? `+${money(value)}` : money(value));

function drawing(steps: Step[]): TemplateResult {
  const all = width.value;
  const total = (i: number) => i === 0 || i === steps.length - 1;
  const told = steps.map(({ label, value }, i) => ({ name: pick(label), value: total(i) ? money(value) : change(value) }));
  const names = 12 + Math.max(...told.map(({ name }) => wide(name)));
  const amounts = 14 + 1.2 * Math.max(...told.map(({ value }) => wide(value)));
  const ends = steps.map(({ running }) => running);
  const x = scaleLinear().domain([Math.min(0, ...ends), Math.max(1e-9, ...ends)]).range([names, all - amounts]);
  const inside = steps.map((step, i) => {
    const from = total(i) ? 0 : steps[i - 1]!.running;
    const [left, right] = [Math.min(x(from), x(step.running)), Math.max(x(from), x(step.running))];
    const y = i * row;
    const { name, value } = told[i]!;
    const kind = total(i) ? (step.value < 0 ? 'lost' : i === 0 ? 'sold' : 'kept') : step.value > 0 ? 'gained' : 'taken';
    return stops.stop(
      i, pt('bridge.told', { name, value, running: money(step.running) }), { x: 0, y, width: all, height: row },
      svg`${i + 1 < steps.length ? svg`<line class="joint" x1=${x(step.running)} x2=${x(step.running)} y1=${y + row - 7} y2=${y + row + 7}></line>` : nothing}
        <rect class="step ${kind}" x=${left} y=${y + 7} width=${Math.max(1.5, right - left)} height=${row - 14} rx="2"></rect>
        <text class="name" x="0" y=${y + row / 2 + 5}>${name}</text>
        <text class="amount ${total(i) ? 'total' : ''}" x=${all} y=${y + row / 2 + 5} text-anchor="end">${value}</text>`,
    );
  });
  const zero = svg`<line class="zero" x1=${x(0)} x2=${x(0)} y1="0" y2=${steps.length * row}></line>`;
  return html`<div class="drawing waterfall">${stops.frame(all, steps.length * row, pt('bridge'), steps.length, [zero, inside])}</div>`;
}

export function bridgeView({ bridge, room }: Breakdown, plan: Plan): TemplateResult {
  // What never happens in this plan takes no line.
  const steps = bridge.filter(({ value }, i) => i === 0 || i === bridge.length - 1 || value !== 0);
  const [gmv, profit] = [bridge[0]!, bridge.at(-1)!];
  const [a, b] = bridge.slice(1, -1).sort((p, q) => p.value - q.value);
  const name = (step: Step) => inSentence(pick(step.label));
  const words = {
    months: room.months.length, gmv: money(gmv.value), profit: money(profit.value),
    lost: money(-profit.value), away: money((-100 * profit.value) / Math.max(1e-9, gmv.value)), first: name(a!), a: money(-a!.value), second: name(b!), b: money(-b!.value), kept: money((100 * profit.value) / Math.max(1e-9, gmv.value)),
  };
  return html`<p class="says">${pt(gmv.value <= 0 ? 'bridge.says.none' : profit.value < 0 ? 'bridge.says.loss' : 'bridge.says', words)}</p>
    ${drawing(steps)}
    <p class="hidden">${pt('keys')}</p>
    ${twin(
      [pt('bridge.head.step'), pt('bridge.head.value'), pt('bridge.head.running')],
      bridge.map((step) => [inAll(step.id, pick(step.label), plan), digits(step.value), digits(step.running)]),
      pt('bridge'),
    )}`;
}
