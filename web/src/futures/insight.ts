// What the futures say on the first screen: how likely the plan makes money, which guess it hangs on most,
// and where that guess alone takes the profit to zero. Told only of the inputs that stand there.
import { computed, effect, signal } from '@preact/signals-core';
import type { Failure, Scenario, Seek } from '@engine/growth.js';
import { defaults } from '../data.js';
import { insight, scenario, untouched, type Insight } from '../state.js';
import { asGiven, asking, driverMetric, drivers, futures, luckPath, withUncertainty } from './state.js';
import { Latest } from './workshop.js';

/** The guess that leads, of these inputs and ranges; without one where nothing moves the profit. */
const leading = signal<{ of: Scenario; hangsOn: Insight['hangsOn'] } | undefined>(undefined);
const leadingNow = computed(() => (leading.value?.of === withUncertainty.value ? leading.value : undefined));

const asked = computed<Scenario | undefined>(() => {
  const path = leadingNow.value?.hangsOn?.path;
  return path === undefined ? undefined : { ...scenario.value, seek: { path, metric: 'profit', target: 0 } };
});
const found = signal<{ request: Scenario; answer: Seek | Failure } | undefined>(undefined);

/** The part that took longest; nothing until all of it is there, so that the sentence is said once. */
function weighed(): Pick<Insight, 'hangsOn' | 'flips'> {
  const hangsOn = leadingNow.value?.hangsOn;
  if (!hangsOn || !found.value || found.value.request !== asked.value) return {};
  const { answer } = found.value;
  const at = 'errors' in answer || answer.status !== 'found' ? null : answer.value;
  return { hangsOn, ...(at === null ? {} : { flips: { path: hangsOn.path, value: at } }) };
}

export function tellInsight(): void {
  effect(() => {
    const of = withUncertainty.value;
    if (!of || drivers.state !== 'current' || driverMetric.value !== 'profit') return;
    const first = drivers.answer?.sobol?.find(({ path, total }) => total !== null && total > 0 && path !== luckPath);
    leading.value = { of, hangsOn: first && { path: first.path, share: Math.min(1, first.total!) } };
  });
  const latest = new Latest<Scenario, Seek>(asking, 'seek', {
    answer: (request, answer) => (found.value = { request, answer }),
    progress: () => {},
    stopped: () => {},
  });
  effect(() => {
    if (asked.value) latest.post(asked.value);
  });
  effect(() => {
    const of = scenario.value;
    const { answer } = futures;
    const chance = futures.state === 'current' && answer ? { chance: { profit: answer.probability.profit_positive, trials: answer.trials } } : {};
    const known = { ...(untouched.value && asGiven.value ? defaults.insight : {}), ...chance, ...weighed() };
    // Nothing is known yet: what was said of former inputs is not shown any more anyway.
    if (Object.keys(known).length === 0 && insight.peek()?.of !== of) return;
    insight.value = { of, ...known };
  });
}
