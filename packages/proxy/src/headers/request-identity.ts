import { randomUUID } from 'node:crypto';
import type { Random } from '@bookinfo/effects';
import type { ProxyRole } from '@bookinfo/routing';
import { newTraceContext } from './trace-context.js';

/** What a gateway sets in every request, whatever the client says. */
export const IDENTITY_AT_EDGE: readonly string[] = [
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-envoy-external-address',
];

/**
 * The headers that a request gets to tell who asks, as Istio has its Envoys set them, a flat list. A gateway believes
 * nobody about addresses and protocol; a sidecar only fills in what its workload left out (use_remote_address is true
 * for gateways alone). Either makes an x-request-id where there is none.
 *
 * Two things differ from Envoy for a client on the same machine, which it takes for one from outside: it would replace
 * that client's x-request-id (as it would keep one from a private network), and write the machine's own address into
 * x-forwarded-for.
 */
export function requestIdentity(
  headers: Readonly<Record<string, string>>,
  client: string,
  { role, random }: { role: ProxyRole; random: Random },
): string[] {
  const identity = headers['x-request-id'] === undefined ? ['x-request-id', randomUUID()] : [];
  if (role === 'gateway') {
    const earlier = headers['x-forwarded-for'];
    identity.push('x-forwarded-proto', 'http', 'x-envoy-external-address', client);
    identity.push('x-forwarded-for', earlier ? `${earlier},${client}` : client);
    identity.push(...newTraceContext(headers, random));
  } else if (headers['x-forwarded-proto'] === undefined) {
    identity.push('x-forwarded-proto', 'http');
  }
  return identity;
}
