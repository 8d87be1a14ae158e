import type { Random } from '@bookinfo/effects';
import type { Matcher } from '../matching/matcher.js';
import type { RouteRequest } from '../request/route-request.js';
import type { ForwardAction, RouteAction, WeightedCluster } from '../route-table/route-action.js';
import type { Fault, Route, RouteTable } from '../route-table/route-table.js';
import type { Decision, Outcome } from './decision.js';
import { RouteLookup } from './route-lookup.js';

/**
 * Decides what a proxy with this table does with a request. Depends on its arguments alone.
 *
 * `random` is drawn in this order, each time only when it decides something: once for a delay, once for an abort (neither
 * at 0 and 100 %), once for the choice between several clusters unless aborted, and once for each mirror. The draws are
 * independent, as are those of any two requests.
 */
export function decide(matcher: Matcher, request: RouteRequest, random: Random): Decision {
  const lookup = new RouteLookup(matcher, request);
  const { route, virtualHost, hasListener } = lookup;
  if (!route) {
    const outcome: Outcome = virtualHost
      ? { kind: 'route-not-found' }
      : unmatched(matcher.table, hasListener);
    return { lookup, delayMs: 0, outcome };
  }
  const { delay, abort } = route.fault ?? {};
  const delayMs = delay && rollPercentage(delay.percentage, random) ? delay.fixedDelayMs : 0;
  const outcome =
    abort && rollPercentage(abort.percentage, random)
      ? abortOutcome(abort, route.action, random)
      : outcomeOf(route, lookup, matcher.table, random);
  return { lookup, delayMs, outcome };
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

function outcomeOf({ action }: Route, lookup: RouteLookup, table: RouteTable, random: Random): Outcome {
  switch (action.kind) {
    case 'redirect':
      return { kind: 'redirect', status: action.status, location: lookup.redirectLocation ?? '' };
    case 'direct-response':
      return lookup.redirectLocation === undefined
        ? action
        : { ...action, location: lookup.redirectLocation };
    case 'forward': {
      // The CORS filter comes after the fault filter, and before a cluster is chosen.
      const headers = lookup.preflightHeaders;
      return headers ? { kind: 'cors-preflight', headers } : forward(action, lookup, table, random);
    }
  }
}

/** Envoy draws the cluster before the fault; the draw shows only when a cluster changes response headers. */
function abortOutcome(
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

function forward(
  action: ForwardAction,
  { rewrittenPath }: RouteLookup,
  { clusters }: RouteTable,
  random: Random,
): Outcome {
  const status = action.clusterNotFoundStatus;
  const weightedCluster = pick(action.weightedClusters, random);
  const cluster = weightedCluster && clusters.get(weightedCluster.name);
  if (!cluster) return { kind: 'cluster-not-found', weightedCluster, status };
  const mirrors = action.mirrors.flatMap((mirror) => {
    const target = clusters.get(mirror.cluster);
    return target && rollPercentage(mirror.percentage, random)
      ? [{ cluster: target, shadowHostSuffix: mirror.shadowHostSuffix }]
      : [];
  });
  const rewrite = rewrittenPath === undefined ? {} : { rewrittenPath };
  return { kind: 'forward', cluster, weightedCluster, action, mirrors, ...rewrite };
}

/** Draws only when the percentage is between 0 and 100. */
function rollPercentage(percentage: number, random: Random): boolean {
  if (percentage <= 0) return false;
  return percentage >= 100 || random() * 100 < percentage;
}

/** Picks by weight, as Envoy takes its random value modulo the sum of the weights. Undefined only for an empty list. */
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
