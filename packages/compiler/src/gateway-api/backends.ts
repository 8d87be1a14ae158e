import { serviceHost, type Registry, isHostname, type BackendReference, isService } from '@bookinfo/rules';
import { clusterName } from '@bookinfo/routing';
import type { ReferenceGrants } from './reference-grants.js';

/** The destination of a reference, or the reason why its requests get 500. */
export interface Backend {
  cluster: string;
  unresolvedReason?: string;
}

/** Istio's name of the cluster of an invalid reference. */
const UNKNOWN = 'UnknownService';

/**
 * Resolves a reference in a route of that namespace (istio/istio conversion.go, buildDestination).
 *
 * @param grants absent for routes that are attached to Services: for them Istio requires no grants
 */
export function resolveBackend(
  reference: BackendReference,
  routeNamespace: string,
  registry: Registry,
  grants: ReferenceGrants | undefined,
): Backend {
  const { kind, namespace = routeNamespace, name, port = 0 } = reference;
  if (!isService(reference) && !isHostname(reference))
    return { cluster: UNKNOWN, unresolvedReason: `a ${kind} is no kind of backend` };
  if (
    grants &&
    !grants.allow({ kind: 'HTTPRoute', namespace: routeNamespace }, { kind: 'Service', name, namespace })
  ) {
    const unresolvedReason = `no ReferenceGrant of the namespace ${namespace} lets HTTPRoutes of ${routeNamespace} send to ${name}`;
    return { cluster: UNKNOWN, unresolvedReason };
  }
  const host = isService(reference) ? serviceHost(name, namespace) : name;
  const cluster = clusterName(port, '', host);
  const service = registry.service(host, namespace);
  if (!service)
    return {
      cluster,
      unresolvedReason: `there is no ${kind} ${isService(reference) ? `${namespace}/` : ''}${name}`,
    };
  const ports = service.ports.map(({ number }) => number);
  if (ports.includes(port)) return { cluster };
  return { cluster, unresolvedReason: `${name} has no port ${port} (it has ${ports.join(', ')})` };
}
