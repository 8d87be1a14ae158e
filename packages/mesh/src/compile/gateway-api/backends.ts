import { serviceHost } from '../../registry/host.js';
import type { Registry } from '../../registry/registry.js';
import type { BackendReference } from '../../resources/kinds/gateway-api/backend-reference.js';
import { isService } from '../../resources/kinds/gateway-api/parent-reference.js';
import { clusterName } from '../cluster-name.js';
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
  { group, kind, namespace: named, name, port = 0 }: BackendReference,
  routeNamespace: string,
  registry: Registry,
  grants: ReferenceGrants | undefined,
): Backend {
  if (!isService({ group, kind })) return { cluster: UNKNOWN, flaw: `${kind} is no kind of backend` };
  const namespace = named ?? routeNamespace;
  if (grants && !grants.allow(routeNamespace, { name, namespace })) {
    const flaw = `no ReferenceGrant of ${namespace} lets HTTPRoutes of ${routeNamespace} send to ${name}`;
    return { cluster: UNKNOWN, flaw };
  }
  const host = serviceHost(name, namespace);
  const cluster = clusterName(port, '', host);
  const service = registry.service(host, namespace);
  if (!service) return { cluster, flaw: `there is no Service ${namespace}/${name}` };
  if (service.ports.some(({ number }) => number === port)) return { cluster };
  return { cluster, flaw: `the Service ${namespace}/${name} has no port ${port}` };
}
