import type { Resource } from '../resources/resource.js';
import { visibleTo } from './export-to.js';
import { resolveHost } from './host.js';
import type { Pod } from './pod.js';
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

function registryOf(services: readonly RegisteredService[]): Registry {
  const views = new Map<string, Registry>();
  const byHost = new Map<string, RegisteredService>();
  for (const service of services) {
    const { host, resolution } = service;
    // The nearest and oldest declaration of a host counts, but a Service comes before a ServiceEntry
    // (istio/istio pilot/pkg/model/sidecar.go).
    const taken = byHost.get(host);
    if (!taken || (resolution === 'PODS' && taken.resolution !== 'PODS')) byHost.set(host, service);
  }
  return {
    services: [...byHost.values()],
    service: (host, fromNamespace) => byHost.get(resolveHost(host, fromNamespace)),
    visibleFrom: (namespace) => {
      let view = views.get(namespace);
      if (!view) {
        view = registryOf(visibleTo(namespace, services, (service) => service));
        views.set(namespace, view);
      }
      return view;
    },
  };
}
