// What stands below the first screen: the months as a picture and a table, the policy, every result. It comes
// after the first result, into places that are kept for it.
import { effect } from '@preact/signals-core';
import { html, nothing, render } from 'lit';
import { outcome } from '../state.js';
import { chartView, chartWidth } from './chart.js';
import { attributionView, figuresView, roomView } from './details.js';
import { policyView } from './policy.js';
import { tableView } from './table.js';

/** On a phone the bar with the result stays above the keyboard. */
function aboveKeyboard(): void {
  const seen = window.visualViewport;
  if (!seen) return;
  const lift = () => {
    const hidden = Math.max(0, document.documentElement.clientHeight - seen.height - seen.offsetTop);
    // While the page is zoomed, what is visible says nothing of a keyboard.
    document.querySelector<HTMLElement>('.dock')?.style.setProperty('bottom', `${seen.scale > 1 ? 0 : hidden}px`);
  };
  seen.addEventListener('resize', lift);
  seen.addEventListener('scroll', lift);
}

export function mount(months: HTMLElement, lower: HTMLElement): void {
  const plan = () => (outcome.value.kind === 'plan' ? outcome.value.plan : undefined);
  effect(() => {
    const now = plan();
    if (now) render(chartView(now), months);
  });
  effect(() => {
    const now = plan();
    render(now ? html`${policyView(now)} ${figuresView(now)}<div class="two">${attributionView(now)} ${roomView(now)}</div>${tableView(now)}` : nothing, lower);
  });
  const measure = () => {
    const width = months.querySelector('.drawing')?.clientWidth;
    if (width) chartWidth.value = width;
  };
  measure();
  new ResizeObserver(measure).observe(months);
  aboveKeyboard();
}
