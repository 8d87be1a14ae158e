import type { z } from 'zod';
import type { trafficPolicy } from '../resources/kinds/traffic-policy.js';
import type { DestinationPolicy } from '../resources/resource.js';

type Blocks = Pick<z.input<typeof trafficPolicy>, 'connectionPool' | 'outlierDetection'>;
type SimpleCb = NonNullable<DestinationPolicy['spec']['circuitBreaker']>['simpleCb'];

/** Envoy's defaults in 2017, for fields that are missing or 0. */
const LIMIT = 1024;
const RETRIES = 3;
const PANIC_PERCENT = 50;

/** Undoes the circuit breaker that a subset would inherit from its DestinationRule. */
export const NO_CIRCUIT_BREAKER: Blocks = {
  connectionPool: { tcp: {} },
  outlierDetection: { consecutive5xxErrors: 0 },
};

/** Converts a circuit breaker of 2017, which always had limits and outlier detection (pilot/proxy/envoy/policy.go). */
export function circuitBreakerBlocks(simpleCb: SimpleCb): Blocks {
  return {
    connectionPool: {
      tcp: { maxConnections: simpleCb.maxConnections || LIMIT },
      http: {
        http1MaxPendingRequests: simpleCb.httpMaxPendingRequests || LIMIT,
        http2MaxRequests: simpleCb.httpMaxRequests || LIMIT,
        maxRetries: simpleCb.httpMaxRetries || RETRIES,
        ...(simpleCb.httpMaxRequestsPerConnection && {
          maxRequestsPerConnection: simpleCb.httpMaxRequestsPerConnection,
        }),
      },
    },
    outlierDetection: {
      consecutive5xxErrors: simpleCb.httpConsecutiveErrors || 5,
      interval: simpleCb.httpDetectionInterval?.text ?? '10s',
      baseEjectionTime: simpleCb.sleepWindow?.text ?? '30s',
      maxEjectionPercent: simpleCb.httpMaxEjectionPercent || 10,
      minHealthPercent: PANIC_PERCENT,
    },
  };
}
