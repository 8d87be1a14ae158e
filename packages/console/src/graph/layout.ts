import { Graph, layout } from '@dagrejs/dagre';
import type { GraphEdge, GraphNode } from '../api/types.ts';
import { type Box, curveOf, type Point } from './curve.ts';
import { edgeId, groupOf } from './names.ts';

const MARGIN = 24;
/** With more nodes than this, labels of edges are shorter, and from far away only what is unusual has one. */
const MAX_ROOMY_NODES = 24;

const ROOMY = {
  node: { width: 172, height: 48 },
  label: { width: 168, height: 36 },
  gaps: { nodesep: 22, edgesep: 10, ranksep: 30 },
};
const COMPACT = {
  node: { width: 150, height: 40 },
  label: { width: 96, height: 6 },
  gaps: { nodesep: 9, edgesep: 4, ranksep: 18 },
};

/** Where everything is drawn. */
export interface Layout {
  isCompact: boolean;
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
  const isCompact = nodes.length > MAX_ROOMY_NODES;
  const { node, label, gaps } = isCompact ? COMPACT : ROOMY;
  drawing.setGraph({ rankdir: 'LR', ...gaps, marginx: MARGIN, marginy: MARGIN });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) drawing.setNode(id, { ...node });
  const groups = groupsOf(nodes);
  for (const [group, members] of groups) {
    drawing.setNode(`group ${group}`, {});
    for (const { id } of members) drawing.setParent(id, `group ${group}`);
  }
  for (const edge of edges)
    if (drawing.hasNode(edge.from) && drawing.hasNode(edge.to))
      drawing.setEdge(edge.from, edge.to, { ...label, labelpos: 'c' }, edgeId(edge));
  layout(drawing);

  const boxOf = (id: string): Box => drawing.node(id) as Box;
  const { width = 0, height = 0 } = drawing.graph() as Partial<Box>;
  return {
    isCompact,
    width,
    height,
    nodes: new Map(nodes.map(({ id }) => [id, boxOf(id)])),
    groups: new Map([...groups.keys()].map((group) => [group, boxOf(`group ${group}`)])),
    edges: new Map(
      drawing.edges().map((edge) => {
        const { points, x, y } = drawing.edge(edge) as { points: Point[]; x: number; y: number };
        const place = { ...label, x, y };
        const path = curveOf(boxOf(edge.v), boxOf(edge.w), points.slice(1, -1), place);
        return [edge.name ?? '', { path, label: place }];
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
