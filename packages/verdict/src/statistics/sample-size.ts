import { chiSquareCriticalValue, noncentralityFor, normalCriticalValue } from './chi-square.js';

/** Error rates of a test: probability of a false alarm, at most `alpha`, and of detecting a real shift, `power`. */
export interface Assurance {
  alpha: number;
  power: number;
}

/**
 * Returns the number of requests that distinguish a share of `from` from one of `to` (0 to 1) in a two-sided test: the
 * normal approximation with the variance of each, rounded. 776 for 0.5 against 0.6 at alpha 0.001 and power 0.99.
 */
export function binomialSampleSize(from: number, to: number, { alpha, power }: Assurance): number {
  const distance =
    normalCriticalValue(alpha / 2) * Math.sqrt(from * (1 - from)) +
    normalCriticalValue(1 - power) * Math.sqrt(to * (1 - to));
  return Math.round((distance / (to - from)) ** 2);
}

/** Returns the number of requests after which an outcome of this share has been observed with probability 1 - `miss`. */
export function zeroHitSampleSize(share: number, miss: number): number {
  return Math.ceil(Math.log(miss) / Math.log1p(-share));
}

/** Returns the upper bound of a share after `n` requests without a hit, with confidence 1 - `miss`. */
export function zeroHitBound(n: number, miss: number): number {
  return -Math.expm1(Math.log(miss) / n);
}

/**
 * Returns the number of requests for one claim, so that a shift of any outcome's share by `shift` (0.1 is ten percentage
 * points), up or down, is detected with the given power. With more than two outcomes the test has more degrees of freedom and
 * needs more requests, in proportion to the noncentrality it must reach. The result also suffices to observe an unpredicted
 * outcome, or a delay, with a share of `shift`: that with `powerToObserve`, and it is the only risk when a claim has a single
 * outcome.
 */
export function sampleSize(
  shares: readonly number[],
  shift: number,
  assurance: Assurance,
  powerToObserve = assurance.power,
): number {
  const possible = shares.filter((share) => share > 0);
  const unseen = zeroHitSampleSize(shift, 1 - powerToObserve);
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
  return Math.max(
    unseen,
    Math.ceil(Math.max(0, ...needed) * noncentralityRatio(possible.length - 1, assurance)),
  );
}

/** Returns the factor by which more degrees of freedom raise the noncentrality that a test needs. */
function noncentralityRatio(df: number, { alpha, power }: Assurance): number {
  const needed = (d: number): number => noncentralityFor(chiSquareCriticalValue(alpha, d), d, power);
  return df === 1 ? 1 : needed(df) / needed(1);
}
