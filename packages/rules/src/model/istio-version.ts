/** Differences between releases of Istio, by the minor version of the first 1.x with the feature. */
const SINCE = {
  /** Before, the weights of several destinations had to total 100. */
  weightsOfAnyTotal: 13,
  /** Before, endpoints took turns without a rule for load balancing. */
  leastRequestByDefault: 14,
  uriRegexRewrite: 19,
  mirrors: 20,
  /** In `withoutHeaders` an absent header has the value ""; before, a match for a value never held without the header. */
  absentHeaderIsEmpty: 22,
  /** Before, a backend's own 503 was retried without a rule for retries. */
  backend503IsFinal: 24,
  /** Sidecars know `reviews.default.svc.cluster.local.` too. */
  hostsWithTrailingDot: 27,
  /** Before, the Host of mirrored requests ended in `-shadow`. */
  mirrorsKeepHost: 28,
  redirectPrefixRewrite: 31,
} as const;

/** The oldest version that is supported. */
export const OLDEST_ISTIO = '1.0';
const NEWEST = 32;
const VERSION = /^1\.(\d{1,2})(?:\.\d{1,3})?$/;

/** A feature that not every release of Istio has. */
export type IstioFeature = keyof typeof SINCE;

/**
 * Returns true if a version of Istio, such as `1.22` or `1.22.3`, has the feature.
 *
 * @throws {RangeError} when the text is not a supported version.
 */
export function istioHas(istioVersion: string, feature: IstioFeature): boolean {
  return minorOf(istioVersion) >= SINCE[feature];
}

/** Returns the first release that has the feature, such as `1.20`. */
export function istioSince(feature: IstioFeature): string {
  return `1.${SINCE[feature]}`;
}

/**
 * Returns the version unchanged.
 *
 * @throws {RangeError} when the text is not a supported version.
 */
export function checkedIstioVersion(text: string): string {
  minorOf(text);
  return text;
}

function minorOf(istioVersion: string): number {
  const minor = Number(VERSION.exec(istioVersion)?.[1] ?? Number.NaN);
  if (minor <= NEWEST) return minor;
  const examples = `like 1.${NEWEST} or 1.22.3`;
  throw new RangeError(
    `${JSON.stringify(istioVersion)} is not a version of Istio from 1.0 to 1.${NEWEST}, ${examples}`,
  );
}
