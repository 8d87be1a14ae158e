import type { OutlierDetection } from '@bookinfo/routing';
import type { EnvoyMessage } from './message.js';
import { duration } from './scalars.js';

/** envoy.config.cluster.v3.OutlierDetection; what it would do of itself, by rates of success, is off as in Istio. */
export function outlierDetection(policy: OutlierDetection): EnvoyMessage {
  return {
    ...reason('consecutive_5xx', policy.consecutive5xx),
    ...reason('consecutive_gateway_failure', policy.consecutiveGatewayFailure),
    ...reason('consecutive_local_origin_failure', policy.consecutiveLocalOriginFailure),
    split_external_local_origin_errors: policy.splitExternalLocalOriginErrors,
    interval: duration(policy.intervalMs),
    base_ejection_time: duration(policy.baseEjectionTimeMs),
    max_ejection_percent: policy.maxEjectionPercent,
    enforcing_success_rate: 0,
    enforcing_local_origin_success_rate: 0,
  };
}

/** A count, and whether reaching it has a consequence. */
function reason(name: string, count: number): EnvoyMessage {
  return count > 0 ? { [name]: count, [`enforcing_${name}`]: 100 } : { [`enforcing_${name}`]: 0 };
}
