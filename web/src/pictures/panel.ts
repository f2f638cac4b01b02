// The pictures of the plan, one at a time. They come after the first result and draw by themselves.
import { html, nothing, type TemplateResult } from 'lit';
import type { Breakdown, Plan } from '@engine/growth.js';
import './pictures.css';
import { emptyView, stateView } from '../futures/parts.js';
import { pt } from '../i18n/pictures.js';
import { outcome } from '../state.js';
import { drawInTurn, tellNear } from '../views/turn.js';
import { bridgeView } from './bridge.js';
import { cashView } from './cash.js';
import { cohortsView } from './cohorts.js';
import { flywheelView } from './flywheel.js';
import { ladderView } from './ladder.js';
import { roiView } from './roi.js';
import { parts, tab, tabs, width } from './state.js';

const views: Record<(typeof tabs)[number], (answer: Breakdown, plan: Plan) => TemplateResult> = {
  flywheel: flywheelView, bridge: bridgeView, cash: cashView, cohorts: cohortsView, ladder: ladderView, roi: roiView,
};

function panelView(): TemplateResult {
  const { answer, state } = parts;
  const current = outcome.value;
  // What was taken apart may be the plan of other inputs, of another length.
  const fits = answer && current.kind === 'plan' && answer.room.months.length === current.plan.months.month.length;
  const chosen = tab.value;
  return html`<section class="card-box pictures-card" aria-labelledby="pictures-heading" aria-busy=${state === 'updating'} data-state=${state}>
    <div class="heading">
      <h2 id="pictures-heading">${pt('heading')}</h2>
      ${stateView(parts)}
    </div>
    <div class="tabs" role="group" aria-label=${pt('choose')}>
      ${tabs.map((name) => html`<button aria-pressed=${name === chosen} data-tab=${name} @click=${() => (tab.value = name)}>${pt(`tab.${name}`)}</button>`)}
    </div>
    <div class="picture" data-picture=${chosen}>
      <h3>${pt(chosen)}</h3>
      ${fits ? views[chosen](answer, current.plan) : nothing}
      ${fits ? nothing : emptyView(parts)}
    </div>
  </section>`;
}

export function mount(host: HTMLElement): void {
  const measure = () => {
    const inner = Math.floor(host.querySelector('.picture')?.clientWidth ?? 0);
    if (inner > 0 && inner !== width.peek()) width.value = inner;
  };
  drawInTurn(host, panelView);
  tellNear(host, parts);
  measure();
  new ResizeObserver(measure).observe(host);
}
