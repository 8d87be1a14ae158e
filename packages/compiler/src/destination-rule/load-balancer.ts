import { type ConsistentHashLB, type LoadBalancerSettings, istioHas } from '@bookinfo/rules';
import type { LbPolicy, SlowStart } from '@bookinfo/routing';

/** Envoy's default. */
const MINIMUM_RING_SIZE = 1024;

/** Compiles the load balancing (istio/istio pilot/pkg/networking/core/cluster_traffic_policy.go, applyLoadBalancer). */
export function compileLbPolicy(settings: LoadBalancerSettings = {}, istioVersion: string): LbPolicy {
  const { simple = 'UNSPECIFIED', consistentHash } = settings;
  if (consistentHash) return hashingLbPolicy(consistentHash);
  const slowStart = compileWarmup(settings);
  const leastRequest = { kind: 'LEAST_REQUEST', ...slowStart } as const;
  const roundRobin = { kind: 'ROUND_ROBIN', ...slowStart } as const;
  switch (simple) {
    case 'UNSPECIFIED':
      return istioHas(istioVersion, 'leastRequestByDefault') ? leastRequest : roundRobin;
    case 'LEAST_CONN':
    case 'LEAST_REQUEST':
      return leastRequest;
    case 'ROUND_ROBIN':
      return roundRobin;
    case 'PASSTHROUGH':
      return { kind: 'CLUSTER_PROVIDED' };
    case 'RANDOM':
      return { kind: simple };
  }
}

/** Compiles the warmup, of which the deprecated form has the defaults of Envoy (setWarmup and setSlowStartConfig there). */
function compileWarmup({ warmup, warmupDurationSecs }: LoadBalancerSettings): { slowStart?: SlowStart } {
  const { duration = warmupDurationSecs, aggression = 1, minimumPercent = 10 } = warmup ?? {};
  return duration
    ? { slowStart: { windowMs: duration.ms, aggression, minWeightPercent: minimumPercent } }
    : {};
}

/** Compiles consistent hashing. A ring size of 0 means the default, as in all numeric fields of Istio without a wrapper. */
function hashingLbPolicy({ maglev, ringHash, minimumRingSize }: ConsistentHashLB): LbPolicy {
  if (maglev) return { kind: 'MAGLEV', tableSize: maglev.tableSize };
  const size = ringHash ? ringHash.minimumRingSize : minimumRingSize;
  return { kind: 'RING_HASH', minimumRingSize: size || MINIMUM_RING_SIZE };
}
