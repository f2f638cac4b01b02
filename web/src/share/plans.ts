// The plans with a name, as one value: every change makes another one, so that any of them can be taken back.
import type { Stored } from './keep.js';
import { isObject } from './sound.js';

/** Of the list; its members tell their own. */
const version = 2;
/** Plans that can be kept under a name. */
export const mostPlans = 4;
const longestName = 40;

export interface Named {
  id: string;
  name: string;
  stored: Stored;
}
export interface Plans {
  version: number;
  list: readonly Named[];
  /** The plan that the others are measured against; without one it is the preset. */
  base?: string;
}
export const noPlans: Plans = { version, list: [] };

/** What could not be read: some of the list, all of it, or one of a newer page. */
export type Loss = 'some' | 'all' | 'newer';

const isNamed = (one: unknown): one is Omit<Named, 'id'> =>
  isObject(one) && typeof one.name === 'string' && one.name !== '' && isObject(one.stored) && Number.isFinite(one.stored.at);

const freeId = (list: readonly { id: string }[]): string => {
  for (let n = 1; ; n += 1) if (!list.some(({ id }) => id === `p${n}`)) return `p${n}`;
};
const cut = (name: string, length: number) => [...name].slice(0, length).join('').trim();

/** A name as it is kept. */
export const nameFrom = (typed: string): string => cut(typed.trim(), longestName);

/** The name itself, or with a number behind it that no plan has. */
export function freeName(plans: Plans, wanted: string): string {
  const name = nameFrom(wanted);
  for (let n = 2, free = name; ; n += 1) {
    if (!nameTaken(plans, free)) return free;
    free = `${cut(name, longestName - 3)} ${n}`;
  }
}
/** Whether another plan than the one of this id has the name. */
export const nameTaken = ({ list }: Plans, name: string, but?: string): boolean => list.some((one) => one.name === name && one.id !== but);

/** Reads what was kept, by this version or one before. */
export function readPlans(found: unknown): { plans: Plans; loss: Loss | undefined } {
  if (found === undefined) return { plans: noPlans, loss: undefined };
  // The first version was the bare list, of plans without ids.
  const { version: of, list, base } = (Array.isArray(found) ? { version: 1, list: found, base: undefined } : isObject(found) ? found : {}) as Record<string, unknown>;
  if (typeof of === 'number' && of > version) return { plans: noPlans, loss: 'newer' };
  if (!Array.isArray(list)) return { plans: noPlans, loss: 'all' };
  let plans: Plans = noPlans;
  for (const one of list.filter(isNamed).slice(0, mostPlans)) {
    const { id } = one as Partial<Named>;
    const known = typeof id === 'string' && !plans.list.some((other) => other.id === id);
    plans = { version, list: [...plans.list, { id: known ? id : freeId(plans.list), name: freeName(plans, one.name), stored: one.stored }] };
  }
  const loss = plans.list.length === list.length ? undefined : plans.list.length > 0 ? 'some' : 'all';
  return { plans: typeof base === 'string' ? measuredBy(plans, base) : plans, loss };
}

/** With the plan of this id as the base of the others; with the preset, where there is none of it. */
export function measuredBy(plans: Plans, id: string | undefined): Plans {
  const { base: _, ...rest } = plans;
  return plans.list.some((one) => one.id === id) ? { ...rest, base: id! } : rest;
}

/** Whether one of this name finds no place. */
export const planFull = (plans: Plans, name: string): boolean => plans.list.length >= mostPlans && !nameTaken(plans, name);

/** With these inputs under the name, in the place of those that had it; nothing where there is no room. */
export function withPlan(plans: Plans, name: string, stored: Stored): Plans | undefined {
  if (nameTaken(plans, name)) return { ...plans, list: plans.list.map((one) => (one.name === name ? { ...one, stored } : one)) };
  if (planFull(plans, name)) return undefined;
  return { ...plans, list: [...plans.list, { id: freeId(plans.list), name, stored }] };
}

/** With a second one of the plan, beside it; nothing where there is no room. */
export function duplicated(plans: Plans, id: string): Plans | undefined {
  const at = plans.list.findIndex((one) => one.id === id);
  if (at < 0 || plans.list.length >= mostPlans) return undefined;
  const { name, stored } = plans.list[at]!;
  const copy = { id: freeId(plans.list), name: freeName(plans, name), stored };
  return { ...plans, list: [...plans.list.slice(0, at + 1), copy, ...plans.list.slice(at + 1)] };
}

/** Nothing where the name says nothing or is another's. */
export function renamed(plans: Plans, id: string, typed: string): Plans | undefined {
  const name = nameFrom(typed);
  if (name === '' || nameTaken(plans, name, id)) return undefined;
  return { ...plans, list: plans.list.map((one) => (one.id === id ? { ...one, name } : one)) };
}

/** With the plan one place further left or right; nothing where it stands at that end. */
export function shifted(plans: Plans, id: string, by: -1 | 1): Plans | undefined {
  const at = plans.list.findIndex((one) => one.id === id);
  const other = plans.list[at + by];
  if (at < 0 || !other) return undefined;
  const list = [...plans.list];
  [list[at], list[at + by]] = [other, list[at]!];
  return { ...plans, list };
}

export const without = (plans: Plans, id: string): Plans => measuredBy({ ...plans, list: plans.list.filter((one) => one.id !== id) }, plans.base);
