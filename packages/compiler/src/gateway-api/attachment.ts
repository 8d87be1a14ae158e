import {
  hostCovers,
  NAMESPACE_LABEL,
  type Listener,
  type ParentReference,
  type HTTPRoute,
  type KubernetesGateway,
} from '@bookinfo/rules';

/** A host at a port of a Gateway. */
export interface AttachedHost {
  port: number;
  host: string;
}

/** The hosts at which a route is attached to the Gateway that it names, or the reason why it is not attached. */
export type Attachment = { gateway: KubernetesGateway; hosts: AttachedHost[] } | { refused: string };

/** Attaches a route to the Gateway that it names; in a cluster, the route's status has the same reason. */
export function attach(
  { metadata, spec }: HTTPRoute,
  parent: ParentReference,
  gateways: readonly KubernetesGateway[],
): Attachment {
  const namespace = parent.namespace ?? metadata.namespace;
  const gateway = gateways.find(
    (one) => one.metadata.name === parent.name && one.metadata.namespace === namespace,
  );
  if (!gateway)
    return { refused: `there is no Gateway ${namespace}/${parent.name} of gateway.networking.k8s.io` };
  const hostnames = spec.hostnames.length > 0 ? spec.hostnames : ['*'];
  const { listeners } = gateway.spec;
  const results = listeners.map((listener): Attachment => {
    const refused = refusalReason(listener, parent, metadata.namespace, namespace);
    if (refused !== undefined) return { refused };
    const { port } = listener;
    const hosts = hostnames.flatMap((each) =>
      sharedHost(each, listener, listeners).map((host) => ({ port, host })),
    );
    return hosts.length > 0 ? { gateway, hosts } : { refused: noSharedHostReason(listener) };
  });
  const hosts = results.flatMap((result) => ('hosts' in result ? result.hosts : []));
  if (hosts.length > 0) return { gateway, hosts };
  const reasons = new Set(results.flatMap((result) => ('refused' in result ? [result.refused] : [])));
  return { refused: `Gateway ${namespace}/${parent.name} does not take it: ${[...reasons].join('; ')}` };
}

function refusalReason(
  { name, port, allowedRoutes: { namespaces, kinds } }: Listener,
  parent: ParentReference,
  routeNamespace: string,
  gatewayNamespace: string,
): string | undefined {
  if (parent.sectionName !== undefined && parent.sectionName !== name)
    return `it has no listener ${parent.sectionName}`;
  if (parent.port !== undefined && parent.port !== port) return `it does not listen to port ${parent.port}`;
  if (kinds.length > 0 && !kinds.some(({ kind }) => kind === 'HTTPRoute'))
    return `listener ${name} does not take the kind HTTPRoute`;
  const allowed = {
    All: undefined,
    Same: gatewayNamespace,
    Selector: namespaces.selector?.matchLabels[NAMESPACE_LABEL],
  }[namespaces.from];
  if (allowed === undefined || allowed === routeNamespace) return undefined;
  return `listener ${name} takes routes of the namespace ${allowed} only`;
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
