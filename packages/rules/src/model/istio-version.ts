/** What differs between Istio's releases, by the minor version of the 1.x that brought it. */
const SINCE = {
  /** Before, the weights of several destinations had to total 100. */
  weightsOfAnyTotal: 13,
  /** Before, endpoints took turns where no rule names a load balancer. */
  leastRequestByDefault: 14,
  uriRegexRewrite: 19,
  mirrors: 20,
  /** In `withoutHeaders` an absent header has the value ""; before, a match for a value never held without the header. */
  absentHeaderIsEmpty: 22,
  /** Before, a backend's own 503 was retried where no rule speaks of retries. */
  backend503IsFinal: 24,
  /** Sidecars know `reviews.default.svc.cluster.local.` too. */
  hostsWithTrailingDot: 27,
  /** Before, the Host of a copy ended in `-shadow`. */
  mirrorsKeepHost: 28,
} as const;

/** The first version of all. */
export const OLDEST_ISTIO = '1.0';
const NEWEST = 30;
const VERSION = /^1\.(\d{1,2})(?:\.\d{1,3})?$/;

/** Something that not every Istio does. */
export type IstioFeature = keyof typeof SINCE;

/**
 * Whether the Istio of a mesh's `istioVersion` (`1.22`, `1.22.3`) has the feature. Throws a RangeError that says what a
 * version looks like.
 */
export function istioHas(istioVersion: string, feature: IstioFeature): boolean {
  return minorOf(istioVersion) >= SINCE[feature];
}

/** The first release that has the feature, like `1.20`. */
export function istioSince(feature: IstioFeature): string {
  return `1.${SINCE[feature]}`;
}

/** The version as it was written. Throws a RangeError that says what would be right. */
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
