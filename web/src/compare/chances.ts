// How likely a plan earns money. The present plan's chance is the one of the futures; the others are asked
// when somebody wants them, and an answer counts only for the very inputs it was asked of.
import { signal } from '@preact/signals-core';
import type { Scenario, Simulation } from '@engine/growth.js';
import { createWorker } from '../futures/hands.js';
import { futures } from '../futures/state.js';
import { Bench, stopped, type Run } from '../futures/workshop.js';
import { alike, columns, isPlanned, nowCase, requestOf, type Case, type Planned } from './cases.js';

export type Chance = { is: 'known'; value: number } | { is: 'working' | 'unknown' | 'failed' };

/** By the request; nothing where it failed. */
const answers = signal<ReadonlyMap<Scenario, number | undefined>>(new Map());
export const working = signal<{ done: number; all: number } | undefined>(undefined);
let bench: Bench | undefined;
let run: Run<Simulation> | undefined;

function ofNow(): Chance {
  const value = futures.answer?.probability.profit_positive;
  if (futures.state === 'current') return value === undefined ? { is: 'failed' } : { is: 'known', value };
  return { is: futures.state === 'updating' ? 'working' : 'unknown' };
}

export function chanceOf(one: Case): Chance {
  if (!isPlanned(one)) return { is: 'unknown' };
  if (one.id === 'now') return ofNow();
  const request = requestOf(one);
  if (answers.value.has(request)) {
    const value = answers.value.get(request);
    return value === undefined ? { is: 'failed' } : { is: 'known', value };
  }
  const now = nowCase();
  if (isPlanned(now) && alike(now, one)) return ofNow();
  return { is: working.value ? 'working' : 'unknown' };
}

const wanted = (): Planned[] => columns.value.filter(isPlanned).filter((one) => one.id !== 'now' && chanceOf(one).is === 'unknown');
export const anyUnknown = (): boolean => wanted().length > 0;

/** Asks for every chance that is not known, one plan after the other. */
export async function askChances(): Promise<void> {
  if (working.value) return;
  const requests = wanted().map(requestOf);
  bench ??= new Bench(createWorker);
  for (const [done, request] of requests.entries()) {
    working.value = { done, all: requests.length };
    run = bench.run<Simulation>('simulate', request);
    const answer = await run.answer;
    if (answer === stopped) break;
    const still = new Set(columns.value.filter(isPlanned).map(requestOf));
    answers.value = new Map([...answers.value, [request, 'errors' in answer ? undefined : answer.probability.profit_positive] as const].filter(([of]) => still.has(of)));
  }
  working.value = undefined;
}
export const stopChances = (): void => run?.stop();
