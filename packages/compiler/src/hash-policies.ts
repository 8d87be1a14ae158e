import type { LoadBalancerSettings } from '@bookinfo/rules';
import {
  isDefaultRetryPolicy,
  type HashPolicy,
  type RouteAction,
  type Route,
  type RouteConfiguration,
  type VirtualHost,
} from '@bookinfo/routing';

/** What is hashed for the cluster, by its name; those that don't balance by a hash are left out. */
export type HashPolicies = ReadonlyMap<string, HashPolicy>;

const remembered = new WeakMap<readonly Route[], { hashPolicies: HashPolicies; hashing: readonly Route[] }>();

/** What the settings hash; undefined unless they balance by a hash. */
export function compileHashPolicy({ consistentHash }: LoadBalancerSettings = {}): HashPolicy | undefined {
  if (!consistentHash) return undefined;
  const { httpHeaderName, httpCookie, httpQueryParameterName } = consistentHash;
  if (httpHeaderName !== undefined) return { kind: 'header', name: httpHeaderName.toLowerCase() };
  if (httpQueryParameterName !== undefined) return { kind: 'query-parameter', name: httpQueryParameterName };
  if (!httpCookie) return { kind: 'source-ip' };
  const { name, path, ttl } = httpCookie;
  return {
    kind: 'cookie',
    name,
    ...(path !== undefined && { path }),
    ...(ttl && { ttlMs: ttl.ms }),
  };
}

/**
 * The routes, each with what its destinations hash. Where there is only one of them, the default retries may return to
 * an endpoint that failed: it is the one that the request belongs to (istio/istio pilot/pkg/networking/core/route/route.go,
 * applyHTTPRouteDestination).
 */
export function withHashPolicies(
  configurations: ReadonlyMap<number, RouteConfiguration>,
  hashPolicies: HashPolicies,
): ReadonlyMap<number, RouteConfiguration> {
  if (hashPolicies.size === 0) return configurations;
  return new Map(
    Array.from(configurations, ([port, { name, virtualHosts }]) => [
      port,
      { name, virtualHosts: virtualHosts.map((virtualHost) => hashingHost(virtualHost, hashPolicies)) },
    ]),
  );
}

function hashingHost(virtualHost: VirtualHost, hashPolicies: HashPolicies): VirtualHost {
  return { ...virtualHost, routes: hashingRoutes(virtualHost.routes, hashPolicies) };
}

/** The same list as before for the same routes, so that what is indexed of them is kept. */
function hashingRoutes(routes: readonly Route[], hashPolicies: HashPolicies): readonly Route[] {
  const found = remembered.get(routes);
  if (found?.hashPolicies === hashPolicies) return found.hashing;
  const hashing = routes.map((route) => {
    const action = hashingAction(route.action, hashPolicies);
    return action === route.action ? route : { ...route, action };
  });
  remembered.set(routes, { hashPolicies, hashing });
  return hashing;
}

function hashingAction(action: RouteAction, hashPolicies: HashPolicies): RouteAction {
  if (action.kind !== 'forward') return action;
  const { weightedClusters, retryPolicy } = action;
  const hashed = weightedClusters.flatMap(({ name }) => hashPolicies.get(name) ?? []);
  if (hashed.length === 0) return action;
  const isReturning = weightedClusters.length === 1 && isDefaultRetryPolicy(retryPolicy);
  return {
    ...action,
    hashPolicies: hashed,
    retryPolicy: isReturning ? { ...retryPolicy, avoidPreviousHosts: false } : retryPolicy,
  };
}
