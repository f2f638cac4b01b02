// Which inputs differ between plans, by name and with what stands in each.
import { computed } from '@preact/signals-core';
import type { Channel } from '@engine/growth.js';
import { fieldAt } from '../data.js';
import { essential } from '../fields.js';
import { inputAmount, rough } from '../futures/parts.js';
import { pointsOf } from '../futures/spread.js';
import { ct } from '../i18n/compare.js';
import { ft } from '../i18n/futures.js';
import { joined, pick } from '../i18n/index.js';
import { hasLowerKey, lt, type LowerKey } from '../i18n/lower.js';
import { full, inputText, isPercent, percent } from '../numbers.js';
import { engine, language, valueAt, type Value } from '../state.js';
import { allPaths, keyOf, pathOf, same } from '../share/draft.js';
import { labelOf } from '../views/field.js';
import { baseCase, changed, requestOf, type Planned } from './cases.js';

export interface Row {
  key: string;
  label: string;
  /** Of each plan. */
  texts: string[];
  /** A list of numbers, too long for a sentence. */
  long: boolean;
}

const channelsOf = ({ plan }: Planned): Channel[] => plan.scenario.channels ?? [];

/** What stands in a field. */
function textOf(path: string, value: Value | null): string {
  const { kind } = fieldAt(path);
  if (value === null) return ct(kind === 'curve' ? 'input.formula' : 'input.none');
  if (typeof value === 'number') return inputAmount(path, value, true);
  if (kind === 'pack') {
    const pack = value === 'none' ? undefined : engine.value!.run('policies', { id: value as string });
    return pack && !('errors' in pack) ? pick(pack.name) : lt('policy.none');
  }
  if (!Array.isArray(value)) return value;
  if (value.length === 0) return ct('input.none');
  const names = value.map((item) => (typeof item === 'number' ? full(item, language.value) : hasLowerKey(`tag.${item}`) ? lt(`tag.${item}` as LowerKey) : item));
  return joined('item', names);
}
/** Every digit, where fewer would make two values look the same. */
function exactText(path: string, value: Value | null): string {
  if (typeof value !== 'number') return textOf(path, value);
  const { unit } = fieldAt(path);
  return inputText(value, unit, language.value) + (isPercent(unit) ? '%' : '');
}
function apart(texts: string[], values: (Value | null)[], path: string): string[] {
  const alike = texts.some((text, i) => texts.some((other, j) => text === other && !same(values[i], values[j])));
  return alike ? values.map((value) => exactText(path, value)) : texts;
}

const rank = (key: string) => {
  const at = essential.indexOf(key);
  return at < 0 ? essential.length : at;
};

const idsOf = (side: Planned) => channelsOf(side).map(({ id }) => id).join();

function fieldRows(sides: readonly Planned[]): Row[] {
  // Channels are told apart by name where the lists differ.
  const alike = sides.every((side) => idsOf(side) === idsOf(sides[0]!));
  const places = new Map<string, Channel[]>();
  for (const side of alike ? sides.slice(0, 1) : sides) {
    const list = channelsOf(side);
    for (const path of allPaths(list)) places.set(alike ? path : keyOf(path, list), list);
  }
  const rows: Row[] = [];
  for (const [place, list] of places) {
    const pathIn = (channels: Channel[]) => (alike ? place : pathOf(place, channels));
    const values = sides.map((side) => {
      const path = pathIn(channelsOf(side));
      return path === undefined ? null : (valueAt(side.plan.scenario, path) ?? null);
    });
    if (values.every((value) => same(value, values[0]))) continue;
    const path = pathIn(list)!;
    const texts = apart(values.map((value) => textOf(path, value)), values, path);
    rows.push({ key: keyOf(path, list), label: labelOf(path, list), texts, long: ['curve', 'twelve_numbers'].includes(fieldAt(path).kind) });
  }
  return rows.sort((a, b) => rank(a.key) - rank(b.key));
}

/** How sure the numbers are, where somebody said so. */
function rangeRows(sides: readonly Planned[]): Row[] {
  const said = sides.flatMap(({ snapshot }) => [...snapshot.choices.keys(), ...[...snapshot.learned].filter(([, { spread }]) => spread).map(([path]) => path)]);
  const rows = [...new Set(said)].map((path): Row => {
    const texts = sides.map((side) => {
      const distribution = requestOf(side).uncertainty?.inputs?.[path];
      if (!distribution) return ft('range.sure');
      const points = pointsOf(distribution, valueAt(side.plan.scenario, path) as number, fieldAt(path));
      const [low, high] = [points.low, points.high].map((value) => rough(fieldAt(path).unit, value)) as [string, string];
      return ft('range.ends', { low, high });
    });
    return { key: `range.${path}`, label: ct('input.range', { label: labelOf(path, channelsOf(sides[0]!)) }), texts, long: false };
  });
  const luck = sides.map((side) => requestOf(side).uncertainty?.traffic_volatility ?? 0);
  rows.push({ key: 'luck', label: ft('luck'), texts: luck.map((value) => (value > 0 ? `±${percent(value, language.value)}` : ft('luck.off'))), long: false });
  return rows;
}

/** Programmes that a plan brought with it. */
function partRows(sides: readonly Planned[]): Row[] {
  return ['incentives.programmes', 'incentives.stages'].map((name): Row => {
    const values = sides.map(({ plan }) => valueAt(plan.scenario, name) ?? null);
    return { key: name, label: ct('input.programmes'), texts: values.map((value) => ct(same(value, values[0]) ? 'input.asbase' : 'input.own')), long: false };
  });
}

/** Every input in which the plans differ, the base first among them; inputs that matter most come first. */
export function differing(sides: readonly Planned[]): Row[] {
  const presets = sides.map(({ snapshot }) => pick(snapshot.preset.name));
  const others = [{ key: 'preset', label: ct('input.preset'), texts: presets, long: false }, ...rangeRows(sides), ...partRows(sides)];
  const apartFrom = others.filter(({ texts }) => texts.some((text) => text !== texts[0]));
  return [...apartFrom.filter(({ key }) => key === 'preset'), ...fieldRows(sides), ...apartFrom.filter(({ key }) => key !== 'preset')];
}

/** What differs between the base and the present plan. */
export const changes = computed<Row[]>(() => (changed.value ? differing([baseCase.value, changed.value]) : []));
