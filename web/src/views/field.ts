// One input: exact text, coarse slider, unit, provenance, help and the problem beside it.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { signal } from '@preact/signals-core';
import { each } from '../each.js';
import { groups } from '../fields.js';
import { catalogue, fieldAt, isField, isWithin, loadFacts, loadNotes } from '../data.js';
import { channelName, pick, t } from '../i18n/index.js';
import { count, inputText, isPercent, percent, readNumber, reading } from '../numbers.js';
import { base, channelCount, channelIdAt, choose, editAt, fieldRange, isUnknown, language, preset, problemAt, sourceOf, type, typeList, valueAt, type Source } from '../state.js';
import type { Problem } from '@engine/growth.js';
import type { Field, Text } from '../types.js';

/** The one field whose notes are open. */
export const openNotes = signal<string | undefined>(undefined);
const notesOpen = each((path: string) => openNotes.value === path);
/** Draws them; nothing until it is here. */
const notes = signal<ReturnType<typeof import('./known.js').knownOf> | undefined>(undefined);
const notesFailed = signal(false);

async function toggleNotes(path: string): Promise<void> {
  openNotes.value = openNotes.value === path ? undefined : path;
  if (openNotes.value === undefined || notes.value) return;
  notesFailed.value = false;
  try {
    const [{ knownOf }, help, facts] = await Promise.all([import('./known.js'), loadNotes(), loadFacts()]);
    notes.value = knownOf(help, facts);
  } catch {
    notesFailed.value = true;
  }
}

/** The same input can stand in several places. */
export const idOf = (path: string, place = 'f') => `${place}-${path.replace(/[^a-z0-9]+/g, '-')}`;

/** The id of the channel a path is in: of the present ones, or of a list. */
export function channelId(path: string, list?: readonly { id?: string }[]): string | undefined {
  const channel = /^channels\[(\d+)\]/.exec(path);
  if (!channel) return undefined;
  const place = Number(channel[1]);
  return list ? (list[place]?.id ?? '') : channelIdAt(place);
}
/** Channels are told apart by their name. */
export function labelOf(path: string, list?: readonly { id?: string }[]): string {
  const label = pick(fieldAt(path).label);
  const id = channelId(path, list);
  return id === undefined ? label : `${channelName(id)} · ${label}`;
}

/** A slider is coarse: a hundred steps, ten to a page key. */
const steps = 100;

/** Slider positions spread over the typical range: even for shares, with room for small values where
 *  amounts span orders of magnitude. A typed value beyond it stretches the range. A scale of d3 does the
 *  same and is a fifth of all that the first visit loads. */
export function slider(field: Field, value: number) {
  const [low, high] = field.typical;
  const top = Math.min(field.range[1], value > high ? value * 3 : high);
  const bottom = Math.max(field.range[0], Math.min(low, value));
  const wide = top > 1000 && bottom >= 0;
  const bent = (x: number) => (wide ? Math.cbrt(x) : x);
  const [from, to] = [bent(bottom), bent(top)];
  return {
    /** The position of a value, 0 to `steps`. */
    at: (x: number) => (to > from ? Math.min(steps, Math.max(0, ((bent(x) - from) / (to - from)) * steps)) : 0),
    /** A round number near a position. */
    near: (position: number): number => {
      if (to <= from) return bottom;
      const bentValue = from + (position / steps) * (to - from);
      const x = wide ? bentValue ** 3 : bentValue;
      if (field.kind === 'whole') return Math.round(x);
      const unit = roundUnit((top - bottom) / steps);
      return Math.min(top, Math.max(bottom, Number((wide ? x : Math.round(x / unit) * unit).toPrecision(wide ? 3 : 12))));
    },
  };
}

/** 1, 2 or 5 times a power of ten, the nearest below or above. */
function roundUnit(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const left = size / power;
  return power * (left >= Math.sqrt(50) ? 10 : left >= Math.sqrt(10) ? 5 : left >= Math.SQRT2 ? 2 : 1);
}

interface Provenance {
  kind: 'own' | Source | 'published' | 'informed' | 'assumed';
  facts: string[];
  grade: string;
  /** Why the preset says so. */
  note?: Text;
}

const unknownNote: Text = { zh: '你说不知道：先按预设的数算，当作假设。', en: 'You do not know it: the preset’s number stands in as an assumption.' };

/** In a part that came with the merchant's own plan, such as another list of channels. */
function isOwnPart(path: string): boolean {
  const { parts = {} } = preset.value as { parts?: Record<string, unknown> };
  return Object.keys(parts).some((name) => isWithin(path, name));
}

export function provenance(path: string, field: Field): Provenance {
  if (editAt(path)) return { kind: sourceOf(path) ?? 'own', facts: [], grade: '' };
  if (isUnknown(path)) return { kind: 'assumed', facts: [], grade: '', note: unknownNote };
  if (isOwnPart(path)) return { kind: 'own', facts: [], grade: '' };
  const listed = preset.value.provenance;
  const given = listed[path] ?? listed[path.replace(/\[.*$/, '')];
  if (!given) return { kind: field.basis, facts: [], grade: field.grade };
  const cited = given.facts ?? [];
  const grade = cited.map((id) => catalogue.grades[id] ?? '').filter((g) => /^[A-D]$/.test(g)).sort()[0] ?? '';
  return { kind: given.basis, facts: cited, grade, note: given.note };
}

/** Where a value comes from, in a word or two. */
export const originText = (source: Provenance): string => t(`chip.${source.kind}`, { grade: source.grade }).replace(/[，,]? $/, '');

/** The chip under an input that says where its value comes from and opens the notes. */
function chip(path: string, field: Field): TemplateResult {
  const source = provenance(path, field);
  const open = notesOpen(path);
  const range = fieldRange.value?.(path);
  return html`<div class="under">
      <button class="chip ${source.kind}" aria-expanded=${open ? 'true' : 'false'} @click=${() => toggleNotes(path)}>
        <span aria-hidden="true">${originText(source)}</span>
        <span class="hidden">${t('chip.open', { label: labelOf(path) })}</span>
      </button>
      ${range?.chip ?? nothing} ${source.note && !open ? html`<small>${pick(source.note)}</small>` : nothing}
    </div>
    ${range?.editor ?? nothing}`;
}

/** Asks whether more was meant by a small share that was typed without its sign. */
function doubt(path: string, value: number): TemplateResult {
  const other = percent(value * 100, language.value);
  return html`<p class="doubt">
    ${t('entry.doubtful', { value: percent(value, language.value, 3), other })}
    <button type="button" class="plain" @click=${() => choose(path, Number((value * 100).toPrecision(15)), other)}>${t('entry.meant', { other })}</button>
  </p>`;
}

/** The text of an input: what was typed, else the value of the preset. */
function textOf(path: string, field: Field): string {
  const edit = editAt(path);
  if (edit) return edit.text;
  const value = valueAt(base.value, path);
  if (typeof value === 'number') return inputText(value, field.unit, language.value);
  return Array.isArray(value) ? value.join(', ') : '';
}

/** Where the text of an input is typed, with its unit; `dataPath` where `goTo` is to find it. */
export function entry(path: string, id: string, dataPath: string | typeof nothing, help = ''): TemplateResult {
  const wrong = problemAt(path);
  const field = fieldAt(path);
  const unit = pick(catalogue.units[field.unit] ?? { zh: '', en: '' });
  return html`<span class="entry">
    <input
      id=${id}
      type="text"
      inputmode="decimal"
      autocomplete="off"
      spellcheck="false"
      data-path=${dataPath}
      aria-invalid=${wrong ? 'true' : 'false'}
      aria-describedby=${[help, wrong && `${id}-problem`].filter(Boolean).join(' ') || nothing}
      .value=${live(textOf(path, field))}
      value=${textOf(path, field)}
      @input=${(event: Event) => type(path, (event.target as HTMLInputElement).value)}
    />
    ${unit ? html`<span class="unit">${unit}</span>` : nothing}
  </span>`;
}

/** A limit or what was typed, with every digit: short where that reads back as the same number. */
function exactly(value: number, unit: string): string {
  if (isPercent(unit)) return `${inputText(value, unit, language.value)}%`;
  const short = count(value, language.value);
  const read = readNumber(short, 'amount');
  const same = read.kind === 'number' && read.value === value;
  return (unit.startsWith('yuan') ? '¥' : '') + (same ? short : inputText(value, unit, language.value));
}

/** What is wrong, as merchants write numbers: the engine counts shares from 0 to 1 and writes 1000000000. */
export function problemText({ code, path, message, got }: Problem): string {
  if (code !== 'out_of_range' || typeof got !== 'number' || !isField(path)) return pick(message);
  const { unit, range, kind } = fieldAt(path);
  if (kind !== 'number') return pick(message);
  const [low, high, now] = [...range, got].map((value) => exactly(value, unit));
  return t('errors.range', { label: labelOf(path), low: low!, high: high!, got: now! });
}

/** An input under its name, with the problem of what was typed. */
export function framed(path: string, id: string, kind: string, inside: unknown, below: unknown): TemplateResult {
  const edit = editAt(path);
  const problem = problemAt(path);
  return html`<div class="field${kind} ${edit ? 'edited' : ''} ${problem ? 'wrong' : ''}">
    <label for=${id}>${labelOf(path)}</label>
    ${inside} ${problem ? html`<p class="problem" id="${id}-problem">${problemText(problem)}</p>` : nothing}
    ${edit?.doubtful ? doubt(path, edit.value as number) : nothing} ${below}
  </div>`;
}

/** A field, drawn anew when something of its own has changed and not with every other. */
export const fieldView = each((path: string): TemplateResult => {
  const field = fieldAt(path);
  const id = idOf(path);
  const list = field.kind === 'curve' || field.kind === 'twelve_numbers';
  return framed(
    path, id, list ? ' wide' : '', [list ? listEntry(path, id, field) : numberEntry(path, id, field), chip(path, field)],
    notesOpen(path) ? (notes.value?.(path, field) ?? html`<p class="notes">${t(notesFailed.value ? 'notes.failed' : 'notes.loading')}</p>`) : nothing,
  );
});

function numberEntry(path: string, id: string, field: Field): TemplateResult {
  const current = (editAt(path)?.value ?? valueAt(base.value, path)) as number;
  const scale = slider(field, current);
  return html`${entry(path, id, path)}
    <input
      type="range"
      min="0"
      max=${steps}
      step="1"
      aria-label=${t('entry.slider', { label: labelOf(path) })}
      aria-valuetext=${reading(current, field.unit, language.value)}
      .value=${live(String(Math.round(scale.at(current))))}
      value=${Math.round(scale.at(current))}
      @input=${(event: Event) => {
        const value = scale.near(Number((event.target as HTMLInputElement).value));
        choose(path, value, inputText(value, field.unit, language.value));
      }}
    />`;
}

/** A list of numbers: a repeat curve, or a factor per calendar month. */
function listEntry(path: string, id: string, field: Field): TemplateResult {
  return html`<textarea
    id=${id}
    rows="2"
    spellcheck="false"
    data-path=${path}
    aria-invalid=${problemAt(path) ? 'true' : 'false'}
    aria-describedby=${problemAt(path) ? `${id}-problem` : nothing}
    placeholder=${field.kind === 'curve' ? t('entry.curve') : nothing}
    .value=${live(textOf(path, field))}
    @input=${(event: Event) => typeList(path, (event.target as HTMLTextAreaElement).value)}
  ></textarea>`;
}

/** Groups whose inputs are drawn; a closed group costs nothing. */
export const openGroups = signal<ReadonlySet<string>>(new Set());

export function setOpen(group: string, open: boolean): void {
  if (openGroups.value.has(group) === open) return;
  const next = new Set(openGroups.value);
  if (open) next.add(group);
  else next.delete(group);
  openGroups.value = next;
}

/** Puts the cursor into a field, opening the group it is in. */
export function goTo(path: string): void {
  const known = path.replace(/(?<=[a-z_])\[\d+\]$/, '');
  const group = groups(channelCount.value).find((g) => g.paths.some((p) => p === path || p === known));
  if (group) setOpen(group.id, true);
  queueMicrotask(() =>
    document.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"], [data-path="${CSS.escape(known)}"]`)?.focus(),
  );
}
