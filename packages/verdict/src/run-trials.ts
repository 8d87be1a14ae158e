import type { Clock, Random } from '@bookinfo/effects';
import type { Claim, Observation } from './claim.js';
import { judge, type Trial } from './judge.js';
import { DEFAULT_PLAN, planRequests, type Plan, type TrialSize } from './plan-requests.js';
import type { Report } from './verdict.js';

/** A claim before its number of requests is planned. */
export type PlannedClaim = Omit<Claim, 'requests'>;

/** A claim with the function that sends its requests, or with the result when that is known without a request. */
export type PlannedTrial = { claim: PlannedClaim } & (
  { observe: (size: TrialSize) => Promise<Observation> } | { observation: Observation }
);

export interface TrialOptions {
  /** The URL of the mesh or page under test, for the report. */
  target: string;
  clock: Clock;
  random: Random;
  /** Default: a shift of ten percentage points, detected with probability 0.99. */
  plan?: Pick<Plan, 'power' | 'shift'>;
  /** Is called before the requests of a claim are sent; `done` of `of` claims need no more requests. */
  onProgress: (title: string, requests: number, progress: { done: number; of: number }) => void;
}

/**
 * Runs the trials one after the other and judges them together. The numbers of requests follow from the predicted shares
 * of all claims, before the first request; no trial is repeated.
 */
export async function runTrials(
  planned: readonly PlannedTrial[],
  { target, clock, random, plan: chosen, onProgress }: TrialOptions,
): Promise<Report> {
  const started = clock.date().toISOString();
  const startedAt = clock.now();
  const plan = { ...DEFAULT_PLAN, ...chosen };
  const sizes = planRequests(
    planned.map(({ claim }) => claim),
    plan,
  );
  const trials: Trial[] = [];
  for (const [index, trial] of planned.entries()) {
    const size = sizes[index]!;
    const claim = { ...trial.claim, requests: size.requests };
    if ('observation' in trial) trials.push({ claim, observation: trial.observation });
    else {
      onProgress(claim.title, size.requests, { done: index, of: planned.length });
      trials.push({ claim, observation: await trial.observe(size) });
    }
  }
  const verdicts = judge(trials, plan, random);
  return { target, started, durationMs: Math.round(clock.now() - startedAt), ...plan, verdicts };
}
