import { chiSquareCriticalValue, noncentralityFor, normalCriticalValue } from './chi-square.js';

/** What a test promises: false alarms with probability `alpha` at most, a real shift caught with `power`. */
export interface Assurance {
  alpha: number;
  power: number;
}

/**
 * Requests needed to tell a share of `from` from one of `to` (0 to 1) with a two-sided test: the normal approximation with
 * each side's own variance, to the nearest whole number. 776 for 0.5 against 0.6 at alpha 0.001 and power 0.99.
 */
export function binomialSampleSize(from: number, to: number, { alpha, power }: Assurance): number {
  const distance =
    normalCriticalValue(alpha / 2) * Math.sqrt(from * (1 - from)) +
    normalCriticalValue(1 - power) * Math.sqrt(to * (1 - to));
  return Math.round((distance / (to - from)) ** 2);
}

/** Requests after which an outcome of this share has shown itself, but for a chance of `miss`. */
export function zeroHitSampleSize(share: number, miss: number): number {
  return Math.ceil(Math.log(miss) / Math.log1p(-share));
}

/** The share that `n` requests without a hit rule out, but for a chance of `miss`: the inverse of zeroHitSampleSize. */
export function zeroHitBound(n: number, miss: number): number {
  return -Math.expm1(Math.log(miss) / n);
}

/**
 * Requests for one rule, so that a shift of any outcome's share by `shift` (0.1 is ten points), up or down, is caught
 * with the promised power. With more than two outcomes the test looks at more directions at once and needs more
 * requests: as many times more as its non-centrality must be larger. An outcome that the rule doesn't give fails on
 * its first sight, so for a single outcome the answer is when that would have shown.
 */
export function sampleSize(shares: readonly number[], shift: number, assurance: Assurance): number {
  const possible = shares.filter((share) => share > 0);
  const unseen = zeroHitSampleSize(shift, 1 - assurance.power);
  if (possible.length < 2) return unseen;
  const shifts = possible
    .flatMap(
      (share) =>
        [
          [share, share - shift],
          [share, share + shift],
        ] as const,
    )
    .filter(([, to]) => to >= 0 && to <= 1);
  const needed = shifts.map(([from, to]) => binomialSampleSize(from, to, assurance));
  return Math.max(unseen, Math.ceil(Math.max(0, ...needed) * directions(possible.length - 1, assurance)));
}

function directions(df: number, { alpha, power }: Assurance): number {
  const needed = (d: number): number => noncentralityFor(chiSquareCriticalValue(alpha, d), d, power);
  return df === 1 ? 1 : needed(df) / needed(1);
}
