import { serviceHost, type Registry, isHostname, type BackendReference, isService } from '@bookinfo/rules';
import { clusterName } from '@bookinfo/routing';
import type { ReferenceGrants } from './reference-grants.js';

/** Where a reference leads to. `flaw`: why its requests get 500. */
export interface Backend {
  cluster: string;
  flaw?: string;
}

/** What Istio calls a cluster that there is none of. */
const UNKNOWN = 'UnknownService';

/**
 * What a reference in a route of that namespace means (istio/istio conversion.go, buildDestination).
 *
 * @param grants absent where Istio asks for none: in routes that are attached to Services
 */
export function resolveBackend(
  reference: BackendReference,
  routeNamespace: string,
  registry: Registry,
  grants: ReferenceGrants | undefined,
): Backend {
  const { kind, namespace = routeNamespace, name, port = 0 } = reference;
  if (!isService(reference) && !isHostname(reference))
    return { cluster: UNKNOWN, flaw: `a ${kind} is no kind of backend` };
  if (grants && !grants.allow(routeNamespace, { name, namespace })) {
    const flaw = `no ReferenceGrant of the namespace ${namespace} lets HTTPRoutes of ${routeNamespace} send to ${name}`;
    return { cluster: UNKNOWN, flaw };
  }
  const host = isService(reference) ? serviceHost(name, namespace) : name;
  const cluster = clusterName(port, '', host);
  const service = registry.service(host, namespace);
  if (!service)
    return { cluster, flaw: `there is no ${kind} ${isService(reference) ? `${namespace}/` : ''}${name}` };
  const ports = service.ports.map(({ number }) => number);
  if (ports.includes(port)) return { cluster };
  return { cluster, flaw: `${name} has no port ${port} (it has ${ports.join(', ')})` };
}
