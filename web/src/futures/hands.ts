// A worker of the full engine, from beside the page.
import type { WorkerLike } from './workshop.js';

export const createWorker = () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }) as WorkerLike;
