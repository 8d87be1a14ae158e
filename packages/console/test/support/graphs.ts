import type { Graph, GraphEdge, GraphNode } from '../../src/api/types.ts';

/** Returns a node of a workload `reviews-v1`. */
export function workload(name: string, changes: Partial<GraphNode> = {}): GraphNode {
  const [, app = name, version] = /^(.*)-(v\d+)$/.exec(name) ?? [];
  return {
    id: `default/${name}`,
    kind: 'workload',
    namespace: 'default',
    name,
    app,
    ...(version !== undefined && { version }),
    pods: 1,
    readyPods: 1,
    restarts: 0,
    ejected: 0,
    ...changes,
  };
}

/** Returns an edge between workloads of the default namespace. */
export function edge(from: string, to: string, changes: Partial<GraphEdge> = {}): GraphEdge {
  const service = to.replace(/-v\d+$/, '');
  const share = changes.share ?? 1;
  return {
    from: from.includes('/') ? from : `default/${from}`,
    to: to.includes('/') ? to : `default/${to}`,
    service: `${service}.default.svc.cluster.local`,
    requests: Math.round(600 * share),
    requestsPerSecond: 10 * share,
    share,
    predictedShare: { share, low: Math.max(0, share - 0.05), high: Math.min(1, share + 0.05), agrees: true },
    errorRate: 0,
    p50Ms: 4.2,
    p99Ms: 18.7,
    flags: {},
    delays: 0,
    aborts: 0,
    retries: 0,
    mirrored: 0,
    ...changes,
  };
}

const graph = (nodes: GraphNode[], edges: GraphEdge[]): Graph => ({
  at: new Date().toISOString(),
  windowSeconds: 60,
  isFromSpans: false,
  nodes,
  edges,
});

const GATEWAY = workload('istio-ingressgateway', {
  id: 'istio-system/istio-ingressgateway',
  kind: 'gateway',
  namespace: 'istio-system',
});

/** Bookinfo under virtual-service-reviews-80-20, with a delay, an abort and an ejected pod. */
export const BOOKINFO: Graph = graph(
  [
    GATEWAY,
    workload('productpage-v1'),
    workload('details-v1', { restarts: 2 }),
    workload('reviews-v1', { pods: 3, readyPods: 3, ejected: 1 }),
    workload('reviews-v2'),
    workload('reviews-v3', { pods: 2, readyPods: 1 }),
    workload('ratings-v1'),
  ],
  [
    edge('istio-system/istio-ingressgateway', 'productpage-v1', { p50Ms: 31, p99Ms: 2140 }),
    edge('productpage-v1', 'details-v1', { errorRate: 0.04, flags: { UF: 24 }, retries: 31 }),
    edge('productpage-v1', 'reviews-v1', { share: 0.794, predictedShare: predicted(0.8, 0.75, 0.84) }),
    edge('productpage-v1', 'reviews-v2', {
      share: 0.206,
      predictedShare: predicted(0.2, 0.16, 0.25),
      mirrored: 12,
    }),
    edge('productpage-v1', 'reviews-v3', {
      share: 0.12,
      predictedShare: { ...predicted(0, 0, 0.01), agrees: false },
    }),
    edge('reviews-v2', 'ratings-v1', {
      delays: 48,
      aborts: 7,
      errorRate: 0.07,
      flags: { DI: 48, FI: 7 },
      p99Ms: 7003,
    }),
    edge('reviews-v3', 'ratings-v1', { requestsPerSecond: 0, requests: 0 }),
  ],
);

function predicted(share: number, low: number, high: number) {
  return { share, low, high, agrees: true };
}

const SHOPS = [
  'cart',
  'catalog',
  'checkout',
  'search',
  'stock',
  'prices',
  'users',
  'orders',
  'billing',
  'mail',
  'tax',
  'geo',
  'images',
  'offers',
  'points',
  'stats',
  'labels',
  'returns',
  'suppliers',
  'audit',
];

/** Returns sixty workloads: twenty services of three versions, each of which calls two others. */
export function sixty(): Graph {
  const versions = ['v1', 'v2', 'v3'];
  const nodes = SHOPS.flatMap((name) => versions.map((version) => workload(`${name}-${version}`)));
  const edges = SHOPS.flatMap((name, index) =>
    [index * 2 + 1, index * 2 + 2].flatMap((callee) => {
      const target = SHOPS[callee];
      if (!target) return [];
      return versions.map((version, at) =>
        edge(`${name}-${versions[(index + at) % 3]}`, `${target}-${version}`, {
          share: [0.7, 0.2, 0.1][at] ?? 0,
          errorRate: callee === 7 && at === 1 ? 0.12 : 0,
          delays: callee === 11 ? 5 : 0,
        }),
      );
    }),
  );
  return graph(
    [GATEWAY, ...nodes],
    [edge('istio-system/istio-ingressgateway', 'cart-v1', { requestsPerSecond: 120 }), ...edges],
  );
}

/** Names that are markup, as a file of an attacker may have them. */
export const HOSTILE: Graph = graph(
  [
    GATEWAY,
    workload('x', { id: 'default/<img src=x onerror=alert(1)>', name: '<img src=x onerror=alert(1)>' }),
    workload('"><script>alert(2)</script>', { version: '<b>v1</b>' }),
  ],
  [
    edge('istio-system/istio-ingressgateway', 'default/<img src=x onerror=alert(1)>', {
      service: '<svg onload=alert(3)>',
      flags: { '<i>': 1 },
    }),
  ],
);
