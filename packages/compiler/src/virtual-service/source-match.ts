import { hasLabels, type HTTPMatchRequest } from '@bookinfo/rules';
import { gatewayName } from './gateway-name.js';
import type { Listener } from '../virtual-hosts/listener.js';

/**
 * Returns true when an entry of a rule's `match` applies to this listener, which does not depend on the request. An entry
 * that names gateways ignores the client: its sourceLabels and sourceNamespace have no effect (istio/istio
 * pilot/pkg/networking/core/route/route.go, sourceMatchHTTP).
 *
 * @param namespace the namespace of the VirtualService
 */
export function isForListener(match: HTTPMatchRequest, namespace: string, listener: Listener): boolean {
  const { port, gateways, sourceLabels, sourceNamespace } = match;
  if (port !== undefined && port !== listener.port) return false;
  if (gateways.length > 0)
    return gateways.some((reference) => gatewayName(reference, namespace) === listener.gateway);
  const { client } = listener;
  return (
    hasLabels(client.labels, sourceLabels) &&
    (sourceNamespace === undefined || sourceNamespace === client.namespace)
  );
}
