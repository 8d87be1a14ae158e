import type { ForwardAction, RouteAction, WeightedCluster } from '../route-table/route-action.js';
import type { Fault, Route, RouteTable } from '../route-table/route-table.js';
import { preflightHeaders } from './cors.js';
import type { Decision, Outcome, PassedOver, RouteRequest } from './decision.js';
import type { Random } from '@bookinfo/effects';
import { redirectLocation } from './redirect-location.js';
import { Search } from './search.js';

/**
 * What a proxy with this table does with the request. Pure: it depends on its arguments alone.
 *
 * `random` is drawn in this order, each only where it decides something: once for a delay, once for an abort (neither
 * at 0 and 100 %), when not aborted once for the choice between several clusters, and once for each mirror. The draws are independent,
 * as are those of any two requests: nothing makes a request stick to the cluster of another.
 *
 * The decision's `passedOver` is worked out when it is read, so that a proxy does not pay for it.
 */
export function decide(table: RouteTable, request: RouteRequest, random: Random): Decision {
  const search = new Search(table, request);
  const { virtualHost, route } = search;
  if (route) return new SearchedDecision(search, follow(table, route, request, random));
  const outcome: Outcome = virtualHost ? { kind: 'route-not-found' } : unmatched(table, search.hasListener);
  return new SearchedDecision(search, { delayMs: 0, outcome });
}

class SearchedDecision implements Decision {
  readonly delayMs: number;
  readonly outcome: Outcome;
  readonly #search: Search;

  constructor(search: Search, { delayMs, outcome }: Pick<Decision, 'delayMs' | 'outcome'>) {
    this.#search = search;
    this.delayMs = delayMs;
    this.outcome = outcome;
  }

  get virtualHost(): Decision['virtualHost'] {
    return this.#search.virtualHost;
  }

  get route(): Decision['route'] {
    return this.#search.route;
  }

  get passedOver(): PassedOver[] {
    return this.#search.passedOver;
  }
}

function unmatched({ unmatchedHost }: RouteTable, hasListener: boolean): Outcome {
  switch (unmatchedHost) {
    case 'passthrough':
      return { kind: 'passthrough' };
    case 'block':
      return { kind: 'blocked', hasListener };
    case 'not-found':
      return { kind: 'route-not-found' };
  }
}

function follow(
  table: RouteTable,
  route: Route,
  request: RouteRequest,
  random: Random,
): Pick<Decision, 'delayMs' | 'outcome'> {
  const { delay, abort } = route.fault ?? {};
  const delayMs = delay && happens(delay.percentage, random) ? delay.fixedDelayMs : 0;
  if (abort && happens(abort.percentage, random))
    return { delayMs, outcome: aborted(abort, route.action, random) };
  const { action, cors, match } = route;
  switch (action.kind) {
    case 'redirect':
      return {
        delayMs,
        outcome: {
          kind: 'redirect',
          status: action.status,
          location: redirectLocation(action, match.path, request),
        },
      };
    case 'direct-response':
      return { delayMs, outcome: action };
    case 'forward': {
      // Behind the fault filter, and only on routes to a cluster (Envoy: CorsFilter::decodeHeaders).
      const headers = cors && preflightHeaders(cors, request);
      const outcome: Outcome = headers ? { kind: 'cors-preflight', headers } : forward(table, action, random);
      return { delayMs, outcome };
    }
  }
}

/** Envoy draws the cluster before the fault; it shows only where that cluster changes the headers of its answers. */
function aborted(
  { httpStatus, grpcStatus }: NonNullable<Fault['abort']>,
  action: RouteAction,
  random: Random,
): Outcome {
  const clusters = action.kind === 'forward' ? action.weightedClusters : [];
  const weightedCluster = clusters.some(({ responseHeaders }) => responseHeaders)
    ? pick(clusters, random)
    : undefined;
  return {
    kind: 'abort',
    httpStatus,
    ...(grpcStatus !== undefined && { grpcStatus }),
    ...(weightedCluster && { weightedCluster }),
  };
}

function forward({ clusters }: RouteTable, action: ForwardAction, random: Random): Outcome {
  const status = action.clusterNotFoundStatus;
  const weightedCluster = pick(action.weightedClusters, random);
  const cluster = weightedCluster && clusters.get(weightedCluster.name);
  if (!cluster) return { kind: 'cluster-not-found', weightedCluster, status };
  const mirrors = action.mirrors.flatMap((mirror) => {
    const target = clusters.get(mirror.cluster);
    return target && happens(mirror.percentage, random)
      ? [{ cluster: target, shadowHostSuffix: mirror.shadowHostSuffix }]
      : [];
  });
  return { kind: 'forward', cluster, weightedCluster, action, mirrors };
}

function happens(percentage: number, random: Random): boolean {
  if (percentage <= 0) return false;
  return percentage >= 100 || random() * 100 < percentage;
}

/** Envoy's stream_id modulo the sum of the weights. Undefined only when there is none. */
function pick(clusters: readonly WeightedCluster[], random: Random): WeightedCluster | undefined {
  if (clusters.length > 1) {
    let rest = random() * clusters.reduce((sum, { weight }) => sum + weight, 0);
    for (const cluster of clusters) {
      rest -= cluster.weight;
      if (rest < 0) return cluster;
    }
  }
  return clusters.at(-1);
}
