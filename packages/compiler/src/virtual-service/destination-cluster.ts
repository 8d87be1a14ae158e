import { resolveHost, type Destination } from '@bookinfo/rules';
import { clusterName } from '@bookinfo/routing';
import type { Listener } from '../virtual-hosts/listener.js';

/**
 * The name of the cluster that a rule of the namespace means. The port: as named, else the Service's only one, else the
 * one that was called (istio/istio route.go, GetDestinationCluster).
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
