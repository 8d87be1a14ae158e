import type { Origin } from '@bookinfo/text';

/** What one rule of a manifest promises about one request. */
export interface Claim {
  /** The rule's name, or what stands for it: `VirtualService reviews, http[0]`. */
  title: string;
  origin: Origin;
  /** The request that reaches the rule, in a person's words: `GET http://reviews:9080/reviews/0`. */
  request: string;
  /** Shares (0 to 1, adding up to 1) by outcome, such as `reviews-v1 200`. Any other outcome is never to be seen. */
  outcomes: ReadonlyMap<string, number>;
  /** How many requests were planned, before the first was sent. */
  requests: number;
}

/** What traffic showed of it. */
export type Observation =
  | {
      kind: 'sampled';
      /** Answers by outcome, unpredicted ones included. */
      counts: ReadonlyMap<string, number>;
      /** The first unpredicted answer in detail, as far as there was one. */
      firstUnpredicted?: string;
    }
  /** The rule's effect was never seen, or the mesh says that it doesn't have the rule. */
  | { kind: 'not in force'; reason: string }
  /** No request gets to the rule (an earlier one takes all, nothing answers there), so nothing can be said of it. */
  | { kind: 'unreachable'; reason: string }
  /** No answer could show it. */
  | { kind: 'untestable'; reason: string };

/** @throws RangeError for a claim that no traffic could agree with: a mistake of the program, not of the manifest. */
export function checkClaim({ title, outcomes, requests }: Claim): void {
  const shares = [...outcomes.values()];
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.some((share) => !(share >= 0)) || !(Math.abs(sum - 1) < 1e-9)) {
    throw new RangeError(`${title}: shares must be 0 or more and add up to 1, got ${shares.join(' + ')}`);
  }
  if (!Number.isSafeInteger(requests) || requests < 1) {
    throw new RangeError(`${title}: requests must be a whole number from 1, got ${requests}`);
  }
}
