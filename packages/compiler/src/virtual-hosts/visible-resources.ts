import { visibleTo, type Resource } from '@bookinfo/rules';

/**
 * Returns the resources without the VirtualServices that are not exported to the client's namespace. Those exported to it
 * alone come before those exported to all: of two rules for one host the nearer one applies, whatever its age.
 */
export function visibleResources(resources: readonly Resource[], clientNamespace: string): Resource[] {
  return visibleTo(clientNamespace, resources, (resource) => ({
    exportTo: resource.kind === 'VirtualService' ? resource.spec.exportTo : [],
    namespace: resource.metadata.namespace,
  }));
}
