import type { Origin } from '@bookinfo/text';
import type { Lateness } from './statistics/lateness-test.js';

/** The shares of outcomes that manifests give one request. */
export interface Claim {
  /** The name of the rule, such as `VirtualService reviews, http[0]`. */
  title: string;
  origin: Origin;
  /** The request that reaches the rule, as text: `GET http://reviews:9080/reviews/0`. */
  request: string;
  /**
   * Shares (0 to 1, adding up to 1) by outcome, such as `200 reviews-v1`. No other outcome may occur. Empty when no request
   * can be sent.
   */
  outcomes: ReadonlyMap<string, number>;
  /** What the manifests lack on the way of the request, one line each: the cause of failures that they predict. Default: nothing. */
  findings?: readonly string[];
  /** Pairs of outcomes that only their delay tells apart, the slower one first. Default: none. */
  delayed?: readonly DelayedPair[];
  /** The number of requests, planned before the first is sent. */
  requests: number;
}

export type DelayedPair = readonly [slower: string, faster: string];

/** The result of a trial of a claim. */
export type Observation =
  | {
      kind: 'sampled';
      /** Responses by outcome, unpredicted outcomes included. */
      counts: ReadonlyMap<string, number>;
      /** The first unpredicted outcome, in detail. */
      firstUnpredicted?: string;
      /** The comparison with control requests; absent when the times of all responses were as predicted. */
      timing?: Timing;
    }
  /** The rule's effect did not occur, or the mesh reports another rule. */
  | { kind: 'not in force'; reason: string }
  /** No request reaches the rule: an earlier rule matches them all, or nothing responds there. */
  | { kind: 'unreachable'; reason: string }
  /** No response shows the effect of the rule. */
  | { kind: 'untestable'; reason: string };

/** Times of responses beside those of control requests, which no rule affects, sent among them in random order. */
export interface Timing extends Lateness {
  /** The delay in addition to a predicted one from which a response is late, in milliseconds. */
  lateMs: number;
  /** Late responses with an outcome that is not predicted, such as a timeout. They are not part of the counts. */
  excluded: number;
  /** Control requests so slow that a response would have had a longer predicted delay than its own. */
  displacedControls: number;
}

/**
 * Checks a claim.
 *
 * @throws {RangeError} when the shares do not add up to 1, or the number of requests is not a positive integer.
 */
export function checkClaim({ title, outcomes, requests }: Claim): void {
  const shares = [...outcomes.values()];
  const sum = shares.reduce((total, share) => total + share, 0);
  if (outcomes.size > 0 && (shares.some((share) => !(share >= 0)) || !(Math.abs(sum - 1) < 1e-9))) {
    throw new RangeError(`${title}: shares must be 0 or more and add up to 1, got ${shares.join(' + ')}`);
  }
  if (!Number.isSafeInteger(requests) || requests < 1) {
    throw new RangeError(`${title}: requests must be a positive integer, got ${requests}`);
  }
}
