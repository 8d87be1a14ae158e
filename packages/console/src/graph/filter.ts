import type { Graph } from '../api/types.ts';

/** Returns the nodes whose id contains the text, with their neighbours and the edges between them. */
export function filterGraph({ nodes, edges }: Graph, text: string): Pick<Graph, 'nodes' | 'edges'> {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return { nodes, edges };
  const found = new Set(nodes.flatMap(({ id }) => (id.toLowerCase().includes(wanted) ? [id] : [])));
  const touching = edges.filter(({ from, to }) => found.has(from) || found.has(to));
  const shown = new Set([...found, ...touching.flatMap(({ from, to }) => [from, to])]);
  return { nodes: nodes.filter(({ id }) => shown.has(id)), edges: touching };
}
