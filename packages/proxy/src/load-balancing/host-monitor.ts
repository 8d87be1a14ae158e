import type { OutlierDetection } from '@bookinfo/routing';

/** How a try ended: with an answer's status, or without one, for want of a connection or of time. */
export type TryOutcome = number | 'failed' | 'timed-out';

/** Envoy's default of max_ejection_time. */
const MAX_EJECTION_TIME_MS = 300_000;

type Count = 'consecutive5xx' | 'consecutiveGatewayFailure' | 'consecutiveLocalOriginFailure';

/** What is known of one endpoint (Envoy: DetectorHostMonitorImpl). */
export class HostMonitor {
  readonly #counts: Record<Count, number> = {
    consecutive5xx: 0,
    consecutiveGatewayFailure: 0,
    consecutiveLocalOriginFailure: 0,
  };
  #ejectedAt: number | undefined;
  /** How many base ejection times the next ejection lasts, but for one. */
  #backOff = 0;

  get isEjected(): boolean {
    return this.#ejectedAt !== undefined;
  }

  /** Whether there is nothing to remember but what has been counted. */
  get isSettled(): boolean {
    return !this.isEjected && this.#backOff === 0;
  }

  /** Counts the outcome; true when it was one too many. */
  report(outcome: TryOutcome, settings: OutlierDetection): boolean {
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

  eject(now: number, { baseEjectionTimeMs }: OutlierDetection): void {
    this.#ejectedAt = now;
    if (this.#backOff * baseEjectionTimeMs < longest(baseEjectionTimeMs)) this.#backOff += 1;
  }

  /** At the end of each interval: an ejection may be over, and after one in health the next is a step shorter. */
  onInterval(now: number, { baseEjectionTimeMs }: OutlierDetection): void {
    if (this.#ejectedAt === undefined) {
      this.#backOff = Math.max(0, this.#backOff - 1);
      return;
    }
    const ejectionMs = Math.min(this.#backOff * baseEjectionTimeMs, longest(baseEjectionTimeMs));
    if (now - this.#ejectedAt < ejectionMs) return;
    this.#ejectedAt = undefined;
    // Else one more failure would do where requests are rare.
    for (const count of [
      'consecutive5xx',
      'consecutiveGatewayFailure',
      'consecutiveLocalOriginFailure',
    ] as const)
      this.#counts[count] = 0;
  }

  /** A count that has reached its limit begins anew, whether or not the endpoint is ejected. */
  #count(count: Count, settings: OutlierDetection): boolean {
    this.#counts[count] += 1;
    if (settings[count] === 0 || this.#counts[count] < settings[count]) return false;
    this.#counts[count] = 0;
    return true;
  }
}

function longest(baseEjectionTimeMs: number): number {
  return Math.max(baseEjectionTimeMs, MAX_EJECTION_TIME_MS);
}
