import { withModernResources } from '../legacy/modern-resources.js';
import type { Resource } from '../resources/resource.js';
import { visibleTo } from './export-to.js';
import { resolveHost } from './host.js';
import type { Pod } from './pod.js';
import type { RegisteredService } from './registered-service.js';
import { registerServiceEntry } from './service-entry.js';
import { registerService } from './service.js';

export type { Pod } from './pod.js';
export type { RegisteredService, ServicePort } from './registered-service.js';

/** Who serves which host. */
export interface Registry {
  /** Each host once. */
  services: readonly RegisteredService[];
  /**
   * The service that a host stands for when a resource or a client of `fromNamespace` names it: `reviews` in its own
   * namespace, or a full name. `undefined` when there is none.
   */
  service(host: string, fromNamespace: string): RegisteredService | undefined;
  /** What clients of a namespace know of it (`exportTo`). */
  visibleFrom(namespace: string): Registry;
}

/** Joins Services and ServiceEntries to pods of their namespace by selector; pods that are not ready are left out. */
export function buildRegistry(resources: readonly Resource[], pods: readonly Pod[]): Registry {
  const services = withModernResources(resources).flatMap((resource) => {
    if (resource.kind === 'Service') return [registerService(resource, pods)];
    return resource.kind === 'ServiceEntry' ? registerServiceEntry(resource, pods) : [];
  });
  return registryOf(services);
}

function registryOf(services: readonly RegisteredService[]): Registry {
  const byHost = new Map<string, RegisteredService>();
  for (const service of services) {
    const { host, resolution } = service;
    // The nearest and oldest declaration of a host counts, but nobody takes a host from a Service
    // (istio/istio pilot/pkg/model/sidecar.go).
    const taken = byHost.get(host);
    if (!taken || (resolution === 'PODS' && taken.resolution !== 'PODS')) byHost.set(host, service);
  }
  return {
    services: [...byHost.values()],
    service: (host, fromNamespace) => byHost.get(resolveHost(host, fromNamespace)),
    visibleFrom: (namespace) => registryOf(visibleTo(namespace, services, (service) => service)),
  };
}
