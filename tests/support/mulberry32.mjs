// mulberry32: numbers by chance from 32 bits of state, the same everywhere.

/** Whole, 0 … 2^32 - 1. */
function words(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return (z ^ (z >>> 14)) >>> 0;
  };
}

/** Uniform in [0, 1). */
export function mulberry32(seed) {
  const next = words(seed);
  return () => next() / 2 ** 32;
}

/** Uniform in (0, 1), for quantiles and logarithms. */
export function uniforms(seed) {
  const next = words(seed);
  return () => (next() + 0.5) / 2 ** 32;
}
