import { describe, expect, test } from 'vitest';
import { seededRandom } from '@bookinfo/testing';
import { exactTest } from './exact-test.js';
import { drawCounts, monteCarloTest } from './monte-carlo-test.js';
import { testShares } from './share-test.js';

const noDraw = (): number => {
  throw new Error('this test draws no random number');
};
const EXACT = { resolution: 0.001, random: noDraw };

describe('p-values', () => {
  // By enumeration with scipy's multinomial.pmf, ordered by G.
  test.each([
    [[430, 346], [0.5, 0.5], 0.002863185196341944],
    [[60, 708], [0.1, 0.9], 0.040971436168365],
    [[3, 773], [0.001, 0.999], 0.043949278184632776],
    [[20, 5, 25], [0.3, 0.2, 0.5], 0.10071852032949806],
    [[4, 0, 6, 10], [0.1, 0.2, 0.3, 0.4], 0.024425763140385068],
  ])('%j against %j is exact', (counts, shares, expected) => {
    const { method, pValue } = testShares(counts, shares, EXACT);
    expect(method).toBe('exact multinomial test');
    expect(pValue).toBeCloseTo(expected, 11);
  });

  test("many responses with five outcomes have the p-value of scipy's G test with Williams' correction", () => {
    const { method, pValue } = testShares([420, 210, 250, 310, 110], [0.3, 0.2, 0.2, 0.2, 0.1], EXACT);
    expect(method).toBe('G test');
    expect(pValue).toBeCloseTo(4.549039427323041e-5, 13);
  });

  test('a rare outcome among many responses has a Monte Carlo test, since chi-square would be wrong', () => {
    const monteCarlo = { resolution: 0.001, random: seededRandom(3) };
    const { method } = testShares([600, 250, 149, 1], [0.6, 0.25, 0.149, 0.001], monteCarlo);
    expect(method).toBe('Monte Carlo test');
  });

  test('the Monte Carlo test agrees with the exact one', () => {
    const p = monteCarloTest([20, 5, 25], [0.3, 0.2, 0.5], { resolution: 0.001, random: seededRandom(5) });
    // Stopped after 20 exceedances: a standard error of 0.02.
    expect(Math.abs(p - 0.1007)).toBeLessThan(0.06);
  });

  test('counts far from the shares have a p-value below the resolution of the Monte Carlo test', () => {
    const monteCarlo = { resolution: 0.0002, random: seededRandom(7) };
    const p = monteCarloTest([100, 100, 80, 20], [0.6, 0.25, 0.149, 0.001], monteCarlo);
    expect(p).toBeLessThan(0.0002);
    expect(p).toBeGreaterThan(0);
  });
});

describe('the choice of the test', () => {
  test.each([
    [19.9, 'Monte Carlo test'],
    [20, 'G test'],
  ])('for a rarest outcome that is expected %d times it is the %s', (expected, method) => {
    const { shares, counts } = withRare(expected);
    expect(testShares(counts, shares, { resolution: 0.05, random: seededRandom(3) }).method).toBe(method);
  });

  // The G test has a p-value of 0.00088 for the first and of 0.000048 for the second.
  test.each([
    [7.1, 0.001],
    [10, 0.00005],
  ])(
    'an outcome that is expected %d times and absent is not rejected at %d, nor by the exact test',
    (expected, alpha) => {
      const { shares, counts } = withRare(expected);
      expect(exactTest(counts, shares)).toBeGreaterThan(alpha);
      const { pValue } = testShares(counts, shares, { resolution: 0.001, random: seededRandom(3) });
      expect(pValue).toBeGreaterThan(alpha);
    },
  );
});

describe('false alarms', () => {
  // At alpha 0.01 (0.001 for the G test), more alarms than the bound have a probability of 1 in 2,000; the seed makes the run repeatable.
  test.each([
    { method: 'exact multinomial test', n: 300, shares: [0.9, 0.1], alpha: 0.01, runs: 4000, most: 62 },
    { method: 'G test', n: 800, shares: [0.4, 0.3, 0.2, 0.075, 0.025], alpha: 0.001, runs: 20_000, most: 36 },
    { method: 'Monte Carlo test', n: 300, shares: [0.6, 0.3, 0.09, 0.01], alpha: 0.01, runs: 1000, most: 21 },
  ])('the $method raises at most alpha', ({ method, n, shares, alpha, runs, most }) => {
    const random = seededRandom(23);
    let alarms = 0;
    for (let run = 0; run < runs; run += 1) {
      const result = testShares(drawCounts(n, shares, random), shares, { resolution: alpha, random });
      expect(result.method).toBe(method);
      if (result.pValue <= alpha) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(most);
  });
});

/** Returns three outcomes, of which the last is expected so often in 1,415 requests and absent: too many tables for the exact test. */
function withRare(expected: number): { shares: number[]; counts: number[] } {
  const rare = expected / 1415;
  return { shares: [(1 - rare) / 2, (1 - rare) / 2, rare], counts: [708, 707, 0] };
}
