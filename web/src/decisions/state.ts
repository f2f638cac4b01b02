// Which question is open, and the engine's answer to it. An answer is told only while its request is the
// one that follows from the inputs.
import { computed, signal } from '@preact/signals-core';
import type { DecisionId, DecisionsAnswer } from '@engine/growth.js';
import { asking, Question } from '../futures/state.js';
import { engine, outcome, preset, scenario } from '../state.js';
import { readNumber } from '../numbers.js';

/** In the order in which they are asked. */
export const questions: DecisionId[] = [
  'go_or_stop', 'next_thousand', 'private_users', 'highest_price', 'room', 'first_order_loss', 'cash', 'next_tier', 'voucher', 'private_scenes',
];

export const opened = signal<DecisionId | undefined>(undefined);

/** The goal of `private_users` as it was typed, for the merchant it was typed for; nothing for the engine's own. */
const typedGoal = signal<{ of: unknown; text: string } | undefined>(undefined);
export const goalText = computed(() => (typedGoal.value?.of === preset.value ? typedGoal.value.text : undefined));
export const mostGoal = 1e12;
const goal = computed(() => {
  const read = goalText.value === undefined ? undefined : readNumber(goalText.value, 'amount');
  return read?.kind === 'number' ? read.value : read && NaN;
});
export const goalProblem = computed<'unreadable' | 'range' | undefined>(() => {
  if (goal.value === undefined) return undefined;
  if (Number.isNaN(goal.value)) return 'unreadable';
  return goal.value >= 0 && goal.value <= mostGoal ? undefined : 'range';
});
export function typeGoal(text: string): void {
  typedGoal.value = { of: preset.value, text };
}

export const answers = new Question<DecisionsAnswer>(asking, 'decide', () => {
  const decision = opened.value;
  if (!engine.value || !decision || outcome.value.kind !== 'plan') return undefined;
  if (decision !== 'private_users' || goal.value === undefined) return { ...scenario.value, decide: { decision } };
  return goalProblem.value ? undefined : { ...scenario.value, decide: { decision, goal_gmv_monthly: goal.value } };
});

export function toggle(decision: DecisionId): void {
  opened.value = opened.value === decision ? undefined : decision;
}
