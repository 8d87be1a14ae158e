import { describe, expect, test } from 'vitest';
import { seededRandom } from '@bookinfo/testing';
import { detectableShare } from './detectable-share.js';
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
])('to tell %f from %f at alpha 0.001 with power 0.99 takes %i requests', (from, to, n) => {
  expect(binomialSampleSize(from, to, ASSURANCE)).toBe(n);
});

test.each([
  [0.01, 688],
  [0.02, 342],
  [0.05, 135],
  [0.1, 66],
])('a share of %f has shown itself after %i requests, but once in a thousand times', (share, n) => {
  expect(zeroHitSampleSize(share, 0.001)).toBe(n);
  expect(zeroHitBound(n, 0.001)).toBeLessThanOrEqual(share);
  expect(zeroHitBound(n - 1, 0.001)).toBeGreaterThan(share);
});

describe('the requests for one rule', () => {
  test('50/50 takes 776 for ten points', () => {
    expect(sampleSize([0.5, 0.5], 0.1, ASSURANCE)).toBe(776);
  });

  test('the direction that is harder to see counts', () => {
    expect(sampleSize([0.9, 0.1], 0.1, ASSURANCE)).toBe(binomialSampleSize(0.1, 0.2, ASSURANCE));
    const tenths = Array.from({ length: 10 }, () => 0.1);
    expect(sampleSize(tenths, 0.1, ASSURANCE)).toBeGreaterThan(binomialSampleSize(0.1, 0.2, ASSURANCE));
  });

  test('one outcome alone takes what an unpredicted ten per cent need to show', () => {
    expect(sampleSize([1], 0.1, ASSURANCE)).toBe(44);
    expect(sampleSize([1, 0], 0.1, ASSURANCE)).toBe(44);
  });

  test('more outcomes take more', () => {
    expect(sampleSize([0.5, 0.25, 0.25], 0.1, ASSURANCE)).toBeGreaterThan(776);
  });
});

describe('what a number of requests would have caught', () => {
  test('776 catch 50 % drifting to 60 %', () => {
    expect(detectableShare(0.5, 2, 776, ASSURANCE)).toBeCloseTo(0.6, 2);
  });

  test('nothing, if there were too few', () => {
    expect(detectableShare(0.5, 2, 5, ASSURANCE)).toBeUndefined();
    expect(detectableShare(0.999, 2, 776, ASSURANCE)).toBeUndefined();
  });

  // 1,000 runs at a power of 0.99 catch fewer than 978 once in 2,000 times; the seed makes this one run.
  test.each([[[0.5, 0.5]], [[0.9, 0.1]], [[0.6, 0.3, 0.1]], [[0.4, 0.3, 0.2, 0.1]]])(
    '%j: each outcome that rises that far is caught 99 times in a hundred',
    (shares) => {
      const random = seededRandom(11);
      const n = shares.length === 3 ? 60 : 800;
      const assurance = shares.length === 3 ? { alpha: 0.01, power: 0.99 } : ASSURANCE;
      const last = shares.length - 1;
      const share = shares[last]!;
      const risen = detectableShare(share, shares.length, n, assurance) ?? Number.NaN;
      const real = shares.map((other, i) => (i === last ? risen : (other * (1 - risen)) / (1 - share)));
      let caught = 0;
      for (let run = 0; run < 1000; run += 1) {
        const counts = drawCounts(n, real, random);
        const { pValue } = testShares(counts, shares, { resolution: assurance.alpha, random });
        if (pValue <= assurance.alpha) caught += 1;
      }
      expect(caught).toBeGreaterThanOrEqual(978);
    },
  );
});
