// The answer: a sentence, what to do next, eight numbers, and what to read first.
import { html, nothing, type TemplateResult } from 'lit';
import type { Plan } from '@engine/growth.js';
import { catalogue } from '../data.js';
import { hasKey, pick, t } from '../i18n/index.js';
import { count, isPercent, percent, reading, yuan } from '../numbers.js';
import { base, beside, language, outcome } from '../state.js';
import { labelOf, goTo } from './field.js';
import { ask } from './explain.js';

const money = (value: number) => yuan(value, language.value);

export function verdictView(plan: Plan): TemplateResult {
  const { summary } = plan;
  const months = plan.scenario.horizon_months!;
  const loses = summary.profit < 0;
  const head = loses
    ? t('verdict.loss', { months, gmv: '\u0001', loss: '\u0002' })
    : t('verdict.profit', { months, gmv: '\u0001', profit: '\u0002' });
  const tail = summary.payback_month === null ? t('verdict.nopayback') : t('verdict.payback', { month: summary.payback_month });
  // The two amounts are emphasised wherever the language puts them.
  const pieces = (head + tail).split(/(\u0001|\u0002)/).map((piece) =>
    piece === '\u0001'
      ? html`<em>${money(summary.gmv)}</em>`
      : piece === '\u0002'
        ? html`<em class=${loses ? 'loss' : ''}>${money(Math.abs(summary.profit))}</em>`
        : piece,
  );
  return html`<h1>${pieces}</h1>
    <p class="sub">${leverSentence(plan)}</p>
    ${beside.value?.line(plan) ?? nothing}`;
}

function leverSentence(plan: Plan): string {
  const { diagnosis } = plan;
  const months = plan.scenario.horizon_months!;
  const best = diagnosis.best_lever;
  const indicator = diagnosis.indicators.find((i) => `quality.${i.id}` === best);
  if (indicator) {
    const key = `room.${indicator.id}`;
    return t('verdict.lever', {
      label: hasKey(key) ? t(key) : indicator.id, change: t('verdict.percent'),
      months, gain: money(indicator.profit_per_percent * 10),
    });
  }
  const lever = diagnosis.levers.find((l) => l.path === best);
  if (!lever) return t('verdict.nolever');
  const unit = fieldUnit(lever.path);
  const step = unit.id && isPercent(unit.id) ? percent(lever.step, language.value) : reading(lever.step, unit.id, language.value);
  const suffix = unit.id && (isPercent(unit.id) || unit.id.startsWith('yuan')) ? '' : ` ${unit.label}`;
  return t('verdict.lever', {
    label: labelOf(lever.path),
    change: t(lever.profit_per_step < 0 ? 'verdict.down' : 'verdict.up', { step: (step + suffix).trim() }),
    months, gain: money(Math.abs(lever.profit_per_step)),
  });
}

function fieldUnit(path: string): { id: string; label: string } {
  const name = path.replace(/^channels\[\d+\]\./, 'channel.');
  const field = [...catalogue.fields, ...catalogue.channelFields].find((f) => f.path === name);
  return { id: field?.unit ?? 'none', label: pick(catalogue.units[field?.unit ?? 'none'] ?? { zh: '', en: '' }) };
}

interface Card {
  label: string;
  value: string;
  note: string;
  /** What explain is asked for. */
  metric: string;
  tone?: 'loss' | undefined;
  change?: string | undefined;
}

function cards(plan: Plan): Card[] {
  const { summary, unit_economics: units, diagnosis, attribution } = plan;
  const months = plan.scenario.horizon_months!;
  const change = (read: (of: Plan) => number, show = money) => beside.value?.change(plan, read, show);
  const lang = language.value;
  const stageKey = `stage.${diagnosis.stage}` as const;
  return [
    {
      label: t('card.gmv'), value: money(summary.gmv / months), metric: 'summary.gmv',
      note: t('card.gmv.note', { settled: money(summary.settled_gmv / months) }),
      change: change((of) => of.summary.gmv / of.scenario.horizon_months!),
    },
    {
      label: t('card.profit'), value: money(summary.profit / months), metric: 'summary.profit',
      note: t('card.profit.note', { share: summary.settled_gmv > 0 ? percent(summary.profit / summary.settled_gmv, lang) : '–' }),
      tone: summary.profit < 0 ? 'loss' : undefined,
      change: change((of) => of.summary.profit / of.scenario.horizon_months!),
    },
    {
      label: t('card.payback'), metric: 'summary.payback_month',
      value: summary.payback_month === null ? t('card.payback.none') : t('card.payback.value', { month: summary.payback_month }),
      note: summary.cash_low < 0 ? t('card.payback.note', { cash: money(-summary.cash_low) }) : t('card.payback.nocash'),
      tone: summary.payback_month === null ? 'loss' : undefined,
    },
    {
      label: t('card.viewers_2h'), value: count(diagnosis.viewers_2h, lang), metric: 'months.viewers_2h', note: t(stageKey),
      change: change((of) => of.diagnosis.viewers_2h, (v) => count(v, lang)),
    },
    {
      label: t('card.public_share'), value: percent(summary.public_share, lang), metric: 'summary.public_share',
      note: summary.leverage === null ? t('card.public.nonote') : t('card.public.note', { leverage: count(summary.leverage, lang) }),
    },
    {
      label: t('card.voucher'), value: money(units.voucher_yuan_worth), metric: 'unit_economics.voucher_yuan_worth',
      note: attribution.vouchers.profit === 0 ? t('card.voucher.note') : t('card.voucher.earned', { profit: money(attribution.vouchers.profit) }),
    },
    {
      label: t('card.ltv'), value: money(units.max_cac), metric: 'unit_economics.max_cac',
      note: t('card.ltv.note', { private: money(units.ltv_private), public: money(units.ltv_public) }),
      tone: units.max_cac < 0 ? 'loss' : undefined,
      change: change((of) => of.unit_economics.max_cac),
    },
    {
      label: t('card.max_cost'), value: money(units.max_cost_per_viewer), metric: 'unit_economics.max_cost_per_viewer',
      note: t('card.max_cost.note', { first: money(units.first_order_max_cost_per_viewer) }),
      tone: units.max_cost_per_viewer < 0 ? 'loss' : undefined,
    },
  ];
}

export function cardsView(plan: Plan): TemplateResult {
  return html`<section aria-label=${t('cards.heading')}>
    <ul class="cards">
      ${cards(plan).map(
        (card) => html`<li>
          <button class="card" @click=${() => ask(card.metric)}>
            <span class="name">${card.label}</span>
            <b class=${card.tone ?? ''}>${card.value}</b>
            ${card.change ? html`<span class="change">${card.change}</span>` : nothing}
            <span class="note">${card.note}</span>
            <span class="hidden">${t('card.ask', { label: card.label })}</span>
          </button>
        </li>`,
      )}
    </ul>
  </section>`;
}

export function warningsView(plan: Plan): TemplateResult | typeof nothing {
  if (plan.warnings.length === 0) return nothing;
  return html`<section class="card-box warnings" aria-labelledby="warnings-heading">
    <h2 id="warnings-heading">${t('warnings.heading')}</h2>
    <ul>
      ${plan.warnings.map((warning) => html`<li>${pick(warning.message)}</li>`)}
    </ul>
  </section>`;
}

export function errorsView(): TemplateResult {
  const current = outcome.value;
  const errors = current.kind === 'errors' ? current.errors : [];
  return html`<section class="card-box errors" role="alert">
    <h1>${t('errors.heading', { n: errors.length })}</h1>
    <ul>
      ${errors.map(
        (error) => html`<li>
          ${pick(error.message)}
          <button class="plain" @click=${() => goTo(error.path)}>${t('errors.field', { label: safeLabel(error.path) })}</button>
        </li>`,
      )}
    </ul>
  </section>`;
}

function safeLabel(path: string): string {
  try {
    return labelOf(path.replace(/(?<!channels)\[\d+\]$/, ''));
  } catch {
    return path;
  }
}

export function dockView(): TemplateResult {
  const current = outcome.value;
  if (current.kind !== 'plan') {
    const n = current.kind === 'errors' ? current.errors.length : 0;
    return html`<nav class="dock" aria-label=${t('dock.label')}><b>${n > 0 ? t('dock.errors', { n }) : t('waiting')}</b></nav>`;
  }
  const { plan } = current;
  const { summary, scenario } = plan;
  return html`<nav class="dock" aria-label=${t('dock.label')}>
    <p aria-hidden="true">
      <span>${t('dock.profit', { months: scenario.horizon_months ?? base.value.horizon_months ?? 12 })}</span>
      <b class=${summary.profit < 0 ? 'loss' : ''}>${money(summary.profit)}</b>
      <span class="change">${beside.value?.short(plan) ?? nothing}</span>
      <span>${summary.payback_month === null ? t('dock.nopayback') : t('dock.payback', { month: summary.payback_month })}</span>
    </p>
    <a class="button" href="#inputs">${t('dock.inputs')}</a>
  </nav>`;
}
