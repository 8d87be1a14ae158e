import { visibleTo, type Resource } from '@bookinfo/rules';
import { fullHosts, placeOf, type LeaveOut } from '../left-out.js';

/**
 * Returns the resources without the VirtualServices that are not exported to the client's namespace. Those exported to it
 * alone come before those exported to all: of two rules for one host the nearer one applies, whatever its age.
 */
export function visibleResources(
  resources: readonly Resource[],
  clientNamespace: string,
  leaveOut?: LeaveOut,
): Resource[] {
  const visible = visibleTo(clientNamespace, resources, (resource) => ({
    exportTo: resource.kind === 'VirtualService' ? resource.spec.exportTo : [],
    namespace: resource.metadata.namespace,
  }));
  if (leaveOut) {
    const kept = new Set(visible);
    for (const resource of resources)
      if (resource.kind === 'VirtualService' && !kept.has(resource))
        leaveOut({
          code: 'not-exported',
          ...placeOf(resource, ['spec', 'exportTo']),
          hosts: fullHosts(resource),
          isWhole: true,
          reason: `its exportTo [${resource.spec.exportTo.join(', ')}] leaves out the namespace ${clientNamespace} of the client`,
        });
  }
  return visible;
}
