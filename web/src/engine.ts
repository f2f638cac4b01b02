// The engine, loaded once. Everything the page shows as a number comes from here.
import { createGrowth, type Growth } from '@engine/growth.js';
import { moduleSource } from './module.js';

/** Its modules compute with SIMD; without it there is no need to fetch them. A function of one v128. */
const simd = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
export const engineRuns = (): boolean => typeof WebAssembly === 'object' && WebAssembly.validate(new Uint8Array(simd));

let started: Promise<Growth> | undefined;
export const startEngine = (): Promise<Growth> => (started ??= moduleSource().then(createGrowth));
