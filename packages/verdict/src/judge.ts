import type { Random } from '@bookinfo/effects';
import { checkClaim, type Claim, type Observation } from './claim.js';
import { outcomeVerdicts } from './outcome-verdicts.js';
import { alphaPerClaim, possibleOutcomes } from './plan-requests.js';
import { disagreements, shortfall } from './reasons.js';
import { holmThreshold } from './statistics/holm.js';
import { zeroHitBound, type Assurance } from './statistics/sample-size.js';
import { testShares, type TestResult } from './statistics/share-test.js';
import type { Verdict } from './verdict.js';

/** A claim and the result of its trial. */
export interface Trial {
  claim: Claim;
  observation: Observation;
}

/**
 * Returns the verdict on each claim of one run. Claims are judged together: by Holm's procedure the probability of any false
 * alarm is at most `alpha`. An outcome without a predicted share refutes a claim when it first occurs; it is not part of the
 * test. Only the Monte Carlo test uses `random`.
 *
 * @throws {RangeError} when the shares of a claim do not add up to 1.
 */
export function judge(trials: readonly Trial[], assurance: Assurance, random: Random): Verdict[] {
  for (const { claim } of trials) checkClaim(claim);
  const predictions = trials.map(({ claim }) => claim.outcomes);
  const perClaim = { ...assurance, alpha: alphaPerClaim(predictions, assurance.alpha) };
  const tests = trials.map((trial) => test(trial, perClaim.alpha, random));
  const planned = predictions.filter((outcomes) => possibleOutcomes(outcomes).length > 1);
  // A planned test that was not performed keeps its place in the family, which was fixed before the first request.
  const performed = tests.filter((result) => result !== undefined).map(({ pValue }) => pValue);
  const pValues = [...performed, ...planned.slice(performed.length).map(() => 1)];
  const threshold = holmThreshold(pValues, assurance.alpha);
  return trials.map((trial, i) => verdictOn(trial, tests[i], threshold, perClaim, assurance.alpha));
}

function test({ claim, observation }: Trial, resolution: number, random: Random): TestResult | undefined {
  const labels = possibleOutcomes(claim.outcomes);
  if (observation.kind !== 'sampled' || observation.inconclusive !== undefined) return undefined;
  if (labels.length < 2) return undefined;
  const counts = labels.map((label) => observation.counts.get(label) ?? 0);
  if (counts.every((count) => count === 0)) return undefined;
  const shares = labels.map((label) => claim.outcomes.get(label) ?? 0);
  return testShares(counts, shares, { resolution, random });
}

function verdictOn(
  { claim, observation }: Trial,
  result: TestResult | undefined,
  threshold: number,
  perClaim: Assurance,
  alpha: number,
): Verdict {
  const { title, origin, request, requests } = claim;
  const counts = observation.kind === 'sampled' ? observation.counts : new Map<string, number>();
  const responses = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const outcomes = outcomeVerdicts(claim.outcomes, counts, perClaim);
  const common = { title, origin, request, requests, responses, outcomes };
  if (observation.kind !== 'sampled') {
    return { ...common, status: observation.kind, reasons: [observation.reason] };
  }
  const refutations = disagreements(
    outcomes,
    responses,
    result && result.pValue <= threshold ? { ...result, threshold } : undefined,
  );
  const gaps = shortfall(responses, requests, observation.inconclusive);
  return {
    ...common,
    status: refutations.length > 0 ? 'disagrees' : gaps.length > 0 ? 'unfinished' : 'agrees',
    reasons: [...refutations, ...gaps],
    ...(result && { test: { ...result, threshold } }),
    ...(observation.firstUnpredicted !== undefined && { firstUnpredicted: observation.firstUnpredicted }),
    ...(responses > 0 && { upperBoundUnseen: zeroHitBound(responses, alpha) }),
  };
}
