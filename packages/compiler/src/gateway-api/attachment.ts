import {
  hostCovers,
  selects,
  selectorText,
  type Listener,
  type ParentReference,
  type HTTPRoute,
  type KubernetesGateway,
} from '@bookinfo/rules';
import { backendFilterReason } from './backend-filters.js';
import type { NamespaceLabels } from './namespace-labels.js';

/** A host at a listener of a Gateway. */
export interface AttachedHost {
  listener: Listener;
  host: string;
}

/** The hosts at which a route is attached to the Gateway that it names, or the reason why it is not attached. */
export type Attachment = { gateway: KubernetesGateway; hosts: AttachedHost[] } | { refused: string };

/** Attaches a route to the Gateway that it names; in a cluster, the route's status has the same reason. */
export function attach(
  httpRoute: HTTPRoute,
  parent: ParentReference,
  gateways: readonly KubernetesGateway[],
  namespaceLabels: NamespaceLabels,
): Attachment {
  const { metadata, spec } = httpRoute;
  const namespace = parent.namespace ?? metadata.namespace;
  const gateway = gateways.find(
    (one) => one.metadata.name === parent.name && one.metadata.namespace === namespace,
  );
  if (!gateway)
    return { refused: `there is no Gateway ${namespace}/${parent.name} of gateway.networking.k8s.io` };
  const unconverted = backendFilterReason(httpRoute);
  if (unconverted !== undefined) return { refused: unconverted };
  const hostnames = spec.hostnames.length > 0 ? spec.hostnames : ['*'];
  const { listeners } = gateway.spec;
  const results = listeners.map((listener): Attachment => {
    const refused =
      refusalReason(listener, parent) ??
      namespaceReason(listener, metadata.namespace, namespace, namespaceLabels);
    if (refused !== undefined) return { refused };
    const hosts = hostnames.flatMap((each) =>
      sharedHost(each, listener, listeners).map((host) => ({ listener, host })),
    );
    return hosts.length > 0 ? { gateway, hosts } : { refused: noSharedHostReason(listener) };
  });
  const hosts = results.flatMap((result) => ('hosts' in result ? result.hosts : []));
  if (hosts.length > 0) return { gateway, hosts };
  const reasons = new Set(results.flatMap((result) => ('refused' in result ? [result.refused] : [])));
  return { refused: `Gateway ${namespace}/${parent.name} does not take it: ${[...reasons].join('; ')}` };
}

function refusalReason(
  { name, port, allowedRoutes: { kinds } }: Listener,
  parent: ParentReference,
): string | undefined {
  if (parent.sectionName !== undefined && parent.sectionName !== name)
    return `it has no listener ${parent.sectionName}`;
  if (parent.port !== undefined && parent.port !== port) return `it does not listen to port ${parent.port}`;
  if (kinds.length > 0 && !kinds.some(({ kind }) => kind === 'HTTPRoute'))
    return `listener ${name} does not take the kind HTTPRoute`;
  return undefined;
}

/** Returns why the listener takes no routes of a namespace (istio/istio conversion.go, namespacesFromSelector). */
function namespaceReason(
  { name, allowedRoutes: { namespaces } }: Listener,
  routeNamespace: string,
  gatewayNamespace: string,
  namespaceLabels: NamespaceLabels,
): string | undefined {
  const { from, selector } = namespaces;
  if (from === 'All') return undefined;
  if (from === 'Same' || !selector)
    return routeNamespace === gatewayNamespace
      ? undefined
      : `listener ${name} takes routes of the namespace ${gatewayNamespace} only`;
  const labels = namespaceLabels.of(routeNamespace);
  if (selects(selector, labels)) return undefined;
  const own = selectorText({ matchLabels: labels, matchExpressions: [] });
  return `listener ${name} takes routes of namespaces with ${selectorText(selector)} only (${routeNamespace} has ${own})`;
}

/** Returns the narrower of both hosts; none when a more specific listener of the same port has it (listener isolation). */
function sharedHost(
  hostname: string,
  { name, port, hostname: served = '*' }: Listener,
  all: readonly Listener[],
): string[] {
  const others = all.filter((one) => one.name !== name && one.port === port);
  if (hostCovers(hostname, served)) return [served];
  if (!hostCovers(served, hostname)) return [];
  const isElsewhere = others.some(
    ({ hostname: other = '*' }) => hostCovers(served, other) && hostCovers(other, hostname),
  );
  return isElsewhere ? [] : [hostname];
}

function noSharedHostReason({ name, hostname }: Listener): string {
  return `listener ${name} is for ${hostname}, which is none of the route's hostnames`;
}
