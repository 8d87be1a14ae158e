import type { Service } from '../resources/resource.js';
import { serviceHost } from './host.js';
import { hasLabels } from './labels.js';
import type { Pod } from './pod.js';
import { isHttpPort } from './protocol.js';
import type { RegisteredService } from './registered-service.js';

const EXPORT_TO = 'networking.istio.io/exportTo';

/** Returns a Service with the ready pods of its namespace that its selector matches. */
export function registerService({ metadata, spec }: Service, pods: readonly Pod[]): RegisteredService {
  const { name, namespace, annotations } = metadata;
  const { selector = {} } = spec;
  // Without a selector a Service has no pods (Kubernetes: it gets no EndpointSlices).
  const ready =
    Object.keys(selector).length === 0
      ? []
      : pods.filter((pod) => pod.ready && pod.namespace === namespace && hasLabels(pod.labels, selector));
  const ports = spec.ports.map((port) => ({
    number: port.port,
    isHttp: isHttpPort(port),
    endpoints: ready.flatMap((pod) => {
      // Another process of this machine may listen on a port that the pod does not open.
      const real = pod.ports[port.targetPort ?? port.port];
      if (real === undefined) return [];
      return [{ address: pod.address, port: real, pod: pod.name, labels: pod.labels }];
    }),
  }));
  const exportTo = annotations[EXPORT_TO]?.split(',').map((entry) => entry.trim()) ?? [];
  const host = serviceHost(name, namespace);
  return { name, namespace, host, addresses: [], ports, resolution: 'PODS', exportTo };
}
