// The engine, loaded once. Everything the page shows as a number comes from here.
import { createGrowth, type Growth } from '@engine/growth.js';

let started: Promise<Growth> | undefined;
export const startEngine = (): Promise<Growth> => (started ??= createGrowth());
