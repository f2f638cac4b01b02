// The workers' side of the page: one run at a time on each, stopped by ending the worker and starting
// another from the module that is compiled already, so that nothing is left behind.
import type { Failure } from '@engine/growth.js';
import type { Command, FromWorker, ToWorker } from './messages.js';

export const stopped = Symbol('stopped');
export type Answer<T> = T | Failure | typeof stopped;

/** As much of a Worker as is needed, for tests. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** The first worker fetches and compiles the module, and all others get it from there. */
let compiled: WebAssembly.Module | undefined;
let compiling: Bench | undefined;
const whenCompiled: (() => void)[] = [];

export interface Run<T> {
  answer: Promise<Answer<T>>;
  /** Ends it, or forgets it where it still waits; its answer is `stopped`. */
  stop(): void;
}

interface Job {
  command: Command;
  request: object;
  progress: (share: number) => void;
  finish: (answer: unknown) => void;
}

/** One worker and what it has to do, in turn. */
export class Bench {
  /** Nothing until it is free to start. */
  #worker: WorkerLike | undefined;
  /** The first is running. */
  #jobs: Job[] = [];
  /** Why no worker could be made, where a browser refuses them. */
  #refused: string | undefined;

  /** Its worker starts, and fetches and compiles, when it is `free` to. */
  constructor(
    readonly create: () => WorkerLike,
    free?: Promise<void>,
  ) {
    if (free) void free.then(() => this.#start());
    else this.#start();
  }

  #start(): void {
    let worker: WorkerLike;
    try {
      worker = this.create();
    } catch (error) {
      this.#refused = String(error);
      return this.#refuse();
    }
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#hear(data);
    worker.onerror = (event) => this.#hear({ kind: 'fault', message: event.message });
    const start = () => worker.postMessage({ kind: 'start', ...(compiled ? { module: compiled } : {}) });
    if (!compiled && compiling && compiling !== this) {
      whenCompiled.push(start);
    } else {
      if (!compiled) compiling = this;
      start();
    }
    this.#begin();
  }

  /** The first worker has compiled the module, or failed to: then the others try themselves. */
  #release(): void {
    compiling = undefined;
    for (const start of whenCompiled.splice(0)) start();
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'ready') {
      compiled = message.module;
      this.#release();
    }
    if (message.kind === 'progress') this.#jobs[0]?.progress(message.share);
    if (message.kind === 'answer') this.#finish(message.answer);
    if (message.kind === 'fault') {
      const { message: text } = message;
      if (compiling === this) this.#release();
      this.#finish({ errors: [{ code: 'internal', path: '', message: { zh: text, en: text }, got: null, allowed: '' }] });
    }
  }

  /** Ends all that was asked. */
  #refuse(): void {
    while (this.#refused !== undefined && this.#jobs.length > 0) this.#hear({ kind: 'fault', message: this.#refused });
  }

  #begin(): void {
    const job = this.#jobs[0];
    if (job) this.#worker?.postMessage({ kind: 'run', command: job.command, request: job.request });
  }

  #finish(answer: unknown): void {
    this.#jobs.shift()?.finish(answer);
    this.#begin();
  }

  run<T>(command: Command, request: object, progress: (share: number) => void = () => {}): Run<T> {
    let job!: Job;
    const answer = new Promise<Answer<T>>((resolve) => {
      job = { command, request, progress, finish: (answer) => resolve(answer as Answer<T>) };
    });
    this.#jobs.push(job);
    if (this.#jobs.length === 1) this.#begin();
    this.#refuse();
    return { answer, stop: () => this.#stop(job) };
  }

  #stop(job: Job): void {
    const place = this.#jobs.indexOf(job);
    if (place < 0) return;
    if (place > 0) {
      this.#jobs.splice(place, 1);
      return job.finish(stopped);
    }
    this.#worker?.terminate();
    this.#jobs.shift();
    if (this.#worker) this.#start();
    job.finish(stopped);
  }
}

/** Keeps the newest request going: one in flight, one waiting, the ones between are dropped. A run that is
 *  overtaken goes on to its end if that is near, so that a moving slider shows something, else it is ended. */
export class Latest<Request extends object, T> {
  /** How long an overtaken run may take, in ms: on a slow phone the usual futures need about one second,
   *  and a new worker takes its script from the network or the cache again. */
  static patience = 2500;
  #waiting: Request | undefined;
  #run: Run<T> | undefined;
  #began = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly bench: Bench,
    readonly command: Command,
    readonly hear: {
      answer(request: Request, answer: T | Failure): void;
      progress(share: number | undefined): void;
      stopped(request: Request): void;
    },
  ) {}

  post(request: Request): void {
    this.#waiting = request;
    if (!this.#run) return void this.#work();
    this.#timer ??= setTimeout(() => this.#run?.stop(), Math.max(0, this.#began + Latest.patience - performance.now()));
  }

  /** Ends the run and forgets what waits. */
  stop(): void {
    this.#waiting = undefined;
    this.#run?.stop();
  }

  async #work(): Promise<void> {
    while (this.#waiting) {
      const request = this.#waiting;
      this.#waiting = undefined;
      this.#began = performance.now();
      this.#run = this.bench.run<T>(this.command, request, (share) => this.hear.progress(share));
      const answer = await this.#run.answer;
      this.#run = undefined;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.hear.progress(undefined);
      if (answer !== stopped) this.hear.answer(request, answer);
      else if (!this.#waiting) this.hear.stopped(request);
    }
  }
}
