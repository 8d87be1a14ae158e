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
import { notInForceReason } from './in-force.js';
import type { LiveMesh } from './live-mesh.js';
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
 */
export async function verify(
  mesh: LiveMesh,
  model: Model,
  files: ReadonlySet<string>,
  options: VerifyOptions,
): Promise<Report> {
  const trials = planClaims(model, options.application, files, options.assumptions).map((planned) =>
    'test' in planned
      ? {
          claim: planned.claim,
          observe: (size: TrialSize) => observe(planned.test, size, { mesh, ...options }),
        }
      : planned,
  );
  return await runTrials(trials, { target: mesh.url, ...options });
}

async function observe(
  test: RuleTest,
  size: TrialSize,
  { mesh, ...options }: VerifyOptions & { mesh: LiveMesh },
): Promise<Observation> {
  const reason = await waitForPropagation(
    async () => notInForceReason(test.explanation, await mesh.explain(test.question)),
    PROPAGATION_MS,
    options.clock,
  );
  if (reason !== undefined) return { kind: 'not in force', reason };
  const entryPoint = await mesh.entryPointFor(test.question);
  if ('reason' in entryPoint) return { kind: 'unreachable', reason: entryPoint.reason };
  const sendRound = await mesh.controlRound(test.workloads);
  return await sample(entryPoint, test, { ...options, size, sendRound });
}
