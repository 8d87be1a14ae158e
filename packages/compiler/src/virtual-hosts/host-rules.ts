import { resolveHost, type Resource } from '@bookinfo/rules';
import { meshHttpRoutes } from '../gateway-api/mesh-routes.js';
import { fullHosts, placeOf, type Place } from '../left-out.js';
import { leaveOutNotImported } from './left-out-by-import.js';
import type { Listener, ProxyView } from './listener.js';
import type { Route } from '@bookinfo/routing';
import { routesOf } from '../virtual-service/routes.js';

/** The rules of a VirtualService, or of the HTTPRoutes of a namespace, for a host. */
export interface HostRules {
  host: string;
  /** The VirtualService, or the oldest of the HTTPRoutes. */
  resource: Resource;
  /** The field that names the host. Looked up when it is read: only reports of what is left out need it. */
  readonly place: Place;
  /** Position among all resources, the oldest first. */
  age: number;
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
export function hostRules(
  resources: readonly Resource[],
  { client, imports, leaveOut }: Pick<ProxyView, 'client' | 'imports' | 'leaveOut'>,
): HostRules[] {
  const httpRoutes = meshHttpRoutes(resources, client.namespace, leaveOut)
    .filter((each) => {
      const isImported = imports.includes(each);
      if (!isImported) leaveOutNotImported(each.place, [each.host], imports, leaveOut);
      return isImported;
    })
    .map((one) => ({ ...one, withoutService: false }));
  const virtualServices = resources.flatMap((rule, age): HostRules[] => {
    if (rule.kind !== 'VirtualService') return [];
    if (!rule.spec.gateways.includes('mesh')) {
      leaveOut?.({
        code: 'not-for-mesh',
        ...placeOf(rule, ['spec', 'gateways']),
        hosts: fullHosts(rule),
        isWhole: true,
        reason: `its gateways [${rule.spec.gateways.join(', ')}] lack mesh, so no sidecar has it`,
      });
      return [];
    }
    const hosts = fullHosts(rule);
    if (hosts.length > 0 && !imports.includesSome(hosts, rule.metadata.namespace)) {
      leaveOutNotImported(placeOf(rule, ['spec', 'hosts']), hosts, imports, leaveOut);
      return [];
    }
    return rule.spec.hosts.map((name, index) => ({
      host: resolveHost(name, rule.metadata.namespace),
      resource: rule,
      get place() {
        return placeOf(rule, ['spec', 'hosts', index]);
      },
      age,
      withoutService: true,
      routesAt: (listener: Listener) => routesOf(rule, listener),
    }));
  });
  const own = httpRoutes.filter(({ namespace }) => namespace === client.namespace);
  const others = httpRoutes.filter(({ namespace }) => namespace !== client.namespace);
  return [...own, ...[...virtualServices, ...others].toSorted((a, b) => a.age - b.age)];
}
