import type { Application, Assumption } from '@bookinfo/analysis';
import type { Model } from '@bookinfo/rules';
import {
  runTrials,
  waitForPropagation,
  type Observation,
  type Report,
  type TrialOptions,
  type TrialSize,
} from '@bookinfo/verdict';
import type { AdminClient } from '../admin/admin-client.js';
import type { MeshDescription } from '../admin/api.js';
import { controlRound } from './control-round.js';
import { entryPointFor } from './entry-point.js';
import { notInForceReason } from './in-force.js';
import { planClaims, type RuleTest } from './plan-claims.js';
import { sample } from './sample.js';

export interface VerifyOptions extends Omit<TrialOptions, 'target'> {
  application: Application;
  /** Behaviour of backends that differs from that of the application's programs. */
  assumptions?: readonly Assumption[];
}

/** Limit for an applied rule to be in force. */
const PROPAGATION_MS = 2000;

/**
 * Compares the rules of these files, as the model has them, with live traffic in the mesh. Sends for each rule as many requests as
 * its shares need.
 *
 * @throws {MeshUnreachable} when no mesh runs.
 */
export async function verify(
  admin: AdminClient,
  model: Model,
  files: ReadonlySet<string>,
  options: VerifyOptions,
): Promise<Report> {
  const mesh = await admin.mesh();
  const trials = planClaims(model, options.application, files, options.assumptions).map((planned) =>
    'test' in planned
      ? {
          claim: planned.claim,
          observe: (size: TrialSize) => observe(planned.test, size, { admin, mesh, ...options }),
        }
      : planned,
  );
  return await runTrials(trials, { target: mesh.url, ...options });
}

async function observe(
  test: RuleTest,
  size: TrialSize,
  { admin, mesh, ...options }: VerifyOptions & { admin: AdminClient; mesh: MeshDescription },
): Promise<Observation> {
  const reason = await waitForPropagation(
    async () => notInForceReason(test.explanation, await admin.explain(test.question)),
    PROPAGATION_MS,
    options.clock,
  );
  if (reason !== undefined) return { kind: 'not in force', reason };
  const entryPoint = entryPointFor(test.question, mesh);
  if ('reason' in entryPoint) return { kind: 'unreachable', reason: entryPoint.reason };
  const sendRound = await controlRound(admin, test.workloads);
  return await sample(entryPoint, test, { ...options, size, sendRound });
}
