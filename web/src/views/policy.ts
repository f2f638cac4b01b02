// Which published policy applies, what each programme pays and is worth, and how far the next tier is.
import { html, nothing, type TemplateResult } from 'lit';
import { computed } from '@preact/signals-core';
import type { LedgerEntry, Plan, Policy, Programme } from '@engine/growth.js';
import { catalogue, defaults } from '../data.js';
import { hasKey, pick, t, type Key } from '../i18n/index.js';
import { count, percent, yuan } from '../numbers.js';
import { base, choose, edits, engine, language, scenario, valueAt } from '../state.js';

const tags = ['brand', 'flagship', 'provider', 'creator', 'agency'] as const;

const chosenId = computed(() => scenario.value.incentives?.pack ?? base.value.incentives?.pack ?? 'none');
const policy = computed<Policy | undefined>(() => {
  if (chosenId.value === 'none' || !engine.value) return undefined;
  const answer = engine.value.run('policies', { id: chosenId.value });
  return 'errors' in answer ? undefined : answer;
});
const chosenTags = computed(() => (edits.value.get('business.tags')?.value ?? valueAt(base.value, 'business.tags') ?? []) as string[]);

const metricName = (id: string) => pick(catalogue.metrics.find((m) => m.id === id)?.label ?? { zh: id, en: id });
const assumedName = (member: string) => {
  const key = `assumed.${member}`;
  return hasKey(key) ? t(key) : member;
};
function metricValue(id: string, value: number): string {
  if (id === 'return_rate') return percent(value, language.value);
  if (/gmv|settled|spend|gpm/.test(id)) return yuan(value, language.value);
  return count(value, language.value);
}
function rewardValue(kind: LedgerEntry['kind'], value: number): string {
  const n = kind === 'public_viewers' ? count(value, language.value) : yuan(value, language.value);
  return t(`unit.${kind}`, { n });
}

function toggleTag(tag: string, on: boolean): void {
  const rest = chosenTags.value.filter((other) => other !== tag);
  choose('business.tags', on ? [...rest, tag] : rest);
}

function chooser(): TemplateResult {
  return html`<div class="chooser">
    <label for="pack">${t('policy.label')}</label>
    <select
      id="pack"
      ?disabled=${!engine.value}
      @change=${(event: Event) => choose('incentives.pack', (event.target as HTMLSelectElement).value)}
    >
      <option value="none" .selected=${chosenId.value === 'none'}>${t('policy.none')}</option>
      ${defaults.policies.map(
        (entry) => html`<option value=${entry.id} .selected=${entry.id === chosenId.value}>
          ${pick(entry.name)}${entry.expired ? ` · ${t('policy.expired')}` : ''}
        </option>`,
      )}
    </select>
    <fieldset>
      <legend>${t('policy.tags')}</legend>
      ${tags.map(
        (tag) => html`<label class="tag"
          ><input type="checkbox" .checked=${chosenTags.value.includes(tag)} @change=${(event: Event) => toggleTag(tag, (event.target as HTMLInputElement).checked)} />${t(`tag.${tag}`)}</label
        >`,
      )}
    </fieldset>
  </div>`;
}

function needs(unmet: LedgerEntry['unmet'][number]): string {
  const need = (['at_least', 'at_most', 'below'] as const)
    .filter((bound) => unmet[bound] !== undefined)
    .map((bound) => t(`policy.need.${bound}`, { x: metricValue(unmet.metric, unmet[bound]!) }))
    .join(', ');
  return t('policy.unmet', { metric: metricName(unmet.metric), got: metricValue(unmet.metric, unmet.got), need });
}

function nextTier(entry: LedgerEntry, programme: Programme): TemplateResult | typeof nothing {
  const tier = entry.next_tier;
  if (!tier) return nothing;
  const reward =
    tier.rate !== undefined ? t('policy.next.rate', { rate: percent(tier.rate, language.value, 2) }) : t('policy.next.value', { value: rewardValue(entry.kind, tier.value ?? 0) });
  return html`<p class="next">
    ${t('policy.next', { short: metricValue(programme.metric, tier.short_by), metric: metricName(programme.metric), from: metricValue(programme.metric, tier.from), reward })}
  </p>`;
}

function entryView(entry: LedgerEntry, programme: Programme | undefined): TemplateResult {
  const isFee = entry.kind === 'fee_rate';
  const amounts = [
    isFee ? t('policy.fee') : t('policy.paid', { paid: rewardValue(entry.kind, entry.paid) }),
    entry.pending > 0 ? t('policy.pending', { pending: rewardValue(entry.kind, entry.pending) }) : '',
    entry.capped > 0 ? t('policy.capped', { capped: rewardValue(entry.kind, entry.capped) }) : '',
    t('policy.value', { value: yuan(entry.value, language.value) }),
  ].filter(Boolean);
  const knownTags = entry.missing_tags.map((tag) => ((tags as readonly string[]).includes(tag) ? t(`tag.${tag}` as Key) : tag));
  return html`<li>
    <h3>${programme?.name ? pick(programme.name) : entry.id}</h3>
    ${entry.missing_tags.length > 0
      ? html`<p>${t('policy.tag', { tags: knownTags.join(', ') })}</p>`
      : html`<p>${amounts.join(' · ')}</p>
          ${entry.active_months === 0 ? html`<p>${t('policy.never')}</p>` : nothing}
          ${programme ? nextTier(entry, programme) : nothing}
          ${entry.unmet.map((unmet) => html`<p>${needs(unmet)}</p>`)}`}
    ${programme?.note ? html`<p class="quiet">${pick(programme.note)}</p>` : nothing}
    ${programme?.assumed?.length ? html`<p class="quiet"><span class="chip assumed">${t('policy.assumed', { what: programme.assumed.map(assumedName).join(language.value === 'zh' ? '、' : ', ') })}</span></p>` : nothing}
  </li>`;
}

export function policyView(plan: Plan): TemplateResult {
  const pack = policy.value;
  return html`<section class="card-box policy" aria-labelledby="policy-heading">
    <h2 id="policy-heading">${t('policy.heading')}</h2>
    <p class="says">${t('policy.says')}</p>
    ${chooser()}
    ${pack
      ? html`<p class="dates">
            ${t('policy.dates', { from: pack.effective_from, to: pack.effective_to })} · ${t('policy.grade', { grade: pack.grade })}
            ${pack.expired ? html`<b class="expired">${t('policy.trial')}</b>` : nothing}
          </p>
          <p>${pick(pack.summary)}</p>
          <ul class="ledger">
            ${plan.ledger.map((entry) => entryView(entry, pack.programmes.find((p) => p.id === entry.id)))}
          </ul>
          ${pack.not_modelled?.length
            ? html`<h3>${t('policy.notmodelled')}</h3>
                <ul class="quiet">${pack.not_modelled.map((text) => html`<li>${pick(text)}</li>`)}</ul>`
            : nothing}`
      : nothing}
  </section>`;
}
