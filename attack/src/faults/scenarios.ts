import { setTimeout as sleep } from 'node:timers/promises';
import { changeRules } from './change-rules.ts';
import { underLoad } from './load.ts';
import type { Mesh } from './mesh.ts';
import { pipeline } from './pipeline.ts';
import { rest } from './rest.ts';
import type { Scenario } from './scenario.ts';

const SERVICES = ['productpage', 'details', 'reviews', 'ratings'] as const;
const BEFORE_MS = 1000;
const AFTER_MS = 2000;
const STOPPED_MS = 4000;

/** Returns all scenarios; the soak takes the given minutes. */
export function scenarios(soakMinutes: number): Scenario[] {
  return [
    ...[1, 2].flatMap((replicas) =>
      (['SIGKILL', 'SIGTERM', 'SIGSTOP'] as const).flatMap((signal) =>
        SERVICES.map((service) => ({
          name: `${signal} of ${service}`,
          replicas,
          losesNothing: replicas > 1 && signal !== 'SIGSTOP',
          run: during((mesh) => end(mesh, service, signal)),
        })),
      ),
    ),
    {
      name: '3,000 requests pipelined by another client',
      replicas: 1,
      losesNothing: true,
      run: during(pipeline),
    },
    {
      name: 'apply, delete and refused apply',
      replicas: 1,
      losesNothing: true,
      run: during(changeRules),
    },
    { name: 'rest of 6 s on 300 connections, then POST', replicas: 1, losesNothing: true, run: rest },
    {
      name: `soak of ${soakMinutes} min`,
      replicas: 1,
      losesNothing: false,
      run: during(() => sleep(soakMinutes * 60_000)),
    },
  ];
}

/** Does something to the mesh under load, which begins before it and ends when all pods have been ready for a while. */
function during(fault: (mesh: Mesh) => Promise<void>): Scenario['run'] {
  return async (mesh, rate) => {
    let faultAt = 0;
    const outcomes = await underLoad(mesh.port, rate, async () => {
      await sleep(BEFORE_MS);
      faultAt = performance.now();
      await fault(mesh);
      await sleep(AFTER_MS);
      await mesh.isComplete();
      await sleep(BEFORE_MS);
    });
    return { outcomes, faultAt };
  };
}

async function end(mesh: Mesh, service: string, signal: NodeJS.Signals): Promise<void> {
  const pid = mesh.signal(service, signal);
  if (signal !== 'SIGSTOP') return;
  await sleep(STOPPED_MS);
  mesh.continue(pid);
}
