import { visibleTo, type Resource } from '@bookinfo/rules';

/**
 * The resources without the VirtualServices that are not exported to the client's namespace, and those that are meant for
 * it alone before those for all: of two rules for one host the nearer one counts, however young it is.
 */
export function visibleResources(resources: readonly Resource[], clientNamespace: string): Resource[] {
  return visibleTo(clientNamespace, resources, (resource) => ({
    exportTo: resource.kind === 'VirtualService' ? resource.spec.exportTo : [],
    namespace: resource.metadata.namespace,
  }));
}
