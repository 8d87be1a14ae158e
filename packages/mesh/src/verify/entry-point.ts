import type { ProbeRequest } from '@bookinfo/analysis';
import { DEFAULT_PORTS } from '@bookinfo/routing';
import type { MeshDescription } from '../admin/api.js';
import type { EntryPoint } from './send-request.js';

const INGRESS_GATEWAY = 'istio-system/istio-ingressgateway';

/** Returns the proxy that a request must be sent to, or the reason why it cannot be sent. */
export function entryPointFor(
  { from = INGRESS_GATEWAY, url, headers }: ProbeRequest,
  { gateways, sidecars }: MeshDescription,
): EntryPoint | { reason: string } {
  const listeners = gateways.filter(({ gateway, namespace }) => `${namespace}/${gateway}` === from);
  const port = Number(new URL(url).port);
  const listener =
    listeners.find((each) => each.port === port) ??
    listeners.find((each) => each.port === DEFAULT_PORTS.http);
  if (listener) return { kind: 'gateway', url: listener.url };
  const sidecar = sidecars.find(({ workload }) => workload === from);
  if (!sidecar) return { reason: `no pod of ${from} is ready, so that it cannot send the request` };
  if (headers['host'] !== undefined)
    return {
      reason: `a sidecar takes the host from the URL, so that no request can name ${headers['host']}`,
    };
  return { kind: 'sidecar', url: sidecar.url };
}
