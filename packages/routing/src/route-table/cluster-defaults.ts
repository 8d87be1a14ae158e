import type { CircuitBreakers } from './cluster.js';

/** Istio's default for every cluster (mesh config's connectTimeout). */
export const CONNECT_TIMEOUT_MS = 10_000;

/** Istio's defaults: as good as none (pilot/pkg/networking/core/cluster_traffic_policy.go). */
export const UNLIMITED: CircuitBreakers = {
  maxConnections: 2 ** 32 - 1,
  maxPendingRequests: 2 ** 32 - 1,
  maxRequests: 2 ** 32 - 1,
  maxRetries: 2 ** 32 - 1,
};
