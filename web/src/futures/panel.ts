// The part of the page about many futures. It comes after the first result and draws by itself, so that a
// new fan costs the rest of the page nothing.
import { html } from 'lit';
import './futures.css';
import { fieldRange } from '../state.js';
import { fanView } from './fan.js';
import { tellInsight } from './insight.js';
import { widths } from './parts.js';
import { drawEach, tellNear } from '../views/turn.js';
import { rangeOf } from './ranges.js';
import { futures } from './state.js';

export async function mount(host: HTMLElement): Promise<void> {
  const [{ chanceView }, { driversView }, { allocationView }] = await Promise.all([import('./chance.js'), import('./drivers.js'), import('./allocation.js')]);
  const measure = () => {
    const inner = (selector: string) => Math.floor(host.querySelector(selector)?.clientWidth ?? 0);
    const next = { whole: inner('.drawing.tall'), half: inner('.drawing.short'), short: host.querySelector('.drawing.short')?.clientHeight ?? 0 };
    const { whole, half, short } = widths.peek();
    if (next.whole > 0 && next.half > 0 && (next.whole !== whole || next.half !== half || next.short !== short)) widths.value = next;
  };
  drawEach(host, { fan: fanView, chance: () => html`<div class="two">${chanceView()} ${driversView()}</div>`, allocation: allocationView });
  tellNear(host, futures);
  measure();
  const observer = new ResizeObserver(measure);
  for (const part of host.children) observer.observe(part);
  fieldRange.value = rangeOf;
  tellInsight();
}
