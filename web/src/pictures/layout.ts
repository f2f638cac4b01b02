// Where the nodes and ribbons of a flow stand in a month.
import { sankey } from 'd3-sankey';
import type { Flow } from '@engine/growth.js';

/** Ends of the visits that tell where buyers come from; the picture goes on with the buyers alone. */
const hidden = new Set(['first_buyers', 'no_first_order']);

export interface Node {
  flow: Flow;
  id: string;
  amount: number;
  /** At the left end of its part. */
  first: boolean;
  x: number;
  top: number;
  bottom: number;
}
export interface Link {
  source: string;
  target: string;
  amount: number;
  x: [number, number];
  y: [number, number];
  thickness: number;
}
export interface Part {
  flow: Flow;
  nodes: Node[];
  links: Link[];
}
export interface Box {
  left: number;
  right: number;
  top: number;
  height: number;
}

/** Width of a node, what its label takes, and what it has on average. */
export const bar = 10;
export const row = 42;
export const step = 54;

/** What passes in a month and is drawn. */
export const linksOf = (flow: Flow, month: number) => flow.links.filter((link) => link.values[month]! > 0 && !hidden.has(link.target));
const countOf = (flow: Flow, month: number, end: 'source' | 'target') => new Set(linksOf(flow, month).map((link) => link[end])).size;
export const heightOf = (flow: Flow, month: number) => step * Math.max(1, countOf(flow, month, 'source'), countOf(flow, month, 'target'));

export function laidOut(flow: Flow, month: number, { left, right, top, height }: Box): Part {
  const links = linksOf(flow, month);
  if (links.length === 0) return { flow, nodes: [], links: [] };
  const used = new Set(links.flatMap(({ source, target }) => [source, target]));
  const graph = sankey<{ id: string }, { source: string; target: string; value: number }>()
    .nodeId((node) => node.id)
    .nodeSort(null)
    .nodeWidth(bar)
    .nodePadding(row - 8)
    // The labels of the first and the last are taller than they may be.
    .extent([[left, top + 12], [right, top + height - 16]])({
      nodes: flow.nodes.filter(({ id }) => used.has(id)).map(({ id }) => ({ id })),
      links: links.map(({ source, target, values }) => ({ source, target, value: values[month]! })),
    });
  return {
    flow,
    nodes: graph.nodes.map((node) => ({ flow, id: node.id, amount: node.value!, first: node.sourceLinks!.length > 0, x: node.x0!, top: node.y0!, bottom: node.y1! })),
    links: graph.links.map((link) => {
      const [source, target] = [link.source as unknown as { id: string; x1: number }, link.target as unknown as { id: string; x0: number }];
      return { source: source.id, target: target.id, amount: link.value, x: [source.x1, target.x0], y: [link.y0!, link.y1!], thickness: link.width! };
    }),
  };
}
