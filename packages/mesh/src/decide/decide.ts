import type { ForwardAction, WeightedCluster } from '../compile/route-action.js';
import type { Route, RouteTable, VirtualHost } from '../compile/route-table.js';
import type { Decision, Outcome, PassedOver, Random, RouteRequest } from './decision.js';
import { firstMismatch, matchSubject, type MatchSubject } from './match.js';
import { reasonFor } from './reason.js';
import { findRoute } from './route-index.js';
import { findVirtualHost } from './virtual-host.js';

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
  const routeConfiguration = table.routeConfigurations.get(request.port);
  const virtualHost = routeConfiguration && findVirtualHost(routeConfiguration, request.authority);
  if (!virtualHost) return new RouteDecision(unmatched(table, routeConfiguration !== undefined));
  const subject = matchSubject(request);
  const index = findRoute(virtualHost, subject);
  const route = index === undefined ? undefined : virtualHost.routes[index];
  const { delayMs, outcome } = route ? follow(table, route, random) : NOT_FOUND;
  return new RouteDecision(outcome, delayMs, { virtualHost, route, index, subject });
}

const NOT_FOUND = { delayMs: 0, outcome: { kind: 'route-not-found' } } as const;

interface Search {
  virtualHost: VirtualHost;
  route: Route | undefined;
  index: number | undefined;
  subject: MatchSubject;
}

/** A class for its getter's sake: a proxy makes one of these for each request and reads no reasons. */
class RouteDecision implements Decision {
  readonly #search: Search | undefined;

  constructor(
    readonly outcome: Outcome,
    readonly delayMs = 0,
    search?: Search,
  ) {
    this.#search = search;
  }

  get virtualHost(): VirtualHost | undefined {
    return this.#search?.virtualHost;
  }

  get route(): Route | undefined {
    return this.#search?.route;
  }

  get passedOver(): PassedOver[] {
    if (!this.#search) return [];
    const { virtualHost, index, subject } = this.#search;
    return virtualHost.routes.slice(0, index).flatMap((route) => {
      const mismatch = firstMismatch(route.match, subject);
      return mismatch ? [{ route, reason: reasonFor(mismatch, subject) }] : [];
    });
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

function follow(table: RouteTable, route: Route, random: Random): Pick<Decision, 'delayMs' | 'outcome'> {
  const { delay, abort } = route.fault ?? {};
  const delayMs = delay && happens(delay.percentage, random) ? delay.fixedDelayMs : 0;
  if (abort && happens(abort.percentage, random)) {
    const { httpStatus, grpcStatus } = abort;
    return {
      delayMs,
      outcome: { kind: 'abort', httpStatus, ...(grpcStatus !== undefined && { grpcStatus }) },
    };
  }
  const { action } = route;
  switch (action.kind) {
    case 'redirect':
      return { delayMs, outcome: { kind: 'redirect', action } };
    case 'direct-response':
      return { delayMs, outcome: action };
    case 'forward':
      return { delayMs, outcome: forward(table, action, random) };
  }
}

function forward({ clusters }: RouteTable, action: ForwardAction, random: Random): Outcome {
  const status = action.clusterNotFoundStatus;
  const weightedCluster = pick(action.weightedClusters, random);
  if (!weightedCluster) return { kind: 'cluster-not-found', clusterName: '', status };
  const cluster = clusters.get(weightedCluster.name);
  if (!cluster) return { kind: 'cluster-not-found', clusterName: weightedCluster.name, status };
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
