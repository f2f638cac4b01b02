// A number is asked how it came about; what answers comes after the first result.
import { lowerFault } from '../state.js';

async function withExplain(use: (explain: typeof import('./explain.js')) => void): Promise<void> {
  try {
    use(await import('./explain.js'));
    lowerFault.value = false;
  } catch {
    lowerFault.value = true;
  }
}

/** Of a month where the quantity has one; `average` over so many months is what the page shows. */
export const ask = (metric: string, month?: number, average?: number) => withExplain((explain) => explain.ask(metric, month, average));

export const askChance = (chance: { profit: number; trials: number; months: number }) => withExplain((explain) => explain.askChance(chance));
