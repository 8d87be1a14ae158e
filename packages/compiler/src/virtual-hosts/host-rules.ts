import { resolveHost, type Resource, type Client } from '@bookinfo/rules';
import { meshHttpRoutes } from '../gateway-api/mesh-routes.js';
import type { Listener } from './listener.js';
import type { Route } from '@bookinfo/routing';
import { routesOf } from '../virtual-service/routes.js';

/** The rules of a VirtualService, or of the HTTPRoutes of a namespace, for a host. */
export interface HostRules {
  host: string;
  /** True when they also apply to a host without a Service. */
  withoutService: boolean;
  /** Empty when no rule applies to that port and client; then the next rules for the host apply. */
  routesAt: (listener: Listener) => readonly Route[];
}

/**
 * Returns the rules that apply to a sidecar, in order of precedence. HTTPRoutes of the client's own namespace come first,
 * whatever their age; VirtualServices and HTTPRoutes of the Service's namespace follow, the oldest first (istio/istio
 * pilot/pkg/model/push_context.go, VirtualServicesForGateway). They are not merged with each other.
 */
export function hostRules(resources: readonly Resource[], client: Client): HostRules[] {
  const httpRoutes = meshHttpRoutes(resources, client.namespace).map((one) => ({
    ...one,
    withoutService: false,
  }));
  const virtualServices = resources.flatMap((rule, age) => {
    if (rule.kind !== 'VirtualService' || !rule.spec.gateways.includes('mesh')) return [];
    return rule.spec.hosts.map((name) => ({
      host: resolveHost(name, rule.metadata.namespace),
      age,
      withoutService: true,
      routesAt: (listener: Listener) => routesOf(rule, listener),
    }));
  });
  const own = httpRoutes.filter(({ namespace }) => namespace === client.namespace);
  const others = httpRoutes.filter(({ namespace }) => namespace !== client.namespace);
  return [...own, ...[...virtualServices, ...others].toSorted((a, b) => a.age - b.age)];
}
