import { isHttpProtocol } from '../resources/kinds/service-entry.js';
import type { ServiceEntry } from '../resources/resource.js';
import type { Pod } from './pod.js';
import { selectEndpoints } from './select-endpoints.js';
import type { RegisteredService, ServicePort } from './registered-service.js';

type Port = ServiceEntry['spec']['ports'][number];

/** Returns a service for each host of a ServiceEntry, with the same ports. */
export function registerServiceEntry(entry: ServiceEntry, pods: readonly Pod[]): RegisteredService[] {
  const { hosts, addresses, ports, resolution, exportTo } = entry.spec;
  return hosts
    .map((host) => host.toLowerCase())
    .map((host) => ({
      name: entry.metadata.name,
      namespace: entry.metadata.namespace,
      host,
      addresses: addresses.filter((address) => !address.includes('/')),
      ports: ports.map((port) => ({
        number: port.number,
        isHttp: isHttpProtocol(port.protocol),
        ...endpointsOf(entry, host, port, pods),
      })),
      resolution,
      exportTo,
    }));
}

function endpointsOf(
  { metadata, spec }: ServiceEntry,
  host: string,
  { name, number, targetPort = number }: Port,
  pods: readonly Pod[],
): Pick<ServicePort, 'endpoints' | 'podSelector'> {
  const { resolution, endpoints, workloadSelector } = spec;
  if (workloadSelector) {
    const { namespace } = metadata;
    const podSelector = { namespace, matchLabels: [workloadSelector.labels], targetPort };
    return { endpoints: selectEndpoints(podSelector, pods), podSelector };
  }
  // Without endpoints the proxy looks the host up, or uses the client's address (pilot/pkg/serviceregistry/serviceentry).
  if (endpoints.length === 0) {
    const itself = { address: host, port: targetPort, pod: host, labels: {} };
    return { endpoints: resolution === 'NONE' ? [] : [itself] };
  }
  return {
    endpoints: endpoints.map(({ address, ports, labels, weight }) => ({
      address,
      port: ports[name] ?? targetPort,
      pod: address,
      labels,
      // Istio takes 0 for 1 (pilot/pkg/model/service.go, GetLoadBalancingWeight).
      ...(weight > 1 && { weight }),
    })),
  };
}
