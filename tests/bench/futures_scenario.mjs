// What the futures are measured on: the apparel store's own plan over 36 months with twelve of the
// inputs its preset holds uncertain, drawn beforehand, and monthly noise. No programmes.
import { readFileSync } from 'node:fs';
import { uniforms } from '../support/mulberry32.mjs';

export const trials = 8192;
export const months = 36;

const preset = JSON.parse(readFileSync(new URL('../../core/data/presets/apparel-store.json', import.meta.url), 'utf8')).scenario;
// Left out: what a price change does, as there is none here, and one of the smaller inputs.
const leftOut = new Set(['orders.price_elasticity', 'private.share_rate']);
const { inputs, traffic_volatility } = preset.uncertainty;
export const paths = Object.keys(inputs).filter((path) => !leftOut.has(path)).sort();
export const scenario = {
  ...preset,
  horizon_months: months,
  uncertainty: { trials, seed: 1, traffic_volatility, inputs: Object.fromEntries(paths.map((path) => [path, inputs[path]])) },
};

/** How many private users the median profit needs to be so much. */
export const sought = { ...scenario, seek: { path: 'private.users', metric: 'profit', target: 3_000_000, statistic: 'p50' } };

/** Which of the twelve the spread of the profit comes from. */
export const weighed = { ...scenario, sensitivity: { metric: 'profit', methods: ['sobol'], base_samples: 4096 } };

/** Where a monthly budget goes between three channels of different reach and price, profit at its average inputs. */
export const split = {
  ...preset,
  horizon_months: months,
  uncertainty: undefined,
  channels: [
    { ...preset.channels[0], id: 'first' },
    { ...preset.channels[0], id: 'second', cost_per_viewer: 0.22, half_saturation: 20_000 },
    { ...preset.channels[0], id: 'third', cost_per_viewer: 0.3, half_saturation: 60_000 },
  ],
  allocate: { budget: 30_000, objective: 'profit' },
};

const normals = (uniform) => () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());

const z90 = 1.2815515655446004; // of the standard normal, 90 %
const sample = {
  normal: ({ mean, sd }, z) => mean + sd * z,
  lognormal: ({ median, sigma }, z) => median * Math.exp(sigma * z),
  p10_p90: ({ p10, p90 }, z) => (p10 + p90) / 2 + (((p90 - p10) / 2) * z) / z90,
};

/** One Float64Array per path. All of these inputs are far from the ends of their ranges; what little a
 *  normal puts beyond a share of 0 or 1 is drawn again. */
export function draws(seed = 1) {
  const normal = normals(uniforms(seed));
  return paths.map((path) => {
    const distribution = inputs[path];
    const legal = (x) => path === 'business.market_growth' || (x > 0 && (x < 1 || path.endsWith('cost_per_viewer')));
    return Float64Array.from({ length: trials }, () => {
      let x;
      do x = sample[distribution.dist](distribution, normal());
      while (!legal(x));
      return x;
    });
  });
}

/** exp(v·z - v²/2), one for each month of each future, in any order. */
export function monthlyNoise(seed = 2) {
  const normal = normals(uniforms(seed));
  return Float64Array.from({ length: trials * months }, () => Math.exp(traffic_volatility * normal() - traffic_volatility ** 2 / 2));
}
