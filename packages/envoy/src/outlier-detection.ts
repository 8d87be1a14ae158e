import type { OutlierDetection } from '@bookinfo/routing';
import { duration, type EnvoyMessage } from './protobuf-json.js';

/** envoy.config.cluster.v3.OutlierDetection. Ejection by success rate, on by default in Envoy, is off as in Istio. */
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

/** Returns a threshold and its enforcement; 0 turns it off. */
function reason(name: string, count: number): EnvoyMessage {
  return count > 0 ? { [name]: count, [`enforcing_${name}`]: 100 } : { [`enforcing_${name}`]: 0 };
}
