// The engine's module is carried by the file itself.
import type { GrowthOptions } from '@engine/growth.js';
import { embedded } from './embedded.js';

export const moduleSource = async (): Promise<GrowthOptions> => ({ wasmBinary: await embedded('growth-engine.wasm'), library: false });
export const librarySource = (): Promise<ArrayBuffer> => embedded('growth-library.txt');
