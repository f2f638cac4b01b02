// One instance of the full engine in a worker of its own: a command in, progress and the answer out.
// It is stopped by ending the worker.
import { createGrowth } from '@engine/growth.js';
import type { FromWorker, ToWorker } from './messages.js';

const reply = (message: FromWorker) => postMessage(message);

let start!: (module: WebAssembly.Module | undefined) => void;
const growth = new Promise<WebAssembly.Module | undefined>((resolve) => (start = resolve)).then((module) =>
  createGrowth({ full: true, ...(module ? { module } : {}) }),
);
growth.then(({ module }) => reply({ kind: 'ready', module })).catch(() => {});

addEventListener('message', async ({ data }: MessageEvent<ToWorker>) => {
  try {
    if (data.kind === 'start') return start(data.module);
    const engine = await growth;
    await engine.ready;
    const answer = engine.run(data.command, data.request, (share) => {
      reply({ kind: 'progress', share });
      return true;
    });
    reply({ kind: 'answer', answer });
  } catch (fault) {
    reply({ kind: 'fault', message: String(fault) });
  }
});
