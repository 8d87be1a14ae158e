import { expect, test } from 'vitest';
import { type Cluster, UNLIMITED, endpointKey } from '@bookinfo/routing';
import { LoadBalancer } from './load-balancer.js';
import { tableOf } from '@bookinfo/routing/testing';

const [a, b, c] = ['a', 'b', 'c'].map((pod, index) => ({
  address: '127.0.0.1',
  port: 1000 + index,
  pod,
  labels: {},
}));
const endpoints = [a!, b!, c!];

function clusterOf(kind: 'LEAST_REQUEST' | 'RANDOM' | 'ROUND_ROBIN'): Cluster {
  return {
    name: 'reviews',
    type: 'EDS',
    lbPolicy: { kind },
    connectTimeoutMs: 1,
    circuitBreakers: UNLIMITED,
    maxRequestsPerConnection: 0,
    idleTimeoutMs: 0,
    endpoints,
  };
}

/** Returns these numbers in turn, then throws. */
function draws(...numbers: number[]): () => number {
  return () => {
    const next = numbers.shift();
    if (next === undefined) throw new Error('there was one draw too many');
    return next;
  };
}

test('round robin rotates per cluster', () => {
  const balancer = new LoadBalancer(draws());
  const pods = (cluster: Cluster) =>
    [1, 2, 3, 4].map(() => balancer.acquire(cluster, new Set())?.endpoint.pod);
  expect(pods(clusterOf('ROUND_ROBIN'))).toEqual(['a', 'b', 'c', 'a']);
  expect(pods({ ...clusterOf('ROUND_ROBIN'), name: 'ratings' })).toEqual(['a', 'b', 'c', 'a']);
});

test('random picks with one draw', () => {
  const balancer = new LoadBalancer(draws(0.99, 0, 0.5));
  const cluster = clusterOf('RANDOM');
  expect([1, 2, 3].map(() => balancer.acquire(cluster, new Set())?.endpoint.pod)).toEqual(['c', 'a', 'b']);
});

test('least request picks the less loaded of two endpoints, the first if they are equal', () => {
  const balancer = new LoadBalancer(draws(0, 0.5, 0, 0.5, 0, 0.5));
  const cluster = clusterOf('LEAST_REQUEST');
  const first = balancer.acquire(cluster, new Set());
  const second = balancer.acquire(cluster, new Set());
  expect([first?.endpoint.pod, second?.endpoint.pod]).toEqual(['a', 'b']);
  first?.release();
  expect(balancer.acquire(cluster, new Set())?.endpoint.pod).toBe('a');
});

test('requests under way still count after the table is replaced', () => {
  const balancer = new LoadBalancer(draws(0, 0.5, 0, 0.5));
  balancer.acquire(clusterOf('LEAST_REQUEST'), new Set());
  balancer.retain(tableOf({}));
  const sameAgain = {
    ...clusterOf('LEAST_REQUEST'),
    endpoints: endpoints.map((endpoint) => ({ ...endpoint })),
  };
  expect(balancer.acquire(sameAgain, new Set())?.endpoint.pod).toBe('b');
});

test('an attempted endpoint is avoided while there is another', () => {
  const balancer = new LoadBalancer(draws(0.99));
  expect(balancer.acquire(clusterOf('RANDOM'), new Set([a!, c!].map(endpointKey)))?.endpoint.pod).toBe('b');
  expect(balancer.acquire(clusterOf('RANDOM'), new Set(endpoints.map(endpointKey)))?.endpoint.pod).toBe('c');
});

test('round robin gives each endpoint turns by its weight', () => {
  const balancer = new LoadBalancer(draws());
  const cluster = { ...clusterOf('ROUND_ROBIN'), endpoints: [a!, { ...b!, weight: 3 }] };
  const pods = Array.from({ length: 8 }, () => balancer.acquire(cluster, new Set())?.endpoint.pod);
  expect(pods.filter((pod) => pod === 'b')).toHaveLength(6);
  expect(pods.slice(0, 4).filter((pod) => pod === 'b')).toHaveLength(3);
});

test('least request gives an endpoint with a weight fewer turns the more it is loaded', () => {
  const balancer = new LoadBalancer(draws());
  const cluster = { ...clusterOf('LEAST_REQUEST'), endpoints: [a!, { ...b!, weight: 3 }] };
  const acquire = () => balancer.acquire(cluster, new Set());
  const released = Array.from({ length: 40 }, () => {
    const lease = acquire();
    lease?.release();
    return lease?.endpoint.pod;
  });
  expect(released.filter((pod) => pod === 'b')).toHaveLength(30);
  const kept = Array.from({ length: 40 }, () => acquire()?.endpoint.pod);
  expect(kept.filter((pod) => pod === 'b').length).toBeLessThan(28);
});

test('a weight counts after a new table, and an attempted endpoint is avoided', () => {
  const balancer = new LoadBalancer(draws());
  const weighing = (weight: number): Cluster => ({
    ...clusterOf('ROUND_ROBIN'),
    endpoints: [a!, { ...b!, weight }],
  });
  expect(balancer.acquire(weighing(2), new Set([endpointKey(b!)]))?.endpoint.pod).toBe('a');
  const pods = Array.from({ length: 6 }, () => balancer.acquire(weighing(5), new Set())?.endpoint.pod);
  expect(pods.filter((pod) => pod === 'b')).toHaveLength(5);
});

test('an empty cluster has no endpoint to pick', () => {
  const empty = { ...clusterOf('RANDOM'), endpoints: [] };
  expect(new LoadBalancer(draws()).acquire(empty, new Set())).toBeUndefined();
});
