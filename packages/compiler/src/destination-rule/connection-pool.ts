import type { ConnectionPoolSettings } from '@bookinfo/rules';
import { type Cluster, CONNECT_TIMEOUT_MS, UNLIMITED } from '@bookinfo/routing';

/**
 * Compiles the limits of connections; 0 means no limit (istio/istio pilot/pkg/networking/core/cluster_traffic_policy.go,
 * applyConnectionPool).
 */
export function compileConnectionPool({ tcp = {}, http = {} }: ConnectionPoolSettings = {}): Pick<
  Cluster,
  'connectTimeoutMs' | 'circuitBreakers' | 'maxRequestsPerConnection' | 'idleTimeoutMs'
> {
  return {
    connectTimeoutMs: tcp.connectTimeout?.ms ?? CONNECT_TIMEOUT_MS,
    circuitBreakers: {
      maxConnections: tcp.maxConnections || UNLIMITED.maxConnections,
      maxPendingRequests: http.http1MaxPendingRequests || UNLIMITED.maxPendingRequests,
      maxRequests: http.http2MaxRequests || UNLIMITED.maxRequests,
      maxRetries: http.maxRetries || UNLIMITED.maxRetries,
    },
    maxRequestsPerConnection: http.maxRequestsPerConnection ?? 0,
    idleTimeoutMs: (http.idleTimeout ?? tcp.idleTimeout)?.ms ?? 0,
  };
}
