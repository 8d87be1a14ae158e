import { request } from 'node:http';
import { expect, test } from 'vitest';
import { type Clock, systemClock } from '@bookinfo/effects';
import { Proxy } from '@bookinfo/proxy';
import { DEFAULT_RETRY_POLICY, type Endpoint, endpointKey, type RouteTable } from '@bookinfo/routing';
import { clusterOf, tableOf, type TableParts } from '@bookinfo/routing/testing';
import { ask, deadEndpoint, ManualClock, seededRandom, startBackend } from '@bookinfo/testing';
import type { Reporter } from '../reporter.js';
import { type GraphEdge, graphEdges } from './graph-edges.js';
import { TrafficWindow } from './traffic-window.js';

const HOST = 'reviews.default.svc.cluster.local';
const cluster = (subset: string) => `outbound|9080|${subset}|${HOST}`;
const workload = (name: string) => ({ workload: name, namespace: 'default', pod: `${name}-x`, labels: {} });

/** A table with the subsets v1 and v2. */
function subsets(v1: Endpoint[], v2: Endpoint[], parts: TableParts = {}): RouteTable {
  const table = tableOf({
    ...parts,
    action: {
      weightedClusters: [
        { name: cluster('v1'), weight: 90 },
        { name: cluster('v2'), weight: 10 },
      ],
      ...parts.action,
    },
  });
  const clusters = [
    clusterOf({ ...parts.cluster, name: cluster('v1'), endpoints: v1 }),
    clusterOf({ ...parts.cluster, name: cluster('v2'), endpoints: v2 }),
  ];
  return { ...table, clusters: new Map(clusters.map((each) => [each.name, each])) };
}

const clockOfMachine: Clock = systemClock;

/** Sends requests through a real proxy with this table, and returns the window that they are counted in. */
async function counted(
  table: RouteTable,
  known: Endpoint[][],
  requests: number,
  {
    authority = (): string => 'reviews:9080',
    random = seededRandom(7),
    proxyClock = clockOfMachine,
    send = (port: number): Promise<unknown> => ask(port, { url: `http://${authority()}/` }),
  } = {},
) {
  const clock = new ManualClock();
  const window = new TrafficWindow(clock);
  const workloads = new Map(
    known.flatMap((endpoints, index) =>
      endpoints.map((endpoint) => [endpointKey(endpoint), workload(`reviews-v${index + 1}`)] as const),
    ),
  );
  const reporter: Reporter = {
    workload: workload('productpage-v1'),
    role: 'sidecar',
    direction: 'outbound',
    workloadOf: (endpoint) => workloads.get(endpointKey(endpoint)),
  };
  let recorded = 0;
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table,
    random,
    clock: proxyClock,
    onAccess: (entry) => {
      window.record(entry, reporter);
      recorded += 1;
    },
    onMirrored: (copy) => window.recordCopy(copy, reporter),
  });
  for (let sent = 0; sent < requests; sent += 1) await send(proxy.port);
  await expect.poll(() => recorded).toBe(requests);
  const edgeTo = (name: string): GraphEdge | undefined => graphEdges(window).find(({ to }) => to === name);
  return { window, clock, edgeTo };
}

async function twoBackends() {
  const [v1, v2] = await Promise.all([startBackend('v1'), startBackend('v2')]);
  return {
    endpoints: [[v1.endpoint], [v2.endpoint]] as [Endpoint[], Endpoint[]],
    async [Symbol.asyncDispose]() {
      await Promise.all([v1[Symbol.asyncDispose](), v2[Symbol.asyncDispose]()]);
    },
  };
}

test('the shares of weights are predicted, and those of the requests lie in the interval', async () => {
  await using backends = await twoBackends();
  const { edgeTo } = await counted(subsets(...backends.endpoints), backends.endpoints, 300);
  const [v1, v2] = [edgeTo('default/reviews-v1'), edgeTo('default/reviews-v2')];
  expect(v1).toMatchObject({
    from: 'default/productpage-v1',
    service: 'reviews',
    errorRate: 0,
    predictedShare: { share: 0.9, agrees: true },
  });
  expect(v2?.predictedShare).toMatchObject({ share: 0.1, agrees: true });
  expect((v1?.requests ?? 0) + (v2?.requests ?? 0)).toBe(300);
  expect((v1?.share ?? 0) + (v2?.share ?? 0)).toBeCloseTo(1, 9);
});

test('shares that differ from the weights do not agree', async () => {
  await using backends = await twoBackends();
  const { edgeTo } = await counted(subsets(...backends.endpoints), backends.endpoints, 200, {
    random: () => 0,
  });
  expect(edgeTo('default/reviews-v1')).toMatchObject({
    share: 1,
    predictedShare: { share: 0.9, agrees: false },
  });
  expect(edgeTo('default/reviews-v2')).toMatchObject({
    requests: 0,
    share: 0,
    predictedShare: { share: 0.1, agrees: false },
  });
});

test('requests for a cluster that the table does not have are the proxy’s', async () => {
  await using backends = await twoBackends();
  const table = subsets(...backends.endpoints);
  const clusters = new Map([...table.clusters].filter(([name]) => name !== cluster('v2')));
  const { edgeTo } = await counted({ ...table, clusters }, backends.endpoints, 100);
  const own = edgeTo('service:reviews');
  expect(own).toMatchObject({ errorRate: 1, predictedShare: { share: 0.1, agrees: true } });
  expect(own?.flags).toEqual({ NC: own?.requests });
});

test('aborts are the proxy’s, delays and durations those of the edge', async () => {
  await using backends = await twoBackends();
  const fault = { abort: { percentage: 50, httpStatus: 500 }, delay: { percentage: 100, fixedDelayMs: 1 } };
  const { edgeTo } = await counted(
    subsets(...backends.endpoints, { route: { fault } }),
    backends.endpoints,
    200,
  );
  const own = edgeTo('service:reviews');
  expect(own).toMatchObject({ errorRate: 1, predictedShare: { share: 0.5, agrees: true } });
  expect(own?.aborts).toBe(own?.requests);
  expect(own?.flags).toEqual({ DI: own?.requests, FI: own?.requests });
  const v1 = edgeTo('default/reviews-v1');
  expect(v1).toMatchObject({ aborts: 0, predictedShare: { share: 0.45, agrees: true } });
  expect(v1?.delays).toBe(v1?.requests);
  expect(v1?.p50Ms).toBeGreaterThan(0.5);
});

test('a retry counts for the workload that responded, and the draw for the first one', async () => {
  await using backends = await twoBackends();
  const [v1] = backends.endpoints;
  const dead = await deadEndpoint('reviews-v1');
  const both = [dead, ...v1];
  const retryPolicy = { ...DEFAULT_RETRY_POLICY, numRetries: 5, baseIntervalMs: 1 };
  const table = subsets(both, [], {
    action: { weightedClusters: [{ name: cluster('v1'), weight: 1 }], retryPolicy },
  });
  const { edgeTo } = await counted(table, [[dead], v1], 60);
  const [first, second] = [edgeTo('default/reviews-v1'), edgeTo('default/reviews-v2')];
  expect(second).toMatchObject({ requests: 60, predictedShare: { share: 0.5, agrees: true } });
  expect(second?.retries).toBeGreaterThan(0);
  expect(first).toMatchObject({ requests: 0, predictedShare: { share: 0.5, agrees: true } });
});

test('a mirror has an edge without requests', async () => {
  await using backends = await twoBackends();
  const mirrors = [{ cluster: cluster('v2'), percentage: 100, shadowHostSuffix: false }];
  const weightedClusters = [{ name: cluster('v1'), weight: 1 }];
  const table = subsets(...backends.endpoints, { action: { weightedClusters, mirrors } });
  const { edgeTo } = await counted(table, backends.endpoints, 10);
  await expect.poll(() => edgeTo('default/reviews-v2')).toMatchObject({ requests: 0, mirrored: 10 });
  expect(edgeTo('default/reviews-v1')).toMatchObject({
    requests: 10,
    mirrored: 0,
    predictedShare: { share: 1 },
  });
});

test('the shares of a hash are not predicted', async () => {
  await using backends = await twoBackends();
  const weightedClusters = [{ name: cluster('v1'), weight: 1 }];
  const lbPolicy = { kind: 'RING_HASH', minimumRingSize: 64 } as const;
  const table = subsets(backends.endpoints.flat(), [], {
    action: { weightedClusters },
    cluster: { lbPolicy },
  });
  const { edgeTo, window } = await counted(table, backends.endpoints, 5);
  expect(graphEdges(window).every(({ predictedShare }) => predictedShare === undefined)).toBe(true);
  expect(edgeTo('default/reviews-v1') ?? edgeTo('default/reviews-v2')).toBeDefined();
});

test('requests older than a minute are forgotten, and rates are of the last ten seconds', async () => {
  await using backends = await twoBackends();
  const { window, clock, edgeTo } = await counted(subsets(...backends.endpoints), backends.endpoints, 20);
  const rate = () => graphEdges(window).reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0);
  expect(rate()).toBe(2);
  clock.advance(30_000);
  expect([rate(), edgeTo('default/reviews-v1')?.requestsPerSecond]).toEqual([0, 0]);
  clock.advance(31_000);
  expect(graphEdges(window)).toEqual([]);
});

test('hosts that the mesh does not know are one edge', async () => {
  let count = 0;
  const authority = () => {
    count += 1;
    return `host-${count}.example`;
  };
  const { window } = await counted({ ...tableOf({}), unmatchedHost: 'not-found' }, [], 300, { authority });
  expect(graphEdges(window).map(({ to, requests, flags }) => [to, requests, flags])).toEqual([
    ['service:BlackHoleCluster', 300, { NR: 300 }],
  ]);
});

test('a client that gives up during a delay has chosen nothing', async () => {
  await using backends = await twoBackends();
  const weightedClusters = [{ name: cluster('v1'), weight: 1 }];
  const fault = { delay: { percentage: 100, fixedDelayMs: 60_000 } };
  const table = subsets(...backends.endpoints, { action: { weightedClusters }, route: { fault } });
  const delayClock = new ManualClock();
  const giveUp = async (port: number) => {
    const url = { port, path: '/', headers: { host: 'reviews:9080' } };
    const asking = request(url)
      .on('error', () => undefined)
      .end();
    await delayClock.waitFor(60_000);
    asking.destroy();
  };
  const { edgeTo, window } = await counted(table, backends.endpoints, 1, {
    send: giveUp,
    proxyClock: delayClock,
  });
  expect(edgeTo('default/reviews-v1')).toMatchObject({
    requests: 1,
    delays: 1,
    share: 0,
    flags: { DI: 1, DC: 1 },
  });
  expect(graphEdges(window).every(({ predictedShare }) => predictedShare === undefined)).toBe(true);
});
