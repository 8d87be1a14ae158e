import { expect, test } from 'vitest';
import { type AccessLogEntry, type MirroredRequest, Proxy } from '@bookinfo/proxy';
import { DEFAULT_RETRY_POLICY, endpointKey } from '@bookinfo/routing';
import { tableOf, type TableParts } from '@bookinfo/routing/testing';
import { ask, deadEndpoint, startBackend } from '@bookinfo/testing';
import type { Reporter } from '../reporter.js';
import { RequestMetrics } from './request-metrics.js';
import { MAX_LABEL_SETS } from './series-store.js';

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
const RETRY = { action: { retryPolicy: { ...DEFAULT_RETRY_POLICY, retryOn: ['5xx'], baseIntervalMs: 1 } } };

const reporterFor = (known: string, direction: Reporter['direction'] = 'outbound'): Reporter => ({
  workload: PRODUCTPAGE,
  role: 'sidecar',
  direction,
  workloadOf: (endpoint) => (endpointKey(endpoint) === known ? REVIEWS : undefined),
});

/** Sends a request through a real proxy to a backend that responds with the statuses in turn; returns its records. */
async function recorded(statuses: number[], parts: TableParts = {}, host = 'reviews:9080') {
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
    onAccess: (entry) => entries.push(entry),
    onMirrored: (copy) => copies.push(copy),
  });
  await ask(proxy.port, { method: 'POST', body: 'four', headers: { host } });
  await expect.poll(() => entries.length).toBe(1);
  return { entry: entries[0]!, copies, known: endpointKey(backend.endpoint) };
}

/** Returns the lines of the text whose name and labels match, as value by labels. */
function linesOf(metrics: RequestMetrics, name: string): string[] {
  return [...metrics.text()]
    .join('')
    .split('\n')
    .filter((line) => line.startsWith(name));
}

/** Returns what distinguishes the series of a request: `source 200 - reviews-v2: 1`. */
function requestSeries(metrics: RequestMetrics): string[] {
  return linesOf(metrics, 'istio_requests_total').map((line) => {
    const label = (key: string): string => new RegExp(`[{,]${key}="([^"]*)"`).exec(line)?.[1] ?? '';
    const keys = ['reporter', 'response_code', 'response_flags', 'destination_workload'];
    return `${keys.map(label).join(' ')}: ${line.split(' ').at(-1)}`;
  });
}

test('a request is counted at both ends with Istio’s labels', async () => {
  const { entry, known } = await recorded([200]);
  const metrics = new RequestMetrics();
  metrics.ofProxy(reporterFor(known)).onRequest(entry);
  const [source, destination, ...others] = linesOf(metrics, 'istio_requests_total');
  expect(source).toBe(
    'istio_requests_total{reporter="source",source_workload="productpage-v1",source_canonical_service="productpage",' +
      'source_canonical_revision="v1",source_workload_namespace="default",source_principal="unknown",' +
      'source_app="productpage",source_version="v1",source_cluster="Kubernetes",destination_workload="reviews-v2",' +
      'destination_canonical_service="reviews",destination_canonical_revision="v2",' +
      'destination_workload_namespace="default",destination_principal="unknown",destination_app="reviews",' +
      'destination_version="v2",destination_cluster="Kubernetes",' +
      'destination_service="reviews.default.svc.cluster.local",destination_service_name="reviews",' +
      'destination_service_namespace="default",request_protocol="http",response_code="200",' +
      'grpc_response_status="",response_flags="-",connection_security_policy="unknown"} 1',
  );
  expect(destination).toMatch(/reporter="destination".*connection_security_policy="none"} 1$/);
  expect(others).toEqual([]);
});

test('sizes and durations are counted in Envoy’s buckets', async () => {
  const { entry, known } = await recorded([200]);
  const metrics = new RequestMetrics();
  metrics.ofProxy(reporterFor(known)).onRequest({ ...entry, startMs: 0, endMs: 26 });
  const values = (name: string): string[] =>
    linesOf(metrics, name)
      .filter((line) => line.includes('reporter="source"'))
      .map((line) => `${/le="([^"]+)"/.exec(line)?.[1]}: ${line.split(' ').at(-1)}`);
  expect(values('istio_request_duration_milliseconds_bucket')).toEqual(
    [0.5, 1, 5, 10, 25]
      .map((bound) => `${bound}: 0`)
      .concat(
        [50, 100, 250, 500, 1000, 2500, 5000, 1e4, 3e4, 6e4, 3e5, 6e5, 18e5, 36e5].map(
          (bound) => `${bound}: 1`,
        ),
        '+Inf: 1',
      ),
  );
  expect(values('istio_request_bytes_bucket')[1]).toBe('1: 0');
  expect(values('istio_request_bytes_bucket')[2]).toBe('5: 1');
  expect(values('istio_response_bytes_sum')).toEqual(['undefined: 5']);
});

test('each attempt that reaches a pod is one request there', async () => {
  const { entry, known } = await recorded([503, 200], RETRY);
  const metrics = new RequestMetrics();
  metrics.ofProxy(reporterFor(known)).onRequest(entry);
  expect(requestSeries(metrics)).toEqual([
    'source 200 - reviews-v2: 1',
    'destination 503 - reviews-v2: 1',
    'destination 200 - reviews-v2: 1',
  ]);
});

test('an endpoint that cannot be reached reports nothing', async () => {
  const endpoint = await deadEndpoint('dead');
  const { entry } = await recorded([], { endpoints: [endpoint] });
  const metrics = new RequestMetrics();
  metrics.ofProxy(reporterFor(endpointKey(endpoint))).onRequest(entry);
  expect(requestSeries(metrics)).toEqual(['source 503 URX,UF reviews-v2: 1']);
});

test('an inbound proxy reports the requests to its own workload, of which it does not see the source', async () => {
  const { entry, known } = await recorded([200]);
  const metrics = new RequestMetrics();
  metrics.ofProxy(reporterFor(known, 'inbound')).onRequest(entry);
  expect(requestSeries(metrics)).toEqual(['destination 200 - productpage-v1: 1']);
  expect(linesOf(metrics, 'istio_requests_total')[0]).toContain('source_workload="unknown"');
});

test('a fault is counted under the service of its route', async () => {
  const fault = { abort: { percentage: 100, httpStatus: 555 } };
  const { entry, known } = await recorded([], { route: { fault } });
  const metrics = new RequestMetrics();
  metrics.ofProxy(reporterFor(known)).onRequest(entry);
  expect(requestSeries(metrics)).toEqual(['source 555 FI unknown: 1']);
  expect(linesOf(metrics, 'istio_requests_total')[0]).toContain('destination_service_name="reviews"');
});

test('a copy for a mirror is counted where it arrives alone', async () => {
  const { entry, known } = await recorded([200]);
  const attempt = entry.attempts[0]!;
  const metrics = new RequestMetrics();
  const { request } = entry.decision!.lookup;
  metrics.ofProxy(reporterFor(known)).onMirrored({ request, attempt, trace: undefined });
  expect(requestSeries(metrics)).toEqual(['destination 200 - reviews-v2: 1']);
});

test('pods of one workload share their series', async () => {
  const { entry, known } = await recorded([200]);
  const metrics = new RequestMetrics();
  const reporter = reporterFor(known);
  metrics.ofProxy(reporter).onRequest(entry);
  metrics.ofProxy({ ...reporter, workload: { ...PRODUCTPAGE, pod: 'productpage-v1-def' } }).onRequest(entry);
  expect(requestSeries(metrics)).toEqual(['source 200 - reviews-v2: 2', 'destination 200 - reviews-v2: 2']);
});

test('hosts that are not in the mesh have one label, whatever they are', async () => {
  const { entry, known } = await recorded([200]);
  const metrics = new RequestMetrics();
  const proxy = metrics.ofProxy(reporterFor(known));
  for (let host = 0; host < 10_000; host += 1) {
    const authority = `h${host}.example`;
    const request = { ...entry, authority, upstreamCluster: 'PassthroughCluster', attempts: [] };
    proxy.onRequest(request);
  }
  expect(requestSeries(metrics)).toEqual(['source 200 - unknown: 10000']);
  expect(linesOf(metrics, 'istio_requests_total')[0]).toContain(
    'destination_service_name="PassthroughCluster"',
  );
});

test('label sets are limited; what does not fit is counted under unknown', async () => {
  const { entry, known } = await recorded([200]);
  const metrics = new RequestMetrics();
  const proxy = metrics.ofProxy(reporterFor(known));
  for (let service = 0; service < MAX_LABEL_SETS + 10; service += 1)
    proxy.onRequest({
      ...entry,
      upstreamCluster: `outbound|80||s${service}.default.svc.cluster.local`,
      attempts: [],
    });
  expect(requestSeries(metrics)).toHaveLength(MAX_LABEL_SETS + 1);
  expect(requestSeries(metrics).at(-1)).toBe('source 0 - unknown: 10');
  expect(linesOf(metrics, 'bookinfo_telemetry_folded_requests_total ')).toEqual([
    'bookinfo_telemetry_folded_requests_total 10',
  ]);
});
