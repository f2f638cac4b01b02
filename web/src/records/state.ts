// The merchant's records: which file, how its columns are read, how far the reading is, what came of it.
import { signal } from '@preact/signals-core';
import type { Scenario } from '@engine/growth.js';
import { edits, scenario } from '../state.js';
import type { Answer, DateOrder, Failure, Problem, Recognition, Source } from './answers.js';
import { largest } from './decode.js';
import type { FromWorker, Refusal, ToWorker } from './messages.js';
import { createReader, sample } from './reader.js';

/** Columns the commands look for, the needed ones first. */
export const fields = {
  orders: { needed: ['customer', 'date'], more: ['amount', 'order_id', 'status', 'refund', 'currency', 'remark'] },
  sessions: {
    needed: ['date'],
    more: ['orders', 'gmv', 'viewers_private', 'viewers_referral', 'viewers_public', 'viewers', 'spend', 'square_ctr', 'dwell_minutes', 'interactions'],
  },
  // One row per contract with start and end, or one per cohort and period with a count.
  contracts: { needed: [], more: ['customer', 'start', 'end', 'cohort', 'period', 'count'] },
} satisfies Record<Source, { needed: string[]; more: string[] }>;
export const sources = Object.keys(fields) as Source[];

export const scopes = ['private', 'public', 'both'] as const;
/** What becomes of orders of ¥0, the usual first. */
export const zeroOrders = ['first_only', 'drop', 'keep'] as const;
/** From one renewal of a contract to the next. */
export const renewals = ['week', 'month', 'quarter', 'year'] as const;

export type Stage =
  | { at: 'start'; trouble?: { refusal: Refusal } | { problems: Problem[] } | { offline: true } }
  | { at: 'working'; phase: 'look' | 'read' | 'fit'; share: number }
  | { at: 'columns' }
  | { at: 'answer'; answer: Answer };

export interface Desk {
  file?: { name: string; blob: Blob; sample: boolean };
  recognition?: Recognition;
  /** Field to number of its column; what the merchant chose, else what was recognised. */
  columns: Readonly<Record<string, number>>;
  dateOrder: DateOrder | null;
  /** Of orders: whose customers they are, and whether the season is estimated. */
  scope: (typeof scopes)[number];
  season: boolean;
  zeros: (typeof zeroOrders)[number];
  /** The last day of the orders that are learned from, as 2026-01-31; the rest checks them. Without it all are. */
  learnedTo: string;
  /** Of contracts. */
  renewal: (typeof renewals)[number];
  /** The newest answer, to go back to. */
  last?: Answer;
  stage: Stage;
}

const untouched: Desk = {
  columns: {}, dateOrder: null, scope: 'private', season: false, zeros: 'first_only', learnedTo: '', renewal: 'month', stage: { at: 'start' },
};
export const source = signal<Source>('orders');
export const desks = signal<Readonly<Record<Source, Desk>>>({ orders: untouched, sessions: untouched, contracts: untouched });

export function change(of: Source, part: Partial<Desk>): void {
  desks.value = { ...desks.value, [of]: { ...desks.value[of], ...part } };
}

let worker: Worker | undefined;
let compiled: WebAssembly.Module | undefined;
/** Whose file the worker holds, and whether it is at work. */
let holds: Source | undefined;
let busy: Source | undefined;

const tell = (message: ToWorker) => worker!.postMessage(message);

/** Starts the worker, so that it is there when a file comes. */
export function prepare(): void {
  if (worker) return;
  worker = createReader();
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => hear(data);
  worker.onerror = (event) => hear({ kind: 'failed', failure: internal(event.message) });
  tell({ kind: 'start', ...(compiled ? { module: compiled } : {}) });
}

const internal = (text: string): Failure => ({ errors: [{ code: 'internal', path: '', message: { zh: text, en: text }, got: null, allowed: '' }] });

function end(): void {
  worker?.terminate();
  [worker, holds, busy] = [undefined, undefined, undefined];
}

/** What the worker says is of the file it is at. */
function hear(message: FromWorker): void {
  if (message.kind === 'ready') return void (compiled = message.module);
  const of = busy;
  if (!of) return;
  switch (message.kind) {
    case 'progress':
      return change(of, { stage: { at: 'working', phase: message.phase, share: message.share } });
    case 'opened':
      return recognised(of, message.recognition);
    case 'refused':
      busy = undefined;
      // The next file tries again.
      if (message.refusal === 'engine') end();
      return change(of, { stage: { at: 'start', trouble: { refusal: message.refusal } } });
    case 'failed':
      busy = undefined;
      return change(of, { stage: { at: 'start', trouble: { problems: message.failure.errors } } });
    case 'answer':
      busy = undefined;
      change(of, { stage: { at: 'answer', answer: message.answer as Answer }, last: message.answer as Answer });
      // The engine's memory grows with the file and never shrinks.
      if (desks.value[of].file!.blob.size > 32 << 20) end();
  }
}

function recognised(of: Source, recognition: Recognition): void {
  // A file that is looked at again keeps what was chosen for it.
  if (desks.value[of].recognition) return fit(of);
  const columns: Record<string, number> = {};
  for (const { field, index } of recognition.columns) if (field !== null && columns[field] === undefined) columns[field] = index;
  change(of, { recognition, columns, dateOrder: recognition.date_order });
  if (recognition.sure) return fit(of);
  busy = undefined;
  change(of, { stage: { at: 'columns' } });
}

/** Takes a file and looks at it. */
export function open(of: Source, file: { name: string; blob: Blob; sample: boolean }): void {
  stop();
  desks.value = { ...desks.value, [of]: { ...untouched, file } };
  if (file.blob.size > largest) return change(of, { stage: { at: 'start', trouble: { refusal: 'too_large' } } });
  look(of);
}

function look(of: Source): void {
  prepare();
  [busy, holds] = [of, of];
  change(of, { stage: { at: 'working', phase: 'look', share: 0 } });
  tell({ kind: 'open', file: desks.value[of].file!.blob, source: of });
}

/** What sessions cannot tell is taken from the plan; the pool only where it is the merchant's own number. */
function told(): Scenario {
  const { uncertainty: _, private: pool, ...rest } = scenario.value;
  if (!pool || edits.value.has('private.users')) return { ...rest, ...(pool ? { private: pool } : {}) };
  const { users: __, ...others } = pool;
  return { ...rest, private: others };
}

/** The day the samples were exported (build/samples.mjs). */
const sampleDay = '2026-06-30';

const today = () => {
  const now = new Date();
  return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, '0'), String(now.getDate()).padStart(2, '0')].join('-');
};

/** What a kind of records is asked beside its columns. */
function askedOf(of: Source): object {
  const { scope, season, zeros, learnedTo, renewal } = desks.value[of];
  switch (of) {
    case 'orders':
      return { scope, season, zero_orders: zeros, list_customers: 10, ...(learnedTo ? { calibration_end: learnedTo } : {}) };
    case 'sessions':
      return { scenario: told() };
    case 'contracts':
      return { period: renewal };
  }
}

/** Reads the file with the columns as they are chosen. */
export function fit(of: Source): void {
  const { columns, recognition, dateOrder, file } = desks.value[of];
  if (busy && busy !== of) stop();
  // Where another file came between, the worker looks at this one again and then goes on.
  if (holds !== of || !worker) return look(of);
  busy = of;
  const keep = [...new Set(Object.values(columns))].sort((a, b) => a - b);
  const names = Object.fromEntries(Object.entries(columns).map(([field, index]) => [field, recognition!.columns.find((c) => c.index === index)!.name]));
  change(of, { stage: { at: 'working', phase: 'read', share: 0 } });
  tell({ kind: 'fit', keep, request: { columns: names, today: file!.sample ? sampleDay : today(), ...(dateOrder ? { date_order: dateOrder } : {}), ...askedOf(of) } });
}

/** Ends what is being read. */
export function stop(): void {
  if (!busy) return;
  const of = busy;
  end();
  change(of, { stage: { at: 'start' } });
}

export function chooseColumn(of: Source, field: string, index: number | undefined): void {
  const columns = { ...desks.value[of].columns };
  if (index === undefined) delete columns[field];
  else {
    for (const [other, at] of Object.entries(columns)) if (at === index) delete columns[other];
    columns[field] = index;
  }
  change(of, { columns });
}

/** The sample of a kind comes from beside the page when it is asked for. */
export async function openSample(of: Source, name: string): Promise<void> {
  try {
    open(of, { name, blob: await sample(of), sample: true });
  } catch {
    change(of, { stage: { at: 'start', trouble: { offline: true } } });
  }
}
