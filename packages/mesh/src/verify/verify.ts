import type { AdminClient } from '../control/admin-client.js';
import type { Clock } from '../clock/clock.js';
import { sleep } from '../clock/sleep.js';
import type { Model } from '../compile/model.js';
import type { Random } from '../decide/decision.js';
import type { Observation } from '../verdict/claim.js';
import { judge } from '../verdict/judge.js';
import { DEFAULT_PLAN, planRequests } from '../verdict/plan-requests.js';
import type { Report } from '../verdict/verdict.js';
import { whyNotInForce } from './in-force.js';
import { plannedClaims, type PlannedClaim } from './planned-claim.js';
import { sample } from './sample.js';

export interface VerifyOptions {
  clock: Clock;
  random: Random;
  /** Told before the requests of each rule are sent. */
  onProgress: (title: string, requests: number) => void;
}

/** How long a rule may take to come into force after an apply. */
const PROPAGATION_MS = 2000;
const POLL_MS = 50;

/**
 * Holds the rules of these files, as they stand in the model, against live traffic in the mesh: for each rule the requests
 * that its shares need, sent once. Nothing is repeated until it is green; requests that wait for a rule to come into
 * force are none of the sample. Throws MeshUnreachable.
 */
export async function verify(
  admin: AdminClient,
  model: Model,
  files: ReadonlySet<string>,
  { clock, random, onProgress }: VerifyOptions,
): Promise<Report> {
  const started = new Date().toISOString();
  const startedAt = clock.now();
  const { url, sidecars } = await admin.mesh();
  const planned = plannedClaims(model, files);
  const sizes = planRequests(planned.map(({ claim }) => claim.outcomes));
  const trials = [];
  for (const [index, each] of planned.entries()) {
    const claim = { ...each.claim, requests: sizes[index] ?? 1 };
    onProgress(claim.title, claim.requests);
    const observation = await observe(each, claim.requests, admin, sidecars, clock);
    trials.push({ claim, observation });
  }
  const { alpha, power } = DEFAULT_PLAN;
  const verdicts = judge(trials, { alpha, power }, random);
  return { target: url, started, durationMs: Math.round(clock.now() - startedAt), alpha, power, verdicts };
}

async function observe(
  { test, unreachable }: PlannedClaim,
  requests: number,
  admin: AdminClient,
  sidecars: readonly { workload: string; url: string }[],
  clock: Clock,
): Promise<Observation> {
  if (!test) return { kind: 'unreachable', reason: unreachable ?? 'no request reaches it' };
  const deadline = clock.now() + PROPAGATION_MS;
  let reason = whyNotInForce(test.explanation, await admin.explain(test.question));
  while (reason !== undefined && clock.now() < deadline) {
    await sleep(clock, POLL_MS, AbortSignal.timeout(PROPAGATION_MS));
    reason = whyNotInForce(test.explanation, await admin.explain(test.question));
  }
  if (reason !== undefined) return { kind: 'not in force', reason };
  const sidecar = sidecars.find(({ workload }) => workload === test.question.from);
  if (!sidecar)
    return { kind: 'unreachable', reason: `no pod of ${test.question.from} runs, so nobody can ask` };
  return sample(sidecar.url, test.question, requests, test.answers);
}
