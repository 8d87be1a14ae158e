import { isIPv6 } from 'node:net';
import { hostCovers, type RegisteredService, type Registry, type Resource, istioHas } from '@bookinfo/rules';
import { hostRules, type HostRules } from './host-rules.js';
import { HostsIndex } from './hosts-index.js';
import type { Listener, ProxyView } from './listener.js';
import { DEFAULT_PORTS, type Route, type RouteConfiguration, type VirtualHost } from '@bookinfo/routing';
import { defaultRoute } from '../virtual-service/routes.js';

/** Sidecars listen for hosts without a Service on this port only. */
const HTTP_PORT = DEFAULT_PORTS.http;

/**
 * Returns the virtual hosts of a sidecar by port: every Service with that port, under the rules of the most specific host
 * (the first of equals; they are not merged), and at port 80 the hosts of VirtualServices that no Service has.
 */
export function sidecarRouteConfigurations(
  resources: readonly Resource[],
  view: ProxyView,
): Map<number, RouteConfiguration> {
  const { client, registry } = view;
  const rules = hostRules(resources, client);
  const byHost = new HostsIndex(rules.map((rule) => ({ host: rule.host, rule })));
  const virtualHosts = new Map<number, VirtualHost[]>([[HTTP_PORT, []]]);
  const add = (port: number, virtualHost: VirtualHost): void => {
    const others = virtualHosts.get(port);
    if (others) others.push(virtualHost);
    else virtualHosts.set(port, [virtualHost]);
  };
  for (const service of registry.services) {
    const applicable = byHost.mostSpecific(service.host);
    for (const { number: port, isHttp } of service.ports) {
      // A TLS listener matches by server name, which a plain-text request does not have.
      if (!isHttp && service.resolution !== 'PODS') continue;
      const listener: Listener = { ...view, gateway: 'mesh', port };
      add(port, {
        name: `${service.host}:${port}`,
        domains: serviceDomains(service, view),
        routes: firstRoutes(applicable, listener) ?? [defaultRoute(service.host, listener)],
      });
    }
  }
  for (const { host, withoutService, routesAt } of rules) {
    if (!withoutService || isServed(host, registry)) continue;
    const routes = routesAt({ ...view, gateway: 'mesh', port: HTTP_PORT });
    if (routes.length > 0) add(HTTP_PORT, { name: `${host}:${HTTP_PORT}`, domains: [host], routes });
  }
  return new Map(
    Array.from(virtualHosts, ([port, hosts]) => [
      port,
      { name: String(port), virtualHosts: withoutRepeatedDomains(hosts) },
    ]),
  );
}

/** Returns the routes of the first rules that have any for this listener; undefined when none has. */
function firstRoutes(rules: readonly HostRules[], listener: Listener): readonly Route[] | undefined {
  for (const rule of rules) {
    const routes = rule.routesAt(listener);
    if (routes.length > 0) return routes;
  }
  return undefined;
}

/** Returns true for the host of a Service, or a wildcard that covers one. */
function isServed(host: string, registry: Registry): boolean {
  if (!host.startsWith('*')) return registry.service(host, '') !== undefined;
  return registry.services.some((one) => hostCovers(host, one.host));
}

/** Returns the names of a Service, the short one only for its own namespace. A host of a ServiceEntry has no short names. */
function serviceDomains(
  { name, namespace, host, resolution, addresses }: RegisteredService,
  { client, istioVersion }: ProxyView,
): string[] {
  const domains = [host, ...addresses.map((address) => (isIPv6(address) ? `[${address}]` : address))];
  if (!host.startsWith('*') && istioHas(istioVersion, 'hostsWithTrailingDot')) domains.push(`${host}.`);
  if (resolution !== 'PODS') return domains;
  domains.push(`${name}.${namespace}.svc`, `${name}.${namespace}`);
  return namespace === client.namespace ? [...domains, name] : domains;
}

/** Keeps each domain only in the first virtual host that has it. */
function withoutRepeatedDomains(virtualHosts: VirtualHost[]): VirtualHost[] {
  const taken = new Set<string>();
  return virtualHosts
    .map((virtualHost) => ({
      ...virtualHost,
      domains: virtualHost.domains.filter((domain) => !taken.has(domain) && taken.add(domain)),
    }))
    .filter(({ domains }) => domains.length > 0);
}
