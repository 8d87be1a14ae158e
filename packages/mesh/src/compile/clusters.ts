import { hasLabels, type Labels } from '../registry/labels.js';
import type { RegisteredService, ServicePort } from '../registry/registry.js';
import type { DestinationRule } from '../resources/resource.js';
import { clusterName } from './cluster-name.js';
import { DestinationRules } from './destination-rule.js';
import { istioHas } from './istio-version.js';
import type { Model } from './model.js';
import type { CircuitBreakers, Cluster, Endpoint, LbPolicy } from './cluster.js';

type TrafficPolicy = DestinationRule['spec']['trafficPolicy'];

/** Istio's default (mesh configuration, connectTimeout). */
const CONNECT_TIMEOUT_MS = 10_000;

/** Istio's defaults: as good as none (pilot/pkg/networking/core/cluster_traffic_policy.go). */
export const UNLIMITED: CircuitBreakers = {
  maxConnections: 2 ** 32 - 1,
  maxPendingRequests: 2 ** 32 - 1,
  maxRequests: 2 ** 32 - 1,
  maxRetries: 2 ** 32 - 1,
};

/** istio/istio pilot/pkg/networking/core/cluster.go, convertResolution; what is STATIC here Istio sends as EDS. */
const CLUSTER_TYPES: Record<RegisteredService['resolution'], Cluster['type']> = {
  PODS: 'EDS',
  STATIC: 'STATIC',
  DNS: 'STRICT_DNS',
  DNS_ROUND_ROBIN: 'LOGICAL_DNS',
  NONE: 'ORIGINAL_DST',
};

/** A cluster for every port of every Service, and one more for each of its subsets. */
export function compileClusters(model: Model, clientNamespace: string): Map<string, Cluster> {
  const clusters = new Map<string, Cluster>();
  const rules = new DestinationRules(model.resources);
  for (const service of model.registry.services) {
    const rule = rules.for(service, clientNamespace);
    for (const port of service.ports) {
      const add = (subset: string, labels: Labels, policy: TrafficPolicy): void => {
        const name = clusterName(port.number, subset, service.host);
        clusters.set(name, {
          name,
          type: CLUSTER_TYPES[service.resolution],
          lbPolicy:
            service.resolution === 'NONE'
              ? { kind: 'CLUSTER_PROVIDED' }
              : (lbPolicy(policy) ??
                lbPolicy(rule.trafficPolicy) ??
                defaultLbPolicy(model.meshConfig.istioVersion)),
          connectTimeoutMs: CONNECT_TIMEOUT_MS,
          circuitBreakers: UNLIMITED,
          maxRequestsPerConnection: 0,
          idleTimeoutMs: 0,
          endpoints: endpointsWith(labels, port),
        });
      };
      add('', {}, undefined);
      for (const subset of rule.subsets) add(subset.name, subset.labels, subset.trafficPolicy);
    }
  }
  return clusters;
}

function defaultLbPolicy(istioVersion: string): LbPolicy {
  return { kind: istioHas(istioVersion, 'leastRequestByDefault') ? 'LEAST_REQUEST' : 'ROUND_ROBIN' };
}

function lbPolicy(policy: TrafficPolicy): LbPolicy | undefined {
  const simple = policy?.loadBalancer?.simple;
  if (simple === undefined) return undefined;
  return { kind: simple === 'LEAST_CONN' ? 'LEAST_REQUEST' : simple };
}

function endpointsWith(labels: Labels, { endpoints }: ServicePort): Endpoint[] {
  return endpoints.filter((endpoint) => hasLabels(endpoint.labels, labels));
}
