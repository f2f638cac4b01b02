/** When there is nothing else to do, so that a hand is not kept waiting: after at most so many ms, and
 *  where a browser does not tell, after `untold`. */
export const atRest = (most: number, untold = 0): Promise<void> =>
  new Promise((go) => ('requestIdleCallback' in window ? void requestIdleCallback(() => go(), { timeout: most }) : void setTimeout(go, untold)));

/** Lets so many ms go by; at 0, what a hand did meanwhile is heard. */
export const after = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms));

let open: () => void;
/** The page stands and somebody is at it, or an input was changed: before that, many futures would take the
 *  processor from the page while it is drawn. Without workers it never comes. */
export const stands = new Promise<void>((go) => (open = go));
export const hasWorkers = typeof Worker === 'function';
export const stand = (): void => {
  if (hasWorkers) open();
};
