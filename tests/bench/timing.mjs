// Times of a piece of work, as every benchmark takes them.

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Milliseconds of a run, the median of several after a few to warm up. */
export function timed(runs, warm, work) {
  for (let i = 0; i < warm; i += 1) work();
  return median(
    Array.from({ length: runs }, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    }),
  );
}
