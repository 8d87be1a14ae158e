import { systemClock } from '@bookinfo/effects';
import type { Pod } from '@bookinfo/rules';
import type { MeshRuntime } from '../runtime/mesh-runtime.js';
import type { PodStatus } from '../runtime/pod-status.js';
import type { RuntimeOptions } from '../runtime/runtime.js';
import type { Workload } from '../runtime/workload.js';
import { ContainerPod, type ContainerPodHost } from './container-pod.js';

/** The pods of Deployments whose containers Compose runs: one for each Deployment, by its name. */
export class ContainerRuntime implements MeshRuntime {
  readonly #host: ContainerPodHost;
  /** By namespace, name and template of the Deployment. */
  readonly #pods = new Map<string, ContainerPod>();

  constructor({ openSidecar, onChange, onEvent, clock = systemClock }: RuntimeOptions) {
    this.#host = { openSidecar, onChange, onEvent, clock };
  }

  get pods(): PodStatus[] {
    return Array.from(this.#pods.values(), (pod) => pod.status);
  }

  get endpoints(): Pod[] {
    return Array.from(this.#pods.values(), (pod) => pod.endpoint);
  }

  /** Resolves when it is known of each pod whether it is ready. */
  async probed(): Promise<void> {
    await Promise.all(Array.from(this.#pods.values(), (pod) => pod.probed));
  }

  /** Returns nothing: Docker has the output. */
  outputOf(): string {
    return '';
  }

  reconcile(workloads: readonly Workload[]): void {
    const wanted = new Map(
      workloads.filter(({ replicas }) => replicas > 0).map((workload) => [keyOf(workload), workload]),
    );
    for (const [key, pod] of this.#pods) {
      if (wanted.has(key)) continue;
      this.#pods.delete(key);
      void pod.stop();
    }
    for (const [key, workload] of wanted)
      if (!this.#pods.has(key)) this.#pods.set(key, new ContainerPod(workload, this.#host));
    this.#host.onChange();
  }

  restart(name: string, namespace: string): boolean {
    const exists = this.pods.some((pod) => pod.deployment === name && pod.namespace === namespace);
    if (exists)
      throw new Error(
        `The pod of ${name} is run by Compose. Restart it with: docker compose restart ${name}`,
      );
    return false;
  }

  assertScalable(name: string): void {
    throw new Error(
      `The pod of ${name} is run by Compose, which runs one of each Deployment: a second version needs a Deployment and a service of its own.`,
    );
  }

  async stop(): Promise<void> {
    const pods = [...this.#pods.values()];
    this.#pods.clear();
    await Promise.all(pods.map((pod) => pod.stop()));
  }

  /** Ends nothing: the containers are Docker's. */
  kill(): void {
    this.#pods.clear();
  }
}

function keyOf({ namespace, name, template }: Workload): string {
  return `${namespace}/${name}/${template.hash}`;
}
