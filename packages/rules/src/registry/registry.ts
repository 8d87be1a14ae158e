import type { Resource } from '../resources/resource.js';
import { visibleTo } from './export-to.js';
import { resolveHost } from './host.js';
import type { Pod } from './pod.js';
import { mergeServiceEntries } from './merge-service-entries.js';
import type { RegisteredService } from './registered-service.js';
import { registerServiceEntry } from './service-entry.js';
import { registerService } from './service.js';

export { type Pod } from './pod.js';
export { type RegisteredService, type ServicePort } from './registered-service.js';

/** The services of a mesh by host. */
export interface Registry {
  /** Each host once. */
  services: readonly RegisteredService[];
  /**
   * Returns the service of a host in a resource or a request of `fromNamespace`: `reviews` in its own namespace, or a full
   * name. Returns undefined if there is none.
   */
  service(host: string, fromNamespace: string): RegisteredService | undefined;
  /** Returns the registry of the services that are visible to a namespace (`exportTo`). */
  visibleFrom(namespace: string): Registry;
  /** Returns the registry of some declarations: of several that have one host, the others are not considered. */
  where(isIncluded: (declaration: RegisteredService) => boolean): Registry;
}

/** Builds the registry of Services and ServiceEntries, whose selectors match the ready pods of their namespace. */
export function buildRegistry(resources: readonly Resource[], pods: readonly Pod[]): Registry {
  const services = resources.flatMap((resource) => {
    if (resource.kind === 'Service')
      return resource.spec.ports.length === 0 ? [] : [registerService(resource, pods)];
    return resource.kind === 'ServiceEntry' ? registerServiceEntry(resource, pods) : [];
  });
  return registryOf(services);
}

function registryOf(services: readonly RegisteredService[], clientNamespace?: string): Registry {
  const views = new Map<string, Registry>();
  const byHost = new Map<string, RegisteredService>();
  for (const [host, declarations] of Map.groupBy(services, (service) => service.host)) {
    const service = serviceOf(declarations, clientNamespace);
    if (service) byHost.set(host, service);
  }
  return {
    services: [...byHost.values()],
    service: (host, fromNamespace) => byHost.get(resolveHost(host, fromNamespace)),
    visibleFrom: (namespace) => {
      let view = views.get(namespace);
      if (!view) {
        view = registryOf(
          visibleTo(namespace, services, (service) => service),
          namespace,
        );
        views.set(namespace, view);
      }
      return view;
    },
    where: (isIncluded) => registryOf(services.filter(isIncluded), clientNamespace),
  };
}

/**
 * Returns the service of a host that several resources declare, the nearest and oldest first: a Service comes before a
 * ServiceEntry, then one of the client's namespace. ServiceEntries of one namespace are merged (istio/istio
 * pilot/pkg/model/sidecar.go, selectServices and appendSidecarServices).
 */
function serviceOf(
  declarations: readonly RegisteredService[],
  clientNamespace: string | undefined,
): RegisteredService | undefined {
  const chosen =
    declarations.find(({ resolution }) => resolution === 'PODS') ??
    declarations.find(({ namespace }) => namespace === clientNamespace) ??
    declarations[0];
  if (!chosen || chosen.resolution === 'PODS') return chosen;
  const others = declarations.filter((each) => each !== chosen && each.namespace === chosen.namespace);
  return mergeServiceEntries(chosen, others);
}
