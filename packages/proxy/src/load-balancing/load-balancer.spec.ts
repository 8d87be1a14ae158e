import { expect, test } from 'vitest';
import { type Cluster, UNLIMITED, endpointKey } from '@bookinfo/routing';
import { LoadBalancer } from './load-balancer.js';
import { tableOf } from '@bookinfo/routing/testing';
import { ManualClock } from '@bookinfo/testing';

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
  const balancer = new LoadBalancer(draws(), new ManualClock());
  const pods = (cluster: Cluster) =>
    [1, 2, 3, 4].map(() => balancer.acquire(cluster, new Set())?.endpoint.pod);
  expect(pods(clusterOf('ROUND_ROBIN'))).toEqual(['a', 'b', 'c', 'a']);
  expect(pods({ ...clusterOf('ROUND_ROBIN'), name: 'ratings' })).toEqual(['a', 'b', 'c', 'a']);
});

test('random picks with one draw', () => {
  const balancer = new LoadBalancer(draws(0.99, 0, 0.5), new ManualClock());
  const cluster = clusterOf('RANDOM');
  expect([1, 2, 3].map(() => balancer.acquire(cluster, new Set())?.endpoint.pod)).toEqual(['c', 'a', 'b']);
});

test('least request picks the less loaded of two endpoints, the first if they are equal', () => {
  const balancer = new LoadBalancer(draws(0, 0.5, 0, 0.5, 0, 0.5), new ManualClock());
  const cluster = clusterOf('LEAST_REQUEST');
  const first = balancer.acquire(cluster, new Set());
  const second = balancer.acquire(cluster, new Set());
  expect([first?.endpoint.pod, second?.endpoint.pod]).toEqual(['a', 'b']);
  first?.release();
  expect(balancer.acquire(cluster, new Set())?.endpoint.pod).toBe('a');
});

test('requests under way still count after the table is replaced', () => {
  const balancer = new LoadBalancer(draws(0, 0.5, 0, 0.5), new ManualClock());
  balancer.acquire(clusterOf('LEAST_REQUEST'), new Set());
  balancer.update(tableOf({}));
  const sameAgain = {
    ...clusterOf('LEAST_REQUEST'),
    endpoints: endpoints.map((endpoint) => ({ ...endpoint })),
  };
  expect(balancer.acquire(sameAgain, new Set())?.endpoint.pod).toBe('b');
});

test('an attempted endpoint is avoided while there is another', () => {
  const balancer = new LoadBalancer(draws(0.99), new ManualClock());
  expect(balancer.acquire(clusterOf('RANDOM'), new Set([a!, c!].map(endpointKey)))?.endpoint.pod).toBe('b');
  expect(balancer.acquire(clusterOf('RANDOM'), new Set(endpoints.map(endpointKey)))?.endpoint.pod).toBe('c');
});

test('round robin gives each endpoint turns by its weight', () => {
  const balancer = new LoadBalancer(draws(), new ManualClock());
  const cluster = { ...clusterOf('ROUND_ROBIN'), endpoints: [a!, { ...b!, weight: 3 }] };
  const pods = Array.from({ length: 8 }, () => balancer.acquire(cluster, new Set())?.endpoint.pod);
  expect(pods.filter((pod) => pod === 'b')).toHaveLength(6);
  expect(pods.slice(0, 4).filter((pod) => pod === 'b')).toHaveLength(3);
});

test('least request gives an endpoint with a weight fewer turns the more it is loaded', () => {
  const balancer = new LoadBalancer(draws(), new ManualClock());
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
  const balancer = new LoadBalancer(draws(), new ManualClock());
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
  expect(new LoadBalancer(draws(), new ManualClock()).acquire(empty, new Set())).toBeUndefined();
});

const TABLE = tableOf({});
const WINDOW_MS = 10_000;

/** Returns the pods of `count` requests, one after the other, to a cluster with slow start. */
function slowStarting(kind: 'LEAST_REQUEST' | 'ROUND_ROBIN', aggression = 1, minWeightPercent = 10) {
  const clock = new ManualClock();
  const balancer = new LoadBalancer(draws(), clock);
  let cluster = clusterOf(kind);
  return {
    clock,
    setEndpoints: (...all: Cluster['endpoints']) => {
      const lbPolicy = { kind, slowStart: { windowMs: WINDOW_MS, aggression, minWeightPercent } };
      cluster = { ...clusterOf(kind), lbPolicy, endpoints: all };
      balancer.update({ ...TABLE, clusters: new Map([[cluster.name, cluster]]) });
    },
    requestsOf: (pod: string, count: number) =>
      Array.from({ length: count }, () => {
        const lease = balancer.acquire(cluster, new Set());
        lease?.release();
        return lease?.endpoint.pod;
      }).filter((each) => each === pod).length,
  };
}

test.each(['ROUND_ROBIN', 'LEAST_REQUEST'] as const)(
  'with %s the weight of a new endpoint grows from the least one to all of it',
  (kind) => {
    const { clock, setEndpoints, requestsOf } = slowStarting(kind);
    setEndpoints(a!);
    clock.advance(WINDOW_MS);
    setEndpoints(a!, b!);
    expect(requestsOf('b', 110)).toBe(10);
    clock.advance(WINDOW_MS / 4);
    requestsOf('b', 20);
    expect(requestsOf('b', 100)).toBe(20);
    clock.advance((WINDOW_MS * 3) / 4);
    requestsOf('b', 20);
    expect(requestsOf('b', 100)).toBe(50);
  },
);

test('aggression lets the weight grow faster at first, and the least weight bounds it', () => {
  const { clock, setEndpoints, requestsOf } = slowStarting('ROUND_ROBIN', 2, 25);
  setEndpoints(a!);
  clock.advance(WINDOW_MS);
  setEndpoints(a!, b!);
  expect(requestsOf('b', 100)).toBe(20);
  clock.advance(WINDOW_MS / 4);
  requestsOf('b', 30);
  expect(requestsOf('b', 90)).toBe(30);
});

test('endpoints that are added together have equal shares, and slow start multiplies a weight', () => {
  const { clock, setEndpoints, requestsOf } = slowStarting('ROUND_ROBIN');
  setEndpoints(a!, b!);
  expect(requestsOf('b', 100)).toBe(50);
  clock.advance(WINDOW_MS);
  setEndpoints(a!, b!, { ...c!, weight: 10 });
  expect(requestsOf('c', 90)).toBe(30);
});

test('an endpoint that stays keeps its age through a new table, one that returns begins again', () => {
  const { clock, setEndpoints, requestsOf } = slowStarting('ROUND_ROBIN');
  setEndpoints(a!, b!);
  clock.advance(WINDOW_MS);
  setEndpoints({ ...a! });
  setEndpoints({ ...a! }, b!);
  expect(requestsOf('b', 110)).toBe(10);
});
