import { systemClock, type Clock, type Random } from '@bookinfo/effects';
import type { Pod } from '@bookinfo/rules';
import { LocalPod, type PodHost } from './local-pod.js';
import type { MeshRuntime } from './mesh-runtime.js';
import type { PodStatus } from './pod-status.js';
import { PortAllocator } from './port-allocator.js';
import { restartedWorkload, type Workload } from './workload.js';

export interface RuntimeOptions extends Pick<
  PodHost,
  'openSidecar' | 'onChange' | 'endpointsInForce' | 'onEvent' | 'traceUrl'
> {
  /** Default: the machine's clock. */
  clock?: Clock;
  /** Default: Math.random. */
  random?: Random;
}

/** Runs Deployments as processes on this machine. */
export class Runtime implements MeshRuntime {
  readonly #host: PodHost;
  readonly #onChange: () => void;
  /** Oldest first, terminating pods included. */
  readonly #pods = new Set<LocalPod>();
  #workloads: readonly Workload[] = [];
  /** The number of restarts of each workload that was restarted. */
  readonly #restarts = new Map<string, number>();

  constructor({ clock = systemClock, random = Math.random, ...listeners }: RuntimeOptions) {
    this.#onChange = listeners.onChange;
    this.#host = {
      ...listeners,
      clock,
      random,
      ports: new PortAllocator(random),
      onChange: () => this.#podChanged(),
    };
  }

  get pods(): PodStatus[] {
    return Array.from(this.#pods, (pod) => pod.status);
  }

  get endpoints(): Pod[] {
    return Array.from(this.#pods, (pod) => pod.endpoint);
  }

  outputOf(podName: string): string {
    return [...this.#pods].find((pod) => pod.name === podName)?.output ?? '';
  }

  /** Pods of a changed template serve until all replicas of the new template are ready. */
  reconcile(workloads: readonly Workload[]): void {
    this.#workloads = workloads;
    this.#converge();
  }

  restart(name: string, namespace: string): boolean {
    const restarted = this.#workloads.find((each) => each.name === name && each.namespace === namespace);
    if (!restarted) return false;
    const key = workloadKey(restarted);
    this.#restarts.set(key, (this.#restarts.get(key) ?? 0) + 1);
    this.#converge();
    return true;
  }

  assertScalable(): void {
    // Every Deployment is run from here.
  }

  async stop(maxGraceMs: number): Promise<void> {
    this.#workloads = [];
    await Promise.all(Array.from(this.#pods, (pod) => this.#stopPod(pod, maxGraceMs)));
  }

  kill(): void {
    this.#workloads = [];
    for (const pod of this.#pods) pod.kill();
  }

  #withRestarts(workload: Workload): Workload {
    const restarts = this.#restarts.get(workloadKey(workload));
    return restarts === undefined ? workload : restartedWorkload(workload, restarts);
  }

  #podChanged(): void {
    this.#onChange();
    this.#converge();
  }

  #converge(): void {
    for (const workload of this.#workloads) this.#convergeWorkload(this.#withRestarts(workload));
    const wanted = new Set(this.#workloads.map(workloadKey));
    for (const pod of this.#activePods()) if (!wanted.has(workloadKey(pod.workload))) void this.#stopPod(pod);
  }

  #convergeWorkload(workload: Workload): void {
    const ours = this.#activePods().filter((pod) => workloadKey(pod.workload) === workloadKey(workload));
    const current = ours.filter((pod) => pod.workload.template.hash === workload.template.hash);
    for (let missing = workload.replicas - current.length; missing > 0; missing -= 1)
      this.#pods.add(new LocalPod(workload, this.#host));
    // As Kubernetes' ReplicaSet controller: first pods that are not ready, then the youngest.
    const deletionOrder = current.toReversed().toSorted((a, b) => Number(a.isReady) - Number(b.isReady));
    const surplus = deletionOrder.slice(0, Math.max(0, current.length - workload.replicas));
    for (const pod of surplus) void this.#stopPod(pod);
    if (current.filter((pod) => pod.isReady).length < workload.replicas) return;
    for (const pod of ours) if (!current.includes(pod)) void this.#stopPod(pod);
  }

  #activePods(): LocalPod[] {
    return [...this.#pods].filter((pod) => !pod.isStopping);
  }

  async #stopPod(pod: LocalPod, maxGraceMs?: number): Promise<void> {
    await pod.stop(maxGraceMs);
    this.#pods.delete(pod);
    this.#onChange();
  }
}

function workloadKey({ namespace, name }: Workload): string {
  return `${namespace}/${name}`;
}
