// Ways out beside links and files: a poster, a workbook, tables, a printed report. Each says what is in it,
// and what to do where the browser hands out nothing.
import { computed, signal } from '@preact/signals-core';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import './panel.css';
import type { Plan } from '@engine/growth.js';
import { futures } from '../futures/state.js';
import { et, type ExportKey } from '../i18n/export.js';
import type { Values } from '../i18n/index.js';
import { language, outcome, scenario } from '../state.js';
import { planName, typedName, typeName, verdict } from './figures.js';
import { download, fileName, takesFiles } from './files.js';
import type { Painted } from './poster.js';
import { csv, fanTable, monthsTable, type Table } from './tables.js';

const files = takesFiles();

type Way = 'poster' | 'excel' | 'csv' | 'print';
/** What became of the last press. */
const said = signal<{ way: Way; text: () => string; fault: boolean } | undefined>(undefined);
const tell = (way: Way, key: ExportKey, values: Values = {}) => void (said.value = { way, text: () => et(key, values), fault: false });
const fail = (way: Way, key: ExportKey) => void (said.value = { way, text: () => et(key), fault: true });

/** Does what was pressed; what goes wrong is said. */
async function attempt(way: Way, run: () => Promise<void>, fault: ExportKey = 'fault'): Promise<void> {
  tell(way, 'working');
  try {
    await run();
  } catch {
    fail(way, fault);
  }
}

function handOut(way: Way, content: Blob, name: string): void {
  download(content, name);
  tell(way, 'saved', { name });
}

// Poster

const parts = signal<(typeof import('./poster.js') & typeof import('./qr.js')) | undefined>(undefined);
/** Asked for since the dialog was opened. */
const wanted = signal(false);
const painted = signal<Painted | undefined>(undefined);
/** The poster that is being painted, or could not be. */
let begun: string | undefined;

/** The poster of what is on the page now. */
const drawn = computed(() => {
  void language.value;
  return wanted.value && parts.value && outcome.value.kind === 'plan' ? parts.value.posterSvg(outcome.value.plan) : undefined;
});

async function keepUp(of: string): Promise<void> {
  if (begun === of) return;
  begun = of;
  try {
    const done = await parts.value!.paint(of);
    // Another plan may stand there by now.
    if (begun !== of) return;
    painted.value = done;
    if (said.value?.way === 'poster') said.value = undefined;
  } catch {
    if (begun === of) fail('poster', 'poster.failed');
  }
}

const makePoster = (event: Event) => {
  const dialog = (event.currentTarget as HTMLElement).closest('dialog');
  return attempt('poster', async () => {
    const [poster, codes] = await Promise.all([import('./poster.js'), import('./qr.js')]);
    [begun, painted.value] = [undefined, undefined];
    parts.value = { ...poster, ...codes };
    wanted.value = true;
    // What nobody sees is not worth painting with every input.
    dialog?.addEventListener('close', () => ([wanted.value, said.value] = [false, undefined]), { once: true });
  });
};

function posterView(plan: Plan): TemplateResult {
  const of = drawn.value;
  // After this drawing, not within it.
  if (of !== undefined) queueMicrotask(() => void keepUp(of));
  const shown = of !== undefined && painted.value?.of === of ? painted.value : undefined;
  const code = parts.value?.code();
  return html`<p class="actions">
      <button class="button" data-export="poster" @click=${makePoster}>${et('poster.make')}</button>
      ${shown && files ? html`<button class="button" data-export="poster-file" @click=${() => handOut('poster', shown.file, fileName(planName.value, 'png'))}>${et('poster.save')}</button>` : nothing}
    </p>
    ${wanted.value && parts.value
      ? html`${code
            ? html`<label class="tick"
                ><input type="checkbox" .checked=${live(parts.value.carriesPlan.value)} @change=${(event: Event) => (parts.value!.carriesPlan.value = (event.target as HTMLInputElement).checked)} />${et('poster.carries')}</label
              >`
            : nothing}
          <p class="quiet">${et(`poster.code.${code?.holds ?? 'none'}`)}</p>`
      : nothing}
    ${shown
      ? html`<p class="says">${et('poster.press')}</p>
          <img class="poster" width="1080" height="1440" src=${shown.url} alt=${et('poster.alt', { verdict: verdict(plan).map(({ text }) => text).join('') })} />`
      : nothing}`;
}

// Tables

/** What could not be copied stands there to be selected. */
const text = signal<{ plan: Plan; csv: string } | undefined>(undefined);

const saveTable = (table: Table, part = '') =>
  attempt('csv', async () => handOut('csv', new Blob([await csv(table)], { type: 'text/csv;charset=utf-8' }), fileName(planName.value, 'csv', part)));

const copyTable = (table: Table, plan: Plan) =>
  attempt('csv', async () => {
    const bare = (await csv(table)).replace(/^\uFEFF/, '');
    try {
      await navigator.clipboard.writeText(bare);
      tell('csv', 'copied');
    } catch {
      text.value = { plan, csv: bare };
      fail('csv', 'copy.failed');
      queueMicrotask(() => document.querySelector<HTMLTextAreaElement>('#export-text')?.select());
    }
  });

function csvView(plan: Plan): TemplateResult {
  const months = monthsTable(plan, planName.value);
  // Only while they are those of these inputs.
  const fan = futures.state === 'current' && futures.answer ? fanTable(futures.answer, plan, planName.value) : undefined;
  const size = ({ rows, head }: Table) => ({ rows: rows.length, columns: head.length });
  return html`<p class="actions">
      ${files ? html`<button class="button" data-export="months" @click=${() => saveTable(months)}>${et('csv.months', size(months))}</button>` : nothing}
      ${files && fan ? html`<button class="button" data-export="fan" @click=${() => saveTable(fan, et('csv.fan.file'))}>${et('csv.fan', size(fan))}</button>` : nothing}
      <button class="button" data-export="months-text" @click=${() => copyTable(months, plan)}>${et('csv.copy', size(months))}</button>
    </p>
    ${files ? nothing : html`<p class="quiet">${et('browser.csv')}</p>`} ${files && !fan ? html`<p class="quiet">${et('csv.fan.later')}</p>` : nothing}
    ${text.value?.plan === plan ? html`<textarea id="export-text" readonly rows="4" spellcheck="false" aria-label=${et('csv.text')} .value=${text.value.csv}></textarea>` : nothing}`;
}

// Workbook and paper

const makeWorkbook = () =>
  attempt(
    'excel',
    async () => {
      const { workbook } = await import('./workbook/index.js');
      handOut('excel', await workbook({ ...scenario.value, name: planName.value }), fileName(planName.value, 'xlsx'));
    },
    'excel.failed',
  );

const printReport = () =>
  attempt('print', async () => {
    const opened = (await import('./report.js')).print();
    if (opened) said.value = undefined;
    else fail('print', 'print.failed');
  });

function wayView(way: Way, inside: TemplateResult): TemplateResult {
  const told = said.value?.way === way ? said.value : undefined;
  return html`<li>
    <h4>${et(`${way}.heading`)}</h4>
    <p class="says">${et(`${way}.says`)}</p>
    ${inside}
    <p role="status" class=${told?.fault ? 'problem' : 'quiet'}>${told?.text() ?? nothing}</p>
  </li>`;
}

export function exportView(plan: Plan): TemplateResult {
  return html`<section class="card-box exports" aria-labelledby="share-ways">
    <h3 id="share-ways">${et('heading')}</h3>
    <p class="says">${et('says')}</p>
    <div class="row">
      <label for="export-name">${et('name')}</label>
      <input id="export-name" type="text" maxlength="40" autocomplete="off" .value=${live(typedName.value ?? planName.value)} @input=${(event: Event) => typeName((event.target as HTMLInputElement).value)} />
    </div>
    <ul>
      ${wayView('poster', posterView(plan))}
      ${wayView('excel', files ? html`<p class="actions"><button class="button" data-export="excel" @click=${makeWorkbook}>${et('excel.save')}</button></p>` : html`<p class="quiet">${et('browser.excel')}</p>`)}
      ${wayView('csv', csvView(plan))}
      ${wayView('print', files ? html`<p class="actions"><button class="button" data-export="print" @click=${printReport}>${et('print.go')}</button></p>` : html`<p class="quiet">${et('browser.print')}</p>`)}
    </ul>
  </section>`;
}
