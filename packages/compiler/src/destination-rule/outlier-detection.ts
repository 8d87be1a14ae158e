import type { OutlierDetectionSettings } from '@bookinfo/rules';
import type { OutlierDetection } from '@bookinfo/routing';

/** Envoy's defaults (config.cluster.v3.OutlierDetection). */
const CONSECUTIVE = 5;
const INTERVAL_MS = 10_000;
const BASE_EJECTION_TIME_MS = 30_000;
const MAX_EJECTION_PERCENT = 10;

/**
 * Compiles outlier detection (istio/istio pilot/pkg/networking/core/cluster_traffic_policy.go, applyOutlierDetection).
 * Gateway errors count only when they are configured, and an ejection percentage of 0 means the default.
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
