// The inputs of the page as one thing: taken, put back, told as what differs from a preset, and made from it.
import { batch } from '@preact/signals-core';
import type { Channel, Distribution, Failure, Plan, Preset, Problem, Scenario } from '@engine/growth.js';
import { defaults, fieldAt, catalogue, isWithin } from '../data.js';
import { choices, luck, trials, type Choice, type Snapshot } from '../futures/state.js';
import { moved } from '../futures/spread.js';
import { inputText } from '../numbers.js';
import { ownAddress } from '../address.js';
import { base, channels, edits, engine, language, learned, preset, sourceOf, valueAt, type Edit, type Learned, type Value } from '../state.js';
import { emptyDraft, partNames, write, type Draft } from './link.js';
import { isBeside, isDistribution, isLuck, unsound } from './sound.js';

/** A preset with members that no field holds: another list of channels, programmes of its own. */
export interface OwnPreset extends Preset {
  from: string;
  parts: Record<string, unknown>;
}
export const isOwn = (one: Preset): one is OwnPreset => 'parts' in one;

export function put(snapshot: Snapshot): void {
  batch(() => {
    preset.value = snapshot.preset;
    edits.value = snapshot.edits;
    learned.value = snapshot.learned;
  });
  // Another preset has taken the ranges with it.
  batch(() => {
    choices.value = snapshot.choices;
    luck.value = snapshot.luck;
  });
}

export const untouched = (from: Preset = defaults.preset): Snapshot => ({ preset: from, edits: new Map(), learned: new Map(), choices: new Map(), luck: undefined });

/** The same map, or both of them empty. */
export const sameMap = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean => a === b || (a.size === 0 && b.size === 0);
export const sameInputs = (a: Snapshot, b: Snapshot): boolean =>
  a.preset === b.preset && sameMap(a.edits, b.edits) && sameMap(a.learned, b.learned) && sameMap(a.choices, b.choices) && a.luck === b.luck;

/** A preset that is shipped. */
export function shipped(id: string): Preset | undefined {
  if (id === defaults.preset.id) return defaults.preset;
  const answer = engine.value!.run('presets', { id });
  return 'errors' in answer ? undefined : answer;
}
/** With its ranges, which the one of the first visit does not have. */
function whole(id: string): Preset {
  return engine.value!.run('presets', { id }) as Preset;
}

const planOf = (scenario: Scenario): Plan | Failure => engine.value!.run('plan', scenario);
export const problemsOf = (scenario: Scenario): Problem[] => {
  const answer = planOf(scenario);
  return 'errors' in answer ? answer.errors : [];
};
const completed = (scenario: Scenario): Scenario => (planOf(scenario) as Plan).scenario;

/** Deep equality of what JSON can hold; the order of members says nothing. */
export function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && same((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]))
  );
}

/** Channels are named in a draft and counted on the page. */
export function keyOf(path: string, list: Channel[]): string {
  const [, at, name] = /^channels\[(\d+)\]\.(.*)$/.exec(path) ?? [];
  return at === undefined ? path : `channels.${list[Number(at)]?.id}.${name}`;
}
export function pathOf(key: string, list: Channel[]): string | undefined {
  const [, id, name] = /^channels\.([^.]+)\.(.*)$/.exec(key) ?? [];
  if (id === undefined) return key;
  const at = list.findIndex((channel) => channel.id === id);
  return at < 0 ? undefined : `channels[${at}].${name}`;
}

/** What the page holds, as what differs from the preset. */
export function draftOf(): Draft {
  const from = preset.value;
  const draft = emptyDraft(isOwn(from) ? from.from : from.id);
  if (isOwn(from)) for (const [name, part] of Object.entries(from.parts)) draft.parts.set(name, part);
  const key = (path: string) => keyOf(path, channels.value);
  for (const [path, { value }] of edits.value) {
    const source = sourceOf(path);
    if (value !== undefined && (source || !same(value, valueAt(base.value, path)))) draft.values.set(key(path), { value, ...(source ? { from: source } : {}) });
  }
  for (const [path, { spread, from: source }] of learned.value) if (spread) draft.ranges.set(key(path), { ...spread, from: source });
  for (const [path, choice] of choices.value) draft.ranges.set(key(path), choice === 'certain' ? 'sure' : choice);
  if (luck.value !== undefined) draft.luck = luck.value;
  return draft;
}

/** This page with what it holds, as a link. */
export const addressOf = (place: '#' | '?z='): string => ownAddress() + place + write(draftOf(), place);

const namedPart = (draft: Draft, path: string) => [...draft.parts.keys()].find((name) => isWithin(path, name));

const bilingual = (text: string) => ({ zh: text, en: text });

/** Ranges around the numbers of one completed scenario, for another: those of a channel go with its name; of a
 *  channel that is not in the first nothing is known. */
function rangesFor(ranges: Record<string, Distribution>, from: Scenario, to: Scenario): Record<string, Distribution> {
  const kept: Record<string, Distribution> = {};
  for (const [path, distribution] of Object.entries(ranges)) {
    const there = pathOf(keyOf(path, from.channels!), to.channels!);
    const range = there && moved(distribution, valueAt(from, path) as number, valueAt(to, there) as number, fieldAt(there));
    if (range) kept[there] = range;
  }
  return kept;
}

/** A preset as it is where another list of channels takes the place of its own: nothing that it says of a channel by
 *  its place is said of another. */
function withChannels(from: Preset, list: Channel[]): Preset {
  const { uncertainty } = from.scenario;
  const start = completed(from.scenario);
  const inputs = rangesFor(uncertainty?.inputs ?? {}, start, { ...start, channels: list });
  const spreads = Object.fromEntries(Object.entries(from.spreads ?? {}).filter(([path]) => !isWithin(path, 'channels')));
  return { ...from, spreads, scenario: { ...from.scenario, ...(uncertainty ? { uncertainty: { ...uncertainty, inputs } } : {}) } };
}
/** With every number of each channel; those that the engine refuses are refused with the plan. */
function completedList(list: unknown): Channel[] {
  const answer = planOf({ channels: list as Channel[] });
  return 'errors' in answer ? [] : answer.scenario.channels!;
}

/** A preset with a draft's parts in it. */
function withParts(shippedAs: Preset, parts: ReadonlyMap<string, unknown>): OwnPreset {
  const from = parts.has('channels') ? withChannels(whole(shippedAs.id), completedList(parts.get('channels'))) : whole(shippedAs.id);
  const scenario = structuredClone(from.scenario);
  for (const [name, part] of parts) {
    if (name.startsWith('incentives.')) scenario.incentives = { ...scenario.incentives, [name.slice('incentives.'.length)]: part };
    else if (name === 'uncertainty') scenario.uncertainty = { ...scenario.uncertainty, ...(part as Scenario['uncertainty']) };
    else Object.assign(scenario, { [name]: part });
  }
  const name = typeof scenario.name === 'string' ? bilingual(scenario.name.slice(0, 60)) : { zh: `${from.name.zh}（改过）`, en: `${from.name.en} (changed)` };
  return { ...from, id: 'own', name, from: from.id, scenario, parts: Object.fromEntries(parts) };
}

const missing = (key: string, zh: string, en: string): Problem => ({ code: 'out_of_range', path: key, message: { zh, en }, got: key, allowed: '' });

/** Makes inputs from a draft. What the engine refuses and no field shows is left out and told; a number out
 *  of its range stands in its field, where the page tells it. */
export function snapshotOf(draft: Draft): { snapshot: Snapshot; problems: Problem[] } {
  const problems: Problem[] = [];
  let start = draft.preset === '' ? defaults.preset : shipped(draft.preset);
  if (!start) {
    start = defaults.preset;
    problems.push(
      missing('p', `没有叫“${draft.preset.slice(0, 40)}”的预设，按“${start.name.zh}”算。`, `There is no preset “${draft.preset.slice(0, 40)}”; “${start.name.en}” is used.`),
    );
  }
  const parts = new Map(draft.parts);
  if (parts.has('uncertainty') && !isBeside(parts.get('uncertainty'))) {
    problems.push(unsound('uncertainty'));
    parts.delete('uncertainty');
  }
  while (parts.size > 0) {
    const refused = problemsOf(withParts(start, parts).scenario);
    if (refused.length === 0) break;
    problems.push(...refused);
    // What is refused goes; were none of them to blame, all of them do.
    const blamed = refused.map(({ path }) => namedPart({ ...draft, parts }, path)).filter((name) => name !== undefined);
    for (const name of blamed.length > 0 ? blamed : [...parts.keys()]) parts.delete(name);
  }
  const from = parts.size > 0 ? withParts(start, parts) : start;
  const full = completed(from.scenario);
  const list = full.channels!;

  const [nextEdits, nextLearned, nextChoices] = [new Map<string, Edit>(), new Map<string, Learned>(), new Map<string, Choice>()];
  const place = (key: string): string | undefined => {
    const path = pathOf(key, list);
    if (path === undefined) problems.push(missing(key, `这个方案里没有“${key}”说的渠道，没用上。`, `The plan has no such channel: “${key}” was left out.`));
    return path;
  };
  for (const [key, { value, from: source }] of draft.values) {
    const path = place(key);
    if (path === undefined) continue;
    const field = fieldAt(path);
    const refused = field.kind === 'tags' || field.kind === 'pack' ? problemsOf(nested(path, value)) : [];
    problems.push(...refused);
    if (refused.length > 0) continue;
    const text = typeof value === 'number' ? inputText(value, field.unit, language.value) : Array.isArray(value) && field.kind !== 'tags' ? value.join(', ') : '';
    const edit = { text, value };
    nextEdits.set(path, edit);
    if (source) nextLearned.set(path, { from: source, edit, before: { edit: undefined, learned: undefined } });
  }
  for (const [key, range] of draft.ranges) {
    const path = place(key);
    if (path === undefined) continue;
    if (range === 'sure') {
      nextChoices.set(path, 'certain');
      continue;
    }
    const { at, distribution, from: source } = range;
    if (!isDistribution(distribution)) {
      problems.push(unsound(`uncertainty.inputs.${key}`));
      continue;
    }
    if (source) nextLearned.set(path, { edit: undefined, before: { edit: undefined, learned: undefined }, ...nextLearned.get(path), from: source, spread: { at, distribution } });
    else nextChoices.set(path, { at, distribution });
  }
  const nextLuck = isLuck(draft.luck) ? draft.luck : undefined;
  if (draft.luck !== nextLuck) problems.push(unsound('uncertainty.traffic_volatility'));
  return { snapshot: { preset: from, edits: nextEdits, learned: nextLearned, choices: nextChoices, luck: nextLuck }, problems };
}

/** A scenario with one member; the path is that of a field without channels. */
function nested(path: string, value: Value): Scenario {
  const [outer, inner] = path.split('.') as [string, string];
  return { [outer]: { [inner]: value } };
}

export const allPaths = (list: Channel[]) => [
  ...catalogue.fields.map(({ path }) => path),
  ...list.flatMap((_, i) => catalogue.channelFields.map(({ path }) => `channels[${i}].${path.slice('channel.'.length)}`)),
];

/** What a completed scenario has that a preset has not; nothing where it lacks what the preset has. */
function difference(full: Scenario, id: string): Draft | undefined {
  const from = whole(id);
  const start = completed(from.scenario);
  const draft = emptyDraft(id);
  const ids = (list: Channel[]) => list.map((channel) => channel.id);
  for (const name of partNames) {
    if (name === 'channels' || name === 'uncertainty') continue;
    const [there, here] = [valueAt(start, name), valueAt(full, name)];
    if (here !== undefined && !same(here, there)) draft.parts.set(name, here);
  }
  const list = full.channels!;
  const known = same(ids(list), ids(start.channels!));
  if (!known) draft.parts.set('channels', list);
  for (const path of allPaths(known ? list : [])) {
    const [there, here] = [valueAt(start, path), valueAt(full, path)];
    if (same(here, there)) continue;
    if (here === undefined) return undefined;
    draft.values.set(keyOf(path, list), { value: here });
  }

  const { inputs, trials: _, targets: __, traffic_volatility, ...rest } = full.uncertainty ?? {};
  if (!full.uncertainty) return draft;
  const given = from.scenario.uncertainty ?? {};
  const others = Object.entries(rest).filter(([name, value]) => !same(value, (start.uncertainty as Record<string, unknown> | undefined)?.[name]));
  if (others.length > 0) draft.parts.set('uncertainty', Object.fromEntries(others));
  if (traffic_volatility !== undefined && traffic_volatility !== (given.traffic_volatility ?? 0)) draft.luck = traffic_volatility;
  const follow = rangesFor(given.inputs ?? {}, start, full);
  for (const path of new Set([...Object.keys(follow), ...Object.keys(inputs ?? {})])) {
    const here = inputs?.[path];
    if (same(here, follow[path])) continue;
    draft.ranges.set(keyOf(path, list), here ? { at: valueAt(full, path) as number, distribution: here } : 'sure');
  }
  return draft;
}

const size = (draft: Draft) => draft.values.size + draft.ranges.size + 10 * draft.parts.size;

/** What a file says of its futures that the page decides itself. */
export function leftOut({ uncertainty }: Scenario): Problem[] {
  const { trials: asked, targets } = uncertainty ?? {};
  const left: Problem[] = [];
  const tell = (name: string, got: number, zh: string, en: string) => left.push({ code: 'out_of_range', path: `uncertainty.${name}`, message: { zh, en }, got, allowed: '' });
  if (asked !== undefined && asked !== trials.value) tell('trials', asked, `未来按页面上选的 ${trials.value} 种算，不按文件里的 ${asked} 种。`, `Futures are ${trials.value}, as chosen on the page, not ${asked} as in the file.`);
  if (targets && targets.length > 0) tell('targets', targets.length, `文件里的 ${targets.length} 个目标没用上，请在“至少做到”里填。`, `Targets (${targets.length}) are left out; enter one under “At least”.`);
  return left;
}

/** A completed scenario, told as what differs from the nearest preset. */
export function draftOfScenario(scenario: Scenario): Draft {
  const current = preset.value;
  const first = isOwn(current) ? current.from : current.id;
  const ids = [first, ...defaults.presets.map(({ id }) => id).filter((id) => id !== first)];
  const drafts = ids.map((id) => difference(scenario, id)).filter((draft) => draft !== undefined);
  return drafts.reduce((best, draft) => (size(draft) < size(best) ? draft : best));
}
