import { hasLabels, type HTTPMatchRequest } from '@bookinfo/rules';
import type { LeftOutCode } from '../left-out.js';
import { gatewayName } from './gateway-name.js';
import type { Listener } from '../virtual-hosts/listener.js';

type Mismatch = Extract<LeftOutCode, 'match-port' | 'match-gateways' | 'source-labels' | 'source-namespace'>;

/**
 * Returns the first condition of an entry of a rule's `match` that this listener does not meet; undefined when the entry
 * applies to it. That does not depend on the request. An entry that names gateways ignores the client: its sourceLabels and
 * sourceNamespace have no effect (istio/istio pilot/pkg/networking/core/route/route.go, sourceMatchHTTP).
 *
 * @param namespace the namespace of the VirtualService
 */
export function listenerMismatch(
  match: HTTPMatchRequest,
  namespace: string,
  listener: Listener,
): Mismatch | undefined {
  const { port, gateways, sourceLabels, sourceNamespace } = match;
  if (port !== undefined && port !== listener.port) return 'match-port';
  if (gateways.length > 0)
    return gateways.some((reference) => gatewayName(reference, namespace) === listener.gateway)
      ? undefined
      : 'match-gateways';
  const { client } = listener;
  if (!hasLabels(client.labels, sourceLabels)) return 'source-labels';
  return sourceNamespace === undefined || sourceNamespace === client.namespace
    ? undefined
    : 'source-namespace';
}

/** Returns the condition as a reason for which other listeners lack the entry. */
export function mismatchReason(mismatch: Mismatch, match: HTTPMatchRequest): string {
  switch (mismatch) {
    case 'match-port':
      return `its match is for port ${match.port} only`;
    case 'match-gateways':
      return `its match is for the gateways [${match.gateways.join(', ')}] only`;
    case 'source-labels': {
      const labels = Object.entries(match.sourceLabels).map(([name, value]) => `${name}=${value}`);
      return `its sourceLabels ${labels.join(', ')} select other clients`;
    }
    case 'source-namespace':
      return `its sourceNamespace ${match.sourceNamespace} is not that of the client`;
  }
}
