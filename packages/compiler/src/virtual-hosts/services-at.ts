import type { VirtualHost } from '@bookinfo/routing';
import { hostCovers, type RegisteredService, type ServicePort } from '@bookinfo/rules';

/** A Service and one of its ports. */
export interface ServiceAt {
  service: RegisteredService;
  port: ServicePort;
  /** Its virtual host at a sidecar, without rules. */
  virtualHost: VirtualHost;
}

/** The Services of each port by host. */
export type ServicesByPort = ReadonlyMap<number, ReadonlyMap<string, ServiceAt>>;

/** Returns true for a host that one of the Services has, and for a wildcard that covers one. */
export function isServed(host: string, services: ReadonlyMap<string, unknown>): boolean {
  if (!host.startsWith('*')) return services.has(host);
  return [...services.keys()].some((one) => hostCovers(host, one));
}
