import type { ProbeRequest } from '@bookinfo/analysis';
import { listenerPort } from '@bookinfo/compiler';
import type { MeshDescription } from '../admin/api.js';
import type { EntryPoint } from './send-request.js';

/** Returns the proxy that a request must be sent to, or the reason why it cannot be sent. */
export function entryPointFor(
  { from, url, headers }: ProbeRequest,
  { gateways, sidecars }: MeshDescription,
): EntryPoint | { reason: string } {
  const scheme = url.startsWith('https:') ? 'https' : 'http';
  const own = gateways.filter(({ gateway, namespace, isIngress }) =>
    from === undefined ? isIngress : `${namespace}/${gateway}` === from,
  );
  // One that is not open is one of HTTPS.
  const listeners = own.map((each) => ({
    ...each,
    scheme: each.url?.startsWith('http:') ? ('http' as const) : ('https' as const),
  }));
  const port = listenerPort({ port: Number(new URL(url).port), scheme }, listeners);
  const listener = listeners.find((each) => each.port === port && each.scheme === scheme);
  if (listener?.url !== undefined) return { kind: 'gateway', url: listener.url };
  if (listener)
    return { reason: `port ${port} of the gateway is not open (${listener.problems.join('; ')})` };
  if (scheme === 'https') return { reason: 'no gateway has a server of HTTPS for it' };
  const sidecar = sidecars.find(({ workload }) => workload === from);
  if (!sidecar) return { reason: `no pod of ${from} is ready, so that it cannot send the request` };
  if (headers['host'] !== undefined)
    return {
      reason: `a sidecar takes the host from the URL, so that no request can name ${headers['host']}`,
    };
  return { kind: 'sidecar', url: sidecar.url };
}
