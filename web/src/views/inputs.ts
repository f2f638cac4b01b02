// The form: a merchant to start from, the five inputs that stand first, the rest folded by concept.
import { computed } from '@preact/signals-core';
import { html, noChange, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { defaults } from '../data.js';
import { essential, groups } from '../fields.js';
import { pick, t } from '../i18n/index.js';
import { percent, reading, yuan } from '../numbers.js';
import { channelCount, channels, choosePreset, doorFault, edits, engine, language, library, numberAt, outcome, preset, resetAll } from '../state.js';
import { fieldView, openGroups, setOpen } from './field.js';

/** What opens when it is asked for. */
export interface Doors {
  records: () => void;
  guide: () => void;
}

const fieldsOf = (paths: string[]) =>
  repeat(paths, (path) => path, (path) => {
    const drawn = fieldView(path);
    return guard([drawn], () => drawn);
  });
const groupsNow = computed(() => groups(channelCount.value));

/** What is chosen is a matter of the property; in the HTML there is only the attribute. */
function option(id: string, name: string): TemplateResult {
  const chosen = id === preset.value.id;
  return html`<option value=${id} ?selected=${chosen} .selected=${import.meta.env.SSR ? noChange : chosen}>${name}</option>`;
}

/** Takes what was chosen in a list, by key too: WebKit keeps a choice by key to itself that is the last one made by
 *  hand, though the page has changed it since. */
export const taking = (now: () => string, take: (value: string) => void) => (event: Event): void => {
  const { value } = event.target as HTMLSelectElement;
  if (value !== now()) take(value);
};
const takePreset = taking(() => preset.value.id, choosePreset);

function presetChooser(doors: Doors): TemplateResult {
  const changed = edits.value.size;
  return html`<section class="chooser">
    <label for="preset">${t('preset.label')}</label>
    <select id="preset" ?disabled=${!library.value} @change=${takePreset} @keyup=${takePreset}>
      ${defaults.presets.map((entry) => option(entry.id, pick(entry.name)))}
      ${preset.value.id === 'own' ? option('own', pick(preset.value.name)) : nothing}
    </select>
    <p class="quiet">${pick(preset.value.summary)}</p>
    ${changed > 0
      ? html`<p class="changed"><span>${t('preset.changed', { n: changed })}</span> <button class="plain" @click=${resetAll}>${t('preset.reset')}</button></p>`
      : nothing}
    <div id="desk"></div>
    ${door('guide', doors.guide)} ${door('records', doors.records)}
  </section>`;
}

const door = (name: 'guide' | 'records', open: () => void): TemplateResult =>
  html`<button class="button ${name}-door" aria-haspopup="dialog" ?disabled=${!engine.value} @click=${open}>${t(`${name}.door`)}</button>
    ${doorFault.value === name ? html`<p class="problem" role="alert">${t('door.fault')}</p>` : nothing}`;

/** What a folded group holds, in a line. */
const held: Record<string, () => string> = {
  business: () => t('fold.months', { n: numberAt('horizon_months') }),
  private: () => t('fold.private', { rate: share('private.attend_rate') }),
  room: () => t('fold.room', { hours: reading(numberAt('live.hours_per_session'), 'hours', language.value) }),
  audience: () => t('fold.audience', { rate: share('conversion.public', 2) }),
  paid: () => t('fold.paid', { spend: yuan(channels.value.reduce((all, { monthly_spend: spend }) => all + (spend ?? 0), 0), language.value) }),
  repurchase: () => t('fold.repurchase', { rate: share('repurchase.private_rate'), n: numberAt('repurchase.window_months') }),
  costs: () => t('fold.costs', { fixed: yuan(numberAt('costs.fixed_monthly'), language.value) }),
  distribution: () => (numberAt('distribution.share') > 0 ? t('fold.distribution', { rate: share('distribution.commission') }) : t('fold.none')),
};
const share = (path: string, digits = 1) => percent(numberAt(path), language.value, digits);

export function inputsView(doors: Doors): TemplateResult {
  const wrong = outcome.value.kind === 'errors' ? outcome.value.errors : [];
  return html`<aside id="inputs" class="inputs" tabindex="-1" aria-label=${t('inputs.heading')}>
    ${presetChooser(doors)}
    <section>
      <h2>${t('inputs.essential')}</h2>
      ${fieldsOf(essential)}
    </section>
    ${groupsNow.value.map((group) => {
      const problems = wrong.filter((e) => group.paths.some((p) => e.path === p || e.path.startsWith(p + '['))).length;
      const changed = group.paths.filter((path) => edits.value.has(path)).length;
      const open = openGroups.value.has(group.id);
      return html`<details
        class="group"
        ?open=${open}
        @toggle=${(event: Event) => setOpen(group.id, (event.target as HTMLDetailsElement).open)}
      >
        <summary>
          <h2>${t(group.title)}</h2>
          <small class=${problems > 0 ? 'alert' : ''}>
            ${problems > 0 ? t('errors.heading', { n: problems }) : held[group.id]!()}${changed > 0 ? html` · ${t('preset.changed', { n: changed })}` : nothing}
          </small>
        </summary>
        ${open ? fieldsOf(group.paths) : nothing}
      </details>`;
    })}
    <p class="quiet privacy">${t('privacy')}</p>
  </aside>`;
}
