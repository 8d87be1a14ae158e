import { clusterAddressName, PASSTHROUGH, type Cluster, type VirtualHost } from '@bookinfo/routing';
import { hostCovers, type RegisteredService, type Registry, type ServicePort } from '@bookinfo/rules';
import type { ProxyView } from './listener.js';
import { serviceDomains } from './service-domains.js';

/**
 * Returns the Services of a mesh that a sidecar lacks, which are unknown hosts to it. In a cluster their names resolve all the
 * same, to addresses behind which Kubernetes picks any pod. Here no name server has them, so that the table does.
 */
export function lackedServices({ services }: Registry, imported: Registry): RegisteredService[] {
  // Nearly every sidecar has all hosts.
  if (imported.services.length === services.length) return [];
  return services.filter(({ host, resolution }) => resolution === 'PODS' && !imported.service(host, ''));
}

/** Returns a cluster for each port of the Services: all of its pods, without the policy of any DestinationRule. */
export function addressClusters(services: readonly RegisteredService[]): Cluster[] {
  return services.flatMap(({ host, ports }) =>
    ports.map(({ number, endpoints, podSelector }) => ({
      ...PASSTHROUGH.cluster,
      name: clusterAddressName(number, host),
      type: 'EDS' as const,
      lbPolicy: { kind: 'RANDOM' as const },
      endpoints,
      ...(podSelector && { podSelector }),
    })),
  );
}

/** Returns a virtual host for each port of the Services, by port. */
export function addressHosts(
  services: readonly RegisteredService[],
  view: ProxyView,
): Map<number, VirtualHost[]> {
  const hosts = services.flatMap((service) => {
    const domains = serviceDomains(service, view);
    return service.ports.map((port) => ({
      port: port.number,
      virtualHost: addressHost(service, port, domains),
    }));
  });
  return new Map(
    Array.from(
      Map.groupBy(hosts, ({ port }) => port),
      ([port, same]) => [port, same.map(({ virtualHost }) => virtualHost)],
    ),
  );
}

/** Returns the virtual hosts of a port with those of addresses, as far as no other has their names. */
export function withAddresses(virtualHosts: VirtualHost[], addresses: readonly VirtualHost[]): VirtualHost[] {
  if (addresses.length === 0) return virtualHosts;
  const taken = virtualHosts.flatMap(({ domains }) => domains);
  const exact = new Set(taken);
  const wildcards = taken.filter((domain) => domain.startsWith('*'));
  const isFree = (domain: string): boolean =>
    !exact.has(domain) && !wildcards.some((each) => hostCovers(each, domain));
  const free = addresses.flatMap((virtualHost) => {
    const domains = virtualHost.domains.filter(isFree);
    if (domains.length === 0) return [];
    return domains.length === virtualHost.domains.length ? virtualHost : { ...virtualHost, domains };
  });
  return [...virtualHosts, ...free];
}

function addressHost({ host }: RegisteredService, { number }: ServicePort, domains: string[]): VirtualHost {
  const cluster = { name: clusterAddressName(number, host), weight: 1 };
  const action = { ...PASSTHROUGH.action, weightedClusters: [cluster] };
  const match = { headers: [], queryParameters: [] };
  return { name: `${host}:${number}`, domains, routes: [{ name: 'passthrough', match, action }] };
}
