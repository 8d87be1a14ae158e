import type { Service } from '../resources/resource.js';
import { serviceHost } from './host.js';
import type { Pod } from './pod.js';
import { selectEndpoints } from './select-endpoints.js';
import { isHttpPort } from './protocol.js';
import type { RegisteredService } from './registered-service.js';

const EXPORT_TO = 'networking.istio.io/exportTo';

/** Returns a Service with the ready pods of its namespace that its selector matches. */
export function registerService({ metadata, spec }: Service, pods: readonly Pod[]): RegisteredService {
  const { name, namespace, annotations } = metadata;
  const { selector = {} } = spec;
  const ports = spec.ports.map((port) => {
    const { port: number, targetPort = number } = port;
    // Without a selector a Service has no pods (Kubernetes: it gets no EndpointSlices).
    const podSelector =
      Object.keys(selector).length === 0 ? undefined : { namespace, matchLabels: [selector], targetPort };
    return {
      number,
      isHttp: isHttpPort(port),
      endpoints: podSelector ? selectEndpoints(podSelector, pods) : [],
      ...(podSelector && { podSelector }),
    };
  });
  const exportTo = annotations[EXPORT_TO]?.split(',').map((entry) => entry.trim()) ?? [];
  const host = serviceHost(name, namespace);
  return { name, namespace, host, addresses: [], ports, resolution: 'PODS', exportTo };
}
