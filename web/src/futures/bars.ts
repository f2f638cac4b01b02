// Intervals of a histogram as they are drawn.

/** An interval as it is drawn: a tail that reaches farther than its neighbours are wide gets their width
 *  and is marked. */
export interface Bar {
  from: number;
  to: number;
  count: number;
  tail?: 'below' | 'above';
}

export function barsOf({ edges, counts }: { edges: number[]; counts: number[] }): Bar[] {
  const inner = counts.length > 2 ? edges[2]! - edges[1]! : Infinity;
  return counts.map((n, i) => {
    const [from, to] = [edges[i]!, edges[i + 1]!];
    const wider = to - from > inner * (1 + 1e-9);
    if (wider && i === 0) return { from: to - inner, to, count: n, tail: 'below' };
    if (wider && i === counts.length - 1) return { from, to: from + inner, count: n, tail: 'above' };
    return { from, to, count: n };
  });
}
