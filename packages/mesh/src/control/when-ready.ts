import type { Clock } from '@bookinfo/effects';
import { SourceProblems } from '../admin/admin-client.js';
import { TableRefused } from '../data-plane/data-plane.js';
import type { PodStatus, RuntimeEvent } from '../runtime/pod-status.js';
import type { MeshServer } from './mesh-server.js';

/** Thrown when a workload did not start. */
export class StartFailed extends Error {
  constructor(
    readonly pod: PodStatus,
    message: string,
    /** The last 64 KiB of its output; undefined when its process could not be started. */
    readonly output: string | undefined,
  ) {
    super(`${pod.deployment} did not start: ${message}`);
  }
}

/**
 * Resolves when all pods are ready, and all proxies have them as endpoints.
 * @throws {SourceProblems} when the sidecar of a pod refuses a rule.
 * @throws {StartFailed} when a pod's process ends before, or a pod is not ready after `limitMs`.
 */
export async function whenReady(
  mesh: Pick<MeshServer, 'pods' | 'onEvent' | 'outputOf' | 'endpointsInForce'>,
  limitMs: number,
  clock: Clock,
): Promise<void> {
  await podsReady(mesh, limitMs, clock);
  await mesh.endpointsInForce();
}

function podsReady(
  mesh: Pick<MeshServer, 'pods' | 'onEvent' | 'outputOf'>,
  limitMs: number,
  clock: Clock,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limitMs, () => {
      const waiting = mesh.pods.find((pod) => !pod.ready);
      settle(
        waiting &&
          new StartFailed(waiting, `not ready after ${limitMs / 1000} s`, mesh.outputOf(waiting.name)),
      );
    });
    const unsubscribe = mesh.onEvent((event) => {
      if (event.kind === 'died') settle(failureOf(event));
      else if (mesh.pods.every((pod) => pod.ready)) settle();
    });
    const settle = (error?: Error): void => {
      cancel();
      unsubscribe();
      if (error) reject(error);
      else resolve();
    };
    if (mesh.pods.every((pod) => pod.ready)) settle();
  });
}

function failureOf({ pod, reason, output, startError }: Extract<RuntimeEvent, { kind: 'died' }>): Error {
  const problem = startError instanceof TableRefused ? startError.problem : undefined;
  if (problem) return new SourceProblems([problem]);
  return new StartFailed(pod, reason, startError ? undefined : output);
}
