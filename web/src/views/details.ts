// Where the profit comes from, and the state of the room.
import { html, type TemplateResult } from 'lit';
import { scaleLinear } from 'd3-scale';
import type { Contribution, Plan } from '@engine/growth.js';
import { channelName, joined, pick, t } from '../i18n/index.js';
import { lt } from '../i18n/lower.js';
import { count, percent, reading, yuan } from '../numbers.js';
import quantities from '../generated/quantities.json';
import { language } from '../state.js';
import type { Text } from '../types.js';
import { ask, askWithout, askWords } from './explain.js';
import { paybackText } from './results.js';

const money = (value: number) => yuan(value, language.value);

export function attributionView(plan: Plan): TemplateResult {
  const { attribution } = plan;
  const named = (id: 'private_pool' | 'repurchase' | 'vouchers' | 'incentives') => ({ name: () => lt(`attribution.${id}`), part: attribution[id] });
  const rows: { name: () => string; part: Contribution; marginal?: number | undefined }[] = [
    named('private_pool'), named('repurchase'),
    ...Object.entries(attribution.channels).map(([id, part]) => ({ name: () => channelName(id), part, marginal: attribution.marginal_profit_per_yuan[id] })),
    named('vouchers'), named('incentives'),
  ];
  // The bars share one line of zero, as far left as the losses allow.
  const lowest = Math.min(0, ...rows.map(({ part }) => part.profit));
  const highest = Math.max(0, ...rows.map(({ part }) => part.profit));
  const x = scaleLinear().domain(lowest === highest ? [0, 1] : [lowest, highest]).range([0, 200]);
  return html`<section class="card-box" aria-labelledby="attribution-heading">
    <h2 id="attribution-heading">${lt('attribution.heading')}</h2>
    <p class="says">${lt('attribution.says', { months: plan.scenario.horizon_months! })}</p>
    <ul class="bars">
      ${rows.map(
        ({ name, part, marginal }) => html`<li>
          <button class="plain name" @click=${() => askWithout(name, plan.summary.profit, part.profit)}>${name()}</button>
          <svg class="bar" viewBox="0 0 200 12" preserveAspectRatio="none" aria-hidden="true">
            <rect
              class=${part.profit < 0 ? 'negative' : 'positive'}
              x=${Math.min(x(0), x(part.profit))}
              width=${Math.abs(x(part.profit) - x(0))}
              height="12"
            ></rect>
            <line x1=${x(0)} x2=${x(0)} y1="0" y2="12"></line>
          </svg>
          <b class=${part.profit < 0 ? 'loss' : ''}>${money(part.profit)}</b>
          <small>
            ${joined('semicolon', [
              part.roi === null ? '' : lt('attribution.roi', { roi: count(part.roi, language.value) }),
              marginal === undefined ? '' : lt('attribution.marginal', { marginal: count(marginal, language.value) }),
            ])}
          </small>
        </li>`,
      )}
    </ul>
  </section>`;
}

const shown = (id: string, value: number) => {
  if (id === 'square_ctr' || id === 'interaction_rate') return percent(value, language.value);
  return id === 'gpm' ? money(value) : count(value, language.value);
};

type Indicator = Plan['diagnosis']['indicators'][number];

function askIndicator({ id, value, benchmark, ratio, profit_per_percent: gain }: Indicator): void {
  askWords(() => ({
    title: t(`room.${id}`), figure: shown(id, value), definition: lt(`room.def.${id}`), formula: '', terms: [],
    numbers: lt('room.compared', { value: shown(id, value), benchmark: shown(id, benchmark), ratio: count(ratio, language.value), gain: money(gain) }),
  }));
}

export function roomView(plan: Plan): TemplateResult {
  const { diagnosis } = plan;
  return html`<section class="card-box" aria-labelledby="room-heading">
    <h2 id="room-heading">${lt('room.heading')}</h2>
    <p class="says">${joined('sentence', [lt('room.says'), lt('room.gpm.says', { gpm: money(diagnosis.gpm), published: money(diagnosis.published_gpm) })])}</p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="room-heading">
      <table class="room">
        <thead>
          <tr>
            <th scope="col">${lt('room.indicator')}</th>
            <th scope="col">${lt('room.value')}</th>
            <th scope="col">${lt('room.benchmark')}</th>
            <th scope="col">${lt('room.effect')}</th>
            <th scope="col">${lt('room.reach')}</th>
          </tr>
        </thead>
        <tbody>
          ${diagnosis.indicators.map(
            (indicator) => html`<tr class=${indicator.id === diagnosis.best_indicator ? 'best' : ''}>
              <th scope="row"><button class="plain" @click=${() => askIndicator(indicator)}>${t(`room.${indicator.id}`)}</button></th>
              <td>${shown(indicator.id, indicator.value)}</td>
              <td>${shown(indicator.id, indicator.benchmark)}</td>
              <td>${indicator.at_limit ? lt('room.limit') : percent(indicator.elasticity / 100, language.value, 2)}</td>
              <td class=${indicator.profit_at_benchmark < 0 ? 'loss' : ''}>
                ${indicator.profit_at_benchmark > 0 ? '+' : ''}${money(indicator.profit_at_benchmark)}
              </td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

interface Quantity {
  id: string;
  unit: string;
  label: Text;
}
const all = quantities as Record<'summary' | 'unit_economics', Quantity[]>;

function amountOf(id: string, value: number | null | undefined, unit: string): string {
  if (id === 'payback_month' && value !== undefined) return paybackText(value);
  return value === null || value === undefined ? '–' : reading(value, unit, language.value).replace('-', '−');
}

/** Every result of the plan, each explained by the engine. */
export function figuresView(plan: Plan): TemplateResult {
  const list = (section: 'summary' | 'unit_economics') =>
    html`<h3>${lt(`figures.${section}`)}</h3>
      <ul class="figures-list">
        ${all[section].map(({ id, unit, label }) => {
          const value = (plan[section] as unknown as Record<string, number | null>)[id];
          return html`<li>
            <button class="plain" @click=${() => ask(`${section}.${id}`)}>${pick(label)}</button>
            <b class=${(value ?? 0) < 0 ? 'loss' : ''}>${amountOf(id, value, unit)}</b>
          </li>`;
        })}
      </ul>`;
  return html`<section class="card-box" aria-labelledby="figures-heading">
    <h2 id="figures-heading">${lt('figures.heading')}</h2>
    <p class="says">${lt('figures.says')}</p>
    <div class="two">
      <div>${list('summary')}</div>
      <div>${list('unit_economics')}</div>
    </div>
  </section>`;
}
