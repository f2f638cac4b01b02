// What the merchant chose and typed, and the plan that follows from it. The plan is computed from the
// scenario and from nothing else, so that no result can outlive its inputs.
import { batch, computed, signal } from '@preact/signals-core';
import type { TemplateResult } from 'lit';
import type { Channel, Distribution, Failure, Growth, Plan, Policy, Preset, Problem, Scenario } from '@engine/growth.js';
import { defaults, fieldAt } from './data.js';
import { each } from './each.js';
import { isPercent, kindOf, readNumber, type Language } from './numbers.js';

export type Value = number | number[] | string[] | string;

export interface Edit {
  /** As typed; shown again as it is. */
  text: string;
  /** What it reads as; absent while it cannot be read. */
  value?: Value;
  /** A percent was typed that may have been meant as a ratio. */
  doubtful?: boolean;
}

/** Kinds of the merchant's own records. */
export type Source = 'orders' | 'sessions' | 'contracts';

/** What records said of an input, and how to go back to what it was before. */
export interface Learned {
  from: Source;
  /** What stands in the input since; nothing where its own value was taken away. */
  edit: Edit | undefined;
  /** How sure it is, around `at`. */
  spread?: { at: number; distribution: Distribution };
  before: { edit: Edit | undefined; learned: Learned | undefined };
}

export type Outcome =
  | { kind: 'plan'; plan: Plan }
  | { kind: 'errors'; errors: Problem[] }
  /** Inputs changed before the engine was there. */
  | { kind: 'waiting' };

/** What many futures of a plan said that stands on the first screen. */
export interface Insight {
  /** The inputs it was found for. */
  of: Scenario;
  /** Chance that the plan makes money, and of how many futures. */
  chance?: { profit: number; trials: number };
  /** The guess that drives the profit most, and its share of the variance. */
  hangsOn?: { path: string; share: number };
  /** Where that guess alone takes the profit to zero. */
  flips?: { path: string; value: number };
}

export const language = signal<Language>('zh');
export const engine = signal<Growth | undefined>(undefined);
/** Whether the engine knows the policies, and presets beside the default one: they come after the first result. */
export const library = signal(false);
/** Why there is none: it was not fetched or did not start, or this browser cannot run it. */
export const engineFault = signal<'fault' | 'fault.simd' | undefined>(undefined);
/** What reads links and keeps plans was not fetched. */
export const deskFault = signal(false);
/** The part about many futures could not be fetched or has no workers. */
export const futuresFault = signal(false);
/** A part that comes when it is asked for could not be fetched. */
export const doorFault = signal<'records' | 'guide' | undefined>(undefined);
/** What stands below the first screen, or an explanation, could not be fetched. */
export const lowerFault = signal(false);
export const preset = signal<Preset>(defaults.preset);
/** What the part that comes later adds to a field: its range among the chips, and the range's editor. */
export const fieldRange = signal<((path: string) => { chip: TemplateResult; editor: TemplateResult } | undefined) | undefined>(undefined);
/** What the part that comes later says of a plan beside the one it is measured against. */
export interface Beside {
  line(plan: Plan): unknown;
  /** The change of the profit in a word or two. */
  short(plan: Plan): string;
  change(plan: Plan, read: (plan: Plan) => number, show: (value: number) => string): string | undefined;
}
export const beside = signal<Beside | undefined>(undefined);
export const edits = signal<ReadonlyMap<string, Edit>>(new Map());
export const learned = signal<ReadonlyMap<string, Learned>>(new Map());
const unknownTo = signal<{ preset: Preset; paths: ReadonlySet<string> } | undefined>(undefined);
const none: ReadonlySet<string> = new Set();
/** Inputs the merchant does not know: the preset's value stands in as an assumption. */
export const unknown = computed(() => (unknownTo.value?.preset === preset.value ? unknownTo.value.paths : none));
/** Of one input, what was typed, what records said, and whether it is not known. */
export const editAt = each((path: string) => edits.value.get(path));
export const learnedAt = each((path: string) => learned.value.get(path));
export const isUnknown = each((path: string) => unknown.value.has(path));
export const insight = signal<Insight | undefined>(undefined);

const isFailure = (answer: Plan | Failure): answer is Failure => 'errors' in answer;

/** A preset completed with the model's defaults. */
export function completed(from: Preset): Scenario {
  if (from === defaults.preset) return defaults.plan.scenario;
  const answer = engine.value!.run('plan', from.scenario);
  if (isFailure(answer)) throw new Error(answer.errors[0]?.message.en);
  return answer.scenario;
}

/** What stands in an input that was not touched. */
export const base = computed<Scenario>(() => completed(preset.value));

const partsOf = new Map<string, readonly string[]>();
function parts(path: string): readonly string[] {
  let found = partsOf.get(path);
  if (!found) partsOf.set(path, (found = path.replace(/\[(\d+)\]/g, '.$1').split('.')));
  return found;
}

export function valueAt(scenario: Scenario, path: string): Value | undefined {
  let node: unknown = scenario;
  for (const part of parts(path)) node = (node as Record<string, unknown> | undefined)?.[part];
  return node as Value | undefined;
}

function place(root: Record<string, unknown>, path: string, value: Value): void {
  const names = parts(path);
  let node = root;
  for (const name of names.slice(0, -1)) node = (node[name] ??= {}) as Record<string, unknown>;
  node[names.at(-1)!] = value;
}

/** A preset, which completed is `start`, with every edit that could be read. */
export function merged(from: Preset, changes: ReadonlyMap<string, Edit>, start: Scenario): Scenario {
  const result = structuredClone(from.scenario) as Record<string, unknown>;
  for (const [path, edit] of changes) {
    if (edit.value === undefined) continue;
    // A channel is edited within the whole list, which the preset may have left to the defaults.
    if (path.startsWith('channels[')) result.channels ??= structuredClone(start.channels);
    place(result, path, edit.value);
  }
  return result as Scenario;
}

/** What goes to the engine. */
export const scenario = computed<Scenario>(() => merged(preset.value, edits.value, base.value));

/** Inputs whose text is no number. */
const unreadable = computed<Problem[]>(() => {
  const problems: Problem[] = [];
  for (const [path, edit] of edits.value) {
    if (edit.value !== undefined) continue;
    const empty = edit.text.trim() === '';
    const [zh, en] = isPercent(fieldAt(path).unit) ? ['12%、0.5%', '12%, 0.5%'] : ['1200、1.2万', '1200, 1.2k'];
    problems.push({
      code: empty ? 'missing' : 'wrong_type',
      path,
      message: empty
        ? { zh: '这里要填一个数。', en: 'A number is needed here.' }
        : { zh: `看不懂“${edit.text}”，请填数字，比如 ${zh}。`, en: `“${edit.text}” is no number here; write e.g. ${en}.` },
      got: edit.text,
      allowed: 'a number',
    });
  }
  return problems;
});

/** Nothing was changed: the result that stands in the page from the start is the result. */
export const isDefault = (from: Preset, changes: ReadonlyMap<string, Edit>): boolean => changes.size === 0 && from === defaults.preset;
export const untouched = computed(() => isDefault(preset.value, edits.value));
const defaultOutcome: Outcome = { kind: 'plan', plan: defaults.plan };
export const outcome = computed<Outcome>(() => {
  if (untouched.value) return defaultOutcome;
  const problems = unreadable.value;
  if (!engine.value) return problems.length > 0 ? { kind: 'errors', errors: problems } : { kind: 'waiting' };
  const answer = engine.value.run('plan', scenario.value);
  const errors = [...problems, ...(isFailure(answer) ? answer.errors : [])];
  return errors.length > 0 ? { kind: 'errors', errors } : { kind: 'plan', plan: answer as Plan };
});

export const problemAt = each((path: string): Problem | undefined => {
  const current = outcome.value;
  return current.kind === 'errors' ? current.errors.find((e) => e.path === path || e.path.startsWith(path + '[')) : undefined;
});

const notKnown: Partial<Insight> = {};
/** What is known of these very inputs; nothing while it is being worked out. */
export const insightNow = computed<Partial<Insight>>(() => {
  if (insight.value?.of === scenario.value) return insight.value;
  return !insight.value && untouched.value ? defaults.insight : notKnown;
});

export const policyId = computed(() => scenario.value.incentives?.pack ?? base.value.incentives?.pack ?? 'none');
export const policy = computed<Policy | undefined>(() => {
  if (policyId.value === 'none' || !library.value) return undefined;
  const answer = engine.value!.run('policies', { id: policyId.value });
  return 'errors' in answer ? undefined : answer;
});

/** The number an input is computed with. */
export const numberAt = (path: string): number => (valueAt(scenario.value, path) ?? valueAt(base.value, path)) as number;

export function markUnknown(path: string, is: boolean): void {
  if (unknown.value.has(path) === is) return;
  const next = new Set(unknown.value);
  if (is) next.add(path);
  else next.delete(path);
  unknownTo.value = { preset: preset.value, paths: next };
}

function setEdit(path: string, edit: Edit | undefined): void {
  markUnknown(path, false);
  const next = new Map(edits.value);
  if (edit === undefined) next.delete(path);
  else next.set(path, edit);
  edits.value = next;
}

/** Takes over what was typed. */
export function type(path: string, text: string): void {
  const read = readNumber(text, kindOf(fieldAt(path).unit));
  setEdit(path, read.kind === 'number' ? { text, value: read.value, doubtful: read.doubtful } : { text });
}

/** Numbers separated by commas or blanks, for curves; an empty text takes the curve away. */
export function typeList(path: string, text: string): void {
  const pieces = text.split(/[,，;；\s]+/).filter(Boolean);
  if (pieces.length === 0) return setEdit(path, undefined);
  const values = pieces.map((piece) => readNumber(piece, 'ratio'));
  const readable = values.every((v) => v.kind === 'number');
  setEdit(path, readable ? { text, value: values.map((v) => (v.kind === 'number' ? v.value : 0)) } : { text });
}

export function choose(path: string, value: Value, text = ''): void {
  setEdit(path, { text, value });
}

function put<T>(map: Map<string, T>, path: string, value: T | undefined): void {
  if (value === undefined) map.delete(path);
  else map.set(path, value);
}

/** Takes over what records say of these inputs. */
export function learn(entries: ReadonlyMap<string, Omit<Learned, 'before'>>): void {
  const [nextEdits, nextLearned] = [new Map(edits.value), new Map(learned.value)];
  for (const [path, entry] of entries) {
    nextLearned.set(path, { ...entry, before: { edit: nextEdits.get(path), learned: nextLearned.get(path) } });
    put(nextEdits, path, entry.edit);
  }
  batch(() => ([edits.value, learned.value] = [nextEdits, nextLearned]));
}

/** Puts inputs back to what they were before records spoke; what was typed since stays. */
export function unlearn(paths: Iterable<string>): void {
  const [nextEdits, nextLearned] = [new Map(edits.value), new Map(learned.value)];
  for (const path of paths) {
    const known = nextLearned.get(path);
    if (!known) continue;
    if (nextEdits.get(path) === known.edit) put(nextEdits, path, known.before.edit);
    put(nextLearned, path, known.before.learned);
  }
  batch(() => ([edits.value, learned.value] = [nextEdits, nextLearned]));
}

/** Where the value that stands in an input was learned from; nothing where it is the preset's or typed. */
export function sourceOf(path: string): Source | undefined {
  const known = learnedAt(path);
  return known?.edit && editAt(path) === known.edit ? known.from : undefined;
}

/** To what it was before records spoke, or to the preset. */
export function reset(path: string): void {
  if (sourceOf(path)) return unlearn([path]);
  const nextLearned = new Map(learned.value);
  nextLearned.delete(path);
  batch(() => {
    setEdit(path, undefined);
    learned.value = nextLearned;
  });
}

export function resetAll(): void {
  batch(() => ([edits.value, learned.value] = [new Map(), new Map()]));
}

export function choosePreset(id: string): void {
  const found = id === defaults.preset.id ? defaults.preset : engine.value?.run('presets', { id });
  if (!found || 'errors' in found) return;
  batch(() => {
    resetAll();
    preset.value = found;
  });
}

export const channels = computed<Channel[]>(() => (scenario.value.channels ?? base.value.channels)!);
export const channelCount = computed(() => channels.value.length);
export const channelIdAt = each((place: number) => channels.value[place]?.id ?? '');
