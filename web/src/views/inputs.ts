// The form: a merchant to start from, the ten inputs that matter first, the rest folded by concept.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { defaults } from '../data.js';
import { essential, groups } from '../fields.js';
import { pick, t } from '../i18n/index.js';
import { channels, choosePreset, edits, engine, outcome, preset, recordsFault, resetAll } from '../state.js';
import { fieldView, openGroups, setOpen } from './field.js';

const fieldsOf = (paths: string[]) => repeat(paths, (path) => path, fieldView);

function presetChooser(openRecords: () => void): TemplateResult {
  const changed = edits.value.size;
  return html`<section class="chooser">
    <label for="preset">${t('preset.label')}</label>
    <select id="preset" ?disabled=${!engine.value} @change=${(event: Event) => choosePreset((event.target as HTMLSelectElement).value)}>
      ${defaults.presets.map(
        (entry) => html`<option value=${entry.id} .selected=${entry.id === preset.value.id}>
          ${pick(entry.name)}${entry.platform === 'douyin' ? `（${t('platform.douyin')}）` : ''}
        </option>`,
      )}
      ${preset.value.id === 'own' ? html`<option value="own" .selected=${true}>${pick(preset.value.name)}</option>` : nothing}
    </select>
    <p class="quiet">${pick(preset.value.summary)}</p>
    ${changed > 0
      ? html`<p class="changed"><span>${t('preset.changed', { n: changed })}</span> <button class="plain" @click=${resetAll}>${t('preset.reset')}</button></p>`
      : nothing}
    <div id="desk"></div>
    <button class="button records-door" aria-haspopup="dialog" ?disabled=${!engine.value} @click=${openRecords}>${t('records.door')}</button>
    ${recordsFault.value ? html`<p class="problem" role="alert">${t('records.fault')}</p>` : nothing}
  </section>`;
}

export function inputsView(openRecords: () => void): TemplateResult {
  const wrong = outcome.value.kind === 'errors' ? outcome.value.errors : [];
  return html`<aside id="inputs" class="inputs" tabindex="-1" aria-label=${t('inputs.heading')}>
    ${presetChooser(openRecords)}
    <section>
      <h2>${t('inputs.essential')}</h2>
      ${fieldsOf(essential.filter((path) => !path.startsWith('channels[') || channels.value.length > 0))}
    </section>
    ${groups(channels.value.length).map((group) => {
      const problems = wrong.filter((e) => group.paths.some((p) => e.path === p || e.path.startsWith(p + '['))).length;
      const open = openGroups.value.has(group.id);
      return html`<details
        class="group"
        ?open=${open}
        @toggle=${(event: Event) => setOpen(group.id, (event.target as HTMLDetailsElement).open)}
      >
        <summary>
          <h2>${t(group.title)}</h2>
          <small class=${problems > 0 ? 'alert' : ''}>
            ${problems > 0 ? t('errors.heading', { n: problems }) : t('group.count', { n: group.paths.length })}
          </small>
        </summary>
        ${open ? fieldsOf(group.paths) : nothing}
      </details>`;
    })}
    <p class="quiet privacy">${t('privacy')}</p>
  </aside>`;
}
