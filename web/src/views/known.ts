// What is known of an input: what it means, where its value comes from, the published figures behind it.
import { html, nothing, type TemplateResult } from 'lit';
import { noteKey } from '../data.js';
import { pick, t } from '../i18n/index.js';
import { reading } from '../numbers.js';
import { base, edits, language, reset, valueAt } from '../state.js';
import type { Fact, Facts, Field, Notes } from '../types.js';
import { provenance } from './field.js';

function factView(fact: Fact, sources: Facts['sources']): TemplateResult {
  const listed = (Array.isArray(fact.source) ? fact.source : [fact.source]).map((id) => sources[id]).filter(Boolean);
  return html`<li>
    <b>${pick(fact.metric)}</b> ${pick(fact.value)}
    <small>${t('notes.fact', { date: fact.date ?? t('notes.undated'), grade: fact.grade })} · ${pick(fact.scope)}</small>
    ${fact.note ? html`<small>${pick(fact.note)}</small>` : nothing}
    ${listed.map((source) =>
      source!.url
        ? html`<a href=${source!.url} target="_blank" rel="noreferrer">${pick(source!.title)}</a>`
        : html`<small>${pick(source!.title)}</small>`,
    )}
  </li>`;
}

export const knownOf = (notes: Notes, { facts, sources }: Facts) => (path: string, field: Field): TemplateResult | undefined => {
  const note = notes[noteKey(path)];
  if (!note) return undefined;
  const source = provenance(path, field);
  const cited = [...new Set([...source.facts, ...note.facts])].map((id) => facts[id]).filter((f): f is Fact => Boolean(f));
  const initial = valueAt(base.value, path);
  return html`<div class="notes">
    <p>${pick(note.help)}</p>
    ${source.note ? html`<p>${pick(source.note)}</p>` : nothing}
    <p class="quiet">
      ${t('notes.range', { low: reading(field.range[0], field.unit, language.value), high: reading(field.range[1], field.unit, language.value) })}
      ${typeof initial === 'number' ? html` · ${t('notes.default', { value: reading(initial, field.unit, language.value) })}` : nothing}
    </p>
    ${edits.value.has(path)
      ? html`<button class="plain" @click=${() => reset(path)}>${t(source.kind === 'own' ? 'notes.reset' : 'notes.before')}</button>`
      : html`<p class="quiet">${source.kind === 'published' ? t('notes.published') : cited.length > 0 ? t('notes.informed') : t('notes.none')}</p>`}
    ${cited.length > 0 ? html`<ul class="facts" aria-label=${t('notes.facts')}>${cited.map((fact) => factView(fact, sources))}</ul>` : nothing}
  </div>`;
};
