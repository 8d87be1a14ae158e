import type { Graph, GraphEdge } from '../api/types.ts';
import { edgeId } from './names.ts';

/** Ten minutes, at a point each second. */
const MAX_POINTS = 600;

/** One moment of an edge or a workload. */
export interface Point {
  /** Seconds since 1970. */
  at: number;
  requestsPerSecond: number;
  errorRate: number;
  p50Ms: number | undefined;
  p99Ms: number | undefined;
}

/** The last ten minutes of each edge and node that the graph has; what leaves the graph is dropped. */
class History {
  #series = new Map<string, Point[]>();
  /** Grows with each record, so that a chart follows. */
  version = $state(0);

  record(graph: Graph, at: number): void {
    const next = new Map<string, Point[]>();
    const add = (id: string, point: Point): void => {
      const points = this.#series.get(id) ?? [];
      points.push(point);
      if (points.length > MAX_POINTS) points.shift();
      next.set(id, points);
    };
    for (const edge of graph.edges) add(edgeId(edge), pointOf([edge], at));
    for (const { id } of graph.nodes) {
      const incoming = graph.edges.filter(({ to }) => to === id);
      const own = incoming.length > 0 ? incoming : graph.edges.filter(({ from }) => from === id);
      add(id, pointOf(own, at));
    }
    this.#series = next;
    this.version += 1;
  }

  pointsOf(id: string): readonly Point[] {
    return this.#series.get(id) ?? [];
  }
}

function pointOf(edges: readonly GraphEdge[], at: number): Point {
  const rate = edges.reduce((sum, edge) => sum + edge.requestsPerSecond, 0);
  const errors = edges.reduce((sum, edge) => sum + edge.requestsPerSecond * edge.errorRate, 0);
  const slowest = (key: 'p50Ms' | 'p99Ms'): number | undefined => {
    const values = edges.flatMap(({ [key]: value }) => (value === undefined ? [] : [value]));
    return values.length > 0 ? Math.max(...values) : undefined;
  };
  return {
    at,
    requestsPerSecond: rate,
    errorRate: rate > 0 ? errors / rate : 0,
    p50Ms: slowest('p50Ms'),
    p99Ms: slowest('p99Ms'),
  };
}

export const history = new History();
