import { hostCovers, hostSpecificity, resolveHost } from '../registry/host.js';
import type { RegisteredService } from '../registry/registry.js';
import type { VirtualService } from '../resources/resource.js';
import type { Model } from './model.js';
import type { VirtualHost } from './route-table.js';
import { defaultRoute, firstPort, routesOf } from './routes.js';

/** Where Istio routes a host that no Service has: sidecars listen for those on port 80 only. */
const HTTP_PORT = 80;

/**
 * The hosts that a sidecar knows: every Service, under the rules of the VirtualService that names it most precisely
 * (the oldest of equals; they are not merged), and the hosts of VirtualServices that no Service has.
 */
export function sidecarVirtualHosts({ resources, registry }: Model, clientNamespace: string): VirtualHost[] {
  const rules = resources
    .filter((resource) => resource.kind === 'VirtualService')
    .filter(({ spec }) => spec.gateways.includes('mesh'))
    .flatMap((rule) =>
      rule.spec.hosts.map((host) => ({ host: resolveHost(host, rule.metadata.namespace), rule })),
    );

  const services = registry.services.map((service) => {
    const rule = mostSpecific(rules, service.host);
    const port = firstPort(service);
    return {
      name: `${service.host}:${port}`,
      domains: serviceDomains(service, clientNamespace),
      routes: rule ? routesOf(rule, registry, port) : [defaultRoute(service)],
    };
  });
  const others = rules
    .filter(({ host }) => registry.services.every((service) => !hostCovers(host, service.host)))
    .map(({ host, rule }) => ({
      name: `${host}:${HTTP_PORT}`,
      domains: [host],
      routes: routesOf(rule, registry, HTTP_PORT),
    }));
  return withoutRepeatedDomains([...services, ...others]);
}

function mostSpecific(
  rules: readonly { host: string; rule: VirtualService }[],
  serviceHost: string,
): VirtualService | undefined {
  // Sorting is stable, so the oldest of equals stays first.
  return rules
    .filter(({ host }) => hostCovers(host, serviceHost))
    .toSorted((a, b) => hostSpecificity(b.host) - hostSpecificity(a.host))[0]?.rule;
}

/** The names a Service goes by; the short one only in its own namespace. */
function serviceDomains({ name, namespace, host }: RegisteredService, clientNamespace: string): string[] {
  const domains = [host, `${host}.`, `${name}.${namespace}.svc`, `${name}.${namespace}`];
  return namespace === clientNamespace ? [...domains, name] : domains;
}

/** Each domain belongs to the first that claims it. */
function withoutRepeatedDomains(virtualHosts: VirtualHost[]): VirtualHost[] {
  const taken = new Set<string>();
  return virtualHosts
    .map((virtualHost) => ({
      ...virtualHost,
      domains: virtualHost.domains.filter((domain) => !taken.has(domain) && taken.add(domain)),
    }))
    .filter(({ domains }) => domains.length > 0);
}
