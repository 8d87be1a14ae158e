import type { Clock, Random } from '@bookinfo/effects';
import type { Claim, Observation } from './claim.js';
import { judge, type Trial } from './judge.js';
import { DEFAULT_PLAN, planRequests } from './plan-requests.js';
import type { Report } from './verdict.js';

/** A claim before its number of requests is planned. */
export interface PlannedTrial {
  claim: Omit<Claim, 'requests'>;
  /** The result, when it is known without a request. */
  observation?: Observation;
}

export interface TrialOptions {
  /** The URL of the mesh or page under test, for the report. */
  target: string;
  clock: Clock;
  random: Random;
  /** Is called before the requests of a claim are sent. */
  onProgress: (title: string, requests: number) => void;
}

/**
 * Runs the trials one after the other and judges them together. The number of requests follows from the predicted shares of
 * all claims, before the first request; no trial is repeated.
 *
 * @param observe sends the requests of one trial
 */
export async function runTrials<P extends PlannedTrial>(
  planned: readonly P[],
  observe: (trial: P, requests: number) => Promise<Observation>,
  { target, clock, random, onProgress }: TrialOptions,
): Promise<Report> {
  const started = clock.date().toISOString();
  const startedAt = clock.now();
  const sizes = planRequests(planned.map(({ claim }) => claim.outcomes));
  const trials: Trial[] = [];
  for (const [index, trial] of planned.entries()) {
    const requests = sizes[index] ?? 1;
    if (!trial.observation) onProgress(trial.claim.title, requests);
    const observation = trial.observation ?? (await observe(trial, requests));
    trials.push({ claim: { ...trial.claim, requests }, observation });
  }
  const { alpha, power } = DEFAULT_PLAN;
  const verdicts = judge(trials, { alpha, power }, random);
  return { target, started, durationMs: Math.round(clock.now() - startedAt), alpha, power, verdicts };
}
