import { describe, expect, it } from 'vitest';
import type { FromWorker, ToWorker } from '../../src/futures/messages.js';
import { Bench, Latest, stopped, type WorkerLike } from '../../src/futures/workshop.js';

/** A worker that answers when told to. */
class Fake implements WorkerLike {
  static all: Fake[] = [];
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  heard: ToWorker[] = [];
  ended = false;
  constructor() {
    Fake.all.push(this);
  }
  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  say(message: FromWorker): void {
    this.onmessage?.({ data: message } as MessageEvent<FromWorker>);
  }
  get runs(): object[] {
    return this.heard.flatMap((m) => (m.kind === 'run' ? [m.request] : []));
  }
}
const bench = () => {
  Fake.all = [];
  return new Bench(() => new Fake());
};
const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('a bench', () => {
  it('does one thing after the other', async () => {
    const b = bench();
    const shares: number[] = [];
    const first = b.run('seek', { n: 1 }, (share) => shares.push(share));
    const second = b.run('allocate', { n: 2 });
    const [worker] = Fake.all as [Fake];
    expect(worker.runs).toEqual([{ n: 1 }]);
    worker.say({ kind: 'progress', share: 0.5 });
    worker.say({ kind: 'answer', answer: 'one' });
    expect(await first.answer).toBe('one');
    expect(worker.runs).toEqual([{ n: 1 }, { n: 2 }]);
    worker.say({ kind: 'answer', answer: 'two' });
    expect(await second.answer).toBe('two');
    expect(shares).toEqual([0.5]);
  });

  it('ends each question with the reason where no worker can be made', async () => {
    const b = new Bench(() => {
      throw new Error('workers are refused');
    });
    for (const n of [1, 2]) {
      const { errors } = (await b.run('seek', { n }).answer) as unknown as { errors: { message: { zh: string } }[] };
      expect(errors[0]!.message.zh).toMatch(/workers are refused/);
    }
  });

  it('stops by ending its worker and starts another from the compiled module', async () => {
    const b = bench();
    const module = {} as WebAssembly.Module;
    Fake.all[0]!.say({ kind: 'ready', module });
    const first = b.run('seek', { n: 1 });
    const second = b.run('seek', { n: 2 });
    first.stop();
    expect(await first.answer).toBe(stopped);
    expect(Fake.all[0]!.ended).toBe(true);
    expect(Fake.all[1]!.heard[0]).toEqual({ kind: 'start', module });
    expect(Fake.all[1]!.runs).toEqual([{ n: 2 }]);
    Fake.all[1]!.say({ kind: 'answer', answer: 'two' });
    expect(await second.answer).toBe('two');
    first.stop();
    expect(Fake.all.length).toBe(2);
  });

  it('has no worker until it is free, and then does what was asked meanwhile but for what was stopped', async () => {
    Fake.all = [];
    let free!: () => void;
    const b = new Bench(() => new Fake(), new Promise((go) => (free = go)));
    const stoppedRun = b.run('seek', { n: 1 });
    const asked = b.run('seek', { n: 2 });
    stoppedRun.stop();
    expect(await stoppedRun.answer).toBe(stopped);
    expect(Fake.all).toHaveLength(0);
    free();
    await turn();
    const [worker] = Fake.all as [Fake];
    expect(worker.heard[0]!.kind).toBe('start');
    expect(worker.runs).toEqual([{ n: 2 }]);
    worker.say({ kind: 'answer', answer: 'two' });
    expect(await asked.answer).toBe('two');
  });

  it('forgets what still waits', async () => {
    const b = bench();
    const first = b.run('seek', { n: 1 });
    const second = b.run('seek', { n: 2 });
    second.stop();
    expect(await second.answer).toBe(stopped);
    Fake.all[0]!.say({ kind: 'answer', answer: 'one' });
    expect(await first.answer).toBe('one');
    expect(Fake.all).toHaveLength(1);
    expect(Fake.all[0]!.runs).toEqual([{ n: 1 }]);
  });

  it('answers with an error where the worker fails', async () => {
    const b = bench();
    const run = b.run('seek', {});
    Fake.all[0]!.say({ kind: 'fault', message: 'no memory' });
    expect(await run.answer).toMatchObject({ errors: [{ code: 'internal', message: { en: 'no memory' } }] });
  });
});

describe('the newest request', () => {
  const watched = (b: Bench) => {
    const heard: unknown[] = [];
    const latest = new Latest<{ n: number }, string>(b, 'simulate', {
      answer: (request, answer) => heard.push([request.n, answer]),
      progress: () => {},
      stopped: (request) => heard.push([request.n, 'stopped']),
    });
    return { latest, heard };
  };

  it('has one in flight and one waiting; the ones between are dropped', async () => {
    const { latest, heard } = watched(bench());
    const worker = Fake.all[0]!;
    for (const n of [1, 2, 3, 4]) latest.post({ n });
    expect(worker.runs).toEqual([{ n: 1 }]);
    worker.say({ kind: 'answer', answer: 'a' });
    await turn();
    expect(worker.runs).toEqual([{ n: 1 }, { n: 4 }]);
    worker.say({ kind: 'answer', answer: 'd' });
    await turn();
    expect(heard).toEqual([[1, 'a'], [4, 'd']]);
  });

  it('is not kept waiting by a long run', async () => {
    Latest.patience = 100;
    const { latest, heard } = watched(bench());
    latest.post({ n: 1 });
    latest.post({ n: 2 });
    await new Promise((resolve) => setTimeout(resolve, Latest.patience + 60));
    expect(Fake.all[0]!.ended).toBe(true);
    expect(Fake.all[1]!.runs).toEqual([{ n: 2 }]);
    Fake.all[1]!.say({ kind: 'answer', answer: 'b' });
    await turn();
    expect(heard).toEqual([[2, 'b']]);
  });

  it('can be stopped, and says so', async () => {
    const { latest, heard } = watched(bench());
    latest.post({ n: 1 });
    latest.post({ n: 2 });
    latest.stop();
    await turn();
    expect(heard).toEqual([[1, 'stopped']]);
    latest.post({ n: 3 });
    expect(Fake.all[1]!.runs).toEqual([{ n: 3 }]);
  });
});
