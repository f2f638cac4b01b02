// The answer: a sentence, what it hangs on, five numbers, the next step with its worth, what to read first.
import { html, nothing, type TemplateResult } from 'lit';
import type { LedgerEntry, Plan, Programme } from '@engine/growth.js';
import { catalogue, fieldAt, isField } from '../data.js';
import { channelName, hasKey, inSentence, inUnit, pick, t, told, unbroken, type Key } from '../i18n/index.js';
import { count, full, percent, reading, yuan } from '../numbers.js';
import { beside, insightNow, language, lowerFault, outcome, policy, valueAt } from '../state.js';
import { ask, askChance } from './ask.js';
import { channelId, goTo, labelOf, problemText } from './field.js';

const money = (value: number) => yuan(value, language.value);
const months = (plan: Plan) => plan.scenario.horizon_months!;

/** What the plan comes to, in a sentence, its two amounts set off. */
export function verdictOf<T>(plan: Plan, setOff: (amount: string, loss: boolean) => T): (string | T)[] {
  const { summary } = plan;
  const loses = summary.profit < 0;
  const words = { gmv: setOff(money(summary.gmv), false), profit: setOff(money(Math.abs(summary.profit)), loses) };
  if (summary.gmv === 0 && summary.profit <= 0) return told(loses ? 'verdict.unsold' : 'verdict.idle', { months: months(plan) }, words);
  const head = told(loses ? 'verdict.loss' : 'verdict.profit', { months: months(plan) }, words);
  const tail = summary.payback_month === null ? t('verdict.nopayback') : t('verdict.payback', { month: summary.payback_month });
  return [...head, tail];
}
export const verdict = (plan: Plan) => verdictOf(plan, (amount, loss) => html`<em class=${loss ? 'loss' : ''}>${amount}</em>`);

/** That the policy the plan reckons with has ended. */
export const endedNote = (): string | undefined =>
  policy.value?.expired ? t('policy.stale', { name: pick(policy.value.name), to: policy.value.effective_to }) : undefined;

export function verdictView(plan: Plan): TemplateResult {
  const ended = endedNote();
  return html`<h1>${verdict(plan)}</h1>
    <p class="sub">${unbroken(hangsSentence(plan) ?? (tierOf(plan) ? leverSentence(plan) : keptSentence(plan)))}</p>
    ${ended ? html`<p class="trial">${ended}</p>` : nothing}
    ${beside.value?.line(plan) ?? nothing}`;
}

const inputValue = (path: string, value: number): string => reading(value, fieldAt(path).unit, language.value);

/** What the profit hangs on most, and where that turns it; nothing while it is not known of these inputs. */
function hangsSentence(plan: Plan): string | undefined {
  const { hangsOn, flips } = insightNow.value;
  if (!hangsOn) return undefined;
  const key = `hangs.${hangsOn.path}`;
  const label = labelOf(hangsOn.path);
  const says = t('hangs.says', { label: hasKey(key) ? t(key) : inSentence(label), share: percent(hangsOn.share, language.value, 0) });
  const now = valueAt(plan.scenario, hangsOn.path) as number;
  if (!flips) return says + t('hangs.end');
  const turn: Key = plan.summary.profit < 0 ? (flips.value > now ? 'hangs.up' : 'hangs.down') : flips.value < now ? 'hangs.below' : 'hangs.above';
  return says + t(turn, { value: inputValue(hangsOn.path, flips.value), now: inputValue(hangsOn.path, now) });
}

function keptSentence({ summary }: Plan): string {
  const cash = summary.cash_low < 0 ? t('kept.cash', { cash: money(-summary.cash_low) }) : t('kept.nocash');
  if (summary.settled_gmv <= 0) return cash;
  const share = (100 * summary.profit) / summary.settled_gmv;
  return t(share < 0 ? 'kept.loses' : 'kept.says', { kept: money(Math.abs(share)) }) + cash;
}

// The next step

/** The single change that earns most, where it is made, and what it is worth. */
function lever(plan: Plan): { path: string; label: string; change: string; gain: number } | undefined {
  const { diagnosis } = plan;
  const best = diagnosis.best_lever;
  const indicator = diagnosis.indicators.find((i) => `quality.${i.id}` === best);
  if (indicator) {
    const key = `room.${indicator.id}`;
    return { path: best!, label: hasKey(key) ? t(key) : indicator.id, change: t('verdict.percent'), gain: indicator.profit_per_percent * 10 };
  }
  const found = diagnosis.levers.find((l) => l.path === best);
  if (!found) return undefined;
  const { unit } = fieldAt(found.path);
  const step = inUnit(reading(found.step, unit, language.value), unit);
  return { path: found.path, label: labelOf(found.path), change: t(found.profit_per_step < 0 ? 'verdict.down' : 'verdict.up', { step }), gain: Math.abs(found.profit_per_step) };
}

function leverSentence(plan: Plan): string {
  const best = lever(plan);
  return best ? t('verdict.lever', { ...best, months: months(plan), gain: money(best.gain) }) : t('verdict.nolever');
}

export const metricName = (id: string) => pick(catalogue.metrics.find((m) => m.id === id)?.label ?? { zh: id, en: id });
export function metricValue(id: string, value: number): string {
  if (id === 'return_rate') return percent(value, language.value);
  if (/gmv|settled|spend|gpm/.test(id)) return yuan(value, language.value);
  return count(value, language.value);
}
export function rewardValue(kind: LedgerEntry['kind'], value: number): string {
  const n = kind === 'public_viewers' ? count(value, language.value) : yuan(value, language.value);
  return t(`unit.${kind}`, { n });
}

/** What a programme's next tier asks for and gives, in words. */
export function tierWords(entry: LedgerEntry, programme: Programme): Record<'month' | 'short' | 'metric' | 'from' | 'reward', string> {
  const tier = entry.next_tier!;
  return {
    month: t('chart.month', { month: tier.month }), short: metricValue(programme.metric, tier.short_by), metric: metricName(programme.metric),
    from: metricValue(programme.metric, tier.from),
    reward: tier.rate !== undefined ? t('policy.next.rate', { rate: percent(tier.rate, language.value, 2) }) : t('policy.next.value', { value: rewardValue(entry.kind, tier.value ?? 0) }),
  };
}

/** The tier that is nearest, by the share that is missing. */
function tierOf(plan: Plan): { entry: LedgerEntry; programme: Programme } | undefined {
  const near = plan.ledger
    .filter(({ next_tier: tier }) => tier && tier.from > 0)
    .sort((a, b) => a.next_tier!.short_by / a.next_tier!.from - b.next_tier!.short_by / b.next_tier!.from);
  for (const entry of near) {
    const programme = policy.value?.programmes.find(({ id }) => id === entry.id);
    if (programme) return { entry, programme };
  }
  return undefined;
}

/** The next step with its worth: a tier of the chosen policy, else the lever that earns most. */
export function stripView(plan: Plan): TemplateResult | typeof nothing {
  const tier = tierOf(plan);
  if (tier) {
    const { short, reward, ...words } = tierWords(tier.entry, tier.programme);
    const worth = tier.entry.kind === 'voucher_yuan' ? t('strip.voucher', { worth: money(plan.unit_economics.voucher_yuan_worth) }) : '';
    return html`<section class="strip" aria-label=${t('strip.label')}>
      <p>${told('strip.tier', { ...words, worth }, { short: html`<b class="amount">${short}</b>`, reward: html`<b>${reward}</b>` })}</p>
      <button class="button" @click=${() => document.querySelector('#policy')?.scrollIntoView()}>${t('strip.policy')}</button>
    </section>`;
  }
  const best = lever(plan);
  if (!best) return nothing;
  return html`<section class="strip" aria-label=${t('strip.label')}>
    <p>${told('strip.lever', { change: best.change, months: months(plan) }, { label: html`<b>${best.label}</b>`, gain: html`<b class="amount">${money(best.gain)}</b>` })}</p>
    <button class="button" @click=${() => goTo(best.path)}>${t('strip.go')}</button>
  </section>`;
}

// Five figures

interface Card {
  label: string;
  value: string;
  note: string;
  ask: () => void;
  tone?: 'loss' | undefined;
  change?: string | undefined;
}

/** The month that pays back, or that none does. */
export const paybackText = (month: number | null): string => (month === null ? t('card.payback.none') : t('card.payback.value', { month }));

/** How likely the plan makes money; while that is worked out, when it pays back. */
function paysCard(plan: Plan): Card {
  const { summary } = plan;
  const { chance } = insightNow.value;
  if (chance) {
    const { profit: p, trials } = chance;
    return {
      label: t('card.chance'), value: percent(p, language.value, p > 0.995 || p < 0.005 ? 2 : 0), tone: p < 0.5 ? 'loss' : undefined,
      note: t('card.chance.note', { trials: full(trials, language.value) }), ask: () => askChance({ profit: p, trials, months: months(plan) }),
    };
  }
  const never = summary.payback_month === null;
  return {
    label: t('card.payback'), value: paybackText(summary.payback_month),
    note: summary.cash_low < 0 ? t('card.payback.note', { cash: money(-summary.cash_low) }) : t('card.payback.nocash'),
    tone: never ? 'loss' : undefined, ask: () => ask('summary.payback_month'),
  };
}

/** Where the room stands; its views are those of a session, be there none. */
export const stageNote = ({ scenario, diagnosis }: Plan): string =>
  t(scenario.live!.sessions_per_month === 0 ? 'stage.none' : `stage.${diagnosis.stage}`);

function cards(plan: Plan): Card[] {
  const { summary, unit_economics: units, diagnosis } = plan;
  const change = (read: (of: Plan) => number, show = money) => beside.value?.change(plan, read, show);
  const lang = language.value;
  return [
    {
      label: t('card.profit'), value: money(summary.profit / months(plan)), ask: () => ask('summary.profit', undefined, months(plan)),
      note: t('card.profit.note', { share: summary.settled_gmv > 0 ? percent(summary.profit / summary.settled_gmv, lang).replace('-', '−') : '–' }),
      tone: summary.profit < 0 ? 'loss' : undefined,
      change: change((of) => of.summary.profit / months(of)),
    },
    paysCard(plan),
    {
      label: t('card.viewers_2h'), value: count(diagnosis.viewers_2h, lang), note: stageNote(plan),
      change: change((of) => of.diagnosis.viewers_2h, (v) => count(v, lang)), ask: () => ask('months.viewers_2h'),
    },
    {
      label: t('card.public_share'), value: percent(summary.public_share, lang), ask: () => ask('summary.public_share'),
      note: summary.leverage === null ? t('card.public.nonote') : t('card.public.note', { leverage: count(summary.leverage, lang) }),
    },
    {
      label: t('card.max_cost'), value: money(units.max_cost_per_viewer), ask: () => ask('unit_economics.max_cost_per_viewer'),
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
          <button class="card" @click=${card.ask}>
            <span class="name">${card.label}</span>
            <b class=${card.tone ?? ''}>${card.value}</b>
            ${card.change ? html`<span class="change">${card.change}</span>` : nothing}
            <span class="note">${card.note}</span>
            <span class="hidden">${t('card.ask', { label: card.label })}</span>
          </button>
        </li>`,
      )}
    </ul>
    ${lowerFault.value ? html`<p class="status" role="status">${t('fault.lower')}</p>` : nothing}
  </section>`;
}

/** A warning of a channel begins with its id, which is told by its name. */
export function warningText({ path, message }: Plan['warnings'][number]): string {
  const text = pick(message).replaceAll('-¥', '−¥');
  const id = /^channels/.test(path) ? channelId(path) : undefined;
  if (id === undefined) return text;
  const name = channelName(id);
  return text.replace(`${id} `, /\p{Script=Han}$/u.test(name) ? name : `${name} `);
}

export function warningsView(plan: Plan): TemplateResult | typeof nothing {
  // That the policy has ended stands under the verdict.
  const warnings = plan.warnings.filter(({ code }) => code !== 'policy_expired');
  if (warnings.length === 0) return nothing;
  return html`<section class="card-box warnings" aria-labelledby="warnings-heading">
    <h2 id="warnings-heading">${t('warnings.heading')}</h2>
    <ul>
      ${warnings.map((warning) => html`<li>${warningText(warning)}</li>`)}
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
          ${problemText(error)}
          <button class="plain" @click=${() => goTo(error.path)}>${t('errors.field', { label: safeLabel(error.path) })}</button>
        </li>`,
      )}
    </ul>
  </section>`;
}

function safeLabel(path: string): string {
  const field = path.replace(/(?<!channels)\[\d+\]$/, '');
  return isField(field) ? labelOf(field) : path;
}

export function dockView(): TemplateResult {
  const current = outcome.value;
  if (current.kind !== 'plan') {
    const n = current.kind === 'errors' ? current.errors.length : 0;
    return html`<nav class="dock" aria-label=${t('dock.label')}><b>${n > 0 ? t('dock.errors', { n }) : t('waiting')}</b></nav>`;
  }
  const { plan } = current;
  const { summary } = plan;
  const changed = beside.value?.short(plan);
  return html`<nav class="dock" aria-label=${t('dock.label')}>
    <p aria-hidden="true">
      <span>${t('dock.profit', { months: months(plan) })}</span>
      <b class=${summary.profit < 0 ? 'loss' : ''}>${money(summary.profit)}</b>
      ${changed ? html`<span class="change">${changed}</span>` : nothing}
      ${summary.gmv === 0 ? nothing : html`<span>${summary.payback_month === null ? t('dock.nopayback') : t('dock.payback', { month: summary.payback_month })}</span>`}
    </p>
    <a class="button" href="#inputs">${t('dock.inputs')}</a>
  </nav>`;
}
