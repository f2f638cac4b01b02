// Puts what records say into the plan, with its errors, and takes it back.
import { batch, signal } from '@preact/signals-core';
import type { Channel, Distribution } from '@engine/growth.js';
import { fieldAt, isField } from '../data.js';
import { choices, type Choice } from '../futures/state.js';
import { inputText } from '../numbers.js';
import { channels, edits, language, learn, unlearn, type Edit, type Learned } from '../state.js';
import { kindOf, type Answer, type Sessions } from './answers.js';

/** A curve takes the place of the rates. */
export const curves = ['curve_private', 'curve_public'] as const;
const rates = ['private_rate', 'public_rate', 'orders_per_repeater', 'retention', 'window_months'];
const within = (names: readonly string[]) => (path: string) => names.includes(path.replace(/^repurchase\./, ''));
const isCurve = within(curves);
const isRate = within(rates);

export interface Taken {
  path: string;
  value: number | number[];
  distribution?: Distribution;
}

/** Values and their distributions as inputs of the plan; channels are found by their name. */
function leaves(node: unknown, path: string, into: Map<string, number | number[]>, unmatched: Set<string>): void {
  if (path === 'channels') {
    for (const { id, ...rest } of node as Channel[]) {
      const at = channels.value.findIndex((channel) => channel.id === id);
      if (at < 0) unmatched.add(id);
      else leaves(rest, `channels[${at}]`, into, unmatched);
    }
  } else if (typeof node === 'number' || Array.isArray(node)) {
    if (isField(path)) into.set(path, node as number | number[]);
  } else if (typeof node === 'object' && node !== null) {
    for (const [name, value] of Object.entries(node)) leaves(value, path ? `${path}.${name}` : name, into, unmatched);
  }
}

/** Distributions are listed by the position of a channel in the answer. */
const inAnswer = (answer: Answer, path: string): string => {
  const [, at, name] = /^channels\[(\d+)\](.*)$/.exec(path) ?? [];
  if (at === undefined) return path;
  const id = channels.value[Number(at)]?.id;
  return `channels[${(answer.scenario.channels ?? []).findIndex((channel) => channel.id === id)}]${name}`;
};

/** What of an answer goes into the plan. */
export function takenOf(answer: Answer, exactCurve: boolean): { taken: Taken[]; unmatched: string[] } {
  const values = new Map<string, number | number[]>();
  const unmatched = new Set<string>();
  leaves(answer.scenario, '', values, unmatched);
  // A list of channels comes whole, with what was not learned of them.
  const { estimates } = answer as Partial<Sessions>;
  if (estimates) for (const path of values.keys()) if (!estimates[inAnswer(answer, path)]) values.delete(path);
  for (const path of values.keys()) if ((exactCurve ? isRate : isCurve)(path)) values.delete(path);
  const taken = [...values].map(([path, value]) => {
    const distribution = answer.uncertainty.inputs[inAnswer(answer, path)];
    return { path, value, ...(distribution ? { distribution } : {}) };
  });
  return { taken, unmatched: [...unmatched] };
}

/** As many digits as the errors of records ever justify, and no more than an input shows well. */
const rounded = (value: number) => Number(value.toPrecision(6));

function editOf(path: string, value: number | number[]): Edit {
  if (Array.isArray(value)) {
    const list = value.map(rounded);
    return { text: list.join(', '), value: list };
  }
  const exact = fieldAt(path).kind === 'whole' ? Math.round(value) : rounded(value);
  return { text: inputText(exact, fieldAt(path).unit, language.value), value: exact };
}

interface Application {
  /** What was put into each input; nothing where its own value was taken away. */
  edits: ReadonlyMap<string, Edit | undefined>;
  /** Ranges the merchant had given for these inputs. */
  choices: ReadonlyMap<string, Choice>;
}
const applied = signal<ReadonlyMap<Answer, Application>>(new Map());

/** How many inputs still hold what an answer put there; 0 where it is not applied. */
export const appliedCount = (answer: Answer): number =>
  [...(applied.value.get(answer)?.edits ?? [])].filter(([path, edit]) => edit && edits.value.get(path) === edit).length;

export function apply(answer: Answer, exactCurve: boolean): void {
  const { taken } = takenOf(answer, exactCurve);
  const from = kindOf(answer);
  const map = new Map<string, Omit<Learned, 'before'>>();
  for (const { path, value, distribution } of taken) {
    const edit = editOf(path, value);
    map.set(path, { from, edit, ...(distribution ? { spread: { at: edit.value as number, distribution } } : {}) });
  }
  // Rates say nothing while a curve stands.
  if (taken.some(({ path }) => isRate(path))) for (const path of edits.value.keys()) if (isCurve(path)) map.set(path, { from, edit: undefined });
  const kept = new Map<string, Choice>();
  const left = new Map(choices.value);
  for (const path of map.keys()) {
    const choice = left.get(path);
    if (choice) kept.set(path, choice);
    left.delete(path);
  }
  batch(() => {
    choices.value = left;
    learn(map);
    applied.value = new Map(applied.value).set(answer, { edits: new Map([...map].map(([path, { edit }]) => [path, edit])), choices: kept });
  });
}

/** Takes back what an answer put in; what was typed since stays. */
export function undo(answer: Answer): void {
  const application = applied.value.get(answer);
  if (!application) return;
  const next = new Map(applied.value);
  next.delete(answer);
  batch(() => {
    unlearn(application.edits.keys());
    choices.value = new Map([...application.choices, ...choices.value]);
    applied.value = next;
  });
}
