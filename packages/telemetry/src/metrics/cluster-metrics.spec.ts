import { expect, test } from 'vitest';
import { type AccessLogEntry, Proxy } from '@bookinfo/proxy';
import { DEFAULT_RETRY_POLICY, UNLIMITED } from '@bookinfo/routing';
import { outlierDetectionOf, tableOf, type TableParts } from '@bookinfo/routing/testing';
import { ask, deadEndpoint, startBackend } from '@bookinfo/testing';
import { ClusterCounters } from './cluster-counters.js';
import { clusterText } from './cluster-text.js';

const CLUSTER = 'outbound|9080||reviews.default.svc.cluster.local';
const RETRIES = {
  retryPolicy: { ...DEFAULT_RETRY_POLICY, retryOn: ['5xx', 'connect-failure'], baseIntervalMs: 1 },
};

/** Counts a request that a real proxy sends to a backend which responds with the statuses in turn. */
async function counted(statuses: number[], parts: TableParts = {}) {
  let requests = 0;
  await using backend = await startBackend('reviews-v1', (_, response) => {
    response.writeHead(statuses[requests] ?? 200).end();
    requests += 1;
  });
  const entries: AccessLogEntry[] = [];
  const table = tableOf({ endpoints: [backend.endpoint], ...parts });
  await using proxy = await Proxy.start({
    role: 'sidecar',
    table,
    random: () => 0,
    onAccess: (entry) => entries.push(entry),
  });
  await ask(proxy.port);
  await expect.poll(() => entries.length).toBe(1);
  const counters = new ClusterCounters();
  counters.onRequest(entries[0]!);
  return { counts: counters.of(CLUSTER), statistics: counters.with(proxy.clusters) };
}

test.each<[string, number[], TableParts, object]>([
  ['one attempt', [200], {}, { upstream_rq_total: 1 }],
  [
    'a retry that succeeds',
    [503, 200],
    { action: RETRIES },
    { upstream_rq_total: 2, upstream_rq_retry: 1, upstream_rq_retry_success: 1 },
  ],
  [
    'retries that are used up',
    [503, 503, 503],
    { action: RETRIES },
    { upstream_rq_total: 3, upstream_rq_retry: 2, upstream_rq_retry_limit_exceeded: 1 },
  ],
  [
    'a circuit breaker',
    [],
    { cluster: { circuitBreakers: { ...UNLIMITED, maxPendingRequests: 0 } } },
    { upstream_rq_pending_overflow: 1 },
  ],
])('%s', async (_, statuses, parts, expected) => {
  expect((await counted(statuses, parts)).counts).toEqual(expected);
});

test('a refused connection', async () => {
  const { counts } = await counted([], { endpoints: [await deadEndpoint('dead')] });
  expect(counts).toMatchObject({ upstream_cx_connect_fail: 3, upstream_rq_retry: 2 });
});

test('an ejected endpoint is a gauge of its cluster, with the tags of Istio’s proxies', async () => {
  const outlierDetection = outlierDetectionOf({ consecutive5xx: 1, maxEjectionPercent: 100 });
  const { statistics: clusters } = await counted([500], { cluster: { outlierDetection } });
  expect(clusters).toEqual([
    {
      cluster: CLUSTER,
      values: expect.objectContaining({
        upstream_rq_total: 1,
        upstream_rq_active: 0,
        upstream_cx_active: 1,
        membership_total: 1,
        membership_healthy: 0,
      }) as object,
    },
  ]);
  const text = [...clusterText([{ namespace: 'default', pod: 'details-v1-abc', clusters }])].join('');
  expect(text).toContain(
    `envoy_cluster_outlier_detection_ejections_active{cluster_name="${CLUSTER}",namespace="default",pod="details-v1-abc"} 1\n`,
  );
});
