import {
  hostCovers,
  resolveHost,
  resourceKey,
  ROOT_NAMESPACE,
  type Client,
  type DestinationRule,
  type Model,
} from '@bookinfo/rules';
import { resolveBackend, ReferenceGrants } from '@bookinfo/compiler';
import type { RuleSource } from '@bookinfo/routing';
import { didYouMean } from '@bookinfo/text';
import { didYouMeanHost } from './did-you-mean-host.js';

/** The reason why a route's cluster does not exist. */
export interface MissingCluster {
  code: 'unknown-host' | 'unknown-port' | 'unknown-subset' | 'unresolved-backend';
  reason: string;
}

/** Returns the reason why the proxy of a client lacks the cluster that a rule names. */
export function missingCluster(
  cluster: string,
  rule: RuleSource | undefined,
  { resources, registry }: Model,
  client: Client,
): MissingCluster {
  const [, port = '', subset = '', host] = cluster.split('|');
  if (host === undefined)
    return { code: 'unresolved-backend', reason: unresolvedReason(rule, { resources, registry }) };
  const service = registry.service(host, '');
  if (!service) {
    const suggestion = didYouMeanHost(host, registry);
    return { code: 'unknown-host', reason: `no Service or ServiceEntry has the host ${host}${suggestion}` };
  }
  if (!registry.visibleFrom(client.namespace).service(host, ''))
    return {
      code: 'unknown-host',
      reason: `the host ${host} is not exported to the namespace ${client.namespace}`,
    };
  const ports = service.ports.map(({ number }) => number);
  if (!ports.includes(Number(port)))
    return { code: 'unknown-port', reason: `${host} has no port ${port} (it has ${ports.join(', ')})` };
  const rules = resources.filter(
    (each): each is DestinationRule =>
      each.kind === 'DestinationRule' &&
      hostCovers(resolveHost(each.spec.host, each.metadata.namespace), host),
  );
  return {
    code: 'unknown-subset',
    reason: subsetReason(subset, host, rules, [client.namespace, service.namespace]),
  };
}

/** DestinationRules of other namespaces do not count (istio/istio pilot/pkg/model/push_context.go, destinationRule). */
function subsetReason(
  subset: string,
  host: string,
  rules: readonly DestinationRule[],
  [client = '', owner = '']: readonly string[],
): string {
  const defining = rules.find(({ spec }) => spec.subsets.some(({ name }) => name === subset));
  if (!defining) {
    const subsets = [...new Set(rules.flatMap(({ spec }) => spec.subsets.map(({ name }) => name)))];
    const known = subsets.length > 0 ? ` (it has ${subsets.join(', ')})` : '';
    return `no DestinationRule defines the subset ${subset} of ${host}${didYouMean(subset, subsets) || known}`;
  }
  const { file, line } = defining.source.start;
  const namespaces = [...new Set([client, owner, ROOT_NAMESPACE])];
  const where = `the subset ${subset} of ${host} is defined in ${resourceKey(defining)} (${file}:${line})`;
  return namespaces.includes(defining.metadata.namespace)
    ? `${where}, which another DestinationRule or its exportTo keeps from clients of ${client}`
    : `${where}, but only DestinationRules of the namespaces ${namespaces.join(', ')} count: the client's, the Service's and the root namespace`;
}

/** A reference that does not resolve has no host in the table, so its reasons are those of the whole rule. */
function unresolvedReason(
  rule: RuleSource | undefined,
  { resources, registry }: Pick<Model, 'resources' | 'registry'>,
): string {
  const route = resources.find((each) => each.kind === 'HTTPRoute' && resourceKey(each) === rule?.resource);
  if (route?.kind !== 'HTTPRoute') return 'a backendRef does not resolve';
  const grants = new ReferenceGrants(resources);
  const reasons = route.spec.rules.flatMap(({ backendRefs }) =>
    backendRefs.flatMap(
      (each) => resolveBackend(each, route.metadata.namespace, registry, grants).unresolvedReason ?? [],
    ),
  );
  return [...new Set(reasons)].join('; ') || 'a backendRef does not resolve';
}
