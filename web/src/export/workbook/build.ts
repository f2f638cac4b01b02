// The sheets of the workbook: the engine's formulas translated cell by cell, its numbers beside them as
// they are now, and the inputs that the formulas refer to by name.
import type { Formulas, FormulaSheet, Scenario, StatedQuantity, Text } from '@engine/growth.js';
import { catalogue, noteKey } from '../../data.js';
import { groups, essential } from '../../fields.js';
import { channelName, joined, pick, t } from '../../i18n/index.js';
import { lt } from '../../i18n/lower.js';
import { wt } from '../../i18n/workbook.js';
import { isPercent, reading } from '../../numbers.js';
import { language } from '../../state.js';
import type { Facts, Field, Notes } from '../../types.js';
import { address, quoted, type Cell, type Sheet, type Style, type Validation, type Workbook } from './sheet.js';
import { translate, type Layout, type Over } from './translate.js';

/** Where an input's number comes from, as its chip on the page says. */
export interface Origin {
  chip: string;
  facts: string[];
  note?: Text;
}

export interface Material {
  /** Completed by the engine. */
  scenario: Scenario;
  formulas: Formulas;
  notes: Notes;
  facts: Facts;
  origin(path: string, field: Field): Origin;
  /** What the plan is called. */
  name: string;
  /** What the policy is called and what it rests on; nothing without one. */
  policy?: { name: string; facts: string[] };
  /** YYYY-MM-DD */
  date: string;
}

const head: Style = { bold: true, fill: 'E7EFE9', line: true };
const group: Style = { bold: true, colour: '1B6B3A', size: 11.5 };
const quiet: Style = { colour: '6B736E', indent: true };
const fixed: Style = { colour: '6B736E', right: true };
const prose: Style = { wrap: true, indent: true };
const editable: Style = { colour: '0B4FB3', fill: 'FFF9E5', right: true };

/** From here on digits are grouped; below, what is typed next may have decimals. */
const large = 10_000;

/** How numbers of a unit are shown. */
function format(unit: string, cents = false): string {
  if (isPercent(unit)) return '0.00%';
  if (unit === 'yuan') return cents ? '"¥"#,##0.00;-"¥"#,##0.00' : '"¥"#,##0;-"¥"#,##0';
  if (unit.startsWith('yuan')) return '#,##0.00';
  if (/^(users|viewers|orders)/.test(unit) && unit !== 'orders_per_customer') return '#,##0';
  if (unit === 'factor' || unit === 'orders_per_customer') return '0.000';
  return 'General';
}
/** Of a unit that its numbers do not show themselves. */
const unitOf = (unit: string): string => (unit === 'rate' || unit === 'yuan' ? '' : pick(catalogue.units[unit] ?? { zh: '', en: '' }));

const titles = (right: boolean, indent: boolean): Style => ({ ...head, ...(right ? { right } : indent ? { indent } : {}) });

/** Name of an input in formulas. */
const nameOf = (path: string): string => path.replace(/^channels\.(\d+)\./, (_, i: string) => `channel_${Number(i) + 1}_`).replace(/\./g, '_');

/** Sheets of what is told by month or age. */
type Grid = 'months' | 'programmes' | 'ages';
const monthly: ReadonlySet<FormulaSheet> = new Set(['months', 'terms', 'workings', 'programmes']);
/** Left of what is told by month or age: label and unit. */
const before = 2;
/** Rows above: title, a sentence, a blank one, the head. */
const above = 4;

class Builder {
  readonly #sheets: Sheet[] = [];
  readonly #names: Record<string, string> = {};
  /** Names by path or id. */
  readonly #named = new Map<string, string>();
  /** Where quantities stand. */
  readonly #places = new Map<string, { sheet: string; row: number; over: Over }>();
  readonly #by = new Map<FormulaSheet, StatedQuantity[]>();

  constructor(readonly material: Material) {
    for (const quantity of material.formulas.quantities) {
      const list = this.#by.get(quantity.sheet) ?? [];
      list.push(quantity);
      this.#by.set(quantity.sheet, list);
    }
  }

  #of(sheet: FormulaSheet): StatedQuantity[] {
    return this.#by.get(sheet) ?? [];
  }

  build(): Workbook {
    const about = this.#sheet('about', [34, 16, 16, 90]);
    const inputs = this.#inputs();
    const has = this.#of('programmes').length > 0;
    const grids: [Grid, FormulaSheet[]][] = [
      ['months', ['months', 'terms', 'workings']],
      ['ages', ['ages']],
    ];
    if (has) grids.splice(1, 0, ['programmes', ['parameters', 'programmes']]);
    const summary: FormulaSheet[] = ['summary', 'unit_economics', 'plan'];
    // Every quantity has its place before any formula refers to it. A total has a month's id: last.
    for (const [key, parts] of grids) this.#settle(wt(`sheet.${key}`), parts);
    this.#settle(wt('sheet.summary'), summary);
    for (const [key, parts] of grids) this.#grid(key, parts);
    this.#totals(summary);
    this.#sources(inputs);
    this.#about(about, has);
    return { sheets: this.#sheets, names: this.#names, font: language.value === 'zh' ? '微软雅黑' : 'Calibri' };
  }

  #sheet(key: Grid | 'about' | 'inputs' | 'summary' | 'sources', columns: number[], frozen?: Sheet['frozen']): Sheet {
    const sheet: Sheet = { name: wt(`sheet.${key}`), columns, rows: [], ...(frozen ? { frozen } : {}) };
    if (key !== 'about') {
      sheet.rows.push([{ value: wt(`${key}.title`), style: { bold: true, size: 16 } }], [{ value: wt(`${key}.says`), style: quiet }], []);
    }
    this.#sheets.push(sheet);
    return sheet;
  }

  /** Gives the quantities of these parts their rows, each part after a heading. */
  #settle(sheet: string, parts: FormulaSheet[]): void {
    let row = above;
    for (const part of parts) {
      row += 1;
      for (const { id } of this.#of(part)) {
        const over = monthly.has(part) ? 'months' : part === 'ages' ? 'ages' : 'once';
        // The first of an id is meant in formulas; totals are referred to by no one.
        const key = this.#places.has(id) ? `${part}/${id}` : id;
        this.#places.set(key, { sheet, row, over });
        if (part === 'parameters') this.#name(id, `${quoted(sheet)}$C$${row + 1}`);
        if (part === 'plan') this.#name(id, `${quoted(sheet)}$B$${row + 1}`, `plan_${id}`);
        row += 1;
      }
      row += 1;
    }
  }

  /** Gives a cell a name for formulas; an input's is its path. */
  #name(path: string, place: string, name = nameOf(path)): string {
    this.#names[name] = place;
    this.#named.set(path, name);
    return name;
  }

  #layout(here: string): Layout {
    const { months, ages } = this.material.formulas;
    const monthsSheet = wt('sheet.months');
    const agesSheet = wt('sheet.ages');
    const place = (name: string) => {
      if (name === 'month') return { sheet: here === wt('sheet.programmes') ? here : monthsSheet, row: above - 1, over: 'months' as Over };
      if (name === 'age') return { sheet: agesSheet, row: above - 1, over: 'ages' as Over };
      return this.#places.get(name);
    };
    const found = (name: string) => {
      const known = place(name);
      if (!known) throw new Error(`nothing is called ${name}`);
      return known;
    };
    const column = (over: Over, at: number) => (over === 'once' ? 1 : before + (over === 'ages' ? ages - 1 - at : at));
    const prefix = (sheet: string) => (sheet === here ? '' : quoted(sheet));
    return {
      months,
      ages,
      channels: this.material.scenario.channels?.length ?? 0,
      over: (name) => place(name)?.over ?? 'once',
      cell: (name, at) => {
        const named = this.#named.get(name);
        if (named) return named;
        const { sheet, row, over } = found(name);
        return prefix(sheet) + address(column(over, at), row);
      },
      cells: (name, from, to) => {
        const { sheet, row, over } = found(name);
        const [first, last] = [column(over, from), column(over, to)];
        return `${prefix(sheet)}${address(Math.min(first, last), row)}:${address(Math.max(first, last), row)}`;
      },
    };
  }

  /** Months or ages side by side. */
  #grid(key: Grid, parts: FormulaSheet[]): void {
    const { months, ages } = this.material.formulas;
    const byAge = key === 'ages';
    const count = byAge ? ages : months;
    const at = (i: number) => (byAge ? count - 1 - i : i);
    const sheet = this.#sheet(key, [34, 12, ...Array.from({ length: count }, () => (byAge ? 9 : 13))], { rows: above, columns: before });
    sheet.pagesWide = byAge ? 1 : Math.ceil(count / 12);
    // Orders of the first year stand at the end, where the table is read from.
    if (byAge) sheet.begins = before + count - 12;
    sheet.rows.push([
      { value: wt(byAge ? 'ages.age' : 'months.month'), style: head },
      { value: wt('column.unit'), style: head },
      ...Array.from({ length: count }, (_, i): Cell => ({ value: at(i) + 1, style: { ...head, right: true } })),
    ]);
    const layout = this.#layout(sheet.name);
    for (const part of parts) {
      sheet.rows.push([{ value: wt(`part.${part}`), style: group }]);
      for (const quantity of this.#of(part)) {
        const { label, unit, formula, first, values } = quantity;
        const labels: Cell[] = [{ value: pick(label) }, { value: unitOf(unit), style: quiet }];
        if (part === 'parameters') {
          const value = values[0]!;
          const look = unit === 'none' && value >= large ? '#,##0' : format(unit);
          sheet.rows.push([...labels, { value, style: { ...editable, format: look } }]);
          continue;
        }
        const cells = Array.from({ length: count }, (_, i): Cell => {
          const position = at(i);
          const value = values[position]!;
          if (formula === '') return { value, style: { ...editable, format: format(unit) } };
          return { formula: translate(position === 0 && first ? first : formula, layout, position), value, style: { format: format(unit, byAge) } };
        });
        sheet.rows.push([...labels, ...cells]);
      }
      sheet.rows.push([]);
    }
  }

  #totals(parts: FormulaSheet[]): void {
    const sheet = this.#sheet('summary', [34, 18, 14, 18, 18, 70], { rows: above, columns: 1 });
    sheet.rows.push((['result', 'now', 'unit', 'exported', 'difference', 'definition'] as const).map((key, i) => ({ value: wt(`column.${key}`), style: titles(i === 1 || i === 3 || i === 4, i > 0) })));
    const layout = this.#layout(sheet.name);
    for (const part of parts) {
      sheet.rows.push([{ value: wt(`part.${part}`), style: group }]);
      for (const { id, label, unit, formula, values, definition } of this.#of(part)) {
        const row = sheet.rows.length + 1;
        const value = values[0] ?? '—';
        const shown: Style = { format: format(unit, part !== 'summary' || id === 'cac'), right: true };
        const channel = /^max_cost_per_viewer\.(.*)$/.exec(id)?.[1];
        const difference = values[0] === null ? '—' : 0;
        sheet.rows.push([
          { value: channel ? pick(label).replace(channel, channelName(channel)) : pick(label) },
          { formula: translate(formula, layout, 0), value, style: { ...shown, bold: part === 'summary' } },
          { value: unitOf(unit), style: quiet },
          { value, style: { ...shown, ...fixed } },
          { formula: `IF(AND(ISNUMBER(B${row}),ISNUMBER(D${row})),B${row}-D${row},"—")`, value: difference, style: { ...shown, ...fixed } },
          { value: pick(definition), style: { ...quiet, ...prose } },
        ]);
      }
      sheet.rows.push([]);
    }
  }

  /** Returns where each published figure is used. */
  #inputs(): Map<string, string[]> {
    const { scenario, notes, origin } = this.material;
    const used = new Map<string, string[]>();
    const sheet = this.#sheet('inputs', [34, 16, 14, 22, 16, 70, 34], { rows: above, columns: 2 });
    const validations: Validation[] = (sheet.validations = []);
    sheet.rows.push((['input', 'value', 'unit', 'range', 'source', 'note', 'name'] as const).map((key, i) => ({ value: wt(`column.${key}`), style: titles(i === 1, i > 0) })));
    const fields = new Map([...catalogue.fields, ...catalogue.channelFields].map((field) => [field.path, field]));
    const channels = scenario.channels ?? [];
    const number = (label: string, name: string, value: number, field: Field, path: string, of: Origin) => {
      const shown = (x: number) => reading(x, field.unit, language.value);
      const stays = path === 'horizon_months';
      const [low, high] = field.range;
      const cell = `B${sheet.rows.length + 1}`;
      const range = { low: shown(low), high: shown(high) };
      if (!stays) validations.push({ cell, whole: field.kind === 'whole', range: field.range, message: wt('validation', { label, ...range }) });
      const look = isPercent(field.unit) ? '0.00##%' : field.unit === 'yuan' ? '"¥"#,##0.00' : value >= large ? '#,##0' : 'General';
      sheet.rows.push([
        { value: label },
        { value, style: stays ? fixed : { ...editable, format: look } },
        { value: unitOf(field.unit), style: quiet },
        { value: wt('range', range), style: quiet },
        { value: of.chip, style: quiet },
        { value: pick(of.note ?? notes[noteKey(path)]?.help ?? { zh: '', en: '' }), style: prose },
        { value: name, style: quiet },
      ]);
    };
    const fixedRow = (label: string, value: string, of: Origin, note: string) =>
      sheet.rows.push([{ value: label }, { value, style: fixed }, undefined, undefined, { value: of.chip, style: quiet }, { value: note, style: prose }]);
    const place = (path: string) => {
      const channel = /^channels\[(\d+)\]\.(.*)$/.exec(path);
      const field = fields.get(channel ? `channel.${channel[2]}` : path)!;
      const of = origin(path, field);
      const id = channel ? channels[Number(channel[1])]!.id : '';
      const label = channel ? `${channelName(id)} · ${pick(field.label)}` : pick(field.label);
      for (const fact of [...of.facts, ...(notes[noteKey(path)]?.facts ?? [])]) used.set(fact, [...new Set([...(used.get(fact) ?? []), label])]);
      const dotted = path.replace(/\[(\d+)\]/, '.$1');
      const value = dotted.split('.').reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], scenario);
      const row = sheet.rows.length + 1;
      const help = pick(notes[noteKey(path)]?.help ?? { zh: '', en: '' });
      if (field.kind === 'number' || field.kind === 'whole') {
        const name = this.#name(dotted, `${quoted(sheet.name)}$B$${row}`);
        number(label, name, value as number, field, path, of);
      } else if (field.kind === 'twelve_numbers') {
        const name = this.#name(dotted, `${quoted(sheet.name)}$B$${row}:$B$${row + 11}`);
        (value as number[]).forEach((month, i) => number(wt('season', { label, n: i + 1 }), i === 0 ? name : '', month, field, path, of));
      } else if (field.kind === 'curve') {
        fixedRow(label, value ? wt('curve.given', { sheet: wt('sheet.ages') }) : wt('curve.formula'), of, help);
      } else if (field.kind === 'tags') {
        fixedRow(label, (value as string[]).join(', ') || '—', of, help);
      } else {
        fixedRow(label, this.material.policy?.name ?? '—', of, help);
      }
    };
    const paths = (title: string, list: string[]) => {
      sheet.rows.push([{ value: title, style: group }]);
      list.forEach(place);
      sheet.rows.push([]);
    };
    const first = essential.filter((path) => !path.startsWith('channels[') || channels.length > 0);
    paths(t('inputs.essential'), first);
    const rest = groups(channels.length);
    const shown = new Set([...first, ...rest.flatMap((part) => part.paths)]);
    for (const part of rest) paths(t(part.title), part.paths);
    paths(lt('policy.heading'), catalogue.fields.map(({ path }) => path).filter((path) => !shown.has(path)));
    return used;
  }

  #sources(used: Map<string, string[]>): void {
    const { facts, policy } = this.material;
    for (const id of policy?.facts ?? []) used.set(id, [...(used.get(id) ?? []), wt('sources.policy', { pack: policy!.name })]);
    const sheet = this.#sheet('sources', [9, 34, 44, 36, 12, 8, 44, 44, 36], { rows: above, columns: 2 });
    sheet.rows.push((['figure', 'what', 'says', 'scope', 'date', 'grade', 'publisher', 'url', 'used'] as const).map((key) => ({ value: wt(`column.${key}`), style: head })));
    const order = (id: string) => Number(id.slice(1));
    for (const id of [...used.keys()].sort((a, b) => order(a) - order(b))) {
      const fact = facts.facts[id];
      if (!fact) continue;
      const sources = (Array.isArray(fact.source) ? fact.source : [fact.source]).map((source) => facts.sources[source]).filter((source) => source !== undefined);
      const cells = [
        id, pick(fact.metric), pick(fact.value), pick(fact.scope), fact.date ?? wt('sources.undated'), fact.grade,
        sources.map((source) => pick(source.title)).join('\n'), sources.map((source) => source.url ?? '').filter(Boolean).join('\n'), joined('item', used.get(id)!),
      ];
      sheet.rows.push(cells.map((value) => ({ value, style: prose })));
    }
  }

  #about(sheet: Sheet, programmes: boolean): void {
    const { scenario, name, date, facts, policy, formulas } = this.material;
    const lines = (sheet.prose = new Map<number, number>());
    const line = (text: string, style: Style = {}) => {
      // A Chinese character is as wide as two digits.
      const width = [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 2 : 1), 0);
      lines.set(sheet.rows.length, Math.round(((style.size ?? 10.5) / 10.5) * Math.max(1, Math.ceil(width / 140))));
      sheet.rows.push([{ value: text, style: { wrap: true, ...style } }]);
    };
    const heading = (text: string) => {
      sheet.rows.push([]);
      line(text, group);
    };
    line(wt('about.title'), { bold: true, size: 18 });
    line(wt('about.name', { name }), { bold: true });
    line(wt('about.date', { date, asof: facts.asOf }), quiet);
    sheet.rows.push([]);
    line(wt('about.what'));
    line(wt('about.colour'));
    heading(wt('about.key.heading'));
    const layout = this.#layout(sheet.name);
    for (const { id, label, unit, values } of this.#of('summary').slice(0, 5)) {
      const found = this.#places.get(`summary/${id}`) ?? this.#places.get(id)!;
      sheet.rows.push([
        { value: pick(label) },
        { formula: quoted(found.sheet) + address(1, found.row), value: values[0] ?? '—', style: { format: format(unit), bold: true, right: true } },
        { value: unitOf(unit), style: quiet },
      ]);
    }
    heading(wt('about.how.heading'));
    for (const key of ['1', '2', '3', '4'] as const) line(wt(`about.how.${key}`));
    if (programmes) line(wt('about.how.programmes'));
    heading(wt('about.live.heading'));
    line(wt('about.live'));
    heading(wt('about.fixed.heading'));
    const by = (curve: number[] | undefined) => wt(curve ? 'about.fixed.curve.given' : 'about.fixed.curve.formula');
    line(wt('about.fixed.months', { n: layout.months }));
    line(wt('about.fixed.channels'));
    line(wt('about.fixed.curves', { private: by(scenario.repurchase?.curve_private), public: by(scenario.repurchase?.curve_public) }));
    line(wt('about.fixed.policy', { pack: policy?.name ?? lt('policy.none') }));
    line(wt('about.absent'));
    heading(wt('about.definitions'));
    sheet.rows.push((['result', 'unit', 'sheet', 'definition'] as const).map((key) => ({ value: key === 'sheet' ? wt('about.definitions.sheet') : wt(`column.${key}`), style: head })));
    for (const quantity of formulas.quantities) {
      if (!quantity.definition.zh) continue;
      const found = this.#places.get(`${quantity.sheet}/${quantity.id}`) ?? this.#places.get(quantity.id)!;
      sheet.rows.push([{ value: pick(quantity.label) }, { value: unitOf(quantity.unit), style: quiet }, { value: found.sheet, style: quiet }, { value: pick(quantity.definition), style: prose }]);
    }
  }
}

export const build = (material: Material): Workbook => new Builder(material).build();
