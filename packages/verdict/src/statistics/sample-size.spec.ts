import { describe, expect, test } from 'vitest';
import { seededRandom } from '@bookinfo/testing';
import { detectableShare, detectableShares } from './detectable-share.js';
import { binomialSampleSize, sampleSize, zeroHitBound, zeroHitSampleSize } from './sample-size.js';
import { testShares } from './share-test.js';
import { drawCounts } from './monte-carlo-test.js';

const ASSURANCE = { alpha: 0.001, power: 0.99 };

test.each([
  [0.5, 0.55, 3142],
  [0.5, 0.6, 776],
  [0.9, 0.95, 893],
  [0.1, 0.15, 1322],
  [0.7, 0.75, 2531],
  [0.3, 0.4, 701],
  [0.1, 0.12, 7596],
  [0.01, 0.02, 4265],
])('to distinguish %f from %f at alpha 0.001 with power 0.99 takes %i requests', (from, to, n) => {
  expect(binomialSampleSize(from, to, ASSURANCE)).toBe(n);
});

test.each([
  [0.01, 688],
  [0.02, 342],
  [0.05, 135],
  [0.1, 66],
])('a share of %f is observed within %i requests with probability 0.999', (share, n) => {
  expect(zeroHitSampleSize(share, 0.001)).toBe(n);
  expect(zeroHitBound(n, 0.001)).toBeLessThanOrEqual(share);
  expect(zeroHitBound(n - 1, 0.001)).toBeGreaterThan(share);
});

describe('the requests for one claim', () => {
  test('50/50 takes 776 to detect ten percentage points', () => {
    expect(sampleSize([0.5, 0.5], 0.1, ASSURANCE)).toBe(776);
  });

  test('the direction of a shift that needs more requests decides', () => {
    expect(sampleSize([0.9, 0.1], 0.1, ASSURANCE)).toBe(binomialSampleSize(0.1, 0.2, ASSURANCE));
    const tenths = Array.from({ length: 10 }, () => 0.1);
    expect(sampleSize(tenths, 0.1, ASSURANCE)).toBeGreaterThan(binomialSampleSize(0.1, 0.2, ASSURANCE));
  });

  test('a single outcome takes as many as an unpredicted outcome of ten per cent needs to occur', () => {
    expect(sampleSize([1], 0.1, ASSURANCE)).toBe(44);
    expect(sampleSize([1, 0], 0.1, ASSURANCE)).toBe(44);
  });

  test('a shift larger than every share takes as many as an unpredicted outcome of that size needs to occur', () => {
    expect(sampleSize([0.5, 0.5], 0.9, ASSURANCE)).toBe(zeroHitSampleSize(0.9, 0.01));
    expect(sampleSize([0.5, 0.5], 0.9, ASSURANCE)).toBe(2);
  });

  test('more outcomes take more', () => {
    expect(sampleSize([0.5, 0.25, 0.25], 0.1, ASSURANCE)).toBeGreaterThan(776);
  });
});

describe('the share that a number of requests detects', () => {
  test('776 detect a shift from 50 % to 60 %', () => {
    expect(detectableShare(0.5, 2, 776, ASSURANCE)).toBeCloseTo(0.6, 2);
  });

  // Expected values were computed in Python, by adding up binomial probabilities over the tables that the exact test rejects.
  test.each([
    [0.9, 391, 0.0005, 0.79653975709506, 0.9713641005430765],
    [0.9, 100, 0.001, 0.6795785398369121, 0.9985080817687698],
    [0.3, 500, 0.001, 0.19122603544767364, 0.42007544643815553],
  ])(
    '%d is told by %i requests at %d from the exact shares on both sides',
    (share, n, alpha, below, above) => {
      const nearest = detectableShares(share, 2, n, { alpha, power: 0.99 });
      expect(nearest.below).toBeCloseTo(below, 9);
      expect(nearest.above).toBeCloseTo(above, 9);
    },
  );

  test('90 % is told by 30 requests from 47 %, and from no share above', () => {
    expect(detectableShares(0.9, 2, 30, ASSURANCE)).toEqual({
      below: expect.closeTo(0.47255535, 7) as number,
    });
  });

  test('is undefined when there are too few requests', () => {
    expect(detectableShare(0.5, 2, 5, ASSURANCE)).toBeUndefined();
    expect(detectableShare(0.999, 2, 776, ASSURANCE)).toBeUndefined();
  });

  // 1,000 runs at a power of 0.99 detect fewer than 978 with a probability of 1 in 2,000; the seed makes the run repeatable.
  test.each([[[0.5, 0.5]], [[0.9, 0.1]], [[0.6, 0.3, 0.1]], [[0.4, 0.3, 0.2, 0.1]]])(
    '%j: an outcome raised to that share is detected in 99 of 100 runs',
    (shares) => {
      const random = seededRandom(11);
      const n = shares.length === 3 ? 60 : 800;
      const assurance = shares.length === 3 ? { alpha: 0.01, power: 0.99 } : ASSURANCE;
      const last = shares.length - 1;
      const share = shares[last]!;
      const raised = detectableShare(share, shares.length, n, assurance) ?? Number.NaN;
      const real = shares.map((other, i) => (i === last ? raised : (other * (1 - raised)) / (1 - share)));
      let detected = 0;
      for (let run = 0; run < 1000; run += 1) {
        const counts = drawCounts(n, real, random);
        const { pValue } = testShares(counts, shares, { resolution: assurance.alpha, random });
        if (pValue <= assurance.alpha) detected += 1;
      }
      expect(detected).toBeGreaterThanOrEqual(978);
    },
  );
});
