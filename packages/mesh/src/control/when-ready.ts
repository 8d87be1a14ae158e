import type { Clock } from '@bookinfo/effects';
import type { PodStatus } from '../runtime/pod-status.js';
import type { MeshServer } from './mesh-server.js';

/** A workload that did not start. */
export class StartFailed extends Error {
  constructor(
    readonly pod: PodStatus,
    message: string,
    /** The last that it wrote. */
    readonly output: string,
  ) {
    super(`${pod.deployment} did not start: ${message}`);
  }
}

/** Resolves when all pods are ready. Throws a StartFailed when one ends before, or isn't ready after `limitMs`. */
export function whenReady(
  mesh: Pick<MeshServer, 'pods' | 'onEvent' | 'outputOf'>,
  limitMs: number,
  clock: Clock,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limitMs, () => {
      const late = mesh.pods.find((pod) => !pod.ready);
      settle(late && new StartFailed(late, `not ready after ${limitMs / 1000} s`, mesh.outputOf(late.name)));
    });
    const unsubscribe = mesh.onEvent((event) => {
      if (event.kind === 'died') settle(new StartFailed(event.pod, event.reason, event.output));
      else if (mesh.pods.every((pod) => pod.ready)) settle();
    });
    const settle = (error?: StartFailed): void => {
      cancel();
      unsubscribe();
      if (error) reject(error);
      else resolve();
    };
    if (mesh.pods.every((pod) => pod.ready)) settle();
  });
}
