// Plans kept on this device, and on no other. Whatever is found there is checked before it is used: it may
// have been written by another version, cut off, or changed by hand.
import { createStore, delMany, getMany, setMany, type UseStore } from 'idb-keyval';
import { fieldAt } from '../data.js';
import type { Choice, Snapshot } from '../futures/state.js';
import { engine, type Edit, type Learned } from '../state.js';
import { isOwn, problemsOf, sameInputs, shipped, untouched, type OwnPreset } from './draft.js';
import { readPlans, type Loss, type Plans } from './plans.js';
import { isDistribution, isLuck, isObject } from './sound.js';

const version = 1;

export interface Stored extends Omit<Snapshot, 'preset'> {
  version: number;
  /** When it was kept, ms. */
  at: number;
  /** By id, so that a newer page has its newer preset. */
  preset: string | OwnPreset;
}

let store: UseStore | undefined;
const opened = () => (store ??= createStore('growth-calculator', 'plans'));

export const stored = (snapshot: Snapshot): Stored => ({ ...snapshot, version, at: Date.now(), preset: isOwn(snapshot.preset) ? snapshot.preset : snapshot.preset.id });

const isValue = (value: unknown): boolean =>
  typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)) || (Array.isArray(value) && value.every((item) => !Array.isArray(item) && isValue(item)));
const isEdit = (edit: unknown): edit is Edit => isObject(edit) && typeof edit.text === 'string' && (edit.value === undefined || isValue(edit.value));
const isRange = (range: unknown): boolean => isObject(range) && Number.isFinite(range.at) && isDistribution(range.distribution);
const isLearned = (one: unknown, left = 100): one is Learned =>
  left > 0 &&
  isObject(one) &&
  ['orders', 'sessions', 'contracts'].includes(one.from as string) &&
  (one.edit === undefined || isEdit(one.edit)) &&
  (one.spread === undefined || isRange(one.spread)) &&
  isObject(one.before) &&
  (one.before.edit === undefined || isEdit(one.before.edit)) &&
  (one.before.learned === undefined || isLearned(one.before.learned, left - 1));

/** A value of the kind its field holds. */
function fits(path: string, { value }: Edit): boolean {
  const { kind } = fieldAt(path);
  if (value === undefined) return true;
  if (kind === 'number' || kind === 'whole') return typeof value === 'number';
  return kind === 'pack' ? typeof value === 'string' : Array.isArray(value);
}

/** The names of a preset and what it says are shown; its scenario the engine has to take. */
const isSound = ({ name, summary, from, parts, provenance, scenario }: OwnPreset): boolean =>
  [name, summary].every((text) => isObject(text) && typeof text.zh === 'string' && typeof text.en === 'string') &&
  typeof from === 'string' && isObject(parts) && isObject(provenance) && problemsOf(scenario).length === 0;

/** The inputs that were kept; nothing where they cannot be used. */
export function revived(found: unknown): Snapshot | undefined {
  try {
    if (!isObject(found) || found.version !== version || !Number.isFinite(found.at)) return undefined;
    const { preset: start, edits, learned, choices, luck } = found as unknown as Stored;
    const preset = typeof start === 'string' ? shipped(start) : isObject(start) && isOwn(start) && isSound(start) ? start : undefined;
    if (!preset) return undefined;
    if (![edits, learned, choices].every((map) => map instanceof Map)) return undefined;
    const answer = engine.value!.run('plan', preset.scenario);
    const channels = 'errors' in answer ? [] : (answer.scenario.channels ?? []);
    const known = (path: unknown): boolean => {
      const at = /^channels\[(\d+)\]/.exec(path as string)?.[1];
      return Boolean(fieldAt(path as string)) && (at === undefined || Number(at) < channels.length);
    };
    const valid =
      [...edits].every(([path, edit]) => known(path) && isEdit(edit) && fits(path, edit)) &&
      [...learned].every(([path, one]) => known(path) && isLearned(one)) &&
      [...choices].every(([path, choice]: [string, Choice]) => known(path) && (choice === 'certain' || isRange(choice))) &&
      (luck === undefined || isLuck(luck));
    return valid ? { preset, edits, learned, choices, luck } : undefined;
  } catch {
    // A path that names no field.
    return undefined;
  }
}

/** What was kept: the inputs of the last visit as they were found, and the plans with a name. */
export async function load(): Promise<{ current: unknown; plans: Plans; loss: Loss | undefined }> {
  const [current, found] = await getMany<unknown>(['current', 'named'], opened());
  return { current, ...readPlans(found) };
}

/** Keeps the inputs for the next visit; untouched ones need no keeping. */
export async function keepCurrent(snapshot: Snapshot): Promise<void> {
  await (sameInputs(snapshot, untouched()) ? delMany(['current'], opened()) : setMany([['current', stored(snapshot)]], opened()));
}
export const keepPlans = (plans: Plans): Promise<void> => setMany([['named', plans]], opened());
export const forgetAll = (): Promise<void> => delMany(['current', 'named'], opened());
