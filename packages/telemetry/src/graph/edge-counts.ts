import { bucketOf, LATENCY_BUCKETS } from './latency-buckets.js';

/** What is counted of the requests of one client for one service to one workload. */
export interface EdgeCounts {
  /** Requests that ended there: their last try. */
  requests: number;
  /** Requests whose first try went there, which is what weights and load balancing decide. */
  chosen: number;
  /** The sum of the probabilities of going there, over all requests of the client for the service. */
  expected: number;
  errors: number;
  delays: number;
  aborts: number;
  retries: number;
  mirrored: number;
  flags: Record<string, number>;
  /** Requests by duration. */
  latencies: Uint32Array;
  /** The first and the last bucket of `latencies` with requests: few of them have any in one second. */
  firstLatency: number;
  lastLatency: number;
}

/** The client, the service and the workload of an edge. */
export interface EdgeKey {
  from: string;
  service: string;
  to: string;
}

export type Edges = Map<string, { key: EdgeKey; counts: EdgeCounts }>;

/** Returns the counts of the edge, which are added when there are none. */
export function countsOf(edges: Edges, key: EdgeKey): EdgeCounts {
  // Neither a name of Kubernetes nor a host contains a space.
  const name = `${key.from} ${key.service} ${key.to}`;
  let edge = edges.get(name);
  if (!edge) {
    const zeros = {
      requests: 0,
      chosen: 0,
      expected: 0,
      errors: 0,
      delays: 0,
      aborts: 0,
      retries: 0,
      mirrored: 0,
    };
    edge = {
      key,
      counts: {
        ...zeros,
        flags: {},
        latencies: new Uint32Array(LATENCY_BUCKETS),
        firstLatency: LATENCY_BUCKETS,
        lastLatency: -1,
      },
    };
    edges.set(name, edge);
  }
  return edge.counts;
}

/** Counts the duration of a request. */
export function countLatency(counts: EdgeCounts, ms: number): void {
  const bucket = bucketOf(ms);
  counts.latencies[bucket]! += 1;
  counts.firstLatency = Math.min(counts.firstLatency, bucket);
  counts.lastLatency = Math.max(counts.lastLatency, bucket);
}

/** Adds the counts of a part of the window to those of the window. */
export function addCounts(sum: EdgeCounts, part: EdgeCounts): void {
  sum.requests += part.requests;
  sum.chosen += part.chosen;
  sum.expected += part.expected;
  sum.errors += part.errors;
  sum.delays += part.delays;
  sum.aborts += part.aborts;
  sum.retries += part.retries;
  sum.mirrored += part.mirrored;
  for (const [flag, count] of Object.entries(part.flags)) sum.flags[flag] = (sum.flags[flag] ?? 0) + count;
  for (let bucket = part.firstLatency; bucket <= part.lastLatency; bucket += 1)
    sum.latencies[bucket]! += part.latencies[bucket]!;
  sum.firstLatency = Math.min(sum.firstLatency, part.firstLatency);
  sum.lastLatency = Math.max(sum.lastLatency, part.lastLatency);
}
