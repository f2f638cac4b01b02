// The guide: the inputs by concept, a few questions at a time. It keeps nothing of its own: what is typed
// stands in the form at once, so that closing it loses nothing.
import { effect, signal } from '@preact/signals-core';
import { html, nothing, render, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import './guide.css';
import { defaults, fieldAt, loadNotes, noteKey } from '../data.js';
import { gt, hasGuideKey } from '../i18n/guide.js';
import { pick, t } from '../i18n/index.js';
import { reading } from '../numbers.js';
import { base, channels, choosePreset, edits, language, library, markUnknown, outcome, preset, reset, type, unknown, valueAt } from '../state.js';
import type { Notes } from '../types.js';
import { entry, framed, idOf, labelOf } from '../views/field.js';
import { verdict } from '../views/results.js';
import { steps, type Step } from './steps.js';

let dialog: HTMLDialogElement | undefined;
let notes: Notes = {};
const at = signal(0);
const shown = signal(false);
/** What was typed before it was said to be unknown. */
const aside = new Map<string, string>();

function go(to: number): void {
  at.value = to;
  dialog!.scrollTop = 0;
  dialog!.querySelector<HTMLElement>('#guide-step')?.focus();
}

function finish(): void {
  dialog!.close();
  document.querySelector<HTMLElement>('#result')?.focus();
}

function dontKnow(path: string, is: boolean): void {
  if (is) {
    const edit = edits.value.get(path);
    if (edit) aside.set(path, edit.text);
    reset(path);
    markUnknown(path, true);
    return;
  }
  markUnknown(path, false);
  const text = aside.get(path);
  if (text !== undefined) type(path, text);
}

function question(path: string): TemplateResult {
  const id = idOf(path, 'g');
  const initial = valueAt(base.value, path) as number;
  const isUnknown = unknown.value.has(path);
  const help = notes[noteKey(path)]?.help;
  const where = `where.${noteKey(path)}`;
  return framed(
    path, id, '', entry(path, id, nothing, `${id}-help`),
    html`<p class="help" id="${id}-help">${help ? pick(help) : nothing} ${hasGuideKey(where) ? gt(where) : nothing} <span>${gt('start', { value: reading(initial, fieldAt(path).unit, language.value) })}</span></p>
      <label class="tag"
        ><input type="checkbox" aria-label=${gt('unknown.label', { label: labelOf(path) })} .checked=${live(isUnknown)} @change=${(event: Event) => dontKnow(path, (event.target as HTMLInputElement).checked)} />${gt('unknown')}</label
      >
      ${isUnknown ? html`<p class="assumption">${gt('assumed')}</p>` : nothing}`,
  );
}

function presetQuestion(): TemplateResult {
  return html`<div class="field">
    <label for="g-preset">${t('preset.label')}</label>
    <select id="g-preset" ?disabled=${!library.value} @change=${(event: Event) => choosePreset((event.target as HTMLSelectElement).value)}>
      ${defaults.presets.map((entry) => html`<option value=${entry.id} .selected=${entry.id === preset.value.id}>${pick(entry.name)}</option>`)}
      ${preset.value.id === 'own' ? html`<option value="own" .selected=${true}>${pick(preset.value.name)}</option>` : nothing}
    </select>
    <p class="help">${pick(preset.value.summary)}</p>
    ${edits.value.size > 0 ? html`<p class="assumption">${gt('preset.clears', { n: edits.value.size })}</p>` : nothing}
  </div>`;
}

function stepView({ id, paths }: Step, n: number, of: number): TemplateResult {
  return html`<h3 id="guide-step" tabindex="-1">${gt(id)} <small>${gt('step', { n: n + 1, of })}</small></h3>
    <progress max=${of} .value=${n + 1} aria-hidden="true"></progress>
    <p class="says">${gt(`${id}.says`)}</p>
    ${id === 'business' ? presetQuestion() : nothing} ${repeat(paths, (path) => path, question)}`;
}

function liveView(): TemplateResult {
  const now = outcome.value;
  return html`<p class="live" role="status" aria-label=${gt('live')}>${now.kind === 'plan' ? verdict(now.plan) : now.kind === 'errors' ? t('errors.heading', { n: now.errors.length }) : t('waiting')}</p>`;
}

function view(): TemplateResult {
  const all = steps(channels.value.length);
  const n = Math.min(at.value, all.length - 1);
  return html`<div class="head">
      <h2 id="guide-heading">${gt('heading')}</h2>
      <button class="button" @click=${() => dialog!.close()}>${gt('close')}</button>
    </div>
    <div class="body">${stepView(all[n]!, n, all.length)}</div>
    <div class="foot">
      ${liveView()}
      <p class="actions">
        <button class="button" ?disabled=${n === 0} @click=${() => go(n - 1)}>${gt('back')}</button>
        ${n + 1 < all.length
          ? html`<button class="button primary" @click=${() => go(n + 1)}>${gt('next')}</button>`
          : html`<button class="button primary" @click=${finish}>${gt('finish')}</button>`}
        <span class="quiet">${gt('kept')}</span>
      </p>
    </div>`;
}

export async function open(): Promise<void> {
  notes = await loadNotes();
  if (!dialog) {
    dialog = document.createElement('dialog');
    dialog.className = 'guide';
    dialog.setAttribute('aria-labelledby', 'guide-heading');
    dialog.addEventListener('close', () => (shown.value = false));
    document.body.append(dialog);
    effect(() => void render(shown.value ? view() : nothing, dialog!));
  }
  shown.value = true;
  dialog.showModal();
  dialog.querySelector<HTMLElement>('#guide-step')?.focus();
}
