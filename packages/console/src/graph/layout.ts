import { Graph, layout } from '@dagrejs/dagre';
import type { GraphEdge, GraphNode } from '../api/types.ts';
import { edgeId, groupOf } from './names.ts';

export const NODE_WIDTH = 172;
export const NODE_HEIGHT = 48;
export const LABEL_WIDTH = 168;
export const LABEL_HEIGHT = 36;
const MARGIN = 24;

/** A rectangle by its centre. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where everything is drawn. */
export interface Layout {
  width: number;
  height: number;
  nodes: ReadonlyMap<string, Box>;
  /** The services with more than one version, by `namespace/app`. */
  groups: ReadonlyMap<string, Box>;
  edges: ReadonlyMap<string, { path: string; label: Box }>;
}

/** Identifies what a layout depends on: figures change, and nothing moves. */
export function shapeOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): string {
  return JSON.stringify([nodes.map((node) => [node.id, groupOf(node)]), edges.map(edgeId)]);
}

/** Lays nodes out from left to right, the versions of a service side by side. */
export function layOut(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Layout {
  const drawing = new Graph({ compound: true, multigraph: true });
  drawing.setGraph({
    rankdir: 'LR',
    nodesep: 22,
    edgesep: 10,
    ranksep: 30,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) drawing.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  const groups = groupsOf(nodes);
  for (const [group, members] of groups) {
    drawing.setNode(`group ${group}`, {});
    for (const { id } of members) drawing.setParent(id, `group ${group}`);
  }
  for (const edge of edges)
    if (drawing.hasNode(edge.from) && drawing.hasNode(edge.to))
      drawing.setEdge(
        edge.from,
        edge.to,
        { width: LABEL_WIDTH, height: LABEL_HEIGHT, labelpos: 'c' },
        edgeId(edge),
      );
  layout(drawing);

  const boxOf = (id: string): Box => drawing.node(id) as Box;
  const { width = 0, height = 0 } = drawing.graph() as Partial<Box>;
  return {
    width,
    height,
    nodes: new Map(nodes.map(({ id }) => [id, boxOf(id)])),
    groups: new Map([...groups.keys()].map((group) => [group, boxOf(`group ${group}`)])),
    edges: new Map(
      drawing.edges().map((edge) => {
        const { points, x, y } = drawing.edge(edge) as { points: Point[]; x: number; y: number };
        return [
          edge.name ?? '',
          { path: curveOf(points), label: { x, y, width: LABEL_WIDTH, height: LABEL_HEIGHT } },
        ];
      }),
    ),
  };
}

function groupsOf(nodes: readonly GraphNode[]): Map<string, GraphNode[]> {
  const byGroup = Map.groupBy(
    nodes.filter((node) => groupOf(node)),
    groupOf,
  );
  return new Map([...byGroup].filter(([, members]) => members.length > 1));
}

interface Point {
  x: number;
  y: number;
}

/** Returns a smooth path through the points. */
function curveOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return '';
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? last;
    const end = index === rest.length - 2 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${point.x},${point.y} ${end.x},${end.y}`;
  });
  return `M${first.x},${first.y}${bends.length > 0 ? bends.join('') : `L${last.x},${last.y}`}`;
}
