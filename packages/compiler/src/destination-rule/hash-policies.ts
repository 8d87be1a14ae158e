import type { LoadBalancerSettings } from '@bookinfo/rules';
import type { ForwardAction, HashPolicy } from '@bookinfo/routing';

/** Hash policies by cluster name, for the clusters that balance by a hash. */
export type HashPolicies = ReadonlyMap<string, HashPolicy>;

/** Returns the part of a request that the settings hash, undefined when they do not balance by a hash. */
export function compileHashPolicy({ consistentHash }: LoadBalancerSettings = {}): HashPolicy | undefined {
  if (!consistentHash) return undefined;
  const { httpHeaderName, httpCookie, httpQueryParameterName } = consistentHash;
  if (httpHeaderName !== undefined) return { kind: 'header', name: httpHeaderName.toLowerCase() };
  if (httpQueryParameterName !== undefined) return { kind: 'query-parameter', name: httpQueryParameterName };
  if (!httpCookie) return { kind: 'source-ip' };
  const { name, path, ttl } = httpCookie;
  return { kind: 'cookie', name, ...(path !== undefined && { path }), ...(ttl && { ttlMs: ttl.ms }) };
}

/**
 * Adds the hash policies of an action's destinations. With a single destination, Istio's default retries may return to an
 * endpoint that failed, since the hash assigns the request to that endpoint (istio/istio
 * pilot/pkg/networking/core/route/route.go, applyHTTPRouteDestination).
 *
 * @param hasOwnRetries true when the rule sets retries
 */
export function withHashPolicies(
  action: ForwardAction,
  hasOwnRetries: boolean,
  hashPolicies: HashPolicies,
): ForwardAction {
  const { weightedClusters, retryPolicy } = action;
  const own = weightedClusters.flatMap(({ name }) => hashPolicies.get(name) ?? []);
  if (own.length === 0) return action;
  const mayReturn = weightedClusters.length === 1 && !hasOwnRetries;
  return {
    ...action,
    hashPolicies: own,
    retryPolicy: mayReturn ? { ...retryPolicy, avoidPreviousHosts: false } : retryPolicy,
  };
}
