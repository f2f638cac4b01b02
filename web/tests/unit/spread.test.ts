import { describe, expect, it } from 'vitest';
import { barsOf } from '../../src/futures/bars.js';
import { faultOf, moved, pointsOf, unsure, type Place } from '../../src/futures/spread.js';

const share: Place = { unit: 'rate', range: [0, 1], typical: [0, 0.7] };
const money: Place = { unit: 'yuan', range: [0, 1e7], typical: [20, 3000] };
const growth: Place = { unit: 'rate_per_month', range: [-0.5, 0.5], typical: [-0.05, 0.1] };
const elasticity: Place = { unit: 'factor', range: [-10, 0], typical: [-4, 0] };
const pert = (low: number, mode: number, high: number) => ({ dist: 'pert' as const, low, mode, high });
const close = (got: unknown, wanted: Record<string, unknown>) => {
  for (const [key, value] of Object.entries(wanted)) {
    if (typeof value === 'number') expect((got as Record<string, number>)[key]).toBeCloseTo(value, 10);
    else expect((got as Record<string, unknown>)[key]).toBe(value);
  }
};

describe('a range moves with its number', () => {
  it('stays as it is while the number does', () => {
    const given = pert(0.1, 0.2, 0.4);
    expect(moved(given, 0.2, 0.2, share)).toBe(given);
  });
  it('keeps its proportion', () => {
    close(moved(pert(80, 100, 130), 100, 200, money), { low: 160, mode: 200, high: 260 });
    close(moved({ dist: 'p10_p90', p10: 80, p90: 130 }, 100, 50, money), { p10: 40, p90: 65 });
    close(moved({ dist: 'uniform', low: 80, high: 130 }, 100, 50, money), { low: 40, high: 65 });
    close(moved({ dist: 'lognormal', median: 100, sigma: 0.3 }, 100, 300, money), { median: 300, sigma: 0.3 });
    close(moved({ dist: 'normal', mean: -1.5, sd: 0.4 }, -1.5, -3, elasticity), { mean: -3, sd: 0.8 });
  });
  it('keeps a share a share: its odds ratio stays', () => {
    const got = moved(pert(0.2, 0.3, 0.4), 0.3, 0.9, share) as ReturnType<typeof pert>;
    expect(got.mode).toBeCloseTo(0.9, 12);
    const odds = (x: number) => x / (1 - x);
    expect(odds(got.low) / odds(got.mode)).toBeCloseTo(odds(0.2) / odds(0.3), 10);
    expect(odds(got.high) / odds(got.mode)).toBeCloseTo(odds(0.4) / odds(0.3), 10);
    expect(got.high).toBeLessThan(1);
    // Small shares simply scale.
    close(moved(pert(0.0005, 0.001, 0.002), 0.001, 0.002, share), { dist: 'pert' });
    expect((moved(pert(0.0005, 0.001, 0.002), 0.001, 0.002, share) as ReturnType<typeof pert>).high / 0.004).toBeCloseTo(1, 2);
    close(moved({ dist: 'beta', mean: 0.3, concentration: 20 }, 0.3, 0.9, share), { mean: 0.9, concentration: 20 });
    const log = moved({ dist: 'lognormal', median: 0.2, sigma: 0.3 }, 0.2, 0.9, share) as { median: number; sigma: number };
    expect(log.median).toBeCloseTo(0.9, 12);
    expect(log.sigma).toBeCloseTo(0.0375, 12);
  });
  it('is shifted where there is no ratio, and never leaves the field', () => {
    close(moved({ dist: 'normal', mean: 0, sd: 0.01 }, 0, 0.05, growth), { mean: 0.05, sd: 0.01 });
    close(moved(pert(0, 0, 10), 0, 5, money), { low: 5, mode: 5, high: 15 });
    close(moved(pert(5e6, 8e6, 9e6), 8e6, 9.9e6, money), { high: 1e7 });
  });
  it('is gone where a share is typed as nothing or everything', () => {
    expect(moved(pert(0.1, 0.2, 0.3), 0.2, 0, share)).toBeUndefined();
    expect(moved(pert(0.1, 0.2, 0.3), 0.2, 1, share)).toBeUndefined();
    expect(moved(pert(80, 100, 130), 100, 0, money)).toEqual(pert(0, 0, 30));
  });
});

describe('what is shown of a range', () => {
  it('the ends where there are some, else the tenths', () => {
    expect(pointsOf(pert(1, 2, 4), 2, money)).toEqual({ low: 1, mode: 2, high: 4, ends: true });
    expect(pointsOf({ dist: 'p10_p90', p10: 1, p90: 3 }, 2, money)).toEqual({ low: 1, mode: 2, high: 3, ends: false });
    const normal = pointsOf({ dist: 'normal', mean: 100, sd: 10 }, 100, money);
    expect(normal.low).toBeCloseTo(87.184, 2);
    expect(normal.ends).toBe(false);
    const log = pointsOf({ dist: 'lognormal', median: 0.9, sigma: 1 }, 0.9, share);
    expect(log.high).toBe(1);
    expect(pointsOf({ dist: 'uniform', low: 1, high: 3 }, 9, money).mode).toBe(3);
  });
  it('not sure means about 30 % either way, within what is possible', () => {
    close(unsure(100, money)!, { low: 70, mode: 100, high: 130 });
    const high = unsure(0.95, share)!;
    expect(high.low).toBeGreaterThan(0.9);
    expect(high.high).toBeLessThan(1);
    expect(unsure(0, growth)).toEqual({ low: -0.015000000000000003, mode: 0, high: 0.015000000000000003 });
    close(unsure(-2, elasticity)!, { low: -2.6, mode: -2, high: -1.4 });
    expect(unsure(1, share)).toBeUndefined();
    expect(unsure(0, share)).toBeUndefined();
  });
  it('says what is wrong with one that was typed', () => {
    expect(faultOf({ low: 1, mode: 2, high: 3 }, money)).toBeUndefined();
    expect(faultOf({ low: 2, mode: 1, high: 3 }, money)).toBe('order');
    expect(faultOf({ low: 2, mode: 2, high: 2 }, money)).toBe('order');
    expect(faultOf({ low: -1, mode: 1, high: 3 }, money)).toBe('range');
    expect(faultOf({ low: 0.1, mode: 0.5, high: 1.5 }, share)).toBe('range');
  });
});

describe('bars of a histogram', () => {
  it('mark the tails that gather what is farther out', () => {
    const bars = barsOf({ edges: [-100, 0, 10, 20, 30, 500], counts: [3, 10, 20, 9, 2] });
    expect(bars[0]).toEqual({ from: -10, to: 0, count: 3, tail: 'below' });
    expect(bars[2]).toEqual({ from: 10, to: 20, count: 20 });
    expect(bars[4]).toEqual({ from: 30, to: 40, count: 2, tail: 'above' });
  });
  it('leave equal intervals alone', () => {
    expect(barsOf({ edges: [0, 1, 2, 3], counts: [1, 2, 3] }).some((bar) => bar.tail)).toBe(false);
    expect(barsOf({ edges: [5, 5], counts: [8192] })).toEqual([{ from: 5, to: 5, count: 8192 }]);
  });
});
