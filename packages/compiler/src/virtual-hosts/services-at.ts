import { hostCovers, type RegisteredService, type Registry, type ServicePort } from '@bookinfo/rules';

/** A Service and one of its ports. */
export interface ServiceAt {
  service: RegisteredService;
  port: ServicePort;
}

/** Returns the Services of each port by host. */
export function servicesByPort({ services }: Registry): Map<number, Map<string, ServiceAt>> {
  const byPort = new Map<number, Map<string, ServiceAt>>();
  for (const service of services) {
    for (const port of service.ports) {
      const others = byPort.get(port.number);
      if (others) others.set(service.host, { service, port });
      else byPort.set(port.number, new Map([[service.host, { service, port }]]));
    }
  }
  return byPort;
}

/** Returns true for a host that one of the Services has, and for a wildcard that covers one. */
export function isServed(host: string, services: ReadonlyMap<string, unknown>): boolean {
  if (!host.startsWith('*')) return services.has(host);
  return [...services.keys()].some((one) => hostCovers(host, one));
}
