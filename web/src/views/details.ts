// Where the profit comes from, and the state of the room.
import { html, type TemplateResult } from 'lit';
import { scaleLinear } from 'd3-scale';
import type { Contribution, Plan } from '@engine/growth.js';
import { hasKey, t } from '../i18n/index.js';
import { count, percent, yuan } from '../numbers.js';
import { language } from '../state.js';

const money = (value: number) => yuan(value, language.value);

export function attributionView(plan: Plan): TemplateResult {
  const { attribution } = plan;
  const rows: { name: string; part: Contribution; marginal?: number | undefined }[] = [
    { name: t('attribution.private_pool'), part: attribution.private_pool },
    { name: t('attribution.repurchase'), part: attribution.repurchase },
    ...Object.entries(attribution.channels).map(([id, part]) => {
      const key = `channel.${id}`;
      return { name: hasKey(key) ? t(key) : id, part, marginal: attribution.marginal_profit_per_yuan[id] };
    }),
    { name: t('attribution.vouchers'), part: attribution.vouchers },
    { name: t('attribution.incentives'), part: attribution.incentives },
  ];
  // The bars share one line of zero, as far left as the losses allow.
  const lowest = Math.min(0, ...rows.map(({ part }) => part.profit));
  const highest = Math.max(0, ...rows.map(({ part }) => part.profit));
  const x = scaleLinear().domain(lowest === highest ? [0, 1] : [lowest, highest]).range([0, 200]);
  return html`<section class="card-box" aria-labelledby="attribution-heading">
    <h2 id="attribution-heading">${t('attribution.heading')}</h2>
    <p class="says">${t('attribution.says', { months: plan.scenario.horizon_months! })}</p>
    <ul class="bars">
      ${rows.map(
        ({ name, part, marginal }) => html`<li>
          <span class="name">${name}</span>
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
            ${[
              part.roi === null ? '' : t('attribution.roi', { roi: count(part.roi, language.value) }),
              marginal === undefined ? '' : t('attribution.marginal', { marginal: count(marginal, language.value) }),
            ]
              .filter(Boolean)
              .join(language.value === 'zh' ? '；' : '; ')}
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

export function roomView(plan: Plan): TemplateResult {
  const { diagnosis } = plan;
  return html`<section class="card-box" aria-labelledby="room-heading">
    <h2 id="room-heading">${t('room.heading')}</h2>
    <p class="says">${t('room.says')} ${t('room.gpm.says', { gpm: money(diagnosis.gpm), published: money(diagnosis.published_gpm) })}</p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="room-heading">
      <table class="room">
        <thead>
          <tr>
            <th scope="col">${t('room.indicator')}</th>
            <th scope="col">${t('room.value')}</th>
            <th scope="col">${t('room.benchmark')}</th>
            <th scope="col">${t('room.effect')}</th>
            <th scope="col">${t('room.reach')}</th>
          </tr>
        </thead>
        <tbody>
          ${diagnosis.indicators.map(
            (indicator) => html`<tr class=${indicator.id === diagnosis.best_indicator ? 'best' : ''}>
              <th scope="row">${t(`room.${indicator.id}`)}</th>
              <td>${shown(indicator.id, indicator.value)}</td>
              <td>${shown(indicator.id, indicator.benchmark)}</td>
              <td>${indicator.at_limit ? t('room.limit') : percent(indicator.elasticity / 100, language.value, 2)}</td>
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
