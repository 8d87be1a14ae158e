import { type Attempt, newSpanId } from '@bookinfo/proxy';
import { endpointKey, operationName } from '@bookinfo/routing';
import type { Reporter } from '../reporter.js';
import { nodeId, serviceName } from '../workload-identity.js';
import type { Span } from './span.js';
import { isError, requestTags, workloadTags } from './span-tags.js';
import type { TracedCopy, TracedRequest } from './traced-request.js';

export interface SpanOptions {
  /** The wall clock's time, in milliseconds since 1970, at which the clock of the proxies was 0. */
  timeOrigin: number;
}

/**
 * Returns the spans of one request as Envoy reports them under Istio: that of the proxy; with more than one try each try, as with
 * Envoy's spawn_upstream_span; and for each try that reached a pod whose requests no proxy of its own receives the span of the pod's
 * end, as this proxy sees it. None for a request that is not sampled.
 */
export function spansOfRequest(entry: TracedRequest, reporter: Reporter, options: SpanOptions): Span[] {
  const { trace, decision, attempts } = entry;
  if (!trace?.isSampled) return [];
  const { traceId } = trace;
  const at = clockOf(options);
  const { route, request } = decision?.lookup ?? {};
  const name = (route && request && operationName(route, request.port)) ?? entry.authority ?? '-';
  const isServer = reporter.direction === 'inbound';
  const times = timesOf(entry.startMs, entry.endMs, at);
  const span: Span = {
    traceId,
    id: trace.spanId,
    ...(trace.parentSpanId !== undefined && { parentId: trace.parentSpanId }),
    kind: isServer ? 'SERVER' : 'CLIENT',
    name,
    ...times,
    localEndpoint: { serviceName: serviceName(reporter.workload) },
    annotations: [{ timestamp: times.timestamp + times.duration, value: isServer ? 'ss' : 'cr' }],
    tags: {
      ...requestTags(entry),
      node_id: nodeId(reporter.role, reporter.workload),
      ...workloadTags(reporter.workload),
      ...entry.customTags,
    },
  };
  const spans = [span];
  for (const [index, attempt] of attempts.entries()) {
    const last = index === attempts.length - 1;
    const try_ = attempts.length > 1 ? tryOf(span, attempt, index, options) : undefined;
    if (try_) spans.push(try_);
    const server = serverSpan(try_ ?? span, attempt, last ? entry.endMs : attempt.endMs, reporter, options);
    if (server) spans.push(server);
  }
  return spans;
}

/** Returns the spans of the copy of a request for a mirror, named as those of Envoy's asynchronous client. */
export function spansOfCopy(copy: TracedCopy, reporter: Reporter, options: SpanOptions): Span[] {
  const { trace, attempt, request } = copy;
  if (!trace?.isSampled || trace.parentSpanId === undefined) return [];
  const span: Span = {
    traceId: trace.traceId,
    id: trace.spanId,
    parentId: trace.parentSpanId,
    name: `async ${attempt.cluster} egress`,
    ...timesOf(attempt.startMs, attempt.endMs, clockOf(options)),
    localEndpoint: { serviceName: serviceName(reporter.workload) },
    annotations: [],
    tags: {
      ...attemptTags(attempt),
      'http.method': request.method,
      'http.url': `http://${request.authority}${request.path}`,
    },
  };
  const server = serverSpan(span, attempt, attempt.endMs, reporter, options);
  return server ? [span, server] : [span];
}

function tryOf(parent: Span, attempt: Attempt, index: number, options: SpanOptions): Span {
  return {
    traceId: parent.traceId,
    id: newSpanId(),
    parentId: parent.id,
    name: `router ${attempt.cluster} egress`,
    ...timesOf(attempt.startMs, attempt.endMs, clockOf(options)),
    localEndpoint: parent.localEndpoint,
    annotations: [],
    tags: { ...attemptTags(attempt), ...(index > 0 && { 'retry.count': String(index) }) },
  };
}

function attemptTags({ cluster, endpoint, status, flag }: Attempt): Record<string, string> {
  return {
    component: 'proxy',
    'http.status_code': String(status ?? 0),
    'peer.address': endpointKey(endpoint),
    response_flags: flag ?? '-',
    upstream_address: endpointKey(endpoint),
    upstream_cluster: cluster,
    'upstream_cluster.name': cluster,
    ...(isError(status) && { error: 'true' }),
  };
}

function serverSpan(
  parent: Span,
  attempt: Attempt,
  endMs: number,
  { workloadOf }: Reporter,
  options: SpanOptions,
): Span | undefined {
  const { isSent, spanId, endpoint, status, flag } = attempt;
  // With the id of the client's span the endpoint has a proxy of its own, or shares the id.
  if (!isSent || spanId === undefined || spanId === parent.id) return undefined;
  const workload = workloadOf(endpoint);
  if (!workload) return undefined;
  const times = timesOf(attempt.startMs, endMs, clockOf(options));
  const { 'http.method': method = '-', 'http.url': url = '-' } = parent.tags;
  return {
    traceId: parent.traceId,
    id: spanId,
    parentId: parent.id,
    kind: 'SERVER',
    name: parent.kind ? parent.name : attempt.cluster,
    ...times,
    localEndpoint: { serviceName: serviceName(workload) },
    annotations: [{ timestamp: times.timestamp + times.duration, value: 'ss' }],
    tags: {
      component: 'proxy',
      'http.method': method,
      'http.url': url,
      'http.status_code': String(status ?? 0),
      response_flags: flag ?? '-',
      upstream_cluster: `inbound|${endpoint.port}||`,
      ...(isError(status) && { error: 'true' }),
      ...workloadTags(workload),
    },
  };
}

type ToMicros = (ms: number) => number;

function clockOf({ timeOrigin }: SpanOptions): ToMicros {
  return (ms) => Math.round((timeOrigin + ms) * 1000);
}

function timesOf(startMs: number, endMs: number, at: ToMicros) {
  return { timestamp: at(startMs), duration: Math.max(1, Math.round((endMs - startMs) * 1000)) };
}
