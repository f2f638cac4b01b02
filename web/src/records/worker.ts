// Reads a file of records piece by piece and hands the table to the engine. It is stopped by ending it.
import { createGrowth, type Growth } from '@engine/growth.js';
import type { Failure, Source } from './answers.js';
import { encodingOf, texts } from './decode.js';
import type { FromWorker, ToWorker } from './messages.js';
import { delimiterOf, Rows, TableBytes } from './table.js';

const reply = (message: FromWorker) => postMessage(message);

let start!: (module: WebAssembly.Module | undefined) => void;
const growth: Promise<Growth> = new Promise<WebAssembly.Module | undefined>((resolve) => (start = resolve)).then((module) =>
  createGrowth({ records: true, ...(module ? { module } : {}) }),
);
growth.then(({ module }) => reply({ kind: 'ready', module })).catch(() => {});

/** The engine when it can be used; nothing where it could not be fetched. */
async function started(): Promise<Growth | undefined> {
  const engine = await growth.catch(() => undefined);
  await engine?.ready;
  return engine;
}

interface Opened {
  file: Blob;
  source: Source;
  encoding: string;
  delimiter: string;
}
let opened: Opened | undefined;

const isFailure = (answer: unknown): answer is Failure => typeof answer === 'object' && answer !== null && 'errors' in answer;

/** Enough of the beginning to tell columns by. */
const firstRows = 200;
const firstPiece = 1 << 18;

async function open(file: Blob, source: Source): Promise<FromWorker> {
  reply({ kind: 'progress', phase: 'look', share: 0 });
  const found = await encodingOf(file);
  if ('refused' in found) return { kind: 'refused', refusal: found.refused };
  let rows: Rows | undefined;
  const head: string[][] = [];
  for await (const { text, last } of texts(file, found.encoding, firstPiece)) {
    rows ??= new Rows(delimiterOf(text));
    const taken = rows.take(text, last);
    if (!Array.isArray(taken)) return { kind: 'failed', failure: { errors: [taken] } };
    head.push(...taken.slice(0, firstRows));
    if (head.length >= firstRows) break;
  }
  opened = { file, source, encoding: found.encoding, delimiter: rows!.delimiter };
  const engine = await started();
  if (!engine) return { kind: 'refused', refusal: 'engine' };
  const recognition = engine.run('recognise_columns', { kind: source, rows: head.slice(0, firstRows) });
  return isFailure(recognition) ? { kind: 'failed', failure: recognition } : { kind: 'opened', recognition };
}

async function fit(keep: number[], request: object): Promise<FromWorker> {
  const { file, source, encoding, delimiter } = opened!;
  const rows = new Rows(delimiter);
  const table = new TableBytes(keep);
  for await (const { text, share, last } of texts(file, encoding)) {
    const taken = rows.take(text, last);
    if (!Array.isArray(taken)) return { kind: 'failed', failure: { errors: [taken] } };
    table.add(taken);
    reply({ kind: 'progress', phase: 'read', share });
  }
  const engine = await started();
  if (!engine) return { kind: 'refused', refusal: 'engine' };
  reply({ kind: 'progress', phase: 'fit', share: 0 });
  const answer = engine.run(`fit_${source}`, request, (share) => reply({ kind: 'progress', phase: 'fit', share }), table.bytes);
  return isFailure(answer) ? { kind: 'failed', failure: answer } : { kind: 'answer', answer };
}

addEventListener('message', async ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'start') return start(data.module);
  try {
    reply(data.kind === 'open' ? await open(data.file, data.source) : await fit(data.keep, data.request));
  } catch (fault) {
    const text = String(fault);
    reply({ kind: 'failed', failure: { errors: [{ code: 'internal', path: '', message: { zh: text, en: text }, got: null, allowed: '' }] } });
  }
});
