import { isIPv6 } from 'node:net';
import { type RegisteredService, istioHas } from '@bookinfo/rules';
import type { ProxyView } from './listener.js';

/** Returns the names of a Service, the short one only for its own namespace. A host of a ServiceEntry has no short names. */
export function serviceDomains(
  { name, namespace, host, resolution, addresses }: RegisteredService,
  { client, istioVersion }: ProxyView,
): string[] {
  const domains = [host, ...addresses.map((address) => (isIPv6(address) ? `[${address}]` : address))];
  if (!host.startsWith('*') && istioHas(istioVersion, 'hostsWithTrailingDot')) domains.push(`${host}.`);
  if (resolution !== 'PODS') return domains;
  domains.push(`${name}.${namespace}.svc`, `${name}.${namespace}`);
  return namespace === client.namespace ? [...domains, name] : domains;
}
