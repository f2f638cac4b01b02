// The flywheel of a month: who brings the viewers, where those who buy go, and what that leaves in the pool
// for the next turn. Visits and people differ by orders of magnitude, so each part has a scale of its own.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { sum } from 'd3-array';
import type { Breakdown, Flow } from '@engine/growth.js';
import { joined, pick, signOf } from '../i18n/index.js';
import { hasLowerKey, lt } from '../i18n/lower.js';
import { pt, type PicturesKey } from '../i18n/pictures.js';
import { twin } from '../futures/parts.js';
import { inMonth } from './asked.js';
import { bar, heightOf, laidOut, linksOf, row, type Link, type Node, type Part } from './layout.js';
import { digits, flywheelStops as stops, heads, monthOf, share, width } from './state.js';
import { stepper } from './stepper.js';

/** Sources go by the names they have in the other pictures. */
function nameOf(flow: Flow, id: string): string {
  const series = `series.${id.replace('new_customers_', 'viewers_')}`;
  if (hasLowerKey(series)) return lt(series);
  if (id === 'new_customers_affiliate') return pt('flywheel.affiliate');
  return pick(flow.nodes.find((node) => node.id === id)!.label);
}

const headline = 24;

function ribbon({ source, target, x: [from, to], y: [a, b], thickness }: Link, faint: boolean): TemplateResult {
  const middle = (from + to) / 2;
  return svg`<path class="ribbon r-${source} r-${target} ${faint ? 'faint' : ''}" stroke-width=${Math.max(1, thickness)}
    d="M${from},${a}C${middle},${a} ${middle},${b} ${to},${b}"></path>`;
}

/** From the viewers of a source to its buyers: two scales, so only the ends tell amounts. */
function necks(visits: Part, customers: Part): TemplateResult[] {
  return customers.nodes.flatMap((buyers) => {
    const viewers = buyers.first && visits.nodes.find((node) => node.id === buyers.id.replace('new_customers_', 'viewers_'));
    if (!viewers) return [];
    const [from, to] = [viewers.x + bar, buyers.x];
    const middle = (from + to) / 2;
    return [svg`<path class="neck" d="M${from},${viewers.top}C${middle},${viewers.top} ${middle},${buyers.top} ${to},${buyers.top}L${to},${buyers.bottom}C${middle},${buyers.bottom} ${middle},${viewers.bottom} ${from},${viewers.bottom}Z"></path>`];
  });
}

const unitOf = (flow: Flow) => pt(`unit.${flow.unit}` as PicturesKey);

function told(part: Part, node: Node): string {
  const ends = (links: Link[], other: 'source' | 'target') => joined('item', links.map((link) => `${nameOf(part.flow, link[other])} ${heads(link.amount)}`));
  const [into, out] = [part.links.filter((link) => link.target === node.id), part.links.filter((link) => link.source === node.id)];
  const whole = pt('flywheel.told', { name: nameOf(part.flow, node.id), value: heads(node.amount), unit: unitOf(part.flow) });
  return joined('comma', [whole, into.length > 0 ? pt('flywheel.from', { list: ends(into, 'source') }) : '', out.length > 0 ? pt('flywheel.to', { list: ends(out, 'target') }) : '']);
}

function stopOf(part: Part, node: Node, index: number): TemplateResult {
  const middle = (node.top + node.bottom) / 2;
  const x = node.first ? node.x + bar + 7 : node.x - 7;
  const reach = 128;
  const box = { x: node.first ? node.x : node.x + bar - reach, y: Math.min(node.top, middle - row / 2 + 2), width: reach, height: Math.max(node.bottom - node.top, row - 4) };
  return stops.stop(
    index, told(part, node), box,
    svg`<rect class="node n-${node.id}" x=${node.x} y=${node.top} width=${bar} height=${Math.max(1.5, node.bottom - node.top)} rx="2"></rect>
      <text class="name" x=${x} y=${middle - 3} text-anchor=${node.first ? 'start' : 'end'}>${nameOf(part.flow, node.id)}</text>
      <text class="amount" x=${x} y=${middle + 13} text-anchor=${node.first ? 'start' : 'end'}>${heads(node.amount)}</text>`,
  );
}

function drawing(answer: Breakdown, month: number): TemplateResult {
  const flow = (id: Flow['id']) => answer.flows.find((f) => f.id === id)!;
  const [visits, customers, pool] = [flow('visits'), flow('customers'), flow('pool')];
  const all = width.value;
  const beside = all >= 640;
  const heights = [heightOf(visits, month), heightOf(customers, month), heightOf(pool, month)] as const;
  const side = Math.floor(all * 0.41);
  const first = beside ? Math.max(heights[0], heights[1]) : heights[0];
  const second = beside ? headline : 2 * headline + first + 12;
  const third = beside ? 2 * headline + first + 18 : second + heights[1] + headline + 18;
  const placed = [
    laidOut(visits, month, { left: 0, right: beside ? side : all, top: headline, height: first }),
    laidOut(customers, month, { left: beside ? all - side : 0, right: all, top: second, height: beside ? first : heights[1] }),
    laidOut(pool, month, { left: 0, right: all, top: third, height: heights[2] }),
  ];
  const height = third + heights[2] + 6;
  const stations = placed.flatMap((part) => part.nodes.map((node) => ({ part, node })));
  const at = stops.at.value === undefined ? undefined : stations[stops.at.value];
  const faint = (part: Part, link: Link) => at !== undefined && !(at.part === part && (link.source === at.node.id || link.target === at.node.id));
  const title = (id: 'visits' | 'customers' | 'pool', x: number, y: number) => svg`<text class="part" x=${x} y=${y}>${pt(`flow.${id}`)}</text>`;
  const inside = svg`
    <g aria-hidden="true">
      ${title('visits', 0, headline - 10)} ${title('customers', beside ? all - side : 0, second - 10)} ${title('pool', 0, third - 10)}
      ${beside ? necks(placed[0]!, placed[1]!) : nothing}
      ${placed.map((part) => part.links.map((link) => ribbon(link, faint(part, link))))}
    </g>
    ${stations.map(({ part, node }, i) => stopOf(part, node, i))}`;
  return html`<div class="drawing sankey">${stops.frame(all, height, pt('flywheel'), stations.length, inside)}</div>`;
}

export function flywheelView(answer: Breakdown): TemplateResult {
  const months = answer.room.months.length;
  const month = monthOf(months);
  const flow = (id: Flow['id']) => answer.flows.find((f) => f.id === id)!;
  const total = (id: Flow['id'], end: 'source' | 'target', node?: string) =>
    sum(flow(id).links.filter((link) => node === undefined || link[end] === node), (link) => link.values[month]!);
  const [pool, viewers] = [total('visits', 'source', 'by_pool'), sum(flow('visits').links.filter((link) => link.source.startsWith('by_')), (link) => link.values[month]!)];
  const says = {
    month: month + 1, viewers: heads(viewers), pool: heads(pool), share: share(viewers > 0 ? pool / viewers : 0), buyers: heads(total('customers', 'source')),
    kept: heads(total('customers', 'target', 'in_pool')), start: heads(total('pool', 'source', 'private_users')), next: heads(total('pool', 'target', 'next_month')),
  };
  const drawn = answer.flows.filter(({ id }) => id !== 'orders');
  return html`${stepper(months)}
    <p class="says">${pt(viewers > 0 ? 'flywheel.says' : 'flywheel.none', says)}</p>
    ${drawn.some((f) => linksOf(f, month).length > 0) ? drawing(answer, month) : nothing}
    <p class="legend">
      <b>${pt('flywheel.orders')}</b>
      ${flow('orders').links.map((link) => html`<span>${pick(flow('orders').nodes.find(({ id }) => id === link.source)!.label)} <b>${heads(link.values[month]!)}</b></span>`)}
    </p>
    <p class="hidden">${pt('keys')}</p>
    <details class="twin how">
      <summary>${pt('flywheel.split')}</summary>
      ${answer.flows.map((f) => html`<p><b>${pick(f.label)}</b>${signOf('colon')}${pick(f.definition)}</p>`)}
    </details>
    ${twin(
      [pt('flywheel.head.from'), pt('flywheel.head.to'), pt('flywheel.head.amount')],
      answer.flows.flatMap((f) => f.links.filter((link) => link.values[month]! > 0).map((link) => [inMonth(link.source, nameOf(f, link.source), month + 1), nameOf(f, link.target), `${digits(link.values[month]!)}${unitOf(f)}`])),
      `${pt('flywheel')}, ${pt('month', { month: month + 1 })}`,
    )}`;
}
