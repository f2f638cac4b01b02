/** When there is nothing else to do, so that a hand is not kept waiting: after at most so many ms, and
 *  where a browser does not tell, after `untold`. */
export const atRest = (most: number, untold = 0): Promise<void> =>
  new Promise((go) => ('requestIdleCallback' in window ? void requestIdleCallback(() => go(), { timeout: most }) : void setTimeout(go, untold)));

/** ms without a change, after which a hand rests. */
export const pause = 200;

/** Lets so many ms go by; at 0, what a hand did meanwhile is heard. */
export const after = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms));

/** Runs something once it was not asked for again for so many ms; at 0, once the page has been painted or is
 *  about to be. However often it is asked, one timer runs: to set another at each step of a slider takes as
 *  long as what it is for. */
export function whenQuiet(run: () => void): (ms: number) => void {
  let due = 0;
  let waiting = false;
  const look = (): void => {
    const left = due - performance.now();
    if (left > 0) return void setTimeout(look, left);
    waiting = false;
    run();
  };
  return (ms) => {
    due = performance.now() + ms;
    if (waiting) return;
    waiting = true;
    setTimeout(look, ms);
  };
}

let open: () => void;
/** The page stands and somebody is at it, or an input was changed: before that, many futures would take the
 *  processor from the page while it is drawn. Without workers it never comes. */
export const stands = new Promise<void>((go) => (open = go));
export const hasWorkers = typeof Worker === 'function';
export const stand = (): void => {
  if (hasWorkers) open();
};
