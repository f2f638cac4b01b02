// What happens around the inputs: changes are remembered and taken back, kept on the device and restored,
// and a plan that comes in a link or a file takes the place of the present one, which stays within reach.
import { effect, signal } from '@preact/signals-core';
import type { Problem } from '@engine/growth.js';
import { take, type Snapshot } from '../futures/state.js';
import { pick } from '../i18n/index.js';
import { st } from '../i18n/share.js';
import { whenQuiet } from '../rest.js';
import { language } from '../state.js';
import { labelOf } from '../views/field.js';
import { draftOf, put, same, sameInputs, sameMap, snapshotOf, untouched } from './draft.js';
import { History } from './history.js';
import { forgetAll, keepCurrent, keepPlans, load, revived, stored } from './keep.js';
import { find, read, type Draft } from './link.js';
import { noPlans, withPlan, type Plans } from './plans.js';

/** What is said above the result until it is read. */
export interface Notice {
  text: () => string;
  problems?: { heading: () => string; list: Problem[] };
  action?: { label: () => string; run: () => void };
}
export const notice = signal<Notice | undefined>(undefined);
/** Said to those who listen, after a step back or forward. */
export const said = signal<(() => string) | undefined>(undefined);
/** The plans with a name. */
export const plans = signal<Plans>(noPlans);
/** The device keeps nothing. */
export const storeless = signal(false);

// Steps

/** Paths of inputs that differ. */
function differing(a: Snapshot, b: Snapshot): string[] {
  const paths = new Set<string>();
  for (const of of ['edits', 'choices'] as const) {
    for (const path of [...a[of].keys(), ...b[of].keys()]) if (a[of].get(path) !== b[of].get(path)) paths.add(path);
  }
  return [...paths];
}
function oneInput(a: Snapshot, b: Snapshot): string | undefined {
  if (a.preset !== b.preset || !sameMap(a.learned, b.learned)) return undefined;
  const paths = differing(a, b);
  if (a.luck !== b.luck) paths.push('luck');
  return paths.length === 1 ? paths[0] : undefined;
}
function inWords(a: Snapshot, b: Snapshot): string {
  if (a.preset !== b.preset) return st('what.preset');
  const paths = differing(a, b);
  if (paths.length === 0) return st('what.luck');
  return paths.length === 1 ? labelOf(paths[0]!) : st('what.several', { n: paths.length });
}

const steps = new History<Snapshot>(untouched(), sameInputs, oneInput);
export const canUndo = signal(steps.canUndo);
export const canRedo = signal(steps.canRedo);
function showPossible(): void {
  canUndo.value = steps.canUndo;
  canRedo.value = steps.canRedo;
}

function record(): void {
  if (!steps.record(take(), Date.now())) return;
  showPossible();
  keepSoon();
}

function step(direction: 'undo' | 'redo'): void {
  record();
  const before = take();
  const target = steps[direction]();
  if (!target) return;
  put(target);
  showPossible();
  keepSoon();
  // Every notice speaks of the step that was just left.
  notice.value = undefined;
  said.value = () => st(direction === 'undo' ? 'undone' : 'redone', { what: inWords(before, target) });
}
export const undo = () => step('undo');
export const redo = () => step('redo');

/** Puts other inputs in place of the present ones, which are a step back. */
export function replace(snapshot: Snapshot, telling?: Notice): void {
  record();
  steps.apart();
  put(snapshot);
  record();
  steps.apart();
  notice.value = telling;
}

// Keeping

let restored = false;
let toKeep = false;
function keepNow(): void {
  if (!toKeep) return;
  toKeep = false;
  keepCurrent(take()).catch(lost);
}
const keepWhenQuiet = whenQuiet(keepNow);
function keepSoon(): void {
  if (!restored || storeless.value) return;
  toKeep = true;
  keepWhenQuiet(400);
}
function lost(): void {
  if (storeless.value) return;
  storeless.value = true;
  notice.value ??= { text: () => st('storage.none') };
}

/** Takes over the plans with a name and keeps them; says whether the device did. */
export async function keep(next: Plans): Promise<boolean> {
  plans.value = next;
  try {
    await keepPlans(next);
    // Room was made meanwhile.
    storeless.value = false;
    return true;
  } catch {
    lost();
    return false;
  }
}
/** Keeps the present inputs under a name, where there is room for it. */
export async function keepUnder(name: string): Promise<boolean> {
  const next = withPlan(plans.value, name, stored(take()));
  return next !== undefined && keep(next);
}
export async function forget(): Promise<boolean> {
  plans.value = noPlans;
  try {
    toKeep = false;
    await forgetAll();
    return true;
  } catch {
    lost();
    return false;
  }
}

export const when = (at: number): string =>
  new Intl.DateTimeFormat(language.value === 'zh' ? 'zh-CN' : 'en-US', { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false }).format(at);

const tooLong = (): Promise<never> => new Promise((_, reject) => setTimeout(() => reject(new Error('storage does not answer')), 3000));

async function restore(): Promise<void> {
  const loading = load();
  let found: Awaited<typeof loading>;
  try {
    found = await Promise.race([loading, tooLong()]);
  } catch {
    // Said when there is something to lose. What comes late counts, unless plans were kept since.
    restored = true;
    void loading.then((late) => plans.value === noPlans && (plans.value = late.plans)).catch(() => {});
    return;
  }
  restored = true;
  plans.value = found.plans;
  record();
  restoreCurrent(found.current);
  const { loss } = found;
  if (!loss) return;
  const told = notice.value;
  notice.value = { ...told, text: () => (told ? `${told.text()} ` : '') + st(`plans.${loss}`) };
}

function restoreCurrent(current: unknown): void {
  if (current === undefined) return keepSoon();
  const snapshot = revived(current);
  if (!snapshot) {
    notice.value = { text: () => st('restored.corrupt') };
    return keepSoon();
  }
  const { at } = current as { at: number };
  const use = () => replace(snapshot, { text: () => st('restored', { when: when(at) }), action: { label: () => st('restored.fresh'), run: () => replace(untouched()) } });
  if (sameInputs(take(), untouched())) use();
  else notice.value = { text: () => st('restored.late', { when: when(at) }), action: { label: () => st('restored.use'), run: use } };
}

/** Another window may have kept other plans meanwhile. */
async function look(): Promise<void> {
  if (document.visibilityState === 'hidden') return keepNow();
  if (!restored || storeless.value) return;
  const before = plans.value;
  const found = await load().catch(() => undefined);
  if (found && !found.loss && plans.value === before && !same(found.plans, before)) plans.value = found.plans;
}

// Plans from elsewhere

/** How much of a draft differs from its preset. */
export const differences = (draft: Draft): number => draft.values.size + draft.ranges.size + draft.parts.size + (draft.luck === undefined ? 0 : 1);

/** Takes a draft in place of the present inputs, says so, and offers the way back. */
export function applyDraft(draft: Draft, left: Problem[], from: 'link' | 'import'): void {
  const { snapshot, problems } = snapshotOf(draft);
  const list = [...left, ...problems];
  replace(snapshot);
  const n = differences(draftOf());
  notice.value = {
    text: () => st(`${from}.${n > 0 ? 'applied' : 'same'}`, { preset: pick(snapshot.preset.name), n }),
    action: { label: () => st('link.back'), run: undo },
    ...(list.length > 0 ? { problems: { heading: () => st(`${from}.left`, { n: list.length }), list } } : {}),
  };
}

/** Takes the plan of an address, if there is one, and leaves the address without it. */
function readAddress(): void {
  const payload = find(location);
  if (payload === undefined) return;
  const search = location.search.replace(/([?&])z=[^&]*&?/, '$1').replace(/[?&]$/, '');
  history.replaceState(null, '', location.pathname + search + (/^#v\d/.test(location.hash) ? '' : location.hash));
  const answer = read(payload);
  if ('refusal' in answer) notice.value = { text: () => st(`link.${answer.refusal}`) };
  else applyDraft(answer.draft, answer.problems, 'link');
}

function pressed(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector('dialog[open]')) return;
  const key = event.key.toLowerCase();
  const back = key === 'z' && !event.shiftKey;
  const forward = (key === 'z' && event.shiftKey) || (key === 'y' && event.ctrlKey);
  // A text that is no input of the plan has its own steps.
  const target = event.target as HTMLElement;
  if (!(back || forward) || target.matches('textarea:not([data-path]), input[type=text]:not([data-path])')) return;
  event.preventDefault();
  step(back ? 'undo' : 'redo');
}

export async function start(): Promise<void> {
  effect(() => {
    take();
    // Another preset changes several things one after the other: one step.
    queueMicrotask(record);
  });
  window.addEventListener('keydown', pressed);
  window.addEventListener('hashchange', readAddress);
  window.addEventListener('pagehide', keepNow);
  document.addEventListener('visibilitychange', () => void look());
  await restore();
  readAddress();
}
