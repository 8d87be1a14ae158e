import { binomialProbability } from './binomial.js';
import { bisect } from './bisect.js';
import { chiSquareCriticalValue, chiSquareTail } from './chi-square.js';
import { atLeastAsFar, gTerm } from './g-statistic.js';
import type { Assurance } from './sample-size.js';

/** The nearest shares on both sides that a number of requests tells from a predicted one; absent where there is none. */
export interface DetectableShares {
  below?: number;
  above?: number;
}

/** Returns the nearest shares below and above `share` that `n` requests detect with the given power. */
export function detectableShares(
  ...[share, ...sample]: Parameters<typeof detectableShare>
): DetectableShares {
  const above = detectableShare(share, ...sample);
  // A smaller share of an outcome is a larger share of all others.
  const others = detectableShare(1 - share, ...sample);
  return { ...(others !== undefined && { below: 1 - others }), ...(above !== undefined && { above }) };
}

/**
 * Returns the smallest share, above `share`, that `n` requests detect with the given power, while the other outcomes
 * shrink in proportion. Undefined when even a share of 1 is not detected.
 *
 * G has two independent parts: the outcome against the others, summed here over its binomial distribution, and the others
 * among each other, which stays chi-square. The result is exact for two outcomes and approximate for more.
 */
export function detectableShare(
  share: number,
  outcomes: number,
  n: number,
  { alpha, power }: Assurance,
): number | undefined {
  const rest = outcomes - 2;
  const critical = rest === 0 ? exactCriticalValue(share, n, alpha) : chiSquareCriticalValue(alpha, rest + 1);
  const powerAt = (raised: number): number => {
    let sum = 0;
    for (let count = 0; count <= n; count += 1) {
      const chance = binomialProbability(count, n, raised);
      if (chance > 1e-12) sum += chance * chiSquareTail(critical - outcomeG(count, n, share), rest);
    }
    return sum;
  };
  return powerAt(1) < power ? undefined : bisect(share, 1, (raised) => powerAt(raised) >= power);
}

/** Returns G of one outcome against all others. */
function outcomeG(count: number, n: number, share: number): number {
  return gTerm(count, n * share) + gTerm(n - count, n * (1 - share));
}

/** Returns the smallest G that the exact test of two outcomes rejects; Infinity when it rejects none. */
function exactCriticalValue(share: number, n: number, alpha: number): number {
  const counts = Array.from({ length: n + 1 }, (_, count) => count);
  const byG = counts
    .map((count) => ({ g: outcomeG(count, n, share), chance: binomialProbability(count, n, share) }))
    .toSorted((a, b) => b.g - a.g);
  let tail = 0;
  const accepted = byG.find(({ chance }) => (tail += chance) > alpha);
  return byG.findLast(({ g }) => accepted === undefined || !atLeastAsFar(accepted.g, g))?.g ?? Infinity;
}
