// What reads records, and samples to try it with: from beside the page, when they are asked for.
import contracts from '../generated/samples/contracts.csv?url';
import orders from '../generated/samples/orders.csv?url';
import sessions from '../generated/samples/sessions.csv?url';
import type { Source } from '../state.js';

export const createReader = () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

const samples: Record<Source, string> = { orders, sessions, contracts };

export async function sample(of: Source): Promise<Blob> {
  const response = await fetch(samples[of]);
  if (!response.ok) throw new Error(String(response.status));
  return response.blob();
}
