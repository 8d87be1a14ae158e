import type { Problem } from '../resources/problem.js';
import type { Resource } from '../resources/resource.js';
import type { Converted } from './converted.js';
import { destinationRulesOf, policiesOf } from './destination-rules.js';
import type { Conversion } from './http-route.js';
import { serviceEntryOf } from './service-entry.js';
import { istioServiceHost } from './service-host.js';
import { SubsetNames } from './subset-names.js';
import { virtualServiceOf } from './virtual-service.js';

/**
 * Converts the RouteRules, DestinationPolicies and EgressRules among the resources to VirtualServices, DestinationRules and
 * ServiceEntries. The Services among them define the pods of a rule's `source`.
 */
export function convert(resources: readonly Resource[]): Converted {
  const warnings: Problem[] = [];
  const differences: Problem[] = [];
  const conversion: Conversion = { resources, subsets: new SubsetNames(), differences };
  const rulesByHost = Map.groupBy(
    resources.filter((resource) => resource.kind === 'RouteRule'),
    ({ metadata, spec }) => istioServiceHost(spec.destination, metadata.namespace),
  );
  const virtualServices = Array.from(rulesByHost, ([host, rules]) =>
    virtualServiceOf(host, rules, conversion, warnings),
  );
  const policies = policiesOf(resources, conversion.subsets, warnings);
  const converted = [...virtualServices, ...destinationRulesOf(conversion.subsets, policies, rulesByHost)];
  const egressRules = resources.filter((resource) => resource.kind === 'EgressRule');
  return { resources: [...converted, ...egressRules.map(serviceEntryOf)], warnings, differences };
}
