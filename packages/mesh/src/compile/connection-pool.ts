import { parseDuration } from '../resources/duration.js';
import type { ConnectionPoolSettings } from '../resources/kinds/connection-pool.js';
import type { CircuitBreakers, Cluster } from './cluster.js';

/** Istio's default for every cluster (mesh config's connectTimeout). */
export const CONNECT_TIMEOUT_MS = 10_000;

/** Istio's defaults: as good as none (pilot/pkg/networking/core/cluster_traffic_policy.go). */
export const UNLIMITED: CircuitBreakers = {
  maxConnections: 2 ** 32 - 1,
  maxPendingRequests: 2 ** 32 - 1,
  maxRequests: 2 ** 32 - 1,
  maxRetries: 2 ** 32 - 1,
};

/** istio/istio pilot/pkg/networking/core/cluster_traffic_policy.go, applyConnectionPool: 0 is the same as nothing. */
export function compileConnectionPool({ tcp = {}, http = {} }: ConnectionPoolSettings = {}): Pick<
  Cluster,
  'connectTimeoutMs' | 'circuitBreakers' | 'maxRequestsPerConnection' | 'idleTimeoutMs'
> {
  return {
    connectTimeoutMs: milliseconds(tcp.connectTimeout) ?? CONNECT_TIMEOUT_MS,
    circuitBreakers: {
      maxConnections: tcp.maxConnections || UNLIMITED.maxConnections,
      maxPendingRequests: http.http1MaxPendingRequests || UNLIMITED.maxPendingRequests,
      maxRequests: http.http2MaxRequests || UNLIMITED.maxRequests,
      maxRetries: http.maxRetries || UNLIMITED.maxRetries,
    },
    maxRequestsPerConnection: http.maxRequestsPerConnection ?? 0,
    idleTimeoutMs: milliseconds(http.idleTimeout ?? tcp.idleTimeout) ?? 0,
  };
}

function milliseconds(duration: string | undefined): number | undefined {
  return duration === undefined ? undefined : parseDuration(duration);
}
