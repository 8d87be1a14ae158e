import type { Origin } from '@bookinfo/text';

/** The shares of outcomes that manifests give one request. */
export interface Claim {
  /** The name of the rule, such as `VirtualService reviews, http[0]`. */
  title: string;
  origin: Origin;
  /** The request that reaches the rule, as text: `GET http://reviews:9080/reviews/0`. */
  request: string;
  /** Shares (0 to 1, adding up to 1) by outcome, such as `200 reviews-v1`. No other outcome may occur. */
  outcomes: ReadonlyMap<string, number>;
  /** The number of requests, planned before the first is sent. */
  requests: number;
}

/** The result of a trial of a claim. */
export type Observation =
  | {
      kind: 'sampled';
      /** Responses by outcome, unpredicted outcomes included. */
      counts: ReadonlyMap<string, number>;
      /** The first unpredicted outcome, in detail. */
      firstUnpredicted?: string;
      /** The reason why these counts cannot refute the shares, such as a machine that was too slow to tell delays apart. */
      inconclusive?: string;
    }
  /** The rule's effect did not occur, or the mesh reports another rule. */
  | { kind: 'not in force'; reason: string }
  /** No request reaches the rule: an earlier rule matches them all, or nothing responds there. */
  | { kind: 'unreachable'; reason: string }
  /** No response shows the effect of the rule. */
  | { kind: 'untestable'; reason: string };

/**
 * Checks a claim.
 *
 * @throws {RangeError} when the shares do not add up to 1, or the number of requests is not a positive integer.
 */
export function checkClaim({ title, outcomes, requests }: Claim): void {
  const shares = [...outcomes.values()];
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.some((share) => !(share >= 0)) || !(Math.abs(sum - 1) < 1e-9)) {
    throw new RangeError(`${title}: shares must be 0 or more and add up to 1, got ${shares.join(' + ')}`);
  }
  if (!Number.isSafeInteger(requests) || requests < 1) {
    throw new RangeError(`${title}: requests must be a positive integer, got ${requests}`);
  }
}
