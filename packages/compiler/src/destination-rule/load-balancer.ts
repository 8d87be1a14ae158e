import { type ConsistentHashLB, type LoadBalancerSettings, istioHas } from '@bookinfo/rules';
import type { LbPolicy } from '@bookinfo/routing';

/** Envoy's default. */
const MINIMUM_RING_SIZE = 1024;

/** Compiles the load balancing (istio/istio pilot/pkg/networking/core/cluster_traffic_policy.go, applyLoadBalancer). */
export function compileLbPolicy(
  { simple = 'UNSPECIFIED', consistentHash }: LoadBalancerSettings = {},
  istioVersion: string,
): LbPolicy {
  if (consistentHash) return hashingLbPolicy(consistentHash);
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

/** Compiles consistent hashing. A ring size of 0 means the default, as in all numeric fields of Istio without a wrapper. */
function hashingLbPolicy({ maglev, ringHash, minimumRingSize }: ConsistentHashLB): LbPolicy {
  if (maglev) return { kind: 'MAGLEV', tableSize: maglev.tableSize };
  const size = ringHash ? ringHash.minimumRingSize : minimumRingSize;
  return { kind: 'RING_HASH', minimumRingSize: size || MINIMUM_RING_SIZE };
}
