import { isIPv6 } from 'node:net';
import { CLUSTER_DOMAIN, type RegisteredService, istioHas } from '@bookinfo/rules';
import type { ProxyView } from './listener.js';

const CLUSTER_SUFFIX = `.svc.${CLUSTER_DOMAIN}`;

/**
 * Returns the names of a host. One of the cluster's domain, which a ServiceEntry may have too, has short names; the shortest
 * is for its own namespace (istio/istio pilot/pkg/networking/core/httproute.go, GenerateAltVirtualHosts).
 */
export function serviceDomains(
  { host, addresses }: RegisteredService,
  { client, istioVersion }: ProxyView,
): string[] {
  const domains = [host, ...addresses.map((address) => (isIPv6(address) ? `[${address}]` : address))];
  if (host.startsWith('*')) return domains;
  if (istioHas(istioVersion, 'hostsWithTrailingDot')) domains.push(`${host}.`);
  if (!host.endsWith(CLUSTER_SUFFIX)) return domains;
  const short = host.slice(0, -CLUSTER_SUFFIX.length);
  const [name = '', ...namespace] = short.split('.');
  if (namespace.length === 0) return domains;
  domains.push(`${short}.svc`, short);
  return namespace.join('.') === client.namespace ? [...domains, name] : domains;
}
