import { resolveHost, type Destination } from '@bookinfo/rules';
import { clusterName } from '@bookinfo/routing';
import type { Listener } from '../virtual-hosts/listener.js';

/**
 * Returns the name of the cluster of a destination in a rule of the namespace. Its port is the destination's, else the only
 * port of the Service, else the listener's (istio/istio route.go, GetDestinationCluster).
 */
export function destinationCluster(
  { host, subset = '', port }: Destination,
  namespace: string,
  listener: Listener,
): string {
  const service = listener.registry.service(host, namespace);
  const onlyPort = service?.ports.length === 1 ? service.ports[0]?.number : undefined;
  return clusterName(port?.number ?? onlyPort ?? listener.port, subset, resolveHost(host, namespace));
}
