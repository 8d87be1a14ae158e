import { setTimeout as sleep } from 'node:timers/promises';
import { calibrate, type Calibration } from './calibrate.ts';
import type { Outcome } from './load.ts';
import { Mesh } from './mesh.ts';
import type { Usage } from './processes.ts';
import type { Scenario } from './scenario.ts';

/** The responses that are in the way to the client have arrived, and their connections are closed. */
const SETTLE_MS = 500;

/** A scenario, and what it cost. */
export interface Cost {
  scenario: Scenario;
  calibration: Calibration;
  outcomes: readonly Outcome[];
  /** Time from the fault to the last request that was lost or partial, when it was sent; 0 without one. */
  untilGoodMs: number;
  before: Usage;
  after: Usage;
}

/** Runs the scenarios one after the other, on one mesh for each number of replicas, and calls `onCost` after each. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  onCost: (cost: Cost) => void,
): Promise<void> {
  for (const [replicas, group] of Map.groupBy(scenarios, (each) => each.replicas)) {
    await using mesh = await Mesh.start(replicas);
    const calibration = await calibrate(mesh.port);
    for (const scenario of group) onCost(await run(scenario, mesh, calibration));
  }
}

async function run(scenario: Scenario, mesh: Mesh, calibration: Calibration): Promise<Cost> {
  const before = mesh.usage();
  const { outcomes, faultAt } = await scenario.run(mesh, calibration.rate);
  await sleep(SETTLE_MS);
  const failed = outcomes.filter(({ kind }) => kind !== 'good').map(({ sentAt }) => sentAt);
  const untilGoodMs = Math.max(0, ...failed.map((sentAt) => sentAt - faultAt));
  return { scenario, calibration, outcomes, untilGoodMs, before, after: mesh.usage() };
}
