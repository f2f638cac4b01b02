// Where the flywheel's nodes and ribbons stand.
import { describe, expect, it } from 'vitest';
import type { Flow } from '@engine/growth.js';
import { heightOf, laidOut, linksOf, row, step } from '../../src/pictures/layout.js';

const text = { zh: '', en: '' };
const node = (id: string) => ({ id, label: text });
const flow: Flow = {
  id: 'visits', unit: 'viewers', label: text, definition: text,
  nodes: ['by_pool', 'by_platform', 'by_spend', 'viewers_private', 'viewers_natural', 'viewers_paid', 'first_buyers'].map(node),
  links: [
    { source: 'by_pool', target: 'viewers_private', values: [100, 0] },
    { source: 'by_pool', target: 'viewers_natural', values: [300, 0] },
    { source: 'by_platform', target: 'viewers_natural', values: [200, 0] },
    { source: 'by_spend', target: 'viewers_paid', values: [0, 0] },
    { source: 'viewers_natural', target: 'first_buyers', values: [5, 0] },
  ],
};
const box = { left: 0, right: 320, top: 10, height: 160 };

describe('the layout of a flow', () => {
  it('draws what passes in the month, on one scale, and keeps room for labels', () => {
    const { nodes, links } = laidOut(flow, 0, box);
    expect(nodes.map(({ id, amount, first }) => [id, amount, first])).toEqual([
      ['by_pool', 400, true], ['by_platform', 200, true], ['viewers_private', 100, false], ['viewers_natural', 500, false],
    ]);
    const scale = nodes.map(({ amount, top, bottom }) => (bottom - top) / amount);
    for (const one of scale) expect(one).toBeCloseTo(scale[0]!, 9);
    for (const at of nodes) {
      const beside = links.filter(({ source, target }) => (at.first ? source : target) === at.id);
      expect(beside.reduce((all, { thickness }) => all + thickness, 0)).toBeCloseTo(at.bottom - at.top, 6);
      expect(at.top).toBeGreaterThanOrEqual(box.top + 12);
      expect(at.bottom).toBeLessThanOrEqual(box.top + box.height - 16 + 1e-6);
    }
    for (const side of [true, false]) {
      const middles = nodes.filter(({ first }) => first === side).map(({ top, bottom }) => (top + bottom) / 2);
      for (let i = 1; i < middles.length; i += 1) expect(middles[i]! - middles[i - 1]!).toBeGreaterThanOrEqual(row - 8);
    }
  });
  it('leaves out buyers, whose scale is another, and draws nothing of an empty month', () => {
    expect(linksOf(flow, 0)).toHaveLength(3);
    expect(heightOf(flow, 0)).toBe(2 * step);
    expect(laidOut(flow, 1, box)).toEqual({ flow, nodes: [], links: [] });
  });
});
