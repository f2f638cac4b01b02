// The plans that stand beside each other: the present inputs, the preset untouched, and those kept under a
// name. What each comes to is computed from its own inputs and from nothing else, so that no number can be
// another plan's or an older one's.
import { computed } from '@preact/signals-core';
import type { Plan, Preset, Scenario } from '@engine/growth.js';
import { defaults } from '../data.js';
import { take, trials, withUncertainty, withUncertaintyOf, type Snapshot } from '../futures/state.js';
import { ct } from '../i18n/compare.js';
import { pick } from '../i18n/index.js';
import { completed, engine, isDefault, merged, outcome, preset } from '../state.js';
import { plans } from '../share/desk.js';
import { isOwn, same, untouched } from '../share/draft.js';
import { revived, type Stored } from '../share/keep.js';

/** Inputs and what they come to. */
export interface Worked {
  /** Nothing where what was kept cannot be read. */
  snapshot: Snapshot | undefined;
  /** Nothing while inputs are wrong: so many. */
  plan: Plan | undefined;
  errors: number;
}
export interface Case extends Worked {
  /** `now`, `preset`, or that of a plan with a name. */
  id: string;
  name: string;
}
/** One that can be laid beside others. */
export type Planned = Case & { plan: Plan; snapshot: Snapshot };
export const isPlanned = (one: Case): one is Planned => one.plan !== undefined && one.snapshot !== undefined;

const known = new WeakMap<object, Worked>();

function workedOut(snapshot: Snapshot | undefined): Worked {
  if (!snapshot) return { snapshot, plan: undefined, errors: 0 };
  if (isDefault(snapshot.preset, snapshot.edits)) return { snapshot, plan: defaults.plan, errors: 0 };
  const unreadable = [...snapshot.edits.values()].filter(({ value }) => value === undefined).length;
  const answer = engine.value!.run('plan', merged(snapshot.preset, snapshot.edits, completed(snapshot.preset)));
  const errors = unreadable + ('errors' in answer ? answer.errors.length : 0);
  return { snapshot, plan: errors > 0 || 'errors' in answer ? undefined : answer, errors };
}
function once(key: Stored | Preset, inputs: () => Snapshot | undefined): Worked {
  let found = known.get(key);
  if (!found) known.set(key, (found = workedOut(inputs())));
  return found;
}

const present = computed<Worked>(() => {
  const current = outcome.value;
  return { snapshot: take(), plan: current.kind === 'plan' ? current.plan : undefined, errors: current.kind === 'errors' ? current.errors.length : 0 };
});

/** The present one, the preset, and the others in their order. */
export const cases = computed<Case[]>(() => [
  { ...present.value, id: 'now', name: ct('now') },
  { ...once(preset.value, () => untouched(preset.value)), id: 'preset', name: isOwn(preset.value) ? pick(preset.value.name) : ct('preset') },
  ...plans.value.list.map(({ id, name, stored }) => ({ ...once(stored, () => revived(stored)), id, name })),
]);
export const nowCase = (): Case => cases.value[0]!;

/** What the others are measured against: a plan that was chosen and can be computed, else the preset. */
export const baseCase = computed<Planned>(() => {
  const chosen = cases.value.find((one): one is Planned => one.id === plans.value.base && isPlanned(one));
  return chosen ?? (cases.value[1] as Planned);
});

const asked = new WeakMap<Snapshot, { trials: number; request: Scenario }>();
/** What the engine is asked about the futures of a plan. */
export function requestOf({ id, snapshot }: Planned): Scenario {
  if (id === 'now') return withUncertainty.value!;
  let found = asked.get(snapshot);
  if (found?.trials !== trials.value) asked.set(snapshot, (found = { trials: trials.value, request: withUncertaintyOf(snapshot) }));
  return found.request;
}

/** Whether two plans are the same to the engine, their ranges too. */
export const alike = (a: Planned, b: Planned): boolean => a.id === b.id || same(requestOf(a), requestOf(b));

/** The present plan where it differs from the base. */
export const changed = computed<Planned | undefined>(() => {
  const now = nowCase();
  return isPlanned(now) && !alike(now, baseCase.value) ? now : undefined;
});

/** The columns: the base stands among them, and so does the preset where it is the base. */
export const columns = computed<Case[]>(() => cases.value.filter(({ id }) => id !== 'preset' || baseCase.value.id === 'preset'));
