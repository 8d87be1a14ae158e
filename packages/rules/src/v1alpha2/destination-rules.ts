import type { z } from 'zod';
import type { trafficPolicy } from '../resources/kinds/traffic-policy.js';
import type { Problem } from '../resources/problem.js';
import { originOf, resourceKey, type DestinationPolicy, type Resource } from '../resources/resource.js';
import { circuitBreakerBlocks, NO_CIRCUIT_BREAKER } from './circuit-breaker.js';
import { API_VERSION, originOfFirst, type ConvertedResource } from './converted.js';
import { hostNameOf } from './host-name.js';
import { istioServiceHost } from './service-host.js';
import type { SubsetNames } from './subset-names.js';

type TrafficPolicyManifest = z.input<typeof trafficPolicy>;

/** The policies by host and name of the subset, which is empty for all pods. */
export type Policies = ReadonlyMap<string, ReadonlyMap<string, DestinationPolicy>>;

/**
 * Returns the DestinationPolicies among the resources, one for each host and labels: the first by namespace and name
 * (istio/istio 0.3.0, pilot/model/config.go, Policy). Adds the subsets of their labels to `subsets`.
 */
export function policiesOf(
  resources: readonly Resource[],
  subsets: SubsetNames,
  warnings: Problem[],
): Policies {
  const policies = new Map<string, Map<string, DestinationPolicy>>();
  const sorted = resources
    .filter((resource) => resource.kind === 'DestinationPolicy')
    .toSorted((a, b) => (resourceKey(a) < resourceKey(b) ? -1 : 1));
  for (const policy of sorted) {
    const { destination } = policy.spec;
    const host = istioServiceHost(destination, policy.metadata.namespace);
    const subset = subsets.nameFor(host, destination.labels) ?? '';
    const ofHost = policies.get(host) ?? new Map<string, DestinationPolicy>();
    policies.set(host, ofHost);
    const first = ofHost.get(subset);
    if (!first) ofHost.set(subset, policy);
    else {
      const message = `this policy has no effect: ${resourceKey(first)} applies to the same pods`;
      warnings.push({ ...originOf(policy, []), message });
    }
  }
  return policies;
}

/**
 * Returns a DestinationRule for each host with subsets or policies. A policy applies to exactly its labels: subsets do not
 * inherit the policy for all pods, as they would in a DestinationRule.
 */
export function destinationRulesOf(
  named: SubsetNames,
  policies: Policies,
  rulesByHost: ReadonlyMap<string, readonly Resource[]>,
): ConvertedResource[] {
  const hosts = new Set([...named.hosts, ...policies.keys()]);
  return Array.from(hosts, (host): ConvertedResource => {
    const ofHost = policies.get(host);
    const whole = ofHost?.get('');
    const subsets = named.of(host).map(({ name, labels }) => ({
      name,
      labels,
      trafficPolicy: trafficPolicyOf(ofHost?.get(name), whole),
    }));
    const [first] = [
      ...(ofHost?.values() ?? []),
      ...(rulesByHost.get(host) ?? []),
      ...[...rulesByHost.values()].flat(),
    ];
    const { name, namespace, host: written } = hostNameOf(host, first?.metadata.namespace);
    return {
      manifest: {
        apiVersion: API_VERSION,
        kind: 'DestinationRule',
        // Another name than the host's, so that an existing DestinationRule is not replaced.
        metadata: { name: `${name}-route-rules`, namespace },
        spec: {
          host: written,
          ...(whole && { trafficPolicy: trafficPolicyOf(whole) }),
          ...(subsets.length > 0 && { subsets }),
        },
      },
      origin: originOfFirst(first),
      rules: [],
    };
  });
}

/** @param whole the policy for all pods, which the subset must not inherit */
function trafficPolicyOf(
  policy: DestinationPolicy | undefined,
  whole?: DestinationPolicy,
): TrafficPolicyManifest {
  const { loadBalancing, circuitBreaker } = policy?.spec ?? {};
  return {
    loadBalancer: { simple: loadBalancing?.name ?? 'ROUND_ROBIN' },
    ...(whole?.spec.circuitBreaker && NO_CIRCUIT_BREAKER),
    ...(circuitBreaker && circuitBreakerBlocks(circuitBreaker.simpleCb)),
  };
}
