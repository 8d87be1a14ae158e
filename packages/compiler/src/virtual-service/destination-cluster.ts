import { resolveHost, type Destination } from '@bookinfo/rules';
import { clusterName } from '@bookinfo/routing';
import type { Listener } from '../virtual-hosts/listener.js';

/**
 * Returns the name of the cluster of a destination in a rule of the namespace. Without a port of its own, it is that of the
 * listener; a gateway takes the only port of a Service that has one. A sidecar finds a Service only at the listener's port
 * (istio/istio route.go, GetDestinationCluster; httproute.go, BuildSidecarOutboundVirtualHosts).
 */
export function destinationCluster(
  { host, subset = '', port }: Destination,
  namespace: string,
  { gateway, registry, port: listenerPort }: Listener,
): string {
  const ports = gateway === 'mesh' ? [] : registry.service(host, namespace)?.ports;
  const onlyPort = ports?.length === 1 ? ports[0]?.number : undefined;
  return clusterName(port?.number ?? onlyPort ?? listenerPort, subset, resolveHost(host, namespace));
}
