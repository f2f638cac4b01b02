// A plan as a link: the preset's name and what differs from it, readable and editable by hand.
//
//   #v1&p=tea-room&private.users=12000&channels.ads.monthly_spend=20000&repurchase.private_rate=0.31!orders
//   ?z=v1~p=tea-room~private.users=12000            the same where what follows # gets lost
//
// Numbers are in the engine's units (a rate of 12 % is 0.12) and come back bit by bit. `!orders` says which
// records a number was learned from. `range.private.attend_rate=0.25:pert,0.1,0.2,0.4` is how sure the number
// is, given while it was 0.25; `=sure` that it is certain. What has no field of its own (another list of
// channels, programmes, a correlation) stands as JSON. Reading a link never throws, whatever is in it.
import type { Distribution, Problem } from '@engine/growth.js';
import { fieldAt } from '../data.js';
import type { Source, Value } from '../state.js';
import type { Field } from '../types.js';

export const version = 1;
/** Characters after which messengers and servers begin to cut. */
export const longest = 2000;
/** Messengers write signs as %xx on the way: three for one. */
const longestRead = 3 * longest;

/** How sure a number is: certain, or this distribution, given while it was `at`. */
export type Range = 'sure' | { at: number; distribution: Distribution; from?: Source };

/** A plan as what differs from a preset. Channels are named, not counted: channels.ads.monthly_spend. */
export interface Draft {
  preset: string;
  values: Map<string, { value: Value; from?: Source }>;
  ranges: Map<string, Range>;
  /** Luck of the months' natural traffic. */
  luck?: number;
  /** Members without a field: see `partNames`. */
  parts: Map<string, unknown>;
}
export const partNames = ['name', 'channels', 'incentives.programmes', 'incentives.stages', 'uncertainty'];
export const emptyDraft = (preset: string): Draft => ({ preset, values: new Map(), ranges: new Map(), parts: new Map() });

/** Why a link is not read at all. */
export type Refusal = 'too_long' | 'newer' | 'unreadable';
export type Read = { draft: Draft; problems: Problem[] } | { refusal: Refusal };

const sources: readonly string[] = ['orders', 'sessions', 'contracts'] satisfies Source[];
const members: Record<Distribution['dist'], string[]> = {
  uniform: ['low', 'high'],
  triangular: ['low', 'mode', 'high'],
  pert: ['low', 'mode', 'high'],
  normal: ['mean', 'sd'],
  lognormal: ['median', 'sigma'],
  beta: ['mean', 'concentration'],
  p10_p90: ['p10', 'p90'],
};

/** The field of a key; nothing where there is none. */
export function fieldOf(key: string): Field | undefined {
  if (key.includes('[')) return undefined;
  try {
    return fieldAt(key.replace(/^channels\.[a-z0-9_]{1,32}\.(?=[a-z_]+$)/, 'channels[0].'));
  } catch {
    return undefined;
  }
}

// Writing

const number = (value: number) => String(value).replace('+', '');
/** Everything that separates here or ends an address in a chat is written as %xx. */
const quoted = (text: string) => encodeURIComponent(text).replace(/[~!'()*]/g, (sign) => '%' + sign.charCodeAt(0).toString(16).toUpperCase());
const origin = (from: Source | undefined) => (from ? `!${from}` : '');

function written(value: Value): string {
  if (typeof value === 'number') return number(value);
  return Array.isArray(value) ? value.map((item) => (typeof item === 'number' ? number(item) : quoted(item))).join(',') : quoted(value);
}
function writtenRange(range: Range): string {
  if (range === 'sure') return range;
  const { dist, ...rest } = range.distribution;
  const values = members[dist].map((name) => number((rest as Record<string, number>)[name]!));
  return `${number(range.at)}:${[dist, ...values].join(',')}${origin(range.from)}`;
}

/** What follows `#` in a link, or `?z=`. */
export function write(draft: Draft, place: '#' | '?z=' = '#'): string {
  return [
    `v${version}`,
    `p=${draft.preset}`,
    ...[...draft.parts].map(([name, part]) => `${name}=${quoted(JSON.stringify(part))}`),
    ...[...draft.values].map(([key, { value, from }]) => `${key}=${written(value)}${origin(from)}`),
    ...[...draft.ranges].map(([key, range]) => `range.${key}=${writtenRange(range)}`),
    ...(draft.luck === undefined ? [] : [`luck=${number(draft.luck)}`]),
  ].join(place === '#' ? '&' : '~');
}

// Reading

type Entry = [key: string, value: string];

/** What makes of the entries of a version those of the next. */
const migrations: Record<number, (entries: Entry[]) => Entry[]> = {
  // Before the first release: the preset's member was called so, and rates were written in percent.
  0: (entries) =>
    entries.map(([key, value]) => {
      const percent = /^(-?\d{1,9}(?:\.\d{1,15})?)%$/.exec(value);
      return [key === 'preset' ? 'p' : key, percent ? String(Number((Number(percent[1]) / 100).toPrecision(15))) : value];
    }),
};

/** The part of an address that holds a plan. */
export function find(address: { hash: string; search: string }): string | undefined {
  if (/^#v\d+(?:[&~]|$)/i.test(address.hash)) return address.hash.slice(1);
  return /[?&]z=([^&#]+)/.exec(address.search)?.[1];
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function readNumber(text: string): number | undefined {
  if (text.length > 40 || !/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
function readList<T>(text: string, read: (piece: string) => T | undefined): T[] | undefined {
  const pieces = text === '' ? [] : text.split(',').map(read);
  return pieces.includes(undefined) ? undefined : (pieces as T[]);
}
const readId = (text: string) => (/^[a-z0-9_-]{1,64}$/.test(text) ? text : undefined);

function readValue(text: string, { kind }: Field): Value | undefined {
  switch (kind) {
    case 'number':
    case 'whole':
      return readNumber(text);
    case 'twelve_numbers':
    case 'curve': {
      const list = readList(text, readNumber);
      return list && list.length > 0 ? list : undefined;
    }
    case 'tags':
      return readList(text, readId);
    case 'pack':
      return readId(text);
  }
}

function readRange(text: string, from: Source | undefined): Range | undefined {
  if (text === 'sure') return 'sure';
  const [, at, dist, rest] = /^([^:]+):([a-z0-9_]+),(.+)$/.exec(text) ?? [];
  const names = dist !== undefined && Object.hasOwn(members, dist) ? members[dist as Distribution['dist']] : undefined;
  const [start, values] = [readNumber(at ?? ''), readList(rest ?? '', readNumber)];
  if (!names || start === undefined || values?.length !== names.length) return undefined;
  const distribution = { dist, ...Object.fromEntries(names.map((name, i) => [name, values[i]])) } as Distribution;
  return { at: start, distribution, ...(from ? { from } : {}) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
export const unknownMember = (key: string): Problem => ({
  code: 'unknown_field',
  path: key,
  message: { zh: `没有“${shortened(key)}”这一项，没用上。`, en: `There is no field “${shortened(key)}”; it was left out.` },
  got: key,
  allowed: 'a field of the plan',
});
const unreadable = (key: string, text: string): Problem => ({
  code: 'wrong_type',
  path: key,
  message: {
    zh: `“${shortened(key)}”写的是“${shortened(text)}”，看不懂，没用上。`,
    en: `“${shortened(key)}” says “${shortened(text)}”, which cannot be read; it was left out.`,
  },
  got: text,
  allowed: 'a value of the field',
});

/** Reads what `find` found. Values are not checked against their ranges: the engine does that. */
export function read(payload: string): Read {
  if (payload.length > longestRead) return { refusal: 'too_long' };
  const [head, ...pieces] = payload.split(/[&~]/);
  const written = /^v(\d+)$/i.exec(head!);
  if (!written) return { refusal: 'unreadable' };
  let from = Number(written[1]);
  if (from > version) return { refusal: 'newer' };

  const problems: Problem[] = [];
  let entries: Entry[] = [];
  for (const piece of pieces.filter(Boolean)) {
    const equals = piece.indexOf('=');
    const [key, value] = equals < 0 ? [decoded(piece), ''] : [decoded(piece.slice(0, equals)), decoded(piece.slice(equals + 1))];
    if (key === undefined || value === undefined) problems.push(unreadable(shortened(piece), ''));
    else entries.push([key, value]);
  }
  for (; from < version; from += 1) entries = migrations[from]!(entries);

  const draft = emptyDraft('');
  for (const [key, whole] of entries) {
    const [, text, source] = /^(.*?)(?:!([a-z]+))?$/s.exec(whole)! as unknown as [string, string, string | undefined];
    const learned = sources.includes(source ?? '') ? (source as Source) : undefined;
    const taken = ((): boolean | undefined => {
      if (partNames.includes(key)) {
        const part = readJson(whole);
        return part !== undefined && Boolean(draft.parts.set(key, part));
      }
      if (source !== undefined && !learned) return false;
      if (key === 'p') return readId(text) !== undefined && Boolean((draft.preset = text));
      if (key === 'luck') return readNumber(text) !== undefined && ((draft.luck = readNumber(text)!), true);
      const ranged = key.startsWith('range.');
      const path = ranged ? key.slice('range.'.length) : key;
      const field = fieldOf(path);
      if (!field || (ranged && field.kind !== 'number')) return undefined;
      const value = ranged ? readRange(text, learned) : readValue(text, field);
      if (value === undefined) return false;
      if (ranged) draft.ranges.set(path, value as Range);
      else draft.values.set(path, { value: value as Value, ...(learned ? { from: learned } : {}) });
      return true;
    })();
    if (taken === undefined) problems.push(unknownMember(key));
    if (taken === false) problems.push(unreadable(key, whole));
  }
  return { draft, problems };
}
