// What the guide asks.
import { expect, test } from 'vitest';
import { fieldAt } from '../../src/data.js';
import { steps } from '../../src/guide/steps.js';
import { hasGuideKey } from '../../src/i18n/guide.js';

test('four to six steps of at most four questions, each asked once and each a number of the plan', () => {
  for (const channels of [0, 1, 2, 5]) {
    const all = steps(channels);
    expect(all.length).toBeGreaterThanOrEqual(4);
    expect(all.length).toBeLessThanOrEqual(6);
    // The kind of business is one more question of the first step.
    for (const { id, paths } of all) expect(paths.length + (id === 'business' ? 1 : 0)).toBeLessThanOrEqual(4);
    const asked = all.flatMap(({ paths }) => paths);
    expect(new Set(asked).size).toBe(asked.length);
    for (const path of asked) expect(['number', 'whole']).toContain(fieldAt(path).kind);
    for (const { id } of all) expect(hasGuideKey(`${id}.says`)).toBe(true);
  }
  expect(steps(0).map(({ id }) => id)).not.toContain('paid');
});
