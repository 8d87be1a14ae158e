import { hostCovers, hostSpecificity, resolveHost } from '../registry/host.js';
import type { RegisteredService } from '../registry/registry.js';
import type { DestinationRule, Resource } from '../resources/resource.js';

type Policy = Pick<DestinationRule['spec'], 'subsets' | 'trafficPolicy'>;

const ROOT_NAMESPACE = 'istio-system';

/**
 * What the DestinationRules say about a Service to a client: the rules of the client's namespace count, else those of
 * the Service's, else those of the root namespace, and of these the ones with the most specific host. Several rules
 * for that host are one: the oldest trafficPolicy, and all subsets (of one name: the oldest). See istio/istio
 * pilot/pkg/model/destination_rule.go.
 */
export function destinationRuleFor(
  service: RegisteredService,
  resources: readonly Resource[],
  clientNamespace: string,
): Policy {
  const rules = resources.filter((resource) => resource.kind === 'DestinationRule');
  for (const namespace of [clientNamespace, service.namespace, ROOT_NAMESPACE]) {
    const matching = rules
      .filter((rule) => rule.metadata.namespace === namespace)
      .map(({ spec }) => ({ host: resolveHost(spec.host, namespace), spec }))
      .filter(({ host }) => hostCovers(host, service.host));
    if (matching.length > 0) return merge(matching);
  }
  return { subsets: [], trafficPolicy: undefined };
}

function merge(matching: { host: string; spec: DestinationRule['spec'] }[]): Policy {
  const best = Math.max(...matching.map(({ host }) => hostSpecificity(host)));
  const specs = matching.filter(({ host }) => hostSpecificity(host) === best).map(({ spec }) => spec);
  const subsets = new Map<string, Policy['subsets'][number]>();
  for (const subset of specs.flatMap((spec) => spec.subsets)) {
    if (!subsets.has(subset.name)) subsets.set(subset.name, subset);
  }
  return {
    subsets: [...subsets.values()],
    trafficPolicy: specs.find((spec) => spec.trafficPolicy)?.trafficPolicy,
  };
}
