import type { ServiceEntry } from '../resources/resource.js';
import { hasLabels } from './labels.js';
import type { Pod } from './pod.js';
import type { RegisteredService, ServiceEndpoint } from './registered-service.js';

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
        isHttp: port.protocol === 'HTTP',
        endpoints: endpointsOf(entry, host, port, pods),
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
): ServiceEndpoint[] {
  const { resolution, endpoints, workloadSelector } = spec;
  if (workloadSelector) {
    return pods
      .filter((pod) => pod.ready && pod.namespace === metadata.namespace)
      .filter((pod) => hasLabels(pod.labels, workloadSelector.labels))
      .flatMap((pod) => {
        const port = pod.ports[targetPort];
        return port === undefined ? [] : [{ address: pod.address, port, pod: pod.name, labels: pod.labels }];
      });
  }
  // Without endpoints the proxy looks the host up, or uses the client's address (pilot/pkg/serviceregistry/serviceentry).
  if (endpoints.length === 0)
    return resolution === 'NONE' ? [] : [{ address: host, port: targetPort, pod: host, labels: {} }];
  return endpoints.map(({ address, ports, labels }) => ({
    address,
    port: ports[name] ?? targetPort,
    pod: address,
    labels,
  }));
}
