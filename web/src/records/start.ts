// Before there is a result: which records, which file, how far the reading is, what each column is.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { signal } from '@preact/signals-core';
import { rt, type RecordsKey } from '../i18n/records.js';
import { joined, pick } from '../i18n/index.js';
import { channels } from '../state.js';
import type { DateOrder } from './answers.js';
import { change, chooseColumn, fields, fit, open, openSample, renewals, scopes, source, sources, stop, zeroOrders, type Desk } from './state.js';
import { fieldName, share } from './words.js';


/** A file is held over the dialog. */
const hovering = signal(false);

export function kindsView(): TemplateResult {
  return html`<div class="tabs kinds" role="group" aria-label=${rt('kind')}>
    ${sources.map(
      (kind) => html`<button aria-pressed=${kind === source.value ? 'true' : 'false'} @click=${() => (source.value = kind)}>${rt(`kind.${kind}`)}</button>`,
    )}
  </div>`;
}

const take = (file: File | undefined | null) => file && open(source.value, { name: file.name, blob: file, sample: false });

/** Files dropped anywhere on the dialog are taken. */
export const dropping = {
  over(event: DragEvent): void {
    event.preventDefault();
    hovering.value = true;
  },
  leave(): void {
    hovering.value = false;
  },
  drop(event: DragEvent): void {
    event.preventDefault();
    hovering.value = false;
    take(event.dataTransfer?.files[0]);
  },
};

function troubleView({ stage, file, recognition }: Desk): TemplateResult | typeof nothing {
  if (stage.at !== 'start' || !stage.trouble) return nothing;
  const { trouble } = stage;
  const told = 'offline' in trouble ? [rt('offline')] : 'refusal' in trouble ? [rt(`refused.${trouble.refusal}`)] : trouble.problems.slice(0, 5).map(({ message }) => pick(message));
  return html`<div class="trouble" role="alert">
    <b>${rt('trouble')}${file ? html` <span class="file">${file.name}</span>` : nothing}</b>
    ${told.map((text) => html`<p class="problem">${text}</p>`)}
    ${recognition ? html`<button class="button" @click=${() => change(source.value, { stage: { at: 'columns' } })}>${rt('tocolumns')}</button>` : nothing}
  </div>`;
}

export function startView(desk: Desk): TemplateResult {
  const of = source.value;
  return html`<p class="says">${rt(`kind.${of}.says`)}</p>
    <div class="drop ${hovering.value ? 'over' : ''}">
      <p>${rt('drop')}</p>
      <label class="button primary"
        >${rt('choose')}<input
          type="file" class="hidden" accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values" data-records-file
          @change=${(event: Event) => {
            const input = event.target as HTMLInputElement;
            take(input.files?.[0]);
            // The same file again is a change too.
            input.value = '';
          }}
      /></label>
      <button class="plain" @click=${() => openSample(of, rt('sample.name'))}>${rt('sample')}</button>
      <p class="quiet">${rt('formats')}</p>
    </div>
    ${troubleView(desk)}`;
}

export function workingView({ stage, file }: Desk): TemplateResult | typeof nothing {
  if (stage.at !== 'working') return nothing;
  return html`<div class="working">
    <p role="status">${rt(`working.${stage.phase}`, { name: file?.name ?? '' })}</p>
    <p class="bar-line">
      ${stage.phase === 'look' ? html`<progress aria-label=${rt('progress')}></progress>` : html`<progress max="1" .value=${live(stage.share)} aria-label=${rt('progress')}></progress>`}
      <span aria-hidden="true">${stage.phase === 'look' ? nothing : share(stage.share, 0)}</span>
      <button class="button" @click=${stop}>${rt('stop')}</button>
    </p>
  </div>`;
}

const orders: DateOrder[] = ['year_first', 'month_first', 'day_first'];

/** One of several; the texts of `name` have a word for each. */
function choiceView<T extends string>(name: 'scope' | 'zeros' | 'renewal', all: readonly T[], chosen: T, choose: (one: T) => void): TemplateResult {
  return html`<div class="row">
    <label for="records-${name}">${rt(name)}</label>
    <select id="records-${name}" @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as T)}>
      ${all.map((one) => html`<option value=${one} ?selected=${one === chosen}>${rt(`${name}.${one}` as RecordsKey)}</option>`)}
    </select>
  </div>`;
}

export function columnsView(desk: Desk): TemplateResult {
  const of = source.value;
  const { recognition, columns, dateOrder, file } = desk;
  const { needed, more } = fields[of] as { needed: string[]; more: string[] };
  const found = recognition!.columns.map(({ field }) => field).filter((field): field is string => field !== null);
  // The plan's channels can be matched by hand whatever the file calls them.
  const ofChannels = of === 'sessions' ? channels.value.flatMap(({ id }) => [`viewers_${id}`, `spend_${id}`]) : [];
  const shown = [...new Set([...needed, ...more, ...ofChannels, ...found])];
  const missing = needed.filter((field) => columns[field] === undefined);
  return html`<form
    class="columns"
    @submit=${(event: Event) => {
      event.preventDefault();
      fit(of);
    }}
  >
    <h3>${rt('columns.heading')}</h3>
    <p class="says">${rt(recognition!.sure ? 'columns.change' : 'columns.says', { name: file!.name })}</p>
    ${shown.map((field) => {
      const column = recognition!.columns.find(({ index }) => index === columns[field]);
      const id = `records-column-${field}`;
      return html`<div class="row">
        <label for=${id}>${fieldName(field)}${needed.includes(field) ? html`<b class="needed" aria-hidden="true"> *</b>` : nothing}</label>
        <select
          id=${id} aria-describedby="${id}-examples" ?required=${needed.includes(field)} aria-invalid=${missing.includes(field) ? 'true' : 'false'}
          .value=${live(column ? String(column.index) : '')}
          @change=${(event: Event) => {
            const { value } = event.target as HTMLSelectElement;
            chooseColumn(of, field, value === '' ? undefined : Number(value));
          }}
        >
          <option value="" ?selected=${!column}>${rt('columns.none')}</option>
          ${recognition!.columns.map(({ index, name }) => html`<option value=${index} ?selected=${index === column?.index}>${name || `#${index + 1}`}</option>`)}
        </select>
        <small id="${id}-examples" class="quiet">${column && column.examples.length > 0 ? rt('columns.examples', { examples: joined('item', column.examples.slice(0, 3)) }) : nothing}</small>
      </div>`;
    })}
    <div class="row">
      <label for="records-date-order">${rt('date_order')}</label>
      <select id="records-date-order" @change=${(event: Event) => change(of, { dateOrder: (event.target as HTMLSelectElement).value as DateOrder })}>
        ${dateOrder === null ? html`<option value="" selected>${rt('date_order.auto')}</option>` : nothing}
        ${orders.map((order) => html`<option value=${order} ?selected=${order === dateOrder}>${rt(`date_order.${order}`)}</option>`)}
      </select>
    </div>
    ${of === 'orders'
      ? html`${choiceView('scope', scopes, desk.scope, (scope) => change(of, { scope }))}
          ${choiceView('zeros', zeroOrders, desk.zeros, (zeros) => change(of, { zeros }))}
          <div class="row">
            <label for="records-learned-to">${rt('learned_to')}</label>
            <input
              type="date" id="records-learned-to" aria-describedby="records-learned-to-says" .value=${live(desk.learnedTo)}
              @change=${(event: Event) => change(of, { learnedTo: (event.target as HTMLInputElement).value })}
            />
            <small id="records-learned-to-says" class="quiet">${rt('learned_to.says')}</small>
          </div>
          <label class="option">
            <input type="checkbox" id="records-season" .checked=${live(desk.season)} @change=${(event: Event) => change(of, { season: (event.target as HTMLInputElement).checked })} />
            <span>${rt('season')} <small>${rt('season.says')}</small></span>
          </label>`
      : nothing}
    ${of === 'contracts' ? choiceView('renewal', renewals, desk.renewal, (renewal) => change(of, { renewal })) : nothing}
    ${missing.length > 0 ? html`<p class="problem">${rt('columns.missing', { fields: joined('item', missing.map(fieldName)) })}</p>` : nothing}
    <p class="actions">
      <button class="button primary" ?disabled=${missing.length > 0}>${rt('columns.go')}</button>
      <button type="button" class="plain" @click=${() => change(of, { stage: desk.last ? { at: 'answer', answer: desk.last } : { at: 'start' } })}>${rt('columns.back')}</button>
    </p>
  </form>`;
}
