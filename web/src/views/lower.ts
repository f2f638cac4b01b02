// What stands below the first screen: the months as a picture and a table, the policy, every result. It comes
// after the first result, into places that are kept for it.
import { computed } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import type { Plan } from '@engine/growth.js';
import { after } from '../rest.js';
import { outcome } from '../state.js';
import { chartView, chartWidth } from './chart.js';
import { attributionView, figuresView, roomView } from './details.js';
import { policyView } from './policy.js';
import { tableView } from './table.js';
import { drawEach, drawInTurn } from './turn.js';

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

/** With `drop`, what stood in the place of the months goes when they are drawn. */
export async function mount(months: HTMLElement, lower: HTMLElement, drop: () => void): Promise<void> {
  const of = (view: (plan: Plan) => TemplateResult) => () => (outcome.value.kind === 'plan' ? view(outcome.value.plan) : nothing);
  const measure = () => {
    const width = months.querySelector('.drawing')?.clientWidth;
    if (width) chartWidth.value = width;
  };
  measure();
  // To say what the picture holds takes as long as to draw it: the first time, each has a task of its own.
  const chart = computed(of(chartView));
  void chart.value;
  await after(0);
  drawInTurn(months, () => {
    drop();
    return chart.value;
  });
  drawEach(lower, {
    policy: of(policyView),
    figures: of(figuresView),
    attribution: of((plan) => html`<div class="two">${attributionView(plan)} ${roomView(plan)}</div>`),
    table: of(tableView),
  });
  new ResizeObserver(measure).observe(months);
  aboveKeyboard();
}
