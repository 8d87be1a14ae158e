import { systemClock } from '@bookinfo/effects';
import { countOutcomes, runTrials, sendRequests } from '@bookinfo/verdict';
import { reviewsVersion } from './page.ts';
import { target } from './target/index.ts';

/** The smallest drift of a share that is detected, and the probability with which it is. */
const PLAN = { shift: 0.15, power: 0.99 };
const CONCURRENCY = 8;

/** The shares (adding up to 1) of the versions of reviews while a rule is in force. */
export interface Split {
  title: string;
  shares: Record<string, number>;
  /** Puts the rule in force until the end of the block. */
  inForce: () => Promise<AsyncDisposable>;
  /** Returns the versions that respond to so many requests. Default: requests of its own through the ingress. */
  versions?: (requests: number) => Promise<string[]>;
}

const requested = (requests: number): Promise<string[]> =>
  sendRequests(() => reviewsVersion(), { requests, concurrency: CONCURRENCY });

/**
 * Counts the versions of reviews under each rule, and judges all of them together as `verify` does: over correct splits one run
 * in a thousand fails. Returns title, status and reasons of each.
 */
export async function judgeShares(splits: readonly Split[]): Promise<string[][]> {
  const trials = splits.map(({ title, shares, inForce, versions = requested }) => {
    const outcomes = new Map(Object.entries(shares));
    return {
      claim: {
        title,
        origin: { file: title, line: 1, column: 1 },
        request: 'reviews of the product',
        outcomes,
      },
      async observe({ requests }: { requests: number }) {
        await using _rule = await inForce();
        return countOutcomes(await versions(requests), outcomes);
      },
    };
  });
  const { verdicts } = await runTrials(trials, {
    target: target.ingressUrl,
    clock: systemClock,
    random: Math.random,
    plan: PLAN,
    onProgress: () => undefined,
  });
  return verdicts.map(({ title, status, reasons }) => [title, status, ...reasons]);
}
