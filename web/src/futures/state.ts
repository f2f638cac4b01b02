// What is uncertain, what is asked of the workers, and what they answered. An answer is current only
// while its request is the one that follows from the inputs.
import { computed, effect, signal, untracked } from '@preact/signals-core';
import type { Allocation, Distribution, Failure, Preset, Scenario, Sensitivity, Simulation, Text } from '@engine/growth.js';
import { catalogue, fieldAt } from '../data.js';
import { base, channels, completed, editAt, edits, engine, learned, learnedAt, library, merged, outcome, preset, scenario, valueAt, type Edit, type Learned } from '../state.js';
import { each } from '../each.js';
import { after, pause, stands, whenQuiet } from '../rest.js';
import { createWorker } from './hands.js';
import type { Command } from './messages.js';
import { moved, pertOf, unsure } from './spread.js';
import { Bench, Latest } from './workshop.js';

interface Spreads {
  uncertainty: NonNullable<Scenario['uncertainty']>;
  /** What each rests on. */
  notes: Record<string, { note: Text }>;
}

/** Where a preset says nothing about ranges: the guesses that move the result most, 30 % either way. */
const usuallyUnsure = ['private.attend_rate', 'conversion.public', 'orders.return_rate', 'repurchase.private_rate'];

/** Ranges as a preset gives them, which completed is `start`. */
export function spreadsOf(from: Preset, start: Scenario): Spreads {
  // The one of the first visit has none with it.
  const whole = from.scenario.uncertainty ? from : engine.value!.run('presets', { id: from.id });
  const found = 'errors' in whole ? from : whole;
  const notes = found.spreads ?? {};
  if (found.scenario.uncertainty) return { uncertainty: found.scenario.uncertainty, notes };
  const inputs: Record<string, Distribution> = {};
  for (const path of usuallyUnsure) {
    const points = unsure(valueAt(start, path) as number, fieldAt(path));
    if (points) inputs[path] = pertOf(points);
  }
  return { uncertainty: { inputs }, notes };
}
const nothingGiven: Spreads = { uncertainty: {}, notes: {} };
/** Until the presets are here, the present one says nothing of ranges: not even that it has none. */
export const given = computed<Spreads>(() => (library.value ? spreadsOf(preset.value, base.value) : nothingGiven));

/** What the merchant said of a range: certain, or this one, given while the field held `at`. */
export type Choice = 'certain' | { at: number; distribution: Distribution };
export const choices = signal<ReadonlyMap<string, Choice>>(new Map());
export const choiceAt = each((path: string) => choices.value.get(path));

export function chooseRange(path: string, choice: Choice | undefined): void {
  const next = new Map(choices.value);
  if (choice === undefined) next.delete(path);
  else next.set(path, choice);
  choices.value = next;
}

/** Luck of the months' natural traffic as the merchant says; nothing for the preset's. */
export const luck = signal<number | undefined>(undefined);

/** All inputs at one moment. */
export interface Snapshot {
  preset: Preset;
  edits: ReadonlyMap<string, Edit>;
  learned: ReadonlyMap<string, Learned>;
  choices: ReadonlyMap<string, Choice>;
  luck: number | undefined;
}
export const take = (): Snapshot => ({ preset: preset.value, edits: edits.value, learned: learned.value, choices: choices.value, luck: luck.value });

/** What the inputs of a moment change: their preset completed, and its ranges. */
interface Ground {
  start: Scenario;
  given: Spreads;
}
const ground = (): Ground => ({ start: base.value, given: given.value });

function numberOf(edit: Edit | undefined, start: Scenario, path: string): number | undefined {
  const value = edit ? edit.value : valueAt(start, path);
  return typeof value === 'number' ? value : undefined;
}
/** The number that stands in a field. */
export const valueOf = each((path: string) => numberOf(editAt(path), base.value, path));

/** How sure a number is, by what was chosen, else by what records said, else by the preset. */
function around(now: number | undefined, choice: Choice | undefined, known: Learned['spread'], from: Ground, path: string): Distribution | undefined {
  if (now === undefined || choice === 'certain') return undefined;
  const place = fieldAt(path);
  if (choice) return moved(choice.distribution, choice.at, now, place);
  if (known) return moved(known.distribution, known.at, now, place);
  const preset = from.given.uncertainty.inputs?.[path];
  return preset && moved(preset, valueAt(from.start, path) as number, now, place);
}
/** The distribution of an input around the number it now has; nothing where it is certain. */
export const distributionOf = each((path: string) => around(valueOf(path), choiceAt(path), learnedAt(path)?.spread, ground(), path));

/** Whether an input may be uncertain at all. */
export const mayVary = (path: string): boolean => fieldAt(path).kind === 'number';

export const luckNow = computed(() => luck.value ?? given.value.uncertainty.traffic_volatility ?? 0);

const usualTrials = 8192;
export const trials = signal(usualTrials);
/** Nothing was said of the ranges: they are the preset's. */
export const asGiven = computed(() => choices.value.size === 0 && learned.value.size === 0 && luck.value === undefined && trials.value === usualTrials);
/** What the engine calls the noise of the months. */
export const luckPath = 'uncertainty.traffic_volatility';
/** A total of profit that is asked for: how likely is it? */
export const target = signal<{ metric: string; at_least: number } | undefined>(undefined);

function uncertaintyIn(inputs: Snapshot, from: Ground): NonNullable<Scenario['uncertainty']> {
  const preset = from.given.uncertainty;
  const paths = [...new Set([...Object.keys(preset.inputs ?? {}), ...inputs.choices.keys(), ...inputs.learned.keys()])].sort();
  const unsureInputs: Record<string, Distribution> = {};
  for (const path of paths) {
    const distribution = around(numberOf(inputs.edits.get(path), from.start, path), inputs.choices.get(path), inputs.learned.get(path)?.spread, from, path);
    if (distribution) unsureInputs[path] = distribution;
  }
  // What became certain is correlated with nothing.
  const kept = (preset.correlation?.paths ?? []).map((path, i) => ({ path, i })).filter(({ path }) => unsureInputs[path]);
  const { correlation: _, ...rest } = preset;
  return {
    ...rest, inputs: unsureInputs, trials: trials.value,
    ...(inputs.luck === undefined ? {} : { traffic_volatility: inputs.luck }),
    ...(kept.length > 1 ? { correlation: { paths: kept.map(({ path }) => path), matrix: kept.map((a) => kept.map((b) => preset.correlation!.matrix[a.i]![b.i]!)) } } : {}),
  };
}
export const uncertainty = computed(() => uncertaintyIn(take(), ground()));

export const withUncertainty = computed<Scenario | undefined>(() => {
  if (!library.value || outcome.value.kind !== 'plan') return undefined;
  return { ...scenario.value, uncertainty: uncertainty.value };
});

/** The same of inputs that are not the present ones. */
export function withUncertaintyOf(inputs: Snapshot): Scenario {
  const start = completed(inputs.preset);
  const from = { start, given: spreadsOf(inputs.preset, start) };
  return { ...merged(inputs.preset, inputs.edits, start), uncertainty: uncertaintyIn(inputs, from) };
}

/** A question to a worker and its newest answer. */
export class Question<T> {
  readonly request;
  readonly answered = signal<{ request: Scenario; answer: T | Failure } | undefined>(undefined);
  readonly stoppedAt = signal<Scenario | undefined>(undefined);
  readonly share = signal<number | undefined>(undefined);
  readonly running = signal(false);
  /** What shows its answer is in sight or near it. Else a new one waits until the hand rests: it would take the
   *  processor from what is in sight. */
  near = true;
  readonly latest: Latest<Scenario, T>;

  /** With `wanted`, what takes long is computed when it is asked for by `again` and not before. */
  constructor(bench: Bench, command: Command, ask: () => Scenario | undefined, readonly delay = 0, readonly wanted = false) {
    this.request = computed(ask);
    this.latest = new Latest<Scenario, T>(bench, command, {
      answer: (request, answer) => {
        this.running.value = false;
        this.answered.value = { request, answer };
      },
      progress: (share) => (this.share.value = share),
      stopped: (request) => {
        this.running.value = false;
        this.stoppedAt.value = request;
      },
    });
    if (wanted) return;
    const post = whenQuiet(() => {
      const request = this.request.peek();
      if (request) this.latest.post(request);
    });
    const listen = () =>
      effect(() => {
        // What can wait does, until the slider rests; the rest, until what is on the page has been drawn.
        if (this.request.value) post(untracked(() => this.answered.value) ? Math.max(delay, this.near ? 0 : pause) : 0);
      });
    // To make out what to ask takes a run of the engine, and so it has a task of its own.
    void after(0).then(listen);
  }

  /** The newest answer that is none of errors; nothing while there is nothing to ask. */
  get answer(): T | undefined {
    const answer = this.request.value && this.answered.value?.answer;
    return answer && !('errors' in (answer as object)) ? (answer as T) : undefined;
  }
  get failure(): Failure | undefined {
    const answer = this.answered.value?.answer;
    return answer && 'errors' in (answer as object) ? (answer as Failure) : undefined;
  }
  get state(): 'none' | 'current' | 'updating' | 'stopped' | 'old' {
    const request = this.request.value;
    if (!request) return 'none';
    if (this.answered.value?.request === request) return 'current';
    if (this.wanted && this.running.value) return 'updating';
    if (this.stoppedAt.value === request) return 'stopped';
    return this.wanted ? 'old' : 'updating';
  }
  stop(): void {
    this.latest.stop();
  }
  again(): void {
    const request = this.request.value;
    this.stoppedAt.value = undefined;
    if (!request) return;
    this.running.value = true;
    this.latest.post(request);
  }
}

/** One worker draws the futures and nothing else, so that it is free when a slider moves; one weighs the
 *  inputs, which takes longest; one answers what is asked. */
const drawing = new Bench(createWorker, stands);
const weighing = new Bench(createWorker, stands);
export const asking = new Bench(createWorker, stands);

export const futures = new Question<Simulation>(drawing, 'simulate', () => {
  const request = withUncertainty.value;
  if (!request || !target.value) return request;
  return { ...request, uncertainty: { ...request.uncertainty, targets: [target.value] } };
});

export const driverMetric = signal<'profit' | 'gmv'>('profit');
export const drivers = new Question<Sensitivity>(
  weighing, 'sensitivity',
  () => {
    const request = withUncertainty.value;
    if (!request || Object.keys(request.uncertainty!.inputs ?? {}).length === 0) return undefined;
    // Shares of the variance have no meaning for inputs that move together.
    const methods: ('tornado' | 'sobol')[] = request.uncertainty!.correlation ? ['tornado'] : ['tornado', 'sobol'];
    return { ...request, sensitivity: { metric: driverMetric.value, methods } };
  },
  250,
);

export const objective = signal<'profit' | 'gmv'>('profit');
/** What a split is judged by: the plan, the result that nine futures in ten reach, or the chance of a profit. */
export const statistics = ['plan', 'p10', 'probability'] as const;
export const statistic = signal<(typeof statistics)[number]>('plan');
/** ¥ a month; nothing for what is spent now. */
export const budget = signal<number | undefined>(undefined);
export const spentNow = computed(() => {
  const channels = (scenario.value.channels ?? base.value.channels)!;
  return channels.reduce((all, channel) => all + (channel.monthly_spend ?? 0), 0);
});
export const allocation = new Question<Allocation>(
  asking, 'allocate',
  () => {
    const channels = (scenario.value.channels ?? base.value.channels)!;
    if (!engine.value || outcome.value.kind !== 'plan' || channels.length === 0 || statistic.value !== 'plan') return undefined;
    return { ...scenario.value, allocate: { budget: budget.value ?? spentNow.value, objective: objective.value } };
  },
  250,
);

/** The same over many futures, which takes seconds: only when asked for. */
export const judged = new Question<Allocation>(
  asking, 'allocate',
  () => {
    const from = withUncertainty.value;
    if (!from || statistic.value === 'plan' || channels.value.length === 0) return undefined;
    return {
      ...from, uncertainty: { ...from.uncertainty, trials: Math.min(8192, trials.value) },
      allocate: { budget: budget.value ?? spentNow.value, objective: statistic.value === 'probability' ? 'profit' : objective.value, statistic: statistic.value },
    };
  },
  0, true,
);
export function judgeBy(chosen: (typeof statistics)[number]): void {
  judged.stop();
  statistic.value = chosen;
  if (chosen !== 'plan') judged.again();
}

/** A new preset is another merchant: what was said of the ranges was said of the former one. */
let before = preset.peek();
effect(() => {
  if (preset.value === before) return;
  before = preset.value;
  choices.value = new Map();
  budget.value = undefined;
  luck.value = undefined;
  judged.stop();
  judged.answered.value = undefined;
  statistic.value = 'plan';
  target.value = undefined;
});

export const columnName = (id: string) => catalogue.columns.find((column) => column.id === id)!;
