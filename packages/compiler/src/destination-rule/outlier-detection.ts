import type { OutlierDetectionSettings } from '@bookinfo/rules';
import type { OutlierDetection } from '@bookinfo/routing';

/** Envoy's defaults (config.cluster.v3.OutlierDetection). */
const CONSECUTIVE = 5;
const INTERVAL_MS = 10_000;
const BASE_EJECTION_TIME_MS = 30_000;
const MAX_EJECTION_PERCENT = 10;

/**
 * istio/istio pilot/pkg/networking/core/cluster_traffic_policy.go, applyOutlierDetection: gateway errors don't count unless
 * they are asked for, and a percentage of 0 is the same as nothing.
 */
export function compileOutlierDetection(settings: OutlierDetectionSettings): OutlierDetection {
  const isSplit = settings.splitExternalLocalOriginErrors ?? false;
  return {
    consecutive5xx: settings.consecutive5xxErrors ?? CONSECUTIVE,
    consecutiveGatewayFailure: settings.consecutiveGatewayErrors ?? 0,
    consecutiveLocalOriginFailure: isSplit ? settings.consecutiveLocalOriginFailures || CONSECUTIVE : 0,
    splitExternalLocalOriginErrors: isSplit,
    intervalMs: settings.interval?.ms ?? INTERVAL_MS,
    baseEjectionTimeMs: settings.baseEjectionTime?.ms ?? BASE_EJECTION_TIME_MS,
    maxEjectionPercent: settings.maxEjectionPercent || MAX_EJECTION_PERCENT,
    minHealthPercent: settings.minHealthPercent ?? 0,
  };
}
