// Which single belief turns the sign of the profit first, for the first screen.
import type { DecisionsAnswer, Failure, Scenario } from '@engine/growth.js';
import { asking } from '../futures/state.js';
import { Latest } from '../futures/workshop.js';

interface Flip {
  path: string;
  value: number;
}
let waiting: ((flip: Flip | undefined) => void) | undefined;
const flipping = new Latest<Scenario, DecisionsAnswer>(asking, 'decide', {
  answer: (_, answer) => tell(answer),
  progress: () => {},
  stopped: () => tell(undefined),
});
function tell(answer: DecisionsAnswer | Failure | undefined): void {
  const found = answer && 'decisions' in answer ? answer.decisions.go_or_stop : undefined;
  const flip = found?.flips[0];
  waiting?.(flip && { path: flip.path, value: flip.value });
  waiting = undefined;
}

/** The one belief that turns the profit's sign first, and where; nothing where none does, or where a newer
 *  scenario was asked about meanwhile. */
export function whatFlips(of: Scenario): Promise<Flip | undefined> {
  waiting?.(undefined);
  return new Promise((resolve) => {
    waiting = resolve;
    flipping.post({ ...of, decide: { decision: 'go_or_stop' } });
  });
}
