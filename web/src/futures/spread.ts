// How sure a number is: its distribution, and what becomes of it when the merchant types another number.
//
// The rule, here and nowhere else. A range belongs to the number it was given for. When the number moves,
// the range moves with it and stays as wide as it was in proportion:
//   - a share strictly between 0 and 1 keeps its odds ratio, so that it stays a share: 20 %–40 % around
//     30 % becomes 83 %–93 % around 89 %, and small shares simply scale;
//   - any other number keeps its ratio: 80–130 around 100 becomes 160–260 around 200;
//   - where there is no ratio (from or to 0, or over it) the range is shifted by the difference;
//   - a share typed as 0 % or 100 % is taken as certain.
// Nothing leaves the field's own range; the engine truncates the draws to it besides.
import type { Distribution } from '@engine/growth.js';
import { isPercent } from '../numbers.js';

/** What the rule needs to know of a field. */
export interface Place {
  unit: string;
  range: readonly [number, number];
  typical: readonly [number, number];
}

/** A range as it is shown and edited. */
export interface Points {
  low: number;
  mode: number;
  high: number;
}

const isShare = ({ unit, range }: Place) => isPercent(unit) && range[0] >= 0 && range[1] === 1;
const odds = (x: number) => x / (1 - x);
const clip = (x: number, [low, high]: readonly [number, number]) => Math.min(high, Math.max(low, x));

/** Where the rule takes a point of a range when its number goes from one value to another; nothing where
 *  the number becomes certain. */
function mover(from: number, to: number, place: Place): ((x: number) => number) | undefined {
  if (from === to) return (x) => x;
  if (isShare(place) && (to <= 0 || to >= 1)) return undefined;
  if (isShare(place) && from > 0 && from < 1) {
    const factor = odds(to) / odds(from);
    return (x) => {
      const share = clip(x, place.range);
      return (factor * share) / (1 - share + factor * share);
    };
  }
  if (from * to > 0) return (x) => clip((x * to) / from, place.range);
  return (x) => clip(x + (to - from), place.range);
}

/** The same distribution around another number; nothing where nothing is left to vary. */
export function moved(distribution: Distribution, from: number, to: number, place: Place): Distribution | undefined {
  const move = mover(from, to, place);
  if (!move) return undefined;
  if (from === to) return distribution;
  switch (distribution.dist) {
    case 'uniform': {
      const [low, high] = [move(distribution.low), move(distribution.high)];
      return low < high ? { ...distribution, low, high } : undefined;
    }
    case 'triangular':
    case 'pert': {
      const [low, mode, high] = [move(distribution.low), move(distribution.mode), move(distribution.high)];
      return low < high ? { ...distribution, low, mode, high } : undefined;
    }
    case 'p10_p90': {
      const [p10, p90] = [move(distribution.p10), move(distribution.p90)];
      return p10 < p90 ? { ...distribution, p10, p90 } : undefined;
    }
    case 'normal': {
      // As wide as the ends one standard deviation away become.
      const sd = (move(distribution.mean + distribution.sd) - move(distribution.mean - distribution.sd)) / 2;
      return sd > 0 ? { ...distribution, mean: move(distribution.mean), sd } : undefined;
    }
    case 'lognormal': {
      const median = move(distribution.median);
      if (!(median > 0)) return undefined;
      // Beside its odds, a share itself varies the less the nearer it is to 1.
      const sigma = isShare(place) ? (distribution.sigma * (1 - median)) / (1 - from) : distribution.sigma;
      return { ...distribution, median, sigma };
    }
    case 'beta': {
      const mean = move(distribution.mean);
      return mean > 0 && mean < 1 ? { ...distribution, mean } : undefined;
    }
  }
}

/** The normal's 90 % point. */
const z90 = 1.2815515655446004;

/** How a distribution is shown: its ends and its most likely point, or the points that one future in ten
 *  lies below and above, for distributions without ends. */
export function pointsOf(distribution: Distribution, now: number, place: Place): Points & { ends: boolean } {
  const tenths = (low: number, mode: number, high: number) => ({ low: clip(low, place.range), mode, high: clip(high, place.range), ends: false });
  switch (distribution.dist) {
    case 'uniform':
      return { low: distribution.low, mode: clip(now, [distribution.low, distribution.high]), high: distribution.high, ends: true };
    case 'triangular':
    case 'pert':
      return { low: distribution.low, mode: distribution.mode, high: distribution.high, ends: true };
    case 'p10_p90':
      return tenths(distribution.p10, (distribution.p10 + distribution.p90) / 2, distribution.p90);
    case 'normal':
      return tenths(distribution.mean - z90 * distribution.sd, distribution.mean, distribution.mean + z90 * distribution.sd);
    case 'lognormal': {
      const factor = Math.exp(z90 * distribution.sigma);
      return tenths(distribution.median / factor, distribution.median, distribution.median * factor);
    }
    case 'beta': {
      const sd = Math.sqrt((distribution.mean * (1 - distribution.mean)) / (distribution.concentration + 1));
      return tenths(distribution.mean - z90 * sd, distribution.mean, distribution.mean + z90 * sd);
    }
  }
}

/** "Not sure": about 30 % either way; for a 0, a tenth of what is usual. */
export function unsure(value: number, place: Place): Points | undefined {
  if (isShare(place) && (value <= 0 || value >= 1)) return undefined;
  const room = (place.typical[1] - place.typical[0]) / 10;
  const ends = value === 0 ? [-room, room] : [0.7, 1.3].map((factor) => (isShare(place) ? odds(value) * factor : value * factor));
  const [low, high] = ends.map((x) => clip(isShare(place) ? x / (1 + x) : x, place.range)).sort((a, b) => a - b) as [number, number];
  return low < high ? { low, mode: value, high } : undefined;
}

export type PointsFault = 'order' | 'range';

/** What is wrong with a range that was typed. */
export function faultOf({ low, mode, high }: Points, place: Place): PointsFault | undefined {
  if (low < place.range[0] || high > place.range[1]) return 'range';
  return low <= mode && mode <= high && low < high ? undefined : 'order';
}

export const pertOf = ({ low, mode, high }: Points): Distribution => ({ dist: 'pert', low, mode, high });
