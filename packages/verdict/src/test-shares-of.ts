import type { Random } from '@bookinfo/effects';
import type { Claim, Observation, Timing } from './claim.js';
import { possibleOutcomes } from './plan-requests.js';
import { criticalLateness } from './statistics/lateness-test.js';
import { leastDisplaced } from './statistics/least-displaced.js';
import { testShares, type TestResult } from './statistics/share-test.js';

/**
 * Tests the shares of a sample; undefined when there is nothing to test. On a slow machine a response may have passed for one
 * with a longer predicted delay. The control requests bound the number of such responses, and the p-value is the largest that
 * moving as many of them back leads to.
 */
export function testSharesOf(
  { claim, observation }: { claim: Claim; observation: Observation },
  alphaPerTest: number,
  random: Random,
): TestResult | undefined {
  const labels = possibleOutcomes(claim.outcomes);
  if (observation.kind !== 'sampled' || labels.length < 2) return undefined;
  const counts = labels.map((label) => observation.counts.get(label) ?? 0);
  if (counts.every((count) => count === 0)) return undefined;
  const shares = labels.map((label) => claim.outcomes.get(label) ?? 0);
  const moves = (claim.delayed ?? [])
    .map(([slower, faster]) => [labels.indexOf(slower), labels.indexOf(faster)] as const)
    .filter(([from, to]) => from !== -1 && to !== -1);
  const most = observation.timing ? mostDisplaced(observation.timing, alphaPerTest) : 0;
  return testShares(leastDisplaced(counts, shares, moves, most), shares, {
    resolution: alphaPerTest,
    random,
  });
}

/**
 * Returns the upper bound of the number of displaced responses, with confidence 1 - alpha: one more would be refuted by the
 * number of displaced control requests.
 */
export function mostDisplaced({ requests, controls, displacedControls }: Timing, alpha: number): number {
  return criticalLateness({ requests, controls, lateControls: displacedControls }, alpha) - 1;
}
