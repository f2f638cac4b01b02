// Whether a range can be drawn at all. The engine of the first visit reads no ranges, so that this much is
// checked here; what is more subtle its larger sibling refuses in words, where the futures are shown.
import type { Distribution, Problem, Scenario } from '@engine/growth.js';

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const inOrder = (...values: unknown[]): boolean => values.every((value, i) => isNumber(value) && (i === 0 || (values[i - 1] as number) <= value)) && values[0] !== values.at(-1);
const positive = (...values: unknown[]): boolean => values.every((value) => isNumber(value) && value > 0);

export function isDistribution(value: unknown): value is Distribution {
  if (!isObject(value)) return false;
  const { dist, low, mode, high, mean, sd, median, sigma, concentration, p10, p90 } = value;
  switch (dist) {
    case 'uniform':
      return inOrder(low, high);
    case 'triangular':
    case 'pert':
      return inOrder(low, mode, high);
    case 'normal':
      return isNumber(mean) && positive(sd);
    case 'lognormal':
      return positive(median, sigma);
    case 'beta':
      return positive(mean, concentration) && (mean as number) < 1;
    case 'p10_p90':
      return inOrder(p10, p90);
    default:
      return false;
  }
}

/** Of the log of a month's natural traffic. */
export const isLuck = (value: unknown): boolean => isNumber(value) && value >= 0 && value <= 3;

/** What of the uncertainty stands beside its ranges and its luck. */
export function isBeside(value: unknown): value is NonNullable<Scenario['uncertainty']> {
  if (!isObject(value) || Object.keys(value).some((name) => !['seed', 'sampler', 'correlation'].includes(name))) return false;
  const { seed, sampler, correlation } = value;
  if (seed !== undefined && !(Number.isSafeInteger(seed) && (seed as number) >= 0)) return false;
  if (sampler !== undefined && sampler !== 'sobol' && sampler !== 'philox') return false;
  if (correlation === undefined) return true;
  if (!isObject(correlation)) return false;
  const { paths, matrix } = correlation;
  if (!Array.isArray(paths) || !Array.isArray(matrix)) return false;
  return paths.every((path) => typeof path === 'string') && matrix.length === paths.length && matrix.every((row) => Array.isArray(row) && row.length === paths.length && row.every(isNumber));
}

export const unsound = (path: string): Problem => ({
  code: 'out_of_range',
  path,
  message: { zh: '这个范围不成立，没用上。', en: 'This range is not possible; it was left out.' },
  got: null,
  allowed: '',
});
