// Undo, redo and the door to sharing beside the inputs, and what is said above the result.
import { effect, signal } from '@preact/signals-core';
import { html, nothing, render, type TemplateResult } from 'lit';
import './share.css';
import { pick } from '../i18n/index.js';
import { st } from '../i18n/share.js';
import { canRedo, canUndo, notice, redo, said, start, undo } from './desk.js';

const fault = signal(false);
async function openDialog(): Promise<void> {
  fault.value = false;
  try {
    (await import('./dialog.js')).open();
  } catch {
    fault.value = true;
  }
}

/** Not `disabled`: a button that is takes the focus away with it. */
const stepButton = (label: string, can: boolean, run: () => void) =>
  html`<button class="button" aria-disabled=${can ? 'false' : 'true'} @click=${() => can && run()}>${label}</button>`;

function toolsView(): TemplateResult {
  return html`<div class="tools" role="group" aria-label=${st('tools')}>
      ${stepButton(st('undo'), canUndo.value, undo)} ${stepButton(st('redo'), canRedo.value, redo)}
      <button class="button share-door" aria-haspopup="dialog" @click=${openDialog}>${st('door')}</button>
    </div>
    <p class="hidden" role="status">${said.value?.() ?? nothing}</p>
    ${fault.value ? html`<p class="problem" role="alert">${st('fault')}</p>` : nothing}`;
}

function noticeView(): TemplateResult {
  const current = notice.value;
  return html`<div role="status">
    ${current
      ? html`<div class="told">
          <p>${current.text()}</p>
          ${current.problems
            ? html`<p>${current.problems.heading()}</p>
                <ul>
                  ${current.problems.list.slice(0, 8).map(({ path, message }) => html`<li>${path ? html`<code>${path}</code> ` : nothing}${pick(message)}</li>`)}
                </ul>`
            : nothing}
          <p class="actions">
            ${current.action ? html`<button class="plain" @click=${current.action.run}>${current.action.label()}</button>` : nothing}
            <button class="plain" @click=${() => (notice.value = undefined)}>${st('notice.close')}</button>
          </p>
        </div>`
      : nothing}
  </div>`;
}

export function mount(tools: HTMLElement, above: HTMLElement): void {
  effect(() => void render(toolsView(), tools));
  effect(() => void render(noticeView(), above));
  void start();
}
