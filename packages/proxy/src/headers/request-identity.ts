import { randomUUID } from 'node:crypto';
import type { Random } from '@bookinfo/effects';
import { HeaderList, type ProxyRole } from '@bookinfo/routing';
import { unrecordedTrace } from './trace-context.js';

/** Headers that a gateway sets in every request, whatever the client sent. */
export const IDENTITY_AT_EDGE: readonly string[] = [
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-envoy-external-address',
];

/**
 * Returns the headers that identify the client of a request, as Istio configures its Envoys. A gateway overwrites
 * addresses and protocol; a sidecar only adds what its workload left out (use_remote_address is true for gateways alone).
 * Both add an x-request-id where there is none.
 *
 * Two things differ from Envoy for a client on the same machine, which it treats as external: it would replace that
 * client's x-request-id (it keeps one from a private network), and write the machine's own address into x-forwarded-for.
 */
export function requestIdentity(
  headers: Readonly<Record<string, string>>,
  { remoteAddress: client = 'unknown', isTls }: { remoteAddress: string | undefined; isTls: boolean },
  { role, random, tracing }: { role: ProxyRole; random: Random; tracing?: object },
): HeaderList {
  const identity = new HeaderList();
  if (headers['x-request-id'] === undefined) identity.add('x-request-id', randomUUID());
  if (role === 'gateway') {
    const earlier = headers['x-forwarded-for'];
    identity
      .add('x-forwarded-proto', isTls ? 'https' : 'http')
      .add('x-envoy-external-address', client)
      .add('x-forwarded-for', earlier ? `${earlier},${client}` : client);
    return tracing ? identity : identity.addAll(unrecordedTrace(headers, random));
  }
  if (headers['x-forwarded-proto'] === undefined) identity.add('x-forwarded-proto', 'http');
  return identity;
}
