import type { EntryPoint } from '@bookinfo/mesh';
import type { Cluster } from '../cluster.js';
import type { KubeObject } from '../kube-object.js';
import { labelsOf } from '../pods.js';
import { type ForwardedPort, forwardPort } from './port-forward.js';
import { WITNESS_PORT } from './witness-config.js';
import { WITNESS_LABEL } from './witness-pod.js';

/** The witnesses of a namespace, with a forwarded port to each that has been used, until the end of the block. */
export class Witnesses implements AsyncDisposable {
  readonly #cluster: Cluster;
  readonly #pods: ReadonlyMap<string, string>;
  readonly #ports = new Map<string, Promise<ForwardedPort>>();

  /** @param pods the pods of the cluster's namespace */
  constructor(cluster: Cluster, pods: readonly KubeObject[]) {
    this.#cluster = cluster;
    this.#pods = new Map(
      pods.filter(runs).flatMap((pod) => {
        const workload = labelsOf(pod)[WITNESS_LABEL];
        return workload === undefined ? [] : [[workload, pod.metadata.name]];
      }),
    );
  }

  /** True when no workload has one. */
  get areAbsent(): boolean {
    return this.#pods.size === 0;
  }

  /** Returns where requests of a workload are sent, or the reason why it has no witness. */
  async entryPointOf(workload: string, namespace: string): Promise<EntryPoint | { reason: string }> {
    const pod = namespace === this.#cluster.namespace ? this.#pods.get(workload) : undefined;
    if (pod === undefined)
      return {
        reason: `no witness of ${workload} runs in the namespace ${namespace} (see bookinfo witness --help)`,
      };
    const port =
      this.#ports.get(pod) ?? forwardPort(this.#cluster.config, { namespace, pod, port: WITNESS_PORT });
    this.#ports.set(pod, port);
    return { kind: 'tunnel', url: (await port).url };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const port of this.#ports.values()) await (await port)[Symbol.asyncDispose]();
  }
}

/** Tests whether all containers of a pod run, although its readiness gate is not met. */
function runs({ status, metadata }: KubeObject): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: { type: string; status: string }[] };
  const areReady = conditions.some(({ type, status: is }) => type === 'ContainersReady' && is === 'True');
  return areReady && metadata.deletionTimestamp === undefined;
}
