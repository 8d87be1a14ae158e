import { expect, test } from 'vitest';
import {
  type ForwardAction,
  type Cluster,
  decide,
  type RouteRequest,
  endpointKey,
  isRetriableReset,
  isRetriableResponse,
  UpstreamReset,
  Matcher,
} from '@bookinfo/routing';
import { DEFAULT_MESH_CONFIG, modelOfFiles, formatProblem } from '@bookinfo/rules';
import { systemClock, type Random } from '@bookinfo/effects';
import {
  responseLabel,
  proxyResponse,
  type PredictedResponse,
  parseAssumption,
  type Assumption,
  predict,
  respond,
  versionOf,
  probeOf,
} from '@bookinfo/analysis';
import { bookinfo } from '@bookinfo/application';
import { LoadBalancer } from '@bookinfo/proxy';
import { testShares } from '@bookinfo/verdict';
import { bookinfoFiles } from '@bookinfo/rules/testing';
import { seededRandom } from '@bookinfo/testing';

const DRAWS = 40_000;
const REQUEST = { method: 'GET', url: 'http://details:9080/details/0', headers: {}, from: 'productpage' };

/** Simulates requests with the proxy's own parts, with a draw for every request and every attempt. */
function drawn(
  matcher: Matcher,
  request: RouteRequest,
  assumed: Assumption[],
  random: Random,
): PredictedResponse {
  const { outcome, delayMs } = decide(matcher, request, random);
  if (outcome.kind === 'abort') return proxyResponse(outcome.httpStatus, delayMs);
  if (outcome.kind === 'cluster-not-found') return proxyResponse(outcome.status, delayMs);
  if (outcome.kind !== 'forward') throw new Error(outcome.kind);
  const response = tried(outcome.cluster, outcome.action, assumed, random);
  return { ...response, delayMs: response.delayMs + delayMs };
}

function tried(
  cluster: Cluster,
  { retryPolicy, timeoutMs }: ForwardAction,
  assumed: Assumption[],
  random: Random,
): PredictedResponse {
  const balancer = new LoadBalancer(random, systemClock);
  const triedKeys = new Set<string>();
  // Planned pods have no address that would distinguish them.
  const endpoints = cluster.endpoints.map((endpoint, port) => ({ ...endpoint, port }));
  let elapsedMs = 0;
  for (let attempts = 1; ; attempts += 1) {
    const lease = balancer.acquire({ ...cluster, endpoints }, triedKeys);
    if (!lease) return proxyResponse(503);
    lease.release();
    if (retryPolicy.avoidPreviousHosts) triedKeys.add(endpointKey(lease.endpoint));
    const name = versionOf(lease.endpoint);
    const part = drawnPart(
      assumed.find(({ of }) => of === name),
      random,
    );
    const isLate = retryPolicy.perTryTimeoutMs > 0 && part.delayMs >= retryPolicy.perTryTimeoutMs;
    elapsedMs += isLate ? retryPolicy.perTryTimeoutMs : part.delayMs;
    if (timeoutMs > 0 && elapsedMs >= timeoutMs) return { ...proxyResponse(504, timeoutMs), attempts };
    const reset = isLate
      ? new UpstreamReset('local reset')
      : part.instead === 'refused'
        ? new UpstreamReset('remote connection failure')
        : undefined;
    const status = typeof part.instead === 'number' ? part.instead : 200;
    const isRetriable = reset
      ? isRetriableReset(reset, retryPolicy)
      : isRetriableResponse({ status }, retryPolicy);
    if (isRetriable && attempts <= retryPolicy.numRetries) continue;
    if (reset) return { ...proxyResponse(isLate ? 504 : 503, elapsedMs), attempts };
    return { ...respond({ name, version: '' }, status), delayMs: elapsedMs, attempts };
  }
}

function drawnPart(assumption: Assumption | undefined, random: Random) {
  let rest = random();
  for (const part of assumption?.parts ?? []) {
    rest -= part.share;
    if (rest < 0) return part;
  }
  return { share: 1, delayMs: 0 };
}

const rule = (http: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: details }
spec: { hosts: [details], http: [{ ${http} }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: details-v2 }
spec:
  replicas: 2
  selector: { matchLabels: { app: details, version: v2 } }
  template:
    metadata: { labels: { app: details, version: v2 } }
    spec: { containers: [{ name: details, image: 'bookinfo/details:1', ports: [{ containerPort: 9080 }] }] }
`;
const to = (subset: string) => `destination: { host: details, subset: ${subset} }`;

test.each([
  [
    'faults, weights and a missing subset',
    'fault: { delay: { percentage: { value: 30 }, fixedDelay: 1s }, abort: { percentage: { value: 20 }, httpStatus: 503 } }, ' +
      `route: [{ ${to('v1')}, weight: 5 }, { ${to('v2')}, weight: 3 }, { ${to('v9')}, weight: 2 }]`,
    ['details-v1: 503 25%'],
  ],
  [
    'retries of a status, to pods that were not tried',
    'retries: { attempts: 2, retryOn: "503" }, route: [{ destination: { host: details } }]',
    ['details-v1: 503', 'details-v2: 503 40%, 500 10%'],
  ],
  [
    'connections that fail, with the default policy',
    'route: [{ destination: { host: details } }]',
    ['details-v1: refused 50%', 'details-v2: refused 30%, 503 20%'],
  ],
  [
    'timeouts of attempts and of the route',
    'timeout: 2.5s, retries: { attempts: 3, perTryTimeout: 1s, retryOn: gateway-error }, route: [{ destination: { host: details } }]',
    ['details-v1: 2s 40%, 0.5s 20%', 'details-v2: 1s 30%, 502 0.75s 20%'],
  ],
])('%s: the prediction equals the simulation', (_what, http, assume) => {
  const result = modelOfFiles(
    [...bookinfoFiles(), { file: 'r.yaml', text: rule(http) }],
    DEFAULT_MESH_CONFIG,
  );
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  const { model } = result;
  const assumed = assume.map(parseAssumption);
  const probe = probeOf(model, REQUEST);
  const predicted = predict(probe, bookinfo, assumed);
  const random = seededRandom(11);
  const counts = new Map<string, number>();
  const { table, request } = probe;
  const matcher = new Matcher(table);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const label = responseLabel(drawn(matcher, request, assumed, random));
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const labels = predicted.map(({ value }) => responseLabel(value));
  expect([...counts.keys()].filter((label) => !labels.includes(label))).toEqual([]);
  const { pValue } = testShares(
    labels.map((label) => counts.get(label) ?? 0),
    predicted.map(({ share }) => share),
    { resolution: 0.001, random },
  );
  expect(pValue).toBeGreaterThan(0.01);
});
