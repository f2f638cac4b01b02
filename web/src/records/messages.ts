// What the page and the worker that reads records say to each other.
import type { Failure, Recognition, Source } from './answers.js';
import type { Refusal as RefusedFile } from './decode.js';

/** A file that is not read, or an engine that could not be fetched. */
export type Refusal = RefusedFile | 'engine';

export type ToWorker =
  | { kind: 'start'; module?: WebAssembly.Module }
  /** Looks at the beginning of a file. */
  | { kind: 'open'; file: Blob; source: Source }
  /** Reads all of it, of the columns those that are named, and fits. */
  | { kind: 'fit'; keep: number[]; request: object };

export type FromWorker =
  | { kind: 'ready'; module: WebAssembly.Module }
  | { kind: 'opened'; recognition: Recognition }
  | { kind: 'progress'; phase: 'look' | 'read' | 'fit'; share: number }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'answer'; answer: unknown };
