import {
  resolveHost,
  type ConsistentHashLB,
  type Destination,
  type RegisteredService,
} from '@bookinfo/rules';
import { clusterName, type HashPolicy } from '@bookinfo/routing';
import type { DestinationRules } from './destination-rule.js';

/** Hash policies of the destinations that hash, by the name of the cluster; with port 0 for a destination without a port. */
export type HashPolicies = ReadonlyMap<string, HashPolicy>;

/** A subset's name of all endpoints. */
const ALL_ENDPOINTS = '';

/** Returns the hash policies of all destinations that the services have. */
export function compileHashPolicies(
  services: readonly RegisteredService[],
  destinationRules: DestinationRules,
): HashPolicies {
  const policies = new Map<string, HashPolicy>();
  for (const service of services) {
    const subsets = [ALL_ENDPOINTS, ...destinationRules.subsetsOf(service).map(({ name }) => name)];
    for (const port of [undefined, ...service.ports.map(({ number }) => number)]) {
      for (const subset of subsets) {
        const hash = destinationRules.consistentHashFor(service, port, subset);
        const policy = hash && compileHashPolicy(hash);
        if (policy) policies.set(clusterName(port ?? 0, subset, service.host), policy);
      }
    }
  }
  return policies;
}

/** Returns the hash policy of a destination in a rule of the namespace; undefined when it does not hash. */
export function hashPolicyOf(
  { host, subset = ALL_ENDPOINTS, port }: Destination,
  namespace: string,
  hashPolicies: HashPolicies,
): HashPolicy | undefined {
  return hashPolicies.get(clusterName(port?.number ?? 0, subset, resolveHost(host, namespace)));
}

/** Returns the part of a request that is hashed, undefined when the settings name none. */
function compileHashPolicy(hash: ConsistentHashLB): HashPolicy | undefined {
  const { httpHeaderName, httpCookie, httpQueryParameterName, useSourceIp } = hash;
  if (httpHeaderName !== undefined) return { kind: 'header', name: httpHeaderName.toLowerCase() };
  if (httpQueryParameterName !== undefined) return { kind: 'query-parameter', name: httpQueryParameterName };
  if (useSourceIp) return { kind: 'source-ip' };
  if (!httpCookie) return undefined;
  const { name, path, ttl } = httpCookie;
  return { kind: 'cookie', name, ...(path !== undefined && { path }), ...(ttl && { ttlMs: ttl.ms }) };
}
