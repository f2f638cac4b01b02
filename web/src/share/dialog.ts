// The dialog of links, files and kept plans. Each way out says what is in it.
import { effect, signal } from '@preact/signals-core';
import { html, nothing, render, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Plan, Problem, Scenario } from '@engine/growth.js';
import { download, fileName, takesFiles } from '../export/files.js';
import { withUncertainty } from '../futures/state.js';
import { pick } from '../i18n/index.js';
import { st } from '../i18n/share.js';
import { engine, outcome, preset } from '../state.js';
import { putOnClipboard } from '../views/clipboard.js';
import { addressOf, draftOf, draftOfScenario, leftOut } from './draft.js';
import { applyDraft, differences, forget, keep, keepUnder, plans, replace, storeless, undo, when } from './desk.js';
import { revived } from './keep.js';
import { find, longest, read } from './link.js';
import { mostPlans, nameFrom, nameTaken, planFull, without } from './plans.js';

/** No plan is larger: bytes. */
const largestFile = 1 << 20;

let dialog: HTMLDialogElement | undefined;
const status = signal<(() => string) | undefined>(undefined);
const pasted = signal('');
const refused = signal<(() => string)[]>([]);
/** As typed; the preset's name until then. */
const planName = signal<string | undefined>(undefined);

/** Pictures, tables and reports come with the first look. */
const exports = signal<typeof import('../export/panel.js')['exportView'] | undefined>(undefined);
const exportsFault = signal(false);
async function fetchExports(): Promise<void> {
  exportsFault.value = false;
  try {
    exports.value = (await import('../export/panel.js')).exportView;
  } catch {
    exportsFault.value = true;
  }
}

const close = () => dialog?.close();
const tell = (text: () => string) => (status.value = text);

// Out

/** The plan in full, as the command line reads it. */
function fileText(): string {
  const answer = engine.value!.run('plan', withUncertainty.value!) as Plan;
  return JSON.stringify(answer.scenario, null, 2) + '\n';
}

async function copy(text: string, id: string): Promise<void> {
  const done = await putOnClipboard(text, () => {
    const field = dialog!.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`)!;
    field.closest('details')?.setAttribute('open', '');
    field.focus();
    return field;
  });
  tell(() => st(done ? 'copied' : 'copy.failed'));
}

function downloadPlan(): void {
  const name = fileName(pick(preset.value.name), 'json');
  download(new Blob([fileText()], { type: 'application/json' }), name);
  tell(() => st('export.saved', { name }));
}

function linkView(kind: 'hash' | 'query'): TemplateResult {
  const address = addressOf(kind === 'hash' ? '#' : '?z=');
  const id = `share-${kind}`;
  return html`<div class="row">
      <label for=${id}>${st(`share.${kind}`)}</label>
      <input id=${id} readonly aria-describedby="${id}-says" .value=${address} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
      <button class="button" aria-label=${st('share.copy.label', { kind: st(`share.${kind}`) })} @click=${() => copy(address, id)}>${st('share.copy')}</button>
      ${kind === 'query'
        ? html`<button
            class="button"
            @click=${() => {
              history.replaceState(null, '', address);
              tell(() => st('share.address.done'));
            }}
          >
            ${st('share.address')}
          </button>`
        : nothing}
    </div>
    <p class="quiet" id="${id}-says">${st(`share.${kind}.says`)}</p>`;
}

function outView(): TemplateResult {
  const current = outcome.value;
  if (current.kind !== 'plan') return html`<p class="card-box">${st('notready', { n: current.kind === 'errors' ? current.errors.length : 0 })}</p>`;
  const n = differences(draftOf());
  const characters = Math.max(addressOf('#').length, addressOf('?z=').length);
  return html`<section class="card-box" aria-labelledby="share-link">
      <h3 id="share-link">${st('share.heading')}</h3>
      <p class="says">${st(n > 0 ? 'share.says' : 'share.same', { n })}</p>
      ${location.protocol === 'file:'
        ? html`<p class="quiet">${st('share.file')}</p>`
        : characters > longest
          ? html`<p class="problem">${st('share.long', { n: characters.toLocaleString('en-US') })}</p>`
          : html`${linkView('hash')} ${linkView('query')}`}
    </section>
    ${exports.value?.(current.plan) ?? nothing} ${exportsFault.value ? html`<p class="card-box problem" role="alert">${st('fault')}</p>` : nothing}
    <section class="card-box" aria-labelledby="share-export">
      <h3 id="share-export">${st('export.heading')}</h3>
      <p class="says">${st('export.says')}</p>
      <p class="actions">
        ${takesFiles() ? html`<button class="button" data-share-download @click=${downloadPlan}>${st('export.download')}</button>` : nothing}
        <button class="button" @click=${() => copy(fileText(), 'share-text')}>${st('export.copy')}</button>
      </p>
      ${takesFiles() ? nothing : html`<p class="quiet">${st('export.wechat')}</p>`}
      <details>
        <summary>${st('export.text')}</summary>
        <textarea id="share-text" readonly rows="10" spellcheck="false" aria-label=${st('export.text')} .value=${fileText()}></textarea>
      </details>
    </section>`;
}

// In

const errorsOf = (problems: Problem[]) => problems.slice(0, 8).map(({ path, message }) => () => (path ? `${path}：` : '') + pick(message));

function taken(): void {
  [pasted.value, refused.value, status.value] = ['', [], undefined];
  close();
  document.querySelector<HTMLElement>('#result')?.focus();
}

/** A link that was pasted. */
function payloadIn(text: string): string | undefined {
  if (!/^(?:https?:\/\/|[?#])\S+$/.test(text)) return undefined;
  try {
    return find(new URL(text, location.href));
  } catch {
    return undefined;
  }
}

/** Takes a plan that was exported, or a link; what the engine refuses changes nothing. */
function takeIn(given: string): void {
  const text = given.replace(/^\uFEFF/, '').trim();
  if (text === '') return void (refused.value = [() => st('import.empty')]);
  if (text.length > largestFile) return void (refused.value = [() => st('import.large')]);
  const payload = payloadIn(text);
  if (payload !== undefined) {
    const answer = read(payload);
    if ('refusal' in answer) return void (refused.value = [() => st(`link.${answer.refusal}`)]);
    applyDraft(answer.draft, answer.problems, 'link');
    return taken();
  }
  const answer = engine.value!.run('plan', text as unknown as Scenario);
  if ('errors' in answer) return void (refused.value = errorsOf(answer.errors));
  applyDraft(draftOfScenario(answer.scenario), leftOut(answer.scenario), 'import');
  taken();
}

async function takeFile(file: File | undefined): Promise<void> {
  if (!file) return;
  if (file.size > largestFile) return void (refused.value = [() => st('import.large')]);
  try {
    takeIn(await file.text());
  } catch {
    refused.value = [() => st('import.file')];
  }
}

function inView(): TemplateResult {
  return html`<section class="card-box" aria-labelledby="share-import">
    <h3 id="share-import">${st('import.heading')}</h3>
    <p class="says">${st('import.says')}</p>
    <label for="share-paste">${st('import.paste')}</label>
    <textarea id="share-paste" rows="3" spellcheck="false" .value=${live(pasted.value)} @input=${(event: Event) => (pasted.value = (event.target as HTMLTextAreaElement).value)}></textarea>
    <p class="actions">
      <button class="button" data-share-take @click=${() => takeIn(pasted.value)}>${st('import.go')}</button>
      <label class="button"
        >${st('import.choose')}<input
          type="file" class="hidden" accept=".json,application/json,text/plain" data-share-file
          @change=${(event: Event) => {
            const input = event.target as HTMLInputElement;
            void takeFile(input.files?.[0]);
            // The same file again is a change too.
            input.value = '';
          }}
      /></label>
    </p>
    <div role="alert">
      ${refused.value.length > 0 ? html`<p>${st('import.errors')}</p>${refused.value.map((text) => html`<p class="problem">${text()}</p>`)}` : nothing}
    </div>
  </section>`;
}

// Kept

const nameNow = () => nameFrom(planName.value ?? pick(preset.value.name));
const full = () => planFull(plans.value, nameNow());

async function save(): Promise<void> {
  const name = nameNow();
  if (name === '' || full()) return;
  const known = nameTaken(plans.value, name);
  const kept = await keepUnder(name);
  tell(() => st(kept ? (known ? 'keep.replaced' : 'keep.saved') : 'storage.none', { name }));
}

function use(index: number): void {
  const { name, stored: kept } = plans.value.list[index]!;
  const snapshot = revived(kept);
  if (!snapshot) return void tell(() => st('keep.corrupt', { name }));
  replace(snapshot, { text: () => st('named.applied', { name }), action: { label: () => st('link.back'), run: undo } });
  taken();
}

async function remove(index: number): Promise<void> {
  const { id, name } = plans.value.list[index]!;
  const kept = await keep(without(plans.value, id));
  tell(() => st(kept ? 'keep.deleted' : 'storage.none', { name }));
}

function keptView(): TemplateResult {
  const { list } = plans.value;
  return html`<section class="card-box" aria-labelledby="share-keep">
    <h3 id="share-keep">${st('keep.heading')}</h3>
    <p class="says">${st(storeless.value ? 'storage.none' : 'keep.says', { n: mostPlans })}</p>
    ${list.length > 0
      ? html`<ul class="named">
          ${list.map(
            ({ name, stored: { at } }, i) => html`<li>
              <span>${name}<small>${when(at)}</small></span>
              <button class="button" aria-label=${st('keep.use.label', { name })} @click=${() => use(i)}>${st('keep.use')}</button>
              <button class="button" aria-label=${st('keep.delete.label', { name })} @click=${() => remove(i)}>${st('keep.delete')}</button>
            </li>`,
          )}
        </ul>`
      : nothing}
    <form
      class="row"
      @submit=${(event: Event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label for="share-name">${st('keep.name')}</label>
      <input id="share-name" type="text" maxlength="40" autocomplete="off" .value=${live(planName.value ?? pick(preset.value.name))} @input=${(event: Event) => (planName.value = (event.target as HTMLInputElement).value)} />
      <button class="button" ?disabled=${full() || nameNow() === ''}>${st('keep.save')}</button>
    </form>
    ${full() ? html`<p class="quiet">${st('keep.full', { n: mostPlans })}</p>` : nothing}
    <p class="actions">
      <button class="plain" data-share-forget @click=${async () => (await forget()) && tell(() => st('keep.forgotten'))}>${st('keep.forget')}</button>
    </p>
  </section>`;
}

function view(): TemplateResult {
  return html`<div class="head">
      <h2 id="share-heading">${st('heading')}</h2>
      <button class="button" @click=${close}>${st('close')}</button>
      <p class="status" role="status">${status.value?.() ?? nothing}</p>
    </div>
    ${outView()} ${inView()} ${keptView()}`;
}

const opened = signal(false);

export function open(): void {
  if (!dialog) {
    dialog = document.createElement('dialog');
    dialog.className = 'sharing';
    dialog.setAttribute('aria-labelledby', 'share-heading');
    dialog.addEventListener('close', () => (opened.value = false));
    document.body.append(dialog);
    // A dialog nobody sees is not worth drawing again with every input.
    effect(() => {
      if (opened.value) render(view(), dialog!);
    });
  }
  if (!exports.value) void fetchExports();
  [status.value, refused.value, planName.value] = [undefined, [], undefined];
  opened.value = true;
  dialog.showModal();
}
