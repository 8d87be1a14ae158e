import type { Pod } from '@bookinfo/rules';
import type { PodStatus } from './pod-status.js';
import type { Workload } from './workload.js';

/** What runs the pods of Deployments. */
export interface MeshRuntime {
  readonly pods: PodStatus[];
  /** All pods in the form of the registry. */
  readonly endpoints: Pod[];
  /** Returns the last 64 KiB of output of the pod's process; empty when it is not known here. */
  outputOf(podName: string): string;
  /** Replaces the desired workloads. Pods start and stop after this returns. */
  reconcile(workloads: readonly Workload[]): void;
  /**
   * Replaces the pods of a workload, as after a change of its template.
   * @returns false when there is no such workload.
   * @throws {Error} that says how to do so, when the pods are not run from here.
   */
  restart(name: string, namespace: string): boolean;
  /** @throws {Error} that says how the number of pods is set, when it is not set from here. */
  assertScalable(name: string): void;
  /** Stops all pods; kills those that have not ended after `maxGraceMs`. */
  stop(maxGraceMs: number): Promise<void>;
  /** Kills all pods without waiting, for an exit handler of this process. */
  kill(): void;
}
