// The plans as a row of buttons, and what can be done with the one that is pointed out.
import { html, nothing, type TemplateResult } from 'lit';
import { computed } from '@preact/signals-core';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { ct } from '../i18n/compare.js';
import { st } from '../i18n/share.js';
import { pick } from '../i18n/index.js';
import { preset } from '../state.js';
import { plans, storeless } from '../share/desk.js';
import { mostPlans, nameTaken, planFull } from '../share/plans.js';
import { alike, baseCase, cases, isPlanned, nowCase, type Case } from './cases.js';
import { arrow, differenceOf, profit, shareOf } from './difference.js';
import { duplicate, measureBy, nameNow, openPlan, overwrite, remove, rename, renaming, save, selected, shift, suggestedName, takeBack, told, typedName } from './edit.js';

const focus = (selector: string) => document.querySelector<HTMLElement>(`#compare ${selector}`)?.focus();
const focusPlan = (id: string) => focus(`[data-plan="${id}"]`);

/** The profit in a word, and how it stands to the base. */
function figures(one: Case): TemplateResult {
  if (!isPlanned(one)) return html`<small>${one.snapshot ? ct('errors', { n: one.errors }) : ct('corrupt')}</small>`;
  const base = baseCase.value;
  const found = one.id === base.id ? undefined : differenceOf(profit, one, base);
  const share = found && shareOf(one.plan.summary.profit, base.plan.summary.profit);
  const note = one.id === base.id ? ct('base') : found!.sign === 0 ? found!.text : arrow(found!.sign) + (share ?? found!.text);
  return html`<b class=${one.plan.summary.profit < 0 ? 'loss' : ''}>${profit.show(one.plan.summary.profit)}</b> <small>${note}</small>`;
}

/** The kept plan that the present one is. */
const twinOfNow = computed<Case | undefined>(() => {
  const now = nowCase();
  return isPlanned(now) ? cases.value.slice(2).find((one) => isPlanned(one) && alike(now, one)) : undefined;
});

function renameForm(one: Case): TemplateResult {
  const done = (kept: boolean) => kept && focusPlan(one.id);
  return html`<form
    class="plan naming"
    @submit=${(event: Event) => {
      event.preventDefault();
      done(rename());
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      renaming.value = undefined;
      done(true);
    }}
  >
    <input
      type="text"
      maxlength="40"
      autocomplete="off"
      aria-label=${ct('rename.label', { name: one.name })}
      .value=${live(renaming.value!.text)}
      @input=${(event: Event) => (renaming.value = { id: one.id, text: (event.target as HTMLInputElement).value })}
    />
    <button class="button">${ct('rename.done')}</button>
  </form>`;
}

function planView(one: Case): TemplateResult {
  if (renaming.value?.id === one.id) return html`<li>${renameForm(one)}</li>`;
  const twin = one.id === 'now' ? twinOfNow.value : undefined;
  const note = one.id === 'preset' ? pick(preset.value.name) : twin ? ct('now.same', { name: twin.name }) : undefined;
  return html`<li>
    <button class="plan" data-plan=${one.id} aria-pressed=${chosen().id === one.id ? 'true' : 'false'} @click=${() => (selected.value = one.id)}>
      <span class="name">${one.name}${note ? html` <small>${note}</small>` : nothing}</span>
      ${figures(one)}
    </button>
  </li>`;
}

const chosen = (): Case => cases.value.find(({ id }) => id === selected.value) ?? nowCase();

const tool = (key: Parameters<typeof ct>[0], run: () => void, can = true) =>
  html`<button class="button" data-tool=${key} aria-disabled=${can ? 'false' : 'true'} @click=${() => can && run()}>${ct(key)}</button>`;

function saveForm(): TemplateResult {
  const twin = twinOfNow.value;
  if (twin) return html`<p class="quiet">${ct('save.already', { name: twin.name })}</p>`;
  const name = nameNow();
  const full = planFull(plans.value, name);
  return html`<form
      class="tools-row saving"
      @submit=${(event: Event) => {
        event.preventDefault();
        if (full) return;
        save();
        // The form is gone where the plan is kept.
        focusPlan('now');
      }}
    >
      <label for="plan-name">${ct('save.name')}</label>
      <input
        id="plan-name"
        type="text"
        maxlength="40"
        autocomplete="off"
        .value=${live(typedName.value ?? suggestedName.value)}
        @input=${(event: Event) => (typedName.value = (event.target as HTMLInputElement).value)}
        @blur=${() => typedName.value?.trim() === '' && (typedName.value = undefined)}
      />
      <button class="button" aria-disabled=${full ? 'true' : 'false'}>${ct(nameTaken(plans.value, name) ? 'save.over' : 'save')}</button>
    </form>
    ${full ? html`<p class="quiet">${st('keep.full', { n: mostPlans })}</p>` : nothing}`;
}

function toolsView(): TemplateResult {
  const one = chosen();
  if (one.id === 'now') return saveForm();
  const isBase = baseCase.value.id === one.id;
  const open = tool('open', () => {
    openPlan(one);
    focusPlan('now');
  }, one.snapshot !== undefined);
  const base = tool('measure', () => measureBy(one), !isBase && isPlanned(one));
  if (one.id === 'preset') return html`<div class="tools-row" role="group" aria-label=${ct('tools', { name: one.name })}>${open} ${base}</div>`;
  const at = plans.value.list.findIndex(({ id }) => id === one.id);
  return html`<div class="tools-row" role="group" aria-label=${ct('tools', { name: one.name })}>
    ${open} ${tool('overwrite', () => overwrite(one))}
    ${tool('rename', () => {
      renaming.value = { id: one.id, text: one.name };
      focus('.naming input');
      document.querySelector<HTMLInputElement>('#compare .naming input')?.select();
    })}
    ${tool('duplicate', () => {
      duplicate(one);
      focusPlan(selected.value);
    }, plans.value.list.length < mostPlans)}
    ${tool('left', () => shift(one, -1), at > 0)} ${tool('right', () => shift(one, 1), at < plans.value.list.length - 1)} ${base}
    ${tool('remove', () => {
      remove(one);
      focus('[data-back]');
    })}
  </div>`;
}

export function stripView(): TemplateResult {
  return html`<ul class="plans" aria-label=${ct('heading')}>
      ${repeat(cases.value, ({ id }) => id, planView)}
    </ul>
    ${toolsView()}
    <div class="said">
      <p role="status">${told.value?.text() ?? nothing}</p>
      ${told.value?.before
        ? html`<button
            class="plain"
            data-back
            @click=${() => {
              takeBack();
              focusPlan(chosen().id);
            }}
          >
            ${st('undo')}
          </button>`
        : nothing}
    </div>
    ${storeless.value ? html`<p class="problem">${ct('storeless')}</p>` : nothing}`;
}
