import { isIPv6 } from 'node:net';
import { hostCovers, type RegisteredService, type Registry, type Resource, istioHas } from '@bookinfo/rules';
import { describePlace, type LeaveOut, type LeftOut } from '../left-out.js';
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
  const { registry, leaveOut } = view;
  const rules = hostRules(resources, view);
  const byHost = new HostsIndex(rules.map((rule) => ({ host: rule.host, rule })));
  const virtualHosts = new Map<number, VirtualHost[]>([[HTTP_PORT, []]]);
  const add = (port: number, virtualHost: VirtualHost): void => {
    const others = virtualHosts.get(port);
    if (others) others.push(virtualHost);
    else virtualHosts.set(port, [virtualHost]);
  };
  for (const service of registry.services) {
    const applicable = byHost.mostSpecific(service.host);
    if (leaveOut) leaveOutLessSpecific(service.host, byHost, leaveOut);
    for (const { number: port, isHttp } of service.ports) {
      // A TLS listener matches by server name, which a plain-text request does not have.
      if (!isHttp && service.resolution !== 'PODS') {
        for (const { host, place } of leaveOut ? applicable : [])
          leaveOut?.({
            code: 'port-not-http',
            ...place,
            hosts: [host],
            forHost: service.host,
            port,
            isWhole: true,
            reason: `port ${port} of ${service.host} is not HTTP, and HTTP rules do not apply to other protocols`,
          });
        continue;
      }
      const listener: Listener = { ...view, gateway: 'mesh', port };
      const name = `${service.host}:${port}`;
      add(port, {
        name,
        domains: serviceDomains(service, view),
        routes:
          firstRoutes(applicable, service.host, listener) ??
          view.routes.ofDefault(name, () => [defaultRoute(service.host, listener)]),
      });
    }
  }
  for (const { host, place, withoutService, routesAt } of rules) {
    if (isServed(host, registry)) continue;
    leaveOut?.({
      code: 'unknown-host',
      ...place,
      hosts: [host],
      isWhole: true,
      reason: `no Service or ServiceEntry has the host ${host}${withoutService ? `, so that sidecars have it at port ${HTTP_PORT} only` : ''}`,
    });
    if (!withoutService) continue;
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
function firstRoutes(
  rules: readonly HostRules[],
  host: string,
  listener: Listener,
): readonly Route[] | undefined {
  for (const [index, rule] of rules.entries()) {
    const routes = rule.routesAt(listener);
    if (routes.length === 0) continue;
    const { leaveOut, port } = listener;
    if (leaveOut)
      for (const other of rules.slice(index + 1))
        leaveOut({
          ...laterRule(other, rule),
          ...other.place,
          hosts: [other.host],
          forHost: host,
          port,
          winner: rule.place,
          isWhole: true,
        });
    return routes;
  }
  return undefined;
}

/** Returns the reason why the rules of one resource come after those of another for the same host. */
function laterRule(later: HostRules, first: HostRules): Pick<LeftOut, 'code' | 'reason'> {
  const winner = describePlace(first.place);
  if (first.place.resource.startsWith('HTTPRoute/') && !later.place.resource.startsWith('HTTPRoute/'))
    return {
      code: 'http-route-first',
      reason: `${winner} has the Service ${first.host} too, and HTTPRoutes come before VirtualServices`,
    };
  const cause = first.age < later.age ? 'comes first by age' : 'is exported to fewer namespaces';
  return {
    code: 'older-rule',
    reason: `${winner} has the host ${first.host} too and ${cause}, and sidecars apply one resource for each host`,
  };
}

function leaveOutLessSpecific(host: string, byHost: HostsIndex<HostRules>, leaveOut: LeaveOut): void {
  const [winner] = byHost.mostSpecific(host);
  if (!winner) return;
  for (const other of byHost.lessSpecific(host))
    leaveOut({
      code: 'less-specific-host',
      ...other.place,
      hosts: [other.host],
      forHost: host,
      winner: winner.place,
      isWhole: true,
      reason: `its host ${other.host} covers ${host}, but ${describePlace(winner.place)} has the more specific host ${winner.host}, and requests that match none of its rules do not fall through`,
    });
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
