// The plans beside each other: under the answer, drawn by themselves; and what the present inputs change
// against the base, which the answer itself shows.
import { effect, signal } from '@preact/signals-core';
import { html, nothing, render, type TemplateResult } from 'lit';
import './compare.css';
import { ct } from '../i18n/compare.js';
import { mostPlans } from '../share/plans.js';
import { beside } from '../state.js';
import { baseCase, beside as columns, changed, isPlanned, type Planned } from './cases.js';
import { differenceOf, profit } from './difference.js';
import { stripView } from './strip.js';
import { baseName, inWords, resultSentence, whatIf } from './whatif.js';

/** How long the inputs rest before the change is read out, ms. */
const pause = 600;

const open = signal(window.matchMedia('(min-width: 761px)').matches);
const later = signal<{ sideBySide: () => TemplateResult; chartView: () => TemplateResult | typeof nothing } | undefined>(undefined);
const fault = signal(false);
const spoken = signal('');

async function fetchTable(): Promise<void> {
  fault.value = false;
  try {
    const [{ sideBySide }, { chartView }] = await Promise.all([import('./table.js'), import('./chart.js')]);
    later.value = { sideBySide, chartView };
  } catch {
    fault.value = true;
  }
}

function sentence(list: Planned[]): string {
  if (list.length < 2) return ct('says.one', { n: mostPlans });
  const best = list.reduce((a, b) => (b.plan.summary.profit > a.plan.summary.profit ? b : a));
  const base = baseCase.value;
  const found = differenceOf(profit, best, base);
  const words = { name: best.name, profit: profit.show(best.plan.summary.profit), base: baseName(base) };
  return best.id === base.id || !found || found.sign === 0 ? ct('says.base', words) : ct('says.best', { ...words, difference: inWords(found) });
}

function tableView(): TemplateResult {
  return html`<details class="twin" data-beside ?open=${open.value} @toggle=${(event: Event) => event.target === event.currentTarget && (open.value = (event.target as HTMLDetailsElement).open)}>
    <summary>${ct('open.table', { n: columns.value.length })}</summary>
    ${open.value ? (later.value ? html`${later.value.sideBySide()} ${later.value.chartView()}` : html`<p class="says">${ct(fault.value ? 'fault' : 'loading')}</p>`) : nothing}
  </details>`;
}

function view(): TemplateResult {
  const list = columns.value.filter(isPlanned);
  const worth = columns.value.length > 2 || changed.value !== undefined;
  return html`<section class="card-box compare" aria-labelledby="compare-heading">
    <h2 id="compare-heading">${ct('heading')}</h2>
    <p class="says">${worth ? sentence(list) : ct('says.one', { n: mostPlans })}</p>
    ${stripView()} ${worth ? tableView() : nothing}
    <p class="hidden" role="status">${spoken.value}</p>
  </section>`;
}

export function mount(host: HTMLElement): void {
  beside.value = whatIf;
  effect(() => void render(view(), host));
  effect(() => {
    if (open.value && !later.value && (columns.value.length > 2 || changed.value)) void fetchTable();
  });
  // Read out when the inputs rest, and taken away at once when they move.
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const now = changed.value;
    const text = now ? resultSentence(now, baseCase.value) : '';
    clearTimeout(timer);
    spoken.value = '';
    timer = setTimeout(() => (spoken.value = text), pause);
  });
  const measure = async () => {
    const width = host.querySelector('.lines-drawing')?.clientWidth;
    if (!width) return;
    (await import('./chart.js')).chartWidth.value = width;
  };
  new ResizeObserver(() => void measure()).observe(host);
}
