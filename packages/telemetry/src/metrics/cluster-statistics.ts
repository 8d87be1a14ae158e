/** The statistics of clusters that are reported, by Envoy's names (envoyproxy.io, "Upstream cluster statistics"). */
export const CLUSTER_STATISTICS = {
  upstream_rq_total: { type: 'counter', help: 'Requests that were sent, each attempt on its own' },
  upstream_rq_retry: { type: 'counter', help: 'Retries' },
  upstream_rq_retry_success: { type: 'counter', help: 'Retries that succeeded' },
  upstream_rq_retry_limit_exceeded: { type: 'counter', help: 'Requests that used all their retries up' },
  upstream_rq_retry_overflow: { type: 'counter', help: 'Retries that a circuit breaker prevented' },
  upstream_rq_timeout: { type: 'counter', help: 'Requests that exceeded the timeout of their route' },
  upstream_rq_per_try_timeout: { type: 'counter', help: 'Requests that exceeded the timeout of an attempt' },
  upstream_rq_pending_overflow: { type: 'counter', help: 'Requests that a circuit breaker prevented' },
  upstream_cx_connect_fail: { type: 'counter', help: 'Connections that failed' },
  upstream_rq_active: { type: 'gauge', help: 'Requests under way' },
  upstream_rq_pending_active: { type: 'gauge', help: 'Requests that wait for a connection' },
  upstream_cx_active: { type: 'gauge', help: 'Open connections' },
  membership_total: { type: 'gauge', help: 'Endpoints' },
  membership_healthy: { type: 'gauge', help: 'Endpoints that are not ejected' },
  'outlier_detection.ejections_active': { type: 'gauge', help: 'Endpoints that are ejected' },
} as const;

export type ClusterStatistic = keyof typeof CLUSTER_STATISTICS;

/** The statistics of one cluster of one proxy. */
export interface ClusterStatistics {
  cluster: string;
  values: Partial<Record<ClusterStatistic, number>>;
}
