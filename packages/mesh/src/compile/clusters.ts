import { hasLabels, type Labels } from '../registry/labels.js';
import type { ServicePort } from '../registry/registry.js';
import type { DestinationRule } from '../resources/resource.js';
import { clusterName } from './cluster-name.js';
import { destinationRuleFor } from './destination-rule.js';
import type { Model } from './model.js';
import type { Cluster, Endpoint } from './route-table.js';

type TrafficPolicy = DestinationRule['spec']['trafficPolicy'];

/** Istio's default (mesh configuration, connectTimeout). */
const CONNECT_TIMEOUT_MS = 10_000;

/** A cluster for every port of every Service, and one more for each of its subsets. */
export function compileClusters(model: Model, clientNamespace: string): Map<string, Cluster> {
  const clusters = new Map<string, Cluster>();
  for (const service of model.registry.services) {
    const rule = destinationRuleFor(service, model.resources, clientNamespace);
    for (const port of service.ports) {
      const add = (subset: string, labels: Labels, policy: TrafficPolicy): void => {
        const name = clusterName(port.number, subset, service.host);
        clusters.set(name, {
          name,
          lbPolicy: lbPolicy(policy) ?? lbPolicy(rule.trafficPolicy) ?? 'LEAST_REQUEST',
          connectTimeoutMs: CONNECT_TIMEOUT_MS,
          endpoints: endpointsWith(labels, port),
        });
      };
      add('', {}, undefined);
      for (const subset of rule.subsets) add(subset.name, subset.labels, subset.trafficPolicy);
    }
  }
  return clusters;
}

function lbPolicy(policy: TrafficPolicy): Cluster['lbPolicy'] | undefined {
  const simple = policy?.loadBalancer?.simple;
  return simple === 'LEAST_CONN' ? 'LEAST_REQUEST' : simple;
}

function endpointsWith(labels: Labels, port: ServicePort): Endpoint[] {
  return port.endpoints
    .filter(({ pod }) => hasLabels(pod.labels, labels))
    .map((endpoint) => ({ address: endpoint.pod.address, port: endpoint.port, pod: endpoint.pod.name }));
}
