import { randomUUID } from 'node:crypto';
import type { Random } from '../decide/decision.js';
import type { ProxyRole } from './proxy-role.js';
import { newTraceContext } from './trace-context.js';

/** What a gateway sets in every request, whatever the client says. */
export const IDENTITY_AT_EDGE: readonly string[] = [
  'x-request-id',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-envoy-external-address',
];

/**
 * The headers that a request gets to tell who asks, as Istio has its Envoys set them, a flat list. A gateway believes
 * nobody: the id is new, the address is added, and what else the client says is replaced. A sidecar only fills in what
 * its workload left out (use_remote_address is true for gateways alone).
 *
 * For a client on the same machine real Envoy writes the machine's own address into x-forwarded-for; here it is the
 * client's.
 */
export function requestIdentity(
  headers: Readonly<Record<string, string>>,
  client: string,
  { role, random }: { role: ProxyRole; random: Random },
): string[] {
  if (role === 'gateway') {
    const earlier = headers['x-forwarded-for'];
    const own = ['x-request-id', randomUUID(), 'x-forwarded-proto', 'http'];
    own.push(
      'x-forwarded-for',
      earlier ? `${earlier},${client}` : client,
      'x-envoy-external-address',
      client,
    );
    return [...own, ...newTraceContext(headers, random)];
  }
  const missing: string[] = [];
  if (headers['x-request-id'] === undefined) missing.push('x-request-id', randomUUID());
  if (headers['x-forwarded-proto'] === undefined) missing.push('x-forwarded-proto', 'http');
  return missing;
}
