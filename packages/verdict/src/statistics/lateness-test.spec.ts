import { seededRandom } from '@bookinfo/testing';
import { describe, expect, test } from 'vitest';
import { hypergeometricTail } from './hypergeometric.js';
import {
  criticalLateness,
  latenessPower,
  latenessSampleSize,
  latenessTest,
  CONTROLS_PER_REQUEST,
} from './lateness-test.js';

const digits = (expected: number) => (actual: number) => Math.abs(actual / expected - 1) < 1e-10;

// Expected values were computed with Python's fractions and math.comb, without rounding.
test.each([
  [3, 4, 4, 8, 0.24285714285714285],
  [9, 44, 9, 88, 0.0012407982165307614],
  [5, 115, 5, 575, 0.00029816429830653243],
  [12, 150, 20, 450, 0.011282480743185377],
  [40, 300, 90, 900, 0.013695308954589284],
])(
  '%i or more of %i drawn are among %i of %i with the exact probability',
  (count, drawn, marked, total, p) => {
    expect(hypergeometricTail(count, drawn, marked, total)).toSatisfy(digits(p));
  },
);

test('Fisher tasted tea: 3 of 4 cups right has a p-value of 17/70', () => {
  const cups = { late: 3, requests: 4, lateControls: 1, controls: 4 };
  expect(latenessTest(cups)).toBeCloseTo(17 / 70, 12);
});

test.each([
  [150, 0, 300, 0.0005, 7],
  [150, 15, 300, 0.0005, 23],
  [200, 0, 400, 2.5e-6, 12],
  [3, 0, 6, 0.0005, 4],
])(
  'of %i requests beside %i late of %i control requests at %d, %i late ones are the fewest that are rejected',
  (requests, lateControls, controls, alpha, expected) => {
    expect(criticalLateness({ requests, lateControls, controls }, alpha)).toBe(expected);
  },
);

test.each([
  [0, 0.1, 0.994398265904084],
  [15, 0.1, 0.4205527735625266],
  [15, 0.2, 0.9965230711416825],
])(
  'beside %i late control requests of 300, a share of %d has the exact power',
  (lateControls, share, power) => {
    expect(latenessPower({ requests: 150, lateControls, controls: 300 }, share, 0.0005)).toSatisfy(
      digits(power),
    );
  },
);

test.each([
  [0.1, 0.0005, 0.995],
  [0.05, 0.0005, 0.95],
  [0.2, 2.5e-6, 0.995],
])('a plan for a share of %d at %d reaches the power %d', (share, alpha, power) => {
  const requests = latenessSampleSize(share, { alpha, power });
  const controls = CONTROLS_PER_REQUEST * requests;
  const lateControls = Math.ceil(0.05 * controls);
  expect(latenessPower({ requests, controls, lateControls }, share, alpha)).toBeGreaterThanOrEqual(power);
});

/** Pauses of the machine hold 8 requests in flight each; the kind of each request is drawn at random. */
function pausedSample(share: number, random: () => number) {
  const sample = { late: 0, requests: 0, lateControls: 0, controls: 0 };
  for (let batch = 0; batch < 120; batch += 1) {
    const isPaused = random() < 0.1;
    for (let slot = 0; slot < 8; slot += 1) {
      const isControl = random() < 2 / 3;
      const isLate = isPaused || (!isControl && random() < share);
      sample[isControl ? 'controls' : 'requests'] += 1;
      if (isLate) sample[isControl ? 'lateControls' : 'late'] += 1;
    }
  }
  return sample;
}

/** Returns how many of 4,000 samples the test rejects. */
function rejected(share: number, alpha: number): number {
  const random = seededRandom(17);
  const samples = Array.from({ length: 4000 }, () => pausedSample(share, random));
  return samples.filter((sample) => latenessTest(sample) <= alpha).length;
}

describe('requests that a pause delays together', () => {
  // At alpha 0.01, more than 62 of 4,000 have a probability of 1 in 2,000; the seed makes the run repeatable.
  test('raise at most alpha false alarms', () => expect(rejected(0, 0.01)).toBeLessThanOrEqual(62));

  test('do not hide a delay of one request in five', () =>
    expect(rejected(0.2, 0.001)).toBeGreaterThan(0.95 * 4000));
});
