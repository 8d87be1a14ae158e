import type { ProbeRequest } from '@bookinfo/analysis';
import type { MeshDescription } from '../admin/api.js';
import type { EntryPoint } from './send-request.js';

/** Returns the proxy that a request must be sent to, or the reason why it cannot be sent. */
export function entryPointFor(
  { from, headers }: ProbeRequest,
  { url, sidecars }: MeshDescription,
): EntryPoint | { reason: string } {
  if (from === undefined) return { kind: 'gateway', url };
  const sidecar = sidecars.find(({ workload }) => workload === from);
  if (!sidecar) return { reason: `no pod of ${from} is ready, so that it cannot send the request` };
  if (headers['host'] !== undefined)
    return {
      reason: `a sidecar takes the host from the URL, so that no request can name ${headers['host']}`,
    };
  return { kind: 'sidecar', url: sidecar.url };
}
