import { binomialProbability } from './binomial.js';
import { chiSquareCriticalValue, chiSquareTail } from './chi-square.js';
import { firstWhere } from './first-where.js';
import { atLeastAsFar, gTerm } from './g-statistic.js';
import type { Assurance } from './sample-size.js';

/**
 * What `n` requests would have caught: the smallest share to which an outcome may rise from `share`, the others shrinking in
 * proportion, so that the test still rejects with the promised power. Undefined when not even a share of 1 is.
 *
 * G falls into two independent parts: the outcome against the rest, summed here over its binomial distribution, and the rest
 * among itself, which the rise leaves chi-square. So the answer is exact for two outcomes and nearly so for more.
 */
export function detectableShare(
  share: number,
  outcomes: number,
  n: number,
  { alpha, power }: Assurance,
): number | undefined {
  const rest = outcomes - 2;
  const critical = rest === 0 ? exactCriticalValue(share, n, alpha) : chiSquareCriticalValue(alpha, rest + 1);
  const caught = (risen: number): number => {
    let sum = 0;
    for (let count = 0; count <= n; count += 1) {
      const chance = binomialProbability(count, n, risen);
      if (chance > 1e-12) sum += chance * chiSquareTail(critical - against(count, n, share), rest);
    }
    return sum;
  };
  return caught(1) < power ? undefined : firstWhere(share, 1, (risen) => caught(risen) >= power);
}

/** G of one outcome against the rest. */
function against(count: number, n: number, share: number): number {
  return gTerm(count, n * share) + gTerm(n - count, n * (1 - share));
}

/** The smallest G of any count that the exact test of two outcomes rejects; Infinity when it rejects none. */
function exactCriticalValue(share: number, n: number, alpha: number): number {
  const counts = Array.from({ length: n + 1 }, (_, count) => count);
  const ways = counts
    .map((count) => ({ g: against(count, n, share), chance: binomialProbability(count, n, share) }))
    .toSorted((a, b) => b.g - a.g);
  let tail = 0;
  const spared = ways.find(({ chance }) => (tail += chance) > alpha);
  return ways.findLast(({ g }) => spared === undefined || !atLeastAsFar(spared.g, g))?.g ?? Infinity;
}
