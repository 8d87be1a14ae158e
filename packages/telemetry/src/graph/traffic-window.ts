import type { Clock } from '@bookinfo/effects';
import type { MirroredRequest } from '@bookinfo/proxy';
import type { CountedRequest } from '../metrics/request-of-line.js';
import type { Reporter } from '../reporter.js';
import { isError } from '../spans/span-tags.js';
import { hostOf, proxyOf, targetOf, workloadId } from '../workload-id.js';
import { addCounts, countLatency, countsOf, type Edges } from './edge-counts.js';
import { RouteShares } from './route-shares.js';

/** The part of the past that the graph shows. */
export const WINDOW_SECONDS = 60;

/** The host of requests that no route takes, as Istio calls its cluster for them. */
const NO_ROUTE = 'BlackHoleCluster';

interface Second {
  /** In whole seconds of the clock. */
  at: number;
  edges: Edges;
  /** Services whose shares cannot be predicted, for a client: `default/productpage-v1 reviews`. */
  unpredicted: Set<string>;
}

/** The requests of the last seconds, counted by client, service and workload. What is older is forgotten. */
export class TrafficWindow {
  readonly #clock: Clock;
  readonly #shares = new RouteShares();
  readonly #seconds: Second[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a request that has ended. Without a decision, as of a line of an access log, its share is not predicted. */
  record(entry: CountedRequest, reporter: Reporter): void {
    const { attempts, decision, responseFlags } = entry;
    const { edges, unpredicted } = this.#now();
    const from = workloadId(reporter.workload);
    const service = serviceOf(entry, reporter);
    const own = proxyOf(service);
    const counts = countsOf(edges, { from, service, to: destinationOf(entry, reporter) ?? own });
    const aborts = decision?.outcome.kind === 'abort';
    counts.requests += 1;
    if (isError(entry.responseCode)) counts.errors += 1;
    if (decision && decision.delayMs > 0) counts.delays += 1;
    if (aborts) counts.aborts += 1;
    counts.retries += Math.max(0, attempts.length - 1);
    for (const flag of responseFlags) counts.flags[flag] = (counts.flags[flag] ?? 0) + 1;
    countLatency(counts, entry.endMs - entry.startMs);
    // A client that gives up during a delay ends its request before an endpoint is chosen.
    const first = attempts[0];
    if (!first && responseFlags.includes('DC')) return;
    countsOf(edges, { from, service, to: first ? targetOf(first, reporter) : own }).chosen += 1;
    const route = decision?.lookup.route;
    const shares = route && this.#shares.of(route, decision.lookup.table, service, reporter);
    if (!shares) unpredicted.add(`${from} ${service}`);
    for (const [to, share] of shares ?? []) countsOf(edges, { from, service, to }).expected += share;
  }

  /** Counts a copy for a mirror. */
  recordCopy({ attempt }: MirroredRequest, reporter: Reporter): void {
    const { edges } = this.#now();
    const from = workloadId(reporter.workload);
    const service = hostOf(attempt.cluster);
    countsOf(edges, { from, service, to: targetOf(attempt, reporter) }).mirrored += 1;
  }

  /** Returns the sums of the last `seconds`. */
  sums(seconds: number): Pick<Second, 'edges' | 'unpredicted'> {
    const edges: Edges = new Map();
    const unpredicted = new Set<string>();
    const now = this.#second();
    for (const second of this.#seconds) {
      if (second.at <= now - seconds) continue;
      for (const { key, counts } of second.edges.values()) addCounts(countsOf(edges, key), counts);
      for (const name of second.unpredicted) unpredicted.add(name);
    }
    return { edges, unpredicted };
  }

  #second(): number {
    return Math.floor(this.#clock.now() / 1000);
  }

  /** Returns the second of now, and forgets those before the window. */
  #now(): Second {
    const at = this.#second();
    let last = this.#seconds.at(-1);
    if (last?.at !== at) {
      last = { at, edges: new Map(), unpredicted: new Set() };
      this.#seconds.push(last);
      while ((this.#seconds[0]?.at ?? at) <= at - WINDOW_SECONDS) this.#seconds.shift();
    }
    return last;
  }
}

/**
 * Returns the workload of the last try; without one, and when the client has given up, that of the cluster that was drawn, if it is the
 * only one there.
 */
function destinationOf(
  { attempts, decision, responseFlags }: CountedRequest,
  reporter: Reporter,
): string | undefined {
  const last = attempts.at(-1);
  if (last) return targetOf(last, reporter);
  if (decision?.outcome.kind !== 'forward' || !responseFlags.includes('DC')) return undefined;
  const { name, endpoints } = decision.outcome.cluster;
  const targets = new Set(endpoints.map((endpoint) => targetOf({ cluster: name, endpoint }, reporter)));
  return targets.size === 1 ? [...targets][0] : undefined;
}

/**
 * Returns the host that was called, under the name that the mesh has for it: hosts that it has none for are one, so that a client cannot
 * make the graph grow. A gateway is called by names of its own, so its requests are named by the first destination of their route.
 */
function serviceOf({ decision, upstreamCluster }: CountedRequest, { role }: Reporter): string {
  const { route, virtualHost } = decision?.lookup ?? {};
  if (!route || !virtualHost) return hostOf(upstreamCluster ?? NO_ROUTE);
  const [cluster] = route.action.kind === 'forward' ? route.action.weightedClusters : [];
  if (role === 'gateway' && cluster) return hostOf(cluster.name);
  return virtualHost.name.replace(/:\d+$/, '');
}
