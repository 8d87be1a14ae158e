import { DEFAULT_PORTS, type Route, type RouteConfiguration, type VirtualHost } from '@bookinfo/routing';
import type { Resource } from '@bookinfo/rules';
import { hostRules, type HostRules } from './host-rules.js';
import { HostsIndex } from './hosts-index.js';
import {
  leaveOutAtOtherProtocol,
  leaveOutLater,
  leaveOutLessSpecific,
  leaveOutUnknownHosts,
} from './left-out-at-sidecar.js';
import { leaveOutServices } from './left-out-by-import.js';
import type { Listener, ProxyView } from './listener.js';
import { isServed, type ServiceAt } from './services-at.js';
import { addressHosts, withAddresses } from './service-addresses.js';
import { servicesByPort } from './services-by-port.js';

/** Sidecars have all hosts without a Service at this port. */
const HTTP_PORT = DEFAULT_PORTS.http;

const NO_SERVICES: ReadonlyMap<string, ServiceAt> = new Map();

/**
 * Returns the virtual hosts of a sidecar by port: every Service with that port, under the rules of the most specific host
 * (the first of equals; they are not merged), and hosts of VirtualServices that no Service has at that port.
 */
export function sidecarRouteConfigurations(
  resources: readonly Resource[],
  view: ProxyView,
): Map<number, RouteConfiguration[]> {
  const { registry, leaveOut } = view;
  const rules = hostRules(resources, view);
  const byHost = new HostsIndex(rules.map((rule) => ({ host: rule.host, rule })));
  if (leaveOut) {
    for (const { host } of registry.services) leaveOutLessSpecific(host, byHost, leaveOut);
    leaveOutUnknownHosts(rules, view);
    leaveOutServices(view);
  }
  const services = view.routes.services(() => servicesByPort(view));
  const addresses = view.routes.addresses(() => addressHosts(view.lacked, view));
  const ports = new Set([...services.keys(), ...addresses.keys()]);
  return new Map(
    Array.from(ports, (port) => {
      const listener = { ...view, gateway: 'mesh', port };
      const ofRules = virtualHostsAt(listener, services.get(port) ?? NO_SERVICES, rules, byHost);
      const virtualHosts = withAddresses(ofRules, addresses.get(port) ?? []);
      return [port, [{ name: String(port), virtualHosts }]];
    }),
  );
}

/**
 * Returns the virtual hosts of a port, in the order of their rules, Services without rules last; it decides which of them
 * has a domain that several have (istio/istio pilot/pkg/networking/core/httproute.go, BuildSidecarOutboundVirtualHosts).
 */
function virtualHostsAt(
  listener: Listener,
  services: ReadonlyMap<string, ServiceAt>,
  rules: readonly HostRules[],
  byHost: HostsIndex<HostRules>,
): VirtualHost[] {
  const { port } = listener;
  const ofRules = new Map<HostRules, VirtualHost[]>();
  const add = (rule: HostRules, virtualHost: VirtualHost): void => {
    const others = ofRules.get(rule);
    if (others) others.push(virtualHost);
    else ofRules.set(rule, [virtualHost]);
  };
  const withoutRules: VirtualHost[] = [];
  const resourcesAtPort = new Set<Resource>();
  for (const { service, port: servicePort, virtualHost } of services.values()) {
    const { host } = service;
    const applicable = applicableRules(host, byHost, listener);
    if (!servicePort.isHttp) {
      leaveOutAtOtherProtocol(applicable, service, listener);
      // A TLS listener for a ServiceEntry matches by server name, which a plain-text request does not have.
      if (service.resolution === 'PODS') withoutRules.push(virtualHost);
      continue;
    }
    for (const { resource } of applicable) resourcesAtPort.add(resource);
    const first = firstRoutes(applicable, host, listener);
    if (first) add(first.rule, { ...virtualHost, routes: first.routes });
    else withoutRules.push(virtualHost);
  }
  // Why one of these rules lacks a route is told for the ports of its Services, or once for a host without any.
  const unreported = { ...listener, leaveOut: undefined };
  for (const rule of rules) {
    const { host, resource, withoutService } = rule;
    const isAtPort = port === HTTP_PORT || resourcesAtPort.has(resource);
    if (!withoutService || !isAtPort || isServed(host, services)) continue;
    const routes = rule.routesAt(unreported);
    if (routes.length > 0) add(rule, { name: `${host}:${port}`, domains: [host], routes });
  }
  return withoutRepeatedDomains([...rules.flatMap((rule) => ofRules.get(rule) ?? []), ...withoutRules]);
}

/**
 * Returns the rules for the most specific host that covers the host of a Service. Of a wildcard only the first counts, even
 * where it has no routes for the client (istio/istio pilot/pkg/model/sidecar.go, computeWildcardHostVirtualServiceIndex).
 */
function applicableRules(
  host: string,
  byHost: HostsIndex<HostRules>,
  listener: Listener,
): readonly HostRules[] {
  const rules = byHost.mostSpecific(host);
  const [first, ...later] = rules;
  if (!first?.host.startsWith('*')) return rules;
  leaveOutLater(later, first, host, listener);
  return [first];
}

/** Returns the first rules that have routes for this listener; undefined when none has. */
function firstRoutes(
  rules: readonly HostRules[],
  host: string,
  listener: Listener,
): { rule: HostRules; routes: readonly Route[] } | undefined {
  for (const [index, rule] of rules.entries()) {
    const routes = rule.routesAt(listener);
    if (routes.length === 0) continue;
    leaveOutLater(rules.slice(index + 1), rule, host, listener);
    return { rule, routes };
  }
  return undefined;
}

/** Keeps each domain only in the first virtual host that has it. */
function withoutRepeatedDomains(virtualHosts: VirtualHost[]): VirtualHost[] {
  const taken = new Set<string>();
  return virtualHosts
    .map((virtualHost) => {
      const free = virtualHost.domains.filter((domain) => !taken.has(domain) && taken.add(domain));
      return free.length === virtualHost.domains.length ? virtualHost : { ...virtualHost, domains: free };
    })
    .filter(({ domains }) => domains.length > 0);
}
