import type { AdminClient } from '../admin/admin-client.js';
import type { MeshDescription } from '../admin/api.js';
import { type Clock, sleep, type Random } from '@bookinfo/effects';
import type { Model } from '@bookinfo/rules';
import type { Application, Question, Assumption } from '@bookinfo/analysis';
import {
  type Claim,
  type Observation,
  judge,
  type Trial,
  DEFAULT_PLAN,
  planRequests,
  type Report,
} from '@bookinfo/verdict';
import type { Entrance } from './ask.js';
import { notInForceReason } from './in-force.js';
import { plannedClaims, type PlannedClaim } from './planned-claim.js';
import { sample } from './sample.js';

export interface VerifyOptions {
  application: Application;
  /** Behaviour of backends that differs from that of the application's programs. */
  assumptions?: readonly Assumption[];
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
  { application, assumptions, clock, random, onProgress }: VerifyOptions,
): Promise<Report> {
  const started = new Date().toISOString();
  const startedAt = clock.now();
  const mesh = await admin.mesh();
  const planned = plannedClaims(model, application, files, assumptions);
  const sizes = planRequests(planned.map(({ claim }) => claim.outcomes));
  const trials: Trial[] = [];
  for (const [index, each] of planned.entries()) {
    const claim = { ...each.claim, requests: sizes[index] ?? 1 };
    onProgress(claim.title, claim.requests);
    const observation = await observe(each, claim.requests, admin, mesh, clock, application);
    if (observation) trials.push({ claim, observation });
    trials.push(...each.untestable.map((reason) => untestableTrial(claim, reason)));
  }
  const { alpha, power } = DEFAULT_PLAN;
  const verdicts = judge(trials, { alpha, power }, random);
  return {
    target: mesh.url,
    started,
    durationMs: Math.round(clock.now() - startedAt),
    alpha,
    power,
    verdicts,
  };
}

async function observe(
  { test, unreachable }: PlannedClaim,
  requests: number,
  admin: AdminClient,
  mesh: MeshDescription,
  clock: Clock,
  application: Application,
): Promise<Observation | undefined> {
  // A claim without either is one that can't be tested at all.
  if (!test) return unreachable === undefined ? undefined : { kind: 'unreachable', reason: unreachable };
  const deadline = clock.now() + PROPAGATION_MS;
  let reason = notInForceReason(test.explanation, await admin.explain(test.question));
  while (reason !== undefined && clock.now() < deadline) {
    await sleep(clock, POLL_MS, AbortSignal.timeout(PROPAGATION_MS));
    reason = notInForceReason(test.explanation, await admin.explain(test.question));
  }
  if (reason !== undefined) return { kind: 'not in force', reason };
  const entrance = entranceFor(test.question, mesh);
  if ('kind' in entrance) return sample(entrance, test, requests, application);
  return { kind: 'unreachable', reason: entrance.reason };
}

function entranceFor(
  { from, headers }: Question,
  { url, sidecars }: MeshDescription,
): Entrance | { reason: string } {
  if (from === undefined) return { kind: 'gateway', url };
  const sidecar = sidecars.find(({ workload }) => workload === from);
  if (!sidecar) return { reason: `no pod of ${from} runs, so nobody can ask` };
  if (headers['host'] !== undefined)
    return { reason: `a sidecar takes the host from the URL, so nobody can ask for ${headers['host']}` };
  return { kind: 'sidecar', url: sidecar.url };
}

/** A part of a rule that no answer shows stands in the report beside the rule. */
function untestableTrial({ title, origin, request }: Claim, reason: string): Trial {
  const [what = ''] = reason.split(/[ (:]/);
  const outcomes = new Map([['no answer', 1]]);
  return {
    claim: { title: `${title}, ${what}`, origin, request, outcomes, requests: 1 },
    observation: { kind: 'untestable', reason },
  };
}
