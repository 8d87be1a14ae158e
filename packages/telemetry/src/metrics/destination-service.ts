import type { AccessLogEntry } from '@bookinfo/proxy';

const UNKNOWN = 'unknown';
const OUTBOUND = /^outbound\|\d+\|[^|]*\|(.+)$/;
const SERVICE = /^([^.]+)\.[^.]+\.svc\./;

/**
 * Returns the name of what a request was for, by which its labels are chosen: a cluster of the mesh's registry, or Istio's name for all
 * other hosts. The host that a client names is never used: it would let clients make labels without end.
 */
export function destinationOf({
  upstreamCluster,
  decision,
}: Pick<AccessLogEntry, 'upstreamCluster' | 'decision'>): string {
  if (upstreamCluster !== undefined)
    return isOutbound(upstreamCluster) ? upstreamCluster : 'PassthroughCluster';
  const action = decision?.lookup.route?.action;
  const [cluster] = action?.kind === 'forward' ? action.weightedClusters : [];
  if (cluster) return cluster.name;
  return decision?.outcome.kind === 'blocked' ? 'BlackHoleCluster' : UNKNOWN;
}

/** Returns Istio's labels of the service of a destination (istio/proxy, istio_stats.cc: populatePeerInfo). */
export function serviceLabels(destination: string) {
  const host = OUTBOUND.exec(destination)?.[1];
  return {
    destination_service: host ?? UNKNOWN,
    // A Service has its name, a ServiceEntry its host.
    destination_service_name: host === undefined ? destination : (SERVICE.exec(host)?.[1] ?? host),
  };
}

function isOutbound(cluster: string): boolean {
  return cluster.startsWith('outbound|');
}
