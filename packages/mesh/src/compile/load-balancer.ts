import type { LoadBalancerSettings } from '../resources/kinds/load-balancer.js';
import type { LbPolicy } from './cluster.js';
import { istioHas } from './istio-version.js';

/** istio/istio pilot/pkg/networking/core/cluster_traffic_policy.go, applyLoadBalancer. */
export function compileLbPolicy(
  { simple = 'UNSPECIFIED' }: LoadBalancerSettings = {},
  istioVersion: string,
): LbPolicy {
  switch (simple) {
    case 'UNSPECIFIED':
      return { kind: istioHas(istioVersion, 'leastRequestByDefault') ? 'LEAST_REQUEST' : 'ROUND_ROBIN' };
    case 'LEAST_CONN':
      return { kind: 'LEAST_REQUEST' };
    case 'PASSTHROUGH':
      return { kind: 'CLUSTER_PROVIDED' };
    case 'LEAST_REQUEST':
    case 'RANDOM':
    case 'ROUND_ROBIN':
      return { kind: simple };
  }
}
