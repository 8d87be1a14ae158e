import { canonicalRevision, canonicalService, type WorkloadIdentity } from '../workload-identity.js';
import type { TracedRequest } from './traced-request.js';

/** Returns the tags of Istio that name the workload whose proxy reports (pilot/pkg/networking/core: tracing.go). */
export function workloadTags(workload: WorkloadIdentity): Record<string, string> {
  return {
    'istio.canonical_service': canonicalService(workload),
    'istio.canonical_revision': canonicalRevision(workload),
    'istio.mesh_id': 'cluster.local',
    'istio.namespace': workload.namespace,
  };
}

/** Returns Envoy's tags of a request, all of them text (source/common/tracing/http_tracer_impl.cc). */
export function requestTags(entry: TracedRequest): Record<string, string> {
  const { request } = entry.decision?.lookup ?? {};
  const tags: Record<string, string> = {
    component: 'proxy',
    downstream_cluster: '-',
    'http.method': entry.method ?? '-',
    'http.protocol': entry.protocol,
    'http.status_code': String(entry.responseCode),
    'http.url': `${request?.scheme ?? 'http'}://${entry.authority ?? '-'}${entry.path ?? ''}`,
    'peer.address': addressOf(entry.downstreamRemoteAddress),
    request_size: String(entry.bytesReceived),
    response_flags: entry.responseFlags.join(',') || '-',
    response_size: String(entry.bytesSent),
    user_agent: entry.userAgent ?? '-',
  };
  if (entry.requestId !== undefined) tags['guid:x-request-id'] = entry.requestId;
  if (entry.upstreamCluster !== undefined) {
    tags['upstream_cluster'] = entry.upstreamCluster;
    tags['upstream_cluster.name'] = entry.upstreamCluster;
  }
  if (isError(entry.responseCode)) tags['error'] = 'true';
  return tags;
}

/** Envoy marks the spans of responses with 5xx, and of requests without a response. */
export function isError(status: number | undefined): boolean {
  return status === undefined || status === 0 || status >= 500;
}

function addressOf(socketAddress: string): string {
  return socketAddress.slice(0, socketAddress.lastIndexOf(':'));
}
