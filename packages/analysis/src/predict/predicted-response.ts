/** A response as a client gets it, and when. */
export interface PredictedResponse {
  /** 0 without a response: the connection is closed, or the client gave up. */
  status: number;
  /** Workloads that took part, in call order, such as `reviews-v2`, `ratings-v1`; empty when a proxy responds. */
  path: readonly string[];
  /** Time to the response that rules and time limits cause. Programs and the back-off of retries take no time here. */
  delayMs: number;
  /** Requests sent to the backend: retries of the proxy and attempts of the calling program. 1 when a proxy responds. */
  attempts: number;
  /** The largest number of attempts of a call that the backend, or one behind it, made. */
  nestedAttempts: number;
  /** Location header of a redirect. */
  location?: string;
  /** Undeclared host outside of the mesh, whose response is unknown. */
  outside?: string;
}

/** Returns a response that a proxy makes itself. */
export function proxyResponse(status: number, delayMs = 0): PredictedResponse {
  return { status, path: [], delayMs, attempts: 1, nestedAttempts: 1 };
}

/** Returns one line that tells responses apart: `200 reviews-v2 ratings-v1 after 7 s, 2 attempts`. */
export function responseLabel(response: PredictedResponse): string {
  const { delayMs, attempts, nestedAttempts } = response;
  return [
    outcomeOf(response) + (delayMs > 0 ? ` after ${delayMs / 1000} s` : ''),
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(nestedAttempts > 1 ? [`${nestedAttempts} attempts of a nested call`] : []),
  ].join(', ');
}

function outcomeOf({ status, path, location, outside }: PredictedResponse): string {
  if (outside !== undefined) return `any response of ${outside}`;
  if (path.length > 0) return `${status} ${path.join(' ')}`;
  if (status === 0) return 'the connection is closed';
  return `${status} from the proxy${location === undefined ? '' : ` to ${location}`}`;
}
