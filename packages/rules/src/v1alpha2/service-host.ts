import { CLUSTER_DOMAIN, resolveHost, serviceHost } from '../registry/host.js';
import type { IstioService } from '../resources/kinds/istio-service.js';

/** Returns the full name of the service in a rule of a namespace (istio/istio 0.3.0, model.ResolveHostname). */
export function istioServiceHost(
  { name = '', namespace, domain = CLUSTER_DOMAIN, service }: IstioService,
  ownNamespace: string,
): string {
  if (service !== undefined) return resolveHost(service, ownNamespace);
  const host = serviceHost(name, namespace ?? ownNamespace);
  return host.replace(CLUSTER_DOMAIN, domain.toLowerCase());
}
