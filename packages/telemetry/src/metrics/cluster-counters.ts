import type { AccessLogEntry, ClusterState, MirroredRequest } from '@bookinfo/proxy';
import type { ClusterStatistic, ClusterStatistics } from './cluster-statistics.js';

type Counts = Partial<Record<ClusterStatistic, number>>;

/** Envoy's counters of one embedded proxy, by cluster. */
export class ClusterCounters {
  readonly #counts = new Map<string, Counts>();

  /** Returns the counters of a cluster. */
  of(cluster: string): Readonly<Counts> {
    return this.#counts.get(cluster) ?? {};
  }

  /** Returns the statistics of those clusters that have had a request. */
  with(states: readonly ClusterState[]): ClusterStatistics[] {
    return states.flatMap((state) => {
      const counts = this.#counts.get(state.cluster);
      return counts ? [{ cluster: state.cluster, values: { ...counts, ...gauges(state) } }] : [];
    });
  }

  /** Counts a request that has ended. */
  onRequest({
    attempts,
    upstreamCluster,
    responseCode,
    responseCodeDetails,
    responseFlags,
  }: AccessLogEntry): void {
    if (upstreamCluster === undefined) return;
    const counts = this.#countsOf(upstreamCluster);
    for (const attempt of attempts) countAttempt(counts, attempt);
    const retries = attempts.length - 1;
    if (retries > 0) add(counts, 'upstream_rq_retry', retries);
    if (retries > 0 && responseCode > 0 && responseCode < 500) add(counts, 'upstream_rq_retry_success');
    if (responseFlags.includes('URX')) add(counts, 'upstream_rq_retry_limit_exceeded');
    if (responseFlags.includes('UO') && attempts.at(-1)?.reset !== 'overflow')
      add(counts, 'upstream_rq_retry_overflow');
    if (responseCodeDetails === 'response_timeout') add(counts, 'upstream_rq_timeout');
    if (responseCodeDetails === 'upstream_per_try_timeout') add(counts, 'upstream_rq_per_try_timeout');
  }

  /** Counts the copy of a request for a mirror. */
  onMirrored({ attempt }: MirroredRequest): void {
    countAttempt(this.#countsOf(attempt.cluster), attempt);
  }

  #countsOf(cluster: string): Counts {
    let counts = this.#counts.get(cluster);
    if (!counts) this.#counts.set(cluster, (counts = {}));
    return counts;
  }
}

function gauges({ endpoints, ejected, connections, requests, pendingRequests }: ClusterState): Counts {
  return {
    upstream_rq_active: requests,
    upstream_rq_pending_active: pendingRequests,
    upstream_cx_active: connections,
    membership_total: endpoints,
    membership_healthy: endpoints - ejected,
    'outlier_detection.ejections_active': ejected,
  };
}

function countAttempt(counts: Counts, { isSent, reset }: MirroredRequest['attempt']): void {
  if (isSent) add(counts, 'upstream_rq_total');
  if (reset === 'overflow') add(counts, 'upstream_rq_pending_overflow');
  if (reset === 'remote connection failure' || reset === 'connection timeout')
    add(counts, 'upstream_cx_connect_fail');
}

function add(counts: Counts, statistic: ClusterStatistic, count = 1): void {
  counts[statistic] = (counts[statistic] ?? 0) + count;
}
