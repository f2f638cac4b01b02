// Which published policy applies, what each programme pays and is worth, and how far the next tier is.
import { html, nothing, type TemplateResult } from 'lit';
import { computed } from '@preact/signals-core';
import type { LedgerEntry, Plan, Programme } from '@engine/growth.js';
import policies from '../generated/policies.json';
import { joined, pick } from '../i18n/index.js';
import { hasLowerKey, lt, type LowerKey } from '../i18n/lower.js';
import { yuan } from '../numbers.js';
import { base, choose, edits, engine, language, policy, policyId, valueAt } from '../state.js';
import type { Text } from '../types.js';
import { taking } from './inputs.js';
import { metricName, metricValue, rewardValue, tierWords } from './results.js';

const tags = ['brand', 'flagship', 'provider', 'creator', 'agency'] as const;

/** The published packs, as the engine lists them; to ask it takes as long as all else that stands here. */
const packs = policies as { id: string; name: Text; expired: boolean }[];
const chosenTags = computed(() => (edits.value.get('business.tags')?.value ?? valueAt(base.value, 'business.tags') ?? []) as string[]);

const assumedName = (member: string) => {
  const key = `assumed.${member}`;
  return hasLowerKey(key) ? lt(key) : member;
};
function toggleTag(tag: string, on: boolean): void {
  const rest = chosenTags.value.filter((other) => other !== tag);
  choose('business.tags', on ? [...rest, tag] : rest);
}

const takePack = taking(() => policyId.value, (value) => choose('incentives.pack', value));

function chooser(): TemplateResult {
  return html`<div class="chooser">
    <label for="pack">${lt('policy.label')}</label>
    <select
      id="pack"
      ?disabled=${!engine.value}
      @change=${takePack}
      @keyup=${takePack}
    >
      <option value="none" .selected=${policyId.value === 'none'}>${lt('policy.none')}</option>
      ${packs.map(
        (entry) => html`<option value=${entry.id} .selected=${entry.id === policyId.value}>
          ${pick(entry.name)}${entry.expired ? ` · ${lt('policy.expired')}` : ''}
        </option>`,
      )}
    </select>
    <fieldset>
      <legend>${lt('policy.tags')}</legend>
      ${tags.map(
        (tag) => html`<label class="tag"
          ><input type="checkbox" .checked=${chosenTags.value.includes(tag)} @change=${(event: Event) => toggleTag(tag, (event.target as HTMLInputElement).checked)} />${lt(`tag.${tag}`)}</label
        >`,
      )}
    </fieldset>
  </div>`;
}

function needs(unmet: LedgerEntry['unmet'][number]): string {
  const bounds = (['at_least', 'at_most', 'below'] as const).filter((bound) => unmet[bound] !== undefined);
  const need = joined('comma', bounds.map((bound) => lt(`policy.need.${bound}`, { x: metricValue(unmet.metric, unmet[bound]!) })));
  return lt('policy.unmet', { metric: metricName(unmet.metric), got: metricValue(unmet.metric, unmet.got), need });
}

function nextTier(entry: LedgerEntry, programme: Programme): TemplateResult | typeof nothing {
  return entry.next_tier ? html`<p class="next">${lt('policy.next', tierWords(entry, programme))}</p>` : nothing;
}

function entryView(entry: LedgerEntry, programme: Programme | undefined): TemplateResult {
  const isFee = entry.kind === 'fee_rate';
  const amounts = [
    isFee ? lt('policy.fee') : lt('policy.paid', { paid: rewardValue(entry.kind, entry.paid) }),
    entry.pending > 0 ? lt('policy.pending', { pending: rewardValue(entry.kind, entry.pending) }) : '',
    entry.capped > 0 ? lt('policy.capped', { capped: rewardValue(entry.kind, entry.capped) }) : '',
    lt('policy.value', { value: yuan(entry.value, language.value) }),
  ].filter(Boolean);
  const knownTags = entry.missing_tags.map((tag) => ((tags as readonly string[]).includes(tag) ? lt(`tag.${tag}` as LowerKey) : tag));
  return html`<li>
    <h3>${programme?.name ? pick(programme.name) : entry.id}</h3>
    ${entry.missing_tags.length > 0
      ? html`<p>${lt('policy.tag', { tags: joined('item', knownTags) })}</p>`
      : html`<p>${amounts.join(' · ')}</p>
          ${entry.active_months === 0 ? html`<p>${lt('policy.never')}</p>` : nothing}
          ${programme ? nextTier(entry, programme) : nothing}
          ${entry.unmet.map((unmet) => html`<p>${needs(unmet)}</p>`)}`}
    ${programme?.note ? html`<p class="quiet">${pick(programme.note)}</p>` : nothing}
    ${programme?.assumed?.length ? html`<p class="quiet"><span class="chip assumed">${lt('policy.assumed', { what: joined('item', programme.assumed.map(assumedName)) })}</span></p>` : nothing}
  </li>`;
}

export function policyView(plan: Plan): TemplateResult {
  const pack = policy.value;
  return html`<section id="policy" class="card-box policy" aria-labelledby="policy-heading">
    <h2 id="policy-heading">${lt('policy.heading')}</h2>
    <p class="says">${lt('policy.says')}</p>
    ${chooser()}
    ${pack
      ? html`<p class="dates">
            ${lt('policy.dates', { from: pack.effective_from, to: pack.effective_to })} · ${lt('policy.grade', { grade: pack.grade })}
            ${pack.expired ? html`<b class="expired">${lt('policy.trial')}</b>` : nothing}
          </p>
          <p>${pick(pack.summary)}</p>
          <ul class="ledger">
            ${plan.ledger.map((entry) => entryView(entry, pack.programmes.find((p) => p.id === entry.id)))}
          </ul>
          ${pack.not_modelled?.length
            ? html`<h3>${lt('policy.notmodelled')}</h3>
                <ul class="quiet">${pack.not_modelled.map((text) => html`<li>${pick(text)}</li>`)}</ul>`
            : nothing}`
      : nothing}
  </section>`;
}
