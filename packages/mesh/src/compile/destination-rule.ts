import { resolveHost } from '../registry/host.js';
import type { RegisteredService } from '../registry/registry.js';
import type { DestinationRule, Resource } from '../resources/resource.js';
import { HostsIndex } from './hosts-index.js';

type Policy = Pick<DestinationRule['spec'], 'subsets' | 'trafficPolicy'>;

const ROOT_NAMESPACE = 'istio-system';

/**
 * What the DestinationRules say about a Service to a client: the rules of the client's namespace count, else those of
 * the Service's, else those of the root namespace, and of these the ones with the most specific host. Several rules
 * for that host are one: the oldest trafficPolicy, and all subsets (of one name: the oldest). See istio/istio
 * pilot/pkg/model/destination_rule.go.
 */
export class DestinationRules {
  readonly #byNamespace: ReadonlyMap<string, HostsIndex<DestinationRule['spec']>>;

  constructor(resources: readonly Resource[]) {
    const rules = resources.filter((resource) => resource.kind === 'DestinationRule');
    this.#byNamespace = new Map(
      Array.from(
        Map.groupBy(rules, ({ metadata }) => metadata.namespace),
        ([namespace, same]) => [
          namespace,
          new HostsIndex(same.map(({ spec }) => ({ host: resolveHost(spec.host, namespace), rule: spec }))),
        ],
      ),
    );
  }

  for(service: RegisteredService, clientNamespace: string): Policy {
    for (const namespace of [clientNamespace, service.namespace, ROOT_NAMESPACE]) {
      const specs = this.#byNamespace.get(namespace)?.mostSpecific(service.host) ?? [];
      if (specs.length > 0) return merge(specs);
    }
    return { subsets: [], trafficPolicy: undefined };
  }
}

function merge(specs: readonly DestinationRule['spec'][]): Policy {
  const subsets = new Map<string, Policy['subsets'][number]>();
  for (const subset of specs.flatMap((spec) => spec.subsets)) {
    if (!subsets.has(subset.name)) subsets.set(subset.name, subset);
  }
  return {
    subsets: [...subsets.values()],
    trafficPolicy: specs.find((spec) => spec.trafficPolicy)?.trafficPolicy,
  };
}
