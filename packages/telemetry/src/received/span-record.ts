import type { AccessLogEntry, Attempt } from '@bookinfo/proxy';
import type { CountedRequest } from '../metrics/request-of-line.js';
import { isError } from '../spans/span-tags.js';
import type { Span } from '../spans/span.js';
import type { TracedSpan, TracePart } from '../traces/trace-part.js';
import { workloadId } from '../workload-id.js';
import type { WorkloadIdentity } from '../workload-identity.js';

/** `sidecar~10.0.0.1~reviews-v1.default~default.svc.cluster.local`, as `nodeId` returns it. */
const NODE = /^[^~]+~[^~]*~(.+)\.([^.~]+)~/;

/** Returns the pod, or the gateway, whose proxy has sent the span, and its namespace. */
export function podOf({ tags }: Span): { pod: string; namespace: string } | undefined {
  const [, pod, namespace] = NODE.exec(tags['node_id'] ?? '') ?? [];
  return pod === undefined || namespace === undefined ? undefined : { pod, namespace };
}

/** Returns the part of its trace that a span from a proxy in another process is. */
export function partOfSpan(
  span: Span,
  workload: Pick<WorkloadIdentity, 'workload' | 'namespace'>,
): TracePart {
  const traced: TracedSpan = { ...span, workload: workloadId(workload) };
  const { response_flags: flags = '-' } = span.tags;
  return {
    traceId: span.traceId,
    bytes: JSON.stringify(span).length + 1000,
    isError: span.tags['error'] === 'true' || flags !== '-',
    workloads: [traced.workload],
    spans: () => [traced],
  };
}

/** Returns the request of a caller's span, as the graph counts it; `isAnswered` when a pod has reported its end of it. */
export function requestOfSpan({ tags, duration }: Span, isAnswered: boolean): CountedRequest {
  const status = Number(tags['http.status_code'] ?? 0);
  const { response_flags: flags = '-', upstream_cluster: cluster } = tags;
  const responseFlags = (flags === '-' ? [] : flags.split(',')) as AccessLogEntry['responseFlags'];
  const endMs = duration / 1000;
  const attempt: Attempt = {
    cluster: cluster ?? '',
    endpoint: { address: '', port: 0, pod: '', labels: {} },
    startMs: 0,
    endMs,
    isSent: true,
    ...(!isError(status) && { status }),
  };
  return {
    startMs: 0,
    endMs,
    responseCode: status,
    responseFlags,
    bytesReceived: Number(tags['request_size'] ?? 0),
    bytesSent: Number(tags['response_size'] ?? 0),
    upstreamCluster: cluster,
    decision: undefined,
    attempts: isAnswered ? [attempt] : [],
  };
}
