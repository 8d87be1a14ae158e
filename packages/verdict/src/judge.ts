import type { Random } from '@bookinfo/effects';
import { checkClaim, type Claim, type Observation } from './claim.js';
import { outcomeVerdicts } from './outcome-verdicts.js';
import { alphaPerRule, possibleOutcomes } from './plan-requests.js';
import { disagreements, shortfall } from './reasons.js';
import { holmThreshold } from './statistics/holm.js';
import { zeroHitBound, type Assurance } from './statistics/sample-size.js';
import { testShares, type TestResult } from './statistics/share-test.js';
import type { Verdict } from './verdict.js';

export interface Trial {
  claim: Claim;
  observation: Observation;
}

/**
 * The verdict on every rule of one run. All rules are judged together: Holm's procedure keeps the chance of any false
 * alarm among them at `alpha`. An outcome that the manifest gives no share disagrees on its first sight and stays out of
 * the test. `random` serves the Monte Carlo test alone.
 *
 * @throws RangeError for a claim whose shares don't add up to 1.
 */
export function judge(trials: readonly Trial[], assurance: Assurance, random: Random): Verdict[] {
  for (const { claim } of trials) checkClaim(claim);
  const predictions = trials.map(({ claim }) => claim.outcomes);
  const perRule = { ...assurance, alpha: alphaPerRule(predictions, assurance.alpha) };
  const tests = trials.map((trial) => test(trial, perRule.alpha, random));
  const planned = predictions.filter((outcomes) => possibleOutcomes(outcomes).length > 1);
  // A planned test that could not be made keeps its place in the family: it was decided on before anything was seen.
  const made = tests.filter((result) => result !== undefined).map(({ pValue }) => pValue);
  const pValues = [...made, ...planned.slice(made.length).map(() => 1)];
  const threshold = holmThreshold(pValues, assurance.alpha);
  return trials.map((trial, i) => verdictOn(trial, tests[i], threshold, perRule, assurance.alpha));
}

function test({ claim, observation }: Trial, resolution: number, random: Random): TestResult | undefined {
  const labels = possibleOutcomes(claim.outcomes);
  if (observation.kind !== 'sampled' || labels.length < 2) return undefined;
  const counts = labels.map((label) => observation.counts.get(label) ?? 0);
  if (counts.every((count) => count === 0)) return undefined;
  const shares = labels.map((label) => claim.outcomes.get(label) ?? 0);
  return testShares(counts, shares, { resolution, random });
}

function verdictOn(
  { claim, observation }: Trial,
  result: TestResult | undefined,
  threshold: number,
  perRule: Assurance,
  alpha: number,
): Verdict {
  const { title, origin, request, requests } = claim;
  const counts = observation.kind === 'sampled' ? observation.counts : new Map<string, number>();
  const answers = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const outcomes = outcomeVerdicts(claim.outcomes, counts, perRule);
  const rule = { title, origin, request, requests, answers, outcomes };
  if (observation.kind !== 'sampled') {
    return { ...rule, status: observation.kind, reasons: [observation.reason] };
  }
  const against = disagreements(
    outcomes,
    answers,
    result && result.pValue <= threshold ? { ...result, threshold } : undefined,
  );
  const missing = shortfall(answers, requests);
  return {
    ...rule,
    status: against.length > 0 ? 'disagrees' : missing.length > 0 ? 'unfinished' : 'agrees',
    reasons: [...against, ...missing],
    ...(result && { test: { ...result, threshold } }),
    ...(observation.firstUnpredicted !== undefined && { firstUnpredicted: observation.firstUnpredicted }),
    ...(answers > 0 && { unseenBelow: zeroHitBound(answers, alpha) }),
  };
}
