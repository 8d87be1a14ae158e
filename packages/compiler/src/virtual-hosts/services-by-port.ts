import { DEFAULT_PORTS } from '@bookinfo/routing';
import type { RegisteredService, ServicePort } from '@bookinfo/rules';
import { defaultRoute, opaqueRoute } from '../virtual-service/routes.js';
import type { ProxyView } from './listener.js';
import { serviceDomains } from './service-domains.js';
import type { ServiceAt, ServicesByPort } from './services-at.js';

/** Returns the Services of each port; port 80, at which sidecars have hosts without a Service too, is always there. */
export function servicesByPort(view: ProxyView): ServicesByPort {
  const byPort = new Map<number, Map<string, ServiceAt>>();
  for (const service of view.registry.services) {
    for (const port of service.ports) {
      const others = byPort.get(port.number) ?? new Map<string, ServiceAt>();
      byPort.set(port.number, others.set(service.host, serviceAt(service, port, view)));
    }
  }
  if (!byPort.has(DEFAULT_PORTS.http)) byPort.set(DEFAULT_PORTS.http, new Map());
  return byPort;
}

function serviceAt(service: RegisteredService, port: ServicePort, view: ProxyView): ServiceAt {
  const { host } = service;
  const route = (port.isHttp ? defaultRoute : opaqueRoute)(host, { ...view, port: port.number });
  const virtualHost = {
    name: `${host}:${port.number}`,
    domains: serviceDomains(service, view),
    routes: [route],
  };
  return { service, port, virtualHost };
}
