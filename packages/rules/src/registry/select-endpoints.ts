import { hasLabels } from './labels.js';
import type { Pod } from './pod.js';
import type { PodSelector, ServiceEndpoint } from './registered-service.js';

/** Returns the ready pods that the selector matches and that have opened its port, as endpoints. */
export function selectEndpoints(
  { namespace, matchLabels, targetPort }: PodSelector,
  pods: readonly Pod[],
): ServiceEndpoint[] {
  return pods.flatMap((pod) => {
    // Another process of this machine may listen on a port that the pod does not open.
    const port = pod.ports[targetPort];
    if (!pod.ready || port === undefined || pod.namespace !== namespace) return [];
    if (!matchLabels.every((labels) => hasLabels(pod.labels, labels))) return [];
    return [{ address: pod.address, port, pod: pod.name, labels: pod.labels }];
  });
}
