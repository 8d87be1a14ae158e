import type { ProbeRequest } from '@bookinfo/analysis';
import { listenerPort } from '@bookinfo/compiler';
import type { MeshDescription } from '../admin/api.js';
import type { EntryPoint } from './send-request.js';

/** Returns the proxy that a request must be sent to, or the reason why it cannot be sent. */
export function entryPointFor(
  { from, url, headers }: ProbeRequest,
  { gateways, sidecars }: MeshDescription,
): EntryPoint | { reason: string } {
  const listeners = gateways.filter(({ gateway, namespace, isIngress }) =>
    from === undefined ? isIngress : `${namespace}/${gateway}` === from,
  );
  const ports = listeners.map(({ port }) => port);
  const port = listenerPort(Number(new URL(url).port), ports);
  const listener = listeners.find((each) => each.port === port);
  if (listener) return { kind: 'gateway', url: listener.url };
  const sidecar = sidecars.find(({ workload }) => workload === from);
  if (!sidecar) return { reason: `no pod of ${from} is ready, so that it cannot send the request` };
  if (headers['host'] !== undefined)
    return {
      reason: `a sidecar takes the host from the URL, so that no request can name ${headers['host']}`,
    };
  return { kind: 'sidecar', url: sidecar.url };
}
