import { createGrowth } from '@engine/growth.js';
import { engine, library } from '../../src/state.js';

/** The page's engine with its policies and presets, as it is once everything has come. */
export async function startWhole(): Promise<void> {
  engine.value = await createGrowth();
  library.value = true;
}
