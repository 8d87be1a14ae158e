import { expect, test } from 'vitest';
import { type AccessLogEntry, type MirroredRequest, Proxy, type Tracing } from '@bookinfo/proxy';
import { DEFAULT_RETRY_POLICY, endpointKey } from '@bookinfo/routing';
import { tableOf, type TableParts } from '@bookinfo/routing/testing';
import { ask, startBackend } from '@bookinfo/testing';
import type { Reporter } from '../reporter.js';
import { spansOfCopy, spansOfRequest } from './spans-of-request.js';

const CLUSTER = 'outbound|9080||reviews.default.svc.cluster.local';
const OPERATION = 'reviews.default.svc.cluster.local:9080/*';
const OPTIONS = { timeOrigin: 1_000_000 };
const PRODUCTPAGE = {
  workload: 'productpage-v1',
  namespace: 'default',
  pod: 'productpage-v1-abc',
  labels: { app: 'productpage', version: 'v1' },
};
const REVIEWS = {
  workload: 'reviews-v2',
  namespace: 'default',
  pod: 'reviews-v2-abc',
  labels: { app: 'reviews', version: 'v2' },
};

interface ProxyKind {
  serverSpan?: Tracing['serverSpan'];
  sampledShare?: number;
  direction?: Reporter['direction'];
}

/** Sends a request through a real proxy to a backend that responds with the statuses in turn, and returns what is reported. */
async function reported(
  statuses: number[],
  parts: TableParts = {},
  { serverSpan = 'own', sampledShare = 1, direction = 'outbound' }: ProxyKind = {},
) {
  let requests = 0;
  await using backend = await startBackend('reviews-v2', (_, response) => {
    response.writeHead(statuses[requests] ?? 200).end('stars');
    requests += 1;
  });
  const entries: AccessLogEntry[] = [];
  const copies: MirroredRequest[] = [];
  const table = tableOf({ endpoints: [backend.endpoint], ...parts });
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table,
    random: () => 0,
    tracing: { sampledShare, serverSpan },
    onAccess: (entry) => entries.push(entry),
    onMirrored: (copy) => copies.push(copy),
  });
  await ask(proxy.port, { headers: { host: 'reviews:9080', 'user-agent': 'test', 'x-request-id': 'mine' } });
  await expect.poll(() => entries.length).toBe(1);
  const known = endpointKey(backend.endpoint);
  const reporter: Reporter = {
    workload: PRODUCTPAGE,
    role: 'sidecar',
    direction,
    workloadOf: (endpoint) => (endpointKey(endpoint) === known ? REVIEWS : undefined),
  };
  const spans = entries.flatMap((entry) => spansOfRequest(entry, reporter, OPTIONS));
  return { spans, copies, reporter, entry: entries[0]! };
}

test('a request has a span of the client’s proxy, and below it one of the pod that it reached', async () => {
  const { spans, entry } = await reported([200]);
  const [client, server] = spans;
  expect(spans).toHaveLength(2);
  expect(client).toEqual({
    traceId: entry.trace?.traceId,
    id: entry.trace?.spanId,
    kind: 'CLIENT',
    name: OPERATION,
    timestamp: Math.round((1_000_000 + entry.startMs) * 1000),
    duration: Math.round((entry.endMs - entry.startMs) * 1000),
    localEndpoint: { serviceName: 'productpage.default' },
    annotations: [{ timestamp: (client?.timestamp ?? 0) + (client?.duration ?? 0), value: 'cr' }],
    tags: {
      component: 'proxy',
      downstream_cluster: '-',
      'guid:x-request-id': 'mine',
      'http.method': 'GET',
      'http.protocol': 'HTTP/1.1',
      'http.status_code': '200',
      'http.url': 'http://reviews:9080/',
      'istio.canonical_revision': 'v1',
      'istio.canonical_service': 'productpage',
      'istio.mesh_id': 'cluster.local',
      'istio.namespace': 'default',
      node_id: 'sidecar~127.0.0.1~productpage-v1-abc.default~default.svc.cluster.local',
      'peer.address': '127.0.0.1',
      request_size: '0',
      response_flags: '-',
      response_size: '5',
      upstream_cluster: CLUSTER,
      'upstream_cluster.name': CLUSTER,
      user_agent: 'test',
    },
  });
  expect(server).toMatchObject({
    traceId: client?.traceId,
    id: entry.attempts[0]?.spanId,
    parentId: client?.id,
    kind: 'SERVER',
    localEndpoint: { serviceName: 'reviews.default' },
    tags: { 'istio.canonical_revision': 'v2', 'http.status_code': '200' },
  });
});

test('each try of a request that is repeated has a span, and the pod’s span is below its try', async () => {
  const retryPolicy = { ...DEFAULT_RETRY_POLICY, numRetries: 1, retryOn: ['5xx'] };
  const { spans } = await reported([503, 200], { action: { retryPolicy } });
  const [client, first, firstServer, second, secondServer] = spans;
  expect(spans).toHaveLength(5);
  for (const each of [first, second])
    expect(each).toMatchObject({ name: `router ${CLUSTER} egress`, parentId: client?.id });
  expect(first?.kind).toBeUndefined();
  expect(first?.tags).toMatchObject({ 'http.status_code': '503', error: 'true' });
  expect(first?.tags['retry.count']).toBeUndefined();
  expect(second?.tags).toMatchObject({ 'http.status_code': '200', 'retry.count': '1' });
  expect([firstServer?.parentId, secondServer?.parentId]).toEqual([first?.id, second?.id]);
  expect(client?.tags).toMatchObject({ 'http.status_code': '200' });
});

test.each<[string, TableParts, string, string]>([
  ['an abort', { route: { fault: { abort: { percentage: 100, httpStatus: 500 } } } }, '500', 'FI'],
  ['no endpoint', { endpoints: [] }, '503', 'UH'],
])('%s shows its flag in the only span', async (_, parts, status, flag) => {
  const { spans } = await reported([200], parts);
  expect(spans.map(({ kind }) => kind)).toEqual(['CLIENT']);
  expect(spans[0]?.tags).toMatchObject({ 'http.status_code': status, response_flags: flag, error: 'true' });
});

test('the copy for a mirror has a span below that of the request', async () => {
  const mirrors = [{ cluster: CLUSTER, percentage: 100, shadowHostSuffix: true }];
  const { spans, copies, reporter } = await reported([200, 200], { action: { mirrors } });
  await expect.poll(() => copies.length).toBe(1);
  const [copy, server] = copies.flatMap((each) => spansOfCopy(each, reporter, OPTIONS));
  expect(copy).toMatchObject({ name: `async ${CLUSTER} egress`, parentId: spans[0]?.id });
  expect(server).toMatchObject({ kind: 'SERVER', parentId: copy?.id, id: copies[0]?.attempt.spanId });
});

test.each(['none', 'shared'] as const)(
  'with %s server span there is only that of the proxy',
  async (serverSpan) => {
    const { spans } = await reported([200], {}, { serverSpan });
    expect(spans.map(({ kind }) => kind)).toEqual(['CLIENT']);
  },
);

test('an inbound proxy reports a server’s span', async () => {
  const { spans } = await reported([200], {}, { direction: 'inbound', serverSpan: 'none' });
  expect(spans).toMatchObject([{ kind: 'SERVER', annotations: [{ value: 'ss' }] }]);
});

test('a request that is not sampled has no span', async () => {
  const { spans } = await reported([200], {}, { sampledShare: 0 });
  expect(spans).toEqual([]);
});
