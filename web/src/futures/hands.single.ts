// A worker of the full engine, from what the single file carries.
import { equipped } from '../embedded.js';
import FuturesWorker from './worker.ts?worker&inline';
import type { WorkerLike } from './workshop.js';

export const createWorker = () => equipped(new FuturesWorker(), 'growth-full.wasm') as WorkerLike;
