import type { Route, RouteTable, WeightedCluster } from '../compile/route-table.js';
import type { Decision, PassedOver, Random, RouteRequest } from './decision.js';
import { firstMismatch, matchSubject, type MatchSubject } from './match.js';
import { reasonFor } from './reason.js';
import { findVirtualHost } from './virtual-host.js';

/**
 * What a proxy with this table does with the request. Pure: it depends on its arguments alone.
 *
 * `random` is drawn in this order, each only where it decides something: once for a delay, once for an abort (neither
 * at 0 and 100 %), and, when not aborted, once for the choice between several clusters. The draws are independent,
 * as are those of any two requests: nothing makes a request stick to the cluster of another.
 *
 * The decision's `passedOver` is worked out when it is read, so that a proxy does not pay for it.
 */
export function decide(table: RouteTable, request: RouteRequest, random: Random): Decision {
  const virtualHost = findVirtualHost(table, request.authority);
  if (!virtualHost) {
    const kind = table.unmatchedHost === 'passthrough' ? 'passthrough' : 'route-not-found';
    return { passedOver: [], delayMs: 0, outcome: { kind } };
  }
  const subject = matchSubject(request);
  const { routes } = virtualHost;
  const index = routes.findIndex(({ match }) => firstMismatch(match, subject) === undefined);
  const route = routes[index];
  return {
    virtualHost,
    ...(route && { route }),
    get passedOver() {
      return passedOver(route ? routes.slice(0, index) : routes, subject);
    },
    ...(route ? follow(table, route, random) : { delayMs: 0, outcome: { kind: 'route-not-found' } }),
  };
}

function passedOver(routes: readonly Route[], subject: MatchSubject): PassedOver[] {
  return routes.flatMap((route) => {
    const mismatch = firstMismatch(route.match, subject);
    return mismatch ? [{ route, reason: reasonFor(mismatch, subject) }] : [];
  });
}

function follow(table: RouteTable, route: Route, random: Random): Pick<Decision, 'delayMs' | 'outcome'> {
  const { delay, abort } = route.fault ?? {};
  const delayMs = delay && happens(delay.percentage, random) ? delay.fixedDelayMs : 0;
  if (abort && happens(abort.percentage, random)) {
    return { delayMs, outcome: { kind: 'abort', httpStatus: abort.httpStatus } };
  }
  const clusterName = pick(route.action.weightedClusters, random);
  const cluster = table.clusters.get(clusterName);
  return {
    delayMs,
    outcome: cluster ? { kind: 'forward', cluster } : { kind: 'cluster-not-found', clusterName },
  };
}

function happens(percentage: number, random: Random): boolean {
  if (percentage <= 0) return false;
  return percentage >= 100 || random() * 100 < percentage;
}

function pick(clusters: readonly WeightedCluster[], random: Random): string {
  const last = clusters.at(-1);
  if (!last) throw new Error('a route needs at least one cluster');
  if (clusters.length > 1) {
    let rest = random() * clusters.reduce((sum, { weight }) => sum + weight, 0);
    for (const { name, weight } of clusters) {
      rest -= weight;
      if (rest < 0) return name;
    }
  }
  return last.name;
}
