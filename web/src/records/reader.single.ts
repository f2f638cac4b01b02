// What reads records, and samples to try it with: from what the single file carries.
import { embedded, equipped } from '../embedded.js';
import type { Source } from '../state.js';
import RecordsWorker from './worker.ts?worker&inline';

export const createReader = () => equipped(new RecordsWorker(), 'growth-records.wasm');

export const sample = async (of: Source): Promise<Blob> => new Blob([await embedded(`${of}.csv`)]);
