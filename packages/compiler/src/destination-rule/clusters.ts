import { hasLabels, type Labels, type RegisteredService, type ServicePort } from '@bookinfo/rules';
import { clusterName, type Cluster, type Endpoint, type LbPolicy } from '@bookinfo/routing';
import { compileConnectionPool } from './connection-pool.js';
import type { DestinationRules } from './destination-rule.js';
import { addressClusters } from '../virtual-hosts/service-addresses.js';
import { compileHashPolicies, type HashPolicies } from './hash-policies.js';
import { compileLbPolicy } from './load-balancer.js';
import { compileOutlierDetection } from './outlier-detection.js';
import { compileUpstreamTls } from './upstream-tls.js';

/** istio/istio pilot/pkg/networking/core/cluster.go, convertResolution; Istio sends as EDS what is STATIC here. */
const CLUSTER_TYPES: Record<RegisteredService['resolution'], Cluster['type']> = {
  PODS: 'EDS',
  STATIC: 'STATIC',
  DNS: 'STRICT_DNS',
  DNS_ROUND_ROBIN: 'LOGICAL_DNS',
  NONE: 'ORIGINAL_DST',
};

/** The empty set of labels, which selects all endpoints of a service. */
const ALL_ENDPOINTS = { name: '', labels: {} };

/** The clusters of a client by name, `outbound|<port>|<subset>|<fqdn>`, and the hash policies of destinations. */
export interface CompiledClusters {
  clusters: ReadonlyMap<string, Cluster>;
  hashPolicies: HashPolicies;
}

/**
 * Returns a cluster for each port of each service and for each of its subsets, with the hash policies of destinations; and
 * one for the address of each port of the services that the client's sidecar lacks.
 */
export function compileClusters(
  services: readonly RegisteredService[],
  lacked: readonly RegisteredService[],
  destinationRules: DestinationRules,
  istioVersion: string,
): CompiledClusters {
  const clusters = new Map<string, Cluster>();
  for (const service of services) {
    for (const port of service.ports) {
      for (const { name: subset, labels } of [ALL_ENDPOINTS, ...destinationRules.subsetsOf(service)]) {
        const name = clusterName(port.number, subset, service.host);
        const policy = destinationRules.policyFor(service, port.number, subset);
        const tls = policy.tls && compileUpstreamTls(policy.tls);
        clusters.set(name, {
          name,
          ...discovery(service, port, labels, compileLbPolicy(policy.loadBalancer, istioVersion)),
          ...compileConnectionPool(policy.connectionPool),
          ...(tls && { tls }),
          ...(policy.outlierDetection && {
            outlierDetection: compileOutlierDetection(policy.outlierDetection),
          }),
        });
      }
    }
  }
  for (const cluster of addressClusters(lacked)) clusters.set(cluster.name, cluster);
  return { clusters, hashPolicies: compileHashPolicies(services, destinationRules) };
}

/**
 * Returns how the cluster finds its endpoints. PASSTHROUGH goes to the address that the client called; that of a Service is
 * its ClusterIP, for which Kubernetes picks any of its pods, whatever the subset.
 */
function discovery(
  { resolution }: RegisteredService,
  port: ServicePort,
  labels: Labels,
  lbPolicy: LbPolicy,
): Pick<Cluster, 'type' | 'lbPolicy' | 'endpoints' | 'podSelector'> {
  const isOriginal = resolution === 'NONE' || lbPolicy.kind === 'CLUSTER_PROVIDED';
  if (!isOriginal) {
    const selected = endpointsWith(labels, port);
    // Envoy's random load balancer has no weights (random_lb.cc).
    const endpoints = lbPolicy.kind === 'RANDOM' ? selected.endpoints.map(withoutWeight) : selected.endpoints;
    return { type: CLUSTER_TYPES[resolution], lbPolicy, ...selected, endpoints };
  }
  if (resolution === 'PODS')
    return { type: 'EDS', lbPolicy: { kind: 'RANDOM' }, ...endpointsWith(ALL_ENDPOINTS.labels, port) };
  return { type: 'ORIGINAL_DST', lbPolicy: { kind: 'CLUSTER_PROVIDED' }, endpoints: [] };
}

function withoutWeight(endpoint: Endpoint): Endpoint {
  const { weight: _, ...others } = endpoint;
  return others;
}

function endpointsWith(
  labels: Labels,
  { endpoints, podSelector }: ServicePort,
): Pick<Cluster, 'endpoints' | 'podSelector'> {
  return {
    endpoints: endpoints.filter((endpoint) => hasLabels(endpoint.labels, labels)),
    ...(podSelector && {
      podSelector: { ...podSelector, matchLabels: [...podSelector.matchLabels, labels] },
    }),
  };
}
