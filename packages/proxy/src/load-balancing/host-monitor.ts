import type { OutlierDetection } from '@bookinfo/routing';

/** The end of an attempt: a response's status, or without a response a failed connection or a timeout. */
export type AttemptOutcome = number | 'failed' | 'timed-out';

/** Envoy's default of max_ejection_time. */
const MAX_EJECTION_TIME_MS = 300_000;

const COUNTS = ['consecutive5xx', 'consecutiveGatewayFailure', 'consecutiveLocalOriginFailure'] as const;
type Count = (typeof COUNTS)[number];

/** The failures and ejections of one endpoint (Envoy: DetectorHostMonitorImpl). */
export class HostMonitor {
  readonly #counts: Record<Count, number> = {
    consecutive5xx: 0,
    consecutiveGatewayFailure: 0,
    consecutiveLocalOriginFailure: 0,
  };
  #ejectedAt: number | undefined;
  /** The length of the current ejection, in base ejection times; the next one is one longer. */
  #backOff = 0;

  get isEjected(): boolean {
    return this.#ejectedAt !== undefined;
  }

  /** True when the end of an interval would change nothing. */
  get isSettled(): boolean {
    return !this.isEjected && this.#backOff === 0;
  }

  /** Counts the outcome; returns true when a count has reached its limit. */
  report(outcome: AttemptOutcome, settings: OutlierDetection): boolean {
    const isLocal = typeof outcome === 'string';
    if (settings.splitExternalLocalOriginErrors) {
      if (isLocal) return this.#count('consecutiveLocalOriginFailure', settings);
      this.#counts.consecutiveLocalOriginFailure = 0;
    }
    const status = outcome === 'failed' ? 503 : outcome === 'timed-out' ? 504 : outcome;
    if (status < 500 || status > 599) {
      this.#counts.consecutive5xx = 0;
      this.#counts.consecutiveGatewayFailure = 0;
      return false;
    }
    const isGatewayError = status >= 502 && status <= 504;
    if (!isGatewayError) this.#counts.consecutiveGatewayFailure = 0;
    const isGatewayOutlier = isGatewayError && this.#count('consecutiveGatewayFailure', settings);
    return this.#count('consecutive5xx', settings) || isGatewayOutlier;
  }

  /** Ejects the endpoint. The back-off stops growing at the longest ejection time, so that it can shrink again soon. */
  eject(now: number, { baseEjectionTimeMs }: OutlierDetection): void {
    this.#ejectedAt = now;
    if (this.#backOff * baseEjectionTimeMs < maxEjectionTimeMs(baseEjectionTimeMs)) this.#backOff += 1;
  }

  /** Ends an ejection whose time is over; without one it shortens the next ejection by one base ejection time. */
  onInterval(now: number, { baseEjectionTimeMs }: OutlierDetection): void {
    if (this.#ejectedAt === undefined) {
      this.#backOff = Math.max(0, this.#backOff - 1);
      return;
    }
    const ejectionMs = Math.min(this.#backOff * baseEjectionTimeMs, maxEjectionTimeMs(baseEjectionTimeMs));
    if (now - this.#ejectedAt < ejectionMs) return;
    this.#ejectedAt = undefined;
    // Without the reset, one more failure would be enough where requests are rare.
    for (const count of COUNTS) this.#counts[count] = 0;
  }

  /** A count that has reached its limit begins again, whether or not the endpoint is ejected. */
  #count(count: Count, settings: OutlierDetection): boolean {
    this.#counts[count] += 1;
    if (settings[count] === 0 || this.#counts[count] < settings[count]) return false;
    this.#counts[count] = 0;
    return true;
  }
}

function maxEjectionTimeMs(baseEjectionTimeMs: number): number {
  return Math.max(baseEjectionTimeMs, MAX_EJECTION_TIME_MS);
}
