import { agreeingShares } from '@bookinfo/verdict';
import type { EdgeCounts, EdgeKey } from './edge-counts.js';
import { quantile } from './latency-buckets.js';
import { type TrafficWindow, WINDOW_SECONDS } from './traffic-window.js';

/** The seconds that rates are of. */
const RATE_SECONDS = 10;

/** The page asks every second: at a larger probability of error, some edge of a large mesh would disagree each hour. */
const ALPHA = 1e-5;

export interface PredictedShare {
  share: number;
  /** The shares that agree with it, for this number of requests. */
  low: number;
  high: number;
  agrees: boolean;
}

export interface GraphEdge extends EdgeKey {
  requests: number;
  requestsPerSecond: number;
  /** Its part of the client's requests for the service. */
  share: number;
  /** Absent without requests, and where the share depends on more than routes. */
  predictedShare?: PredictedShare;
  errorRate: number;
  p50Ms?: number;
  p99Ms?: number;
  flags: Record<string, number>;
  delays: number;
  aborts: number;
  retries: number;
  mirrored: number;
}

/** Returns the edges of the window, with observed and predicted shares. */
export function graphEdges(window: TrafficWindow): GraphEdge[] {
  const { edges, unpredicted } = window.sums(WINDOW_SECONDS);
  const latest = window.sums(RATE_SECONDS).edges;
  const totals = new Map<string, number>();
  for (const { key, counts } of edges.values())
    totals.set(groupOf(key), (totals.get(groupOf(key)) ?? 0) + counts.chosen);
  return Array.from(edges, ([name, { key, counts }]) => {
    const group = groupOf(key);
    const total = totals.get(group) ?? 0;
    const { requests, errors, latencies, flags, delays, aborts, retries, mirrored } = counts;
    const p50Ms = quantile(latencies, 0.5);
    const p99Ms = quantile(latencies, 0.99);
    return {
      ...key,
      requests,
      requestsPerSecond: (latest.get(name)?.counts.requests ?? 0) / RATE_SECONDS,
      share: total === 0 ? 0 : counts.chosen / total,
      ...(total > 0 && !unpredicted.has(group) && { predictedShare: predicted(counts, total) }),
      errorRate: requests === 0 ? 0 : errors / requests,
      ...(p50Ms !== undefined && { p50Ms }),
      ...(p99Ms !== undefined && { p99Ms }),
      flags,
      delays,
      aborts,
      retries,
      mirrored,
    };
  });
}

function groupOf({ from, service }: EdgeKey): string {
  return `${from} ${service}`;
}

/** The shares of the requests may differ, then the interval of their mean is a little wider than it has to be (Hoeffding 1956). */
function predicted({ chosen, expected }: EdgeCounts, total: number): PredictedShare {
  // A sum of shares that add up to 1 is not exactly their number.
  const share = Math.round((expected / total) * 1e9) / 1e9;
  const { low, high } = agreeingShares(share, total, ALPHA);
  return { share, low, high, agrees: chosen >= low * total - 1e-6 && chosen <= high * total + 1e-6 };
}
