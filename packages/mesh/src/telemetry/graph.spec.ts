import { expect, test } from 'vitest';
import type { GraphEdge } from '@bookinfo/telemetry';
import type { PodStatus } from '../runtime/pod-status.js';
import { graphNodes } from './graph.js';

const pod = (name: string, parts: Partial<PodStatus> = {}): PodStatus => ({
  name,
  namespace: 'default',
  deployment: 'reviews-v1',
  labels: { app: 'reviews', version: 'v1' },
  phase: 'Running',
  ready: true,
  restarts: 0,
  createdAt: 0,
  ...parts,
});
const edge = (from: string, to: string) => ({ from, to }) as GraphEdge;

test('workloads have their pods of now, restarts and ejections', () => {
  const pods = [
    pod('a', { restarts: 2, address: '127.0.0.1:1' }),
    pod('b', { ready: false, address: '127.0.0.1:2' }),
    pod('c', { phase: 'Terminating', ready: false }),
  ];
  const ejected = new Set(['127.0.0.1:1', '127.0.0.1:9']);
  expect(graphNodes({ gateways: [], pods, ejected, edges: [] })).toEqual([
    {
      id: 'default/reviews-v1',
      kind: 'workload',
      namespace: 'default',
      name: 'reviews-v1',
      app: 'reviews',
      version: 'v1',
      pods: 2,
      readyPods: 1,
      restarts: 2,
      ejected: 1,
    },
  ]);
});

test('a gateway is one node, and all that an edge leads to is a node', () => {
  const listener = { gateway: 'door', namespace: 'istio-system', isIngress: true, port: 80, problems: [] };
  const edges = [
    edge('istio-system/door', 'service:reviews.shop.svc.cluster.local'),
    edge('istio-system/door', 'external:books.example'),
    edge('istio-system/door', 'default/gone-v1'),
  ];
  const nodes = graphNodes({
    gateways: [listener, { ...listener, port: 443 }],
    pods: [],
    ejected: new Set(),
    edges,
  });
  expect(nodes.map(({ id, kind, namespace, name }) => [id, kind, namespace, name])).toEqual([
    ['istio-system/door', 'gateway', 'istio-system', 'door'],
    ['service:reviews.shop.svc.cluster.local', 'service', 'shop', 'reviews.shop.svc.cluster.local'],
    ['external:books.example', 'external', '', 'books.example'],
    ['default/gone-v1', 'workload', 'default', 'gone-v1'],
  ]);
});
