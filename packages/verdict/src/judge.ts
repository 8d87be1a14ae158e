import type { Random } from '@bookinfo/effects';
import { checkClaim, type Claim, type Observation } from './claim.js';
import { outcomeVerdicts } from './outcome-verdicts.js';
import { alphaPerTest, numberOfTests, type Plan } from './plan-requests.js';
import { disagreements, shortfall } from './reasons.js';
import { holmThreshold } from './statistics/holm.js';
import { zeroHitBound } from './statistics/sample-size.js';
import { testSharesOf } from './test-shares-of.js';
import { timingVerdict, untestableDelay } from './timing-verdict.js';
import { latenessTest } from './statistics/lateness-test.js';
import type { TestResult } from './statistics/share-test.js';
import type { Verdict } from './verdict.js';

/** A claim and the result of its trial. */
export interface Trial {
  claim: Claim;
  observation: Observation;
}

/** The p-values of a trial's tests; absent when a test was not performed. */
interface Tests {
  shares: TestResult | undefined;
  lateness: number | undefined;
}

/**
 * Returns the verdict on each claim of one run, with one more after a claim whose delays could not be told apart from the
 * slowness of the machine. Claims are judged together: by Holm's procedure the probability of any false alarm is at most
 * `alpha`. An outcome without a predicted share refutes a claim when it first occurs; it is not part of the test. Only the
 * Monte Carlo test uses `random`.
 *
 * @throws {RangeError} when the shares of a claim do not add up to 1.
 */
export function judge(trials: readonly Trial[], plan: Plan, random: Random): Verdict[] {
  const claims = trials.map(({ claim }) => claim);
  for (const claim of claims) checkClaim(claim);
  const perTest = { ...plan, alpha: alphaPerTest(claims, plan.alpha) };
  const tests = trials.map((trial) => ({
    shares: testSharesOf(trial, perTest.alpha, random),
    lateness: latenessOf(trial),
  }));
  // A planned test that was not performed keeps its place in the family, which was fixed before the first request.
  const performed = tests
    .flatMap(({ shares, lateness }) => [shares?.pValue, lateness])
    .filter((pValue) => pValue !== undefined);
  const others = Array.from({ length: numberOfTests(claims) - performed.length }, () => 1);
  const threshold = holmThreshold([...performed, ...others], plan.alpha);
  return trials.flatMap((trial, i) => {
    const verdict = verdictOn(trial, tests[i]!, threshold, perTest, plan.alpha);
    const untestable = untestableDelay(trial, verdict, perTest);
    return untestable ? [verdict, untestable] : [verdict];
  });
}

function latenessOf({ observation }: Trial): number | undefined {
  return observation.kind === 'sampled' && observation.timing ? latenessTest(observation.timing) : undefined;
}

function verdictOn(
  { claim, observation }: Trial,
  { shares, lateness }: Tests,
  threshold: number,
  perTest: Plan,
  alpha: number,
): Verdict {
  const { title, origin, request, findings } = claim;
  const isSampled = observation.kind === 'sampled';
  const counts = isSampled ? observation.counts : new Map<string, number>();
  const timing = isSampled ? observation.timing : undefined;
  const requests = timing?.requests ?? claim.requests;
  const responses = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const outcomes = outcomeVerdicts(claim.outcomes, counts, perTest);
  const common = {
    title,
    origin,
    request,
    ...(findings && findings.length > 0 && { findings }),
    requests,
    responses,
    outcomes,
  };
  if (!isSampled) return { ...common, status: observation.kind, reasons: [observation.reason] };
  const delays = timing && timingVerdict(timing, lateness ?? 1, threshold);
  const refutations = disagreements(
    outcomes,
    responses,
    shares && shares.pValue <= threshold ? { ...shares, threshold } : undefined,
    delays,
  );
  const gaps = shortfall(responses + (timing?.excluded ?? 0), requests);
  return {
    ...common,
    status: refutations.length > 0 ? 'disagrees' : gaps.length > 0 ? 'unfinished' : 'agrees',
    reasons: [...refutations, ...gaps],
    ...(shares && { test: { ...shares, threshold } }),
    ...(delays && { delays }),
    ...(observation.firstUnpredicted !== undefined && { firstUnpredicted: observation.firstUnpredicted }),
    ...(responses > 0 && { upperBoundUnseen: zeroHitBound(responses, alpha) }),
  };
}
