import type { Resource } from '../resources/resource.js';
import type { Pod } from './pod.js';

/** The address of a planned pod, on which nothing listens. */
const UNASSIGNED = '0.0.0.0';

/** Returns the pods of the Deployments, all ready, for the analysis of files without a running mesh. */
export function plannedPods(resources: readonly Resource[]): Pod[] {
  return resources
    .filter((resource) => resource.kind === 'Deployment')
    .flatMap(({ metadata, spec: { replicas, template } }) => {
      const ports = template.spec.containers.flatMap((container) =>
        container.ports.map(({ containerPort }) => [containerPort, containerPort]),
      );
      return Array.from({ length: replicas }, (_, index) => ({
        name: `${metadata.name}-${index}`,
        namespace: metadata.namespace,
        labels: template.metadata.labels,
        address: UNASSIGNED,
        ports: Object.fromEntries(ports) as Record<number, number>,
        ready: true,
      }));
    });
}
