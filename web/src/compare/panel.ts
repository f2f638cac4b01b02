// The plans beside each other: under the answer, drawn by themselves; and what the present inputs change
// against the base, which the answer itself shows.
import { effect, signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import './compare.css';
import { ct } from '../i18n/compare.js';
import { unbroken } from '../i18n/index.js';
import { mostPlans } from '../share/plans.js';
import { whenQuiet } from '../rest.js';
import { beside, language } from '../state.js';
import { drawInTurn } from '../views/turn.js';
import { baseCase, changed, columns, isPlanned } from './cases.js';
import { chartView, chartWidth } from './chart.js';
import { differenceOf, profit } from './difference.js';
import { stripView } from './strip.js';
import { sideBySide } from './table.js';
import { baseName, inWords, resultSentence, whatIf } from './whatif.js';

/** How long the inputs rest before the change is read out, ms. */
const pause = 600;

/** Whether the plans stand side by side, as somebody asked for it. Unasked they do where there is room and a plan
 *  is kept: the first change alone is not to push what stands below away from under the eye. */
const asked = signal<boolean | undefined>(undefined);
const hasRoom = window.matchMedia('(min-width: 47.51em)').matches;
const isOpen = () => asked.value ?? (hasRoom && columns.value.length > 2);
const spoken = signal('');

/** Who earns most. */
function sentence(): string {
  const best = columns.value.filter(isPlanned).reduce((a, b) => (b.plan.summary.profit > a.plan.summary.profit ? b : a));
  const base = baseCase.value;
  const found = differenceOf(profit, best, base)!;
  if (found.sign === 0) return ct('says.base', { base: baseName(base), profit: profit.show(base.plan.summary.profit) });
  return ct('says.best', { name: best.name, profit: profit.show(best.plan.summary.profit), base: baseName(base), difference: inWords(found) });
}

function toggled(event: Event): void {
  const { open } = event.currentTarget as HTMLDetailsElement;
  if (event.target === event.currentTarget && open !== isOpen()) asked.value = open;
}

function tableView(): TemplateResult {
  return html`<details class="twin open-table" ?open=${isOpen()} @toggle=${toggled}>
    <summary>${ct('open.table', { n: columns.value.length })}</summary>
    ${isOpen() ? html`${sideBySide()} ${chartView()}` : nothing}
  </details>`;
}

function view(): TemplateResult {
  const several = columns.value.length > 2 || changed.value !== undefined;
  return html`<section class="card-box compare" aria-labelledby="compare-heading">
    <h2 id="compare-heading">${ct('heading')}</h2>
    <p class="says">${several ? unbroken(sentence()) : ct('says.one', { n: mostPlans })}</p>
    ${stripView()} ${several ? tableView() : nothing}
    <p class="hidden" role="status">${spoken.value}</p>
  </section>`;
}

export function mount(host: HTMLElement): void {
  beside.value = whatIf;
  drawInTurn(host, view);
  // Read out when the inputs rest, and taken away at once when they move.
  const speak = whenQuiet(() => (spoken.value = changed.value ? resultSentence(changed.value, baseCase.value) : ''));
  effect(() => {
    void [changed.value, baseCase.value, language.value];
    spoken.value = '';
    speak(pause);
  });
  new ResizeObserver(() => {
    const width = host.querySelector('.lines-drawing')?.clientWidth;
    if (width) chartWidth.value = width;
  }).observe(host);
}
