// The dialog in which the merchant's own records are read. It comes when it is asked for, and keeps what it
// found while the page is open.
import { effect } from '@preact/signals-core';
import { html, nothing, render, type TemplateResult } from 'lit';
import './records.css';
import { rt } from '../i18n/records.js';
import { widths } from './pictures.js';
import { columnsView, dropping, kindsView, startView, workingView } from './start.js';
import { desks, prepare, source, type Desk } from './state.js';
import type { Answer } from './answers.js';

let dialog: HTMLDialogElement | undefined;
let outcomeView: (desk: Desk, answer: Answer, done: () => void) => TemplateResult;

const close = () => dialog?.close();
/** To the answer of the plan, which has changed. */
function toResult(): void {
  close();
  document.querySelector<HTMLElement>('#result')?.focus();
}

function bodyView(): TemplateResult | typeof nothing {
  const desk = desks.value[source.value];
  switch (desk.stage.at) {
    case 'start':
      return startView(desk);
    case 'working':
      return workingView(desk);
    case 'columns':
      return columnsView(desk);
    case 'answer':
      return outcomeView(desk, desk.stage.answer, toResult);
  }
}

function view(): TemplateResult {
  return html`<div class="head">
      <h2 id="records-heading">${rt('heading')}</h2>
      <button class="button" @click=${close}>${rt('close')}</button>
    </div>
    <div class="body">
      ${desks.value[source.value].stage.at === 'start' ? html`<p class="says">${rt('says')}</p>` : nothing}
      <p class="local">${rt('local')}</p>
      ${kindsView()} ${bodyView()}
    </div>`;
}

function measure(): void {
  const inner = (selector: string) => {
    const box = dialog!.querySelector<HTMLElement>(selector);
    if (!box) return 0;
    const { paddingLeft, paddingRight } = getComputedStyle(box);
    return Math.floor(box.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight));
  };
  const next = { whole: inner('.body > .card-box'), half: inner('.body > .two > .card-box') || inner('.body > .card-box') };
  const { whole, half } = widths.peek();
  if (next.whole > 0 && (next.whole !== whole || next.half !== half)) widths.value = next;
}

export async function open(): Promise<void> {
  // All of it comes at once, so that nothing is fetched any more when a file has been chosen.
  ({ outcomeView } = await import('./outcome.js'));
  if (!dialog) {
    dialog = document.createElement('dialog');
    dialog.className = 'records';
    dialog.setAttribute('aria-labelledby', 'records-heading');
    dialog.addEventListener('dragover', dropping.over);
    dialog.addEventListener('dragleave', dropping.leave);
    dialog.addEventListener('drop', dropping.drop);
    document.body.append(dialog);
    let before = '';
    effect(() => {
      render(view(), dialog!);
      measure();
      // A new result is read from its sentence on.
      const { at } = desks.value[source.value].stage;
      const now = `${source.value} ${at}`;
      if (now !== before && at === 'answer' && dialog!.open) queueMicrotask(() => dialog!.querySelector<HTMLElement>('[data-records-verdict]')?.focus());
      before = now;
    });
    new ResizeObserver(measure).observe(dialog);
  }
  prepare();
  dialog.showModal();
  measure();
}
