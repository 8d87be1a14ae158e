import { DEFAULT_MESH_CONFIG, type Client, type MeshConfig, modelOf, type Source } from '@bookinfo/rules';
import {
  type Application,
  explain,
  type Explanation,
  INGRESS_GATEWAY,
  type ProbeRequest,
  type PredictedResponse,
  type Assumption,
  type Distribution,
  predict,
  probeOf,
} from '@bookinfo/analysis';
import { systemClock, type Clock } from '@bookinfo/effects';
import type { Proxy } from '@bookinfo/proxy';
import type { Sidecar } from '../runtime/local-pod.js';
import type { PodStatus, RuntimeEvent } from '../runtime/pod-status.js';
import type { ProgramFor } from '../runtime/program-for.js';
import { Runtime } from '../runtime/runtime.js';
import { AdminServer } from '../admin/admin-server.js';
import type { AdministeredMesh, ChangeResult } from '../admin/administered-mesh.js';
import { listenOrExplain } from './listen-error.js';
import { MeshProxies, type OnProxyAccess } from './mesh-proxies.js';
import {
  planApply,
  planDelete,
  type MeshState,
  type PlannedChange,
  type RefusedChange,
} from './plan-change.js';
import { NotFoundError, showResources, type Shown } from '../print/show-resources.js';

export interface MeshOptions {
  /** The ingress gateway's port, 0 for any that is free. */
  gatewayPort: number;
  /** The admin endpoint's port, 0 for any that is free. */
  adminPort: number;
  programFor: ProgramFor;
  /** The application that `predict` reasons about. */
  application: Application;
  /** Default: Istio's defaults. */
  meshConfig?: MeshConfig;
  /** Receives every request that a proxy has finished; a sidecar's name is that of its pod. Default: not recorded. */
  onAccess?: OnProxyAccess;
  /** Default: the machine's clock. */
  clock?: Clock;
}

/** Istio's name of the gateway's Deployment. */
const GATEWAY_NAME = 'istio-ingressgateway';
/** Time for the gateway's requests in flight when the mesh stops. */
const GATEWAY_GRACE_MS = 1000;

/** A mesh on this machine: its resources, the pods of its Deployments, a sidecar for each pod, and the ingress gateway. */
export class MeshServer implements AdministeredMesh {
  readonly startedAt: Date;
  readonly #clock: Clock;
  readonly #programFor: ProgramFor;
  readonly #application: Application;
  readonly #meshConfig: MeshConfig;
  readonly #runtime: Runtime;
  readonly #listeners = new Set<(event: RuntimeEvent) => void>();
  readonly #proxies: MeshProxies;
  #state: MeshState;
  #gateway: Proxy | undefined;
  #admin: AdminServer | undefined;

  /**
   * Starts an empty mesh: the ingress gateway and the admin endpoint.
   * @throws {ListenError} when a port cannot be listened on.
   */
  static async start(options: MeshOptions): Promise<MeshServer> {
    const mesh = new MeshServer(options);
    try {
      mesh.#gateway = await listenOrExplain('gateway', options.gatewayPort, () =>
        mesh.#proxies.open(GATEWAY_NAME, INGRESS_GATEWAY, options.gatewayPort),
      );
      mesh.#admin = await listenOrExplain('admin', options.adminPort, () =>
        AdminServer.start(mesh, options.adminPort),
      );
    } catch (error) {
      await mesh.stop(0);
      throw error;
    }
    return mesh;
  }

  private constructor({
    programFor,
    application,
    meshConfig = DEFAULT_MESH_CONFIG,
    onAccess,
    clock = systemClock,
  }: MeshOptions) {
    this.#clock = clock;
    this.startedAt = clock.date();
    this.#programFor = programFor;
    this.#application = application;
    this.#meshConfig = meshConfig;
    this.#state = { store: new Map(), model: modelOf([], [], meshConfig) };
    this.#proxies = new MeshProxies(this.#state.model, onAccess);
    this.#runtime = new Runtime({
      clock,
      openSidecar: ({ name, namespace, labels }) =>
        this.#openSidecar(name, { kind: 'sidecar', namespace, labels }),
      onChange: () => this.#updateEndpoints(),
      onEvent: (event) => {
        for (const listener of this.#listeners) listener(event);
      },
    });
  }

  get gatewayUrl(): string {
    return `http://localhost:${this.#gateway?.port}`;
  }

  /** The port of the admin endpoint. */
  get adminPort(): number {
    return this.#admin?.port ?? 0;
  }

  get meshConfig(): MeshConfig {
    return this.#meshConfig;
  }

  get pods(): PodStatus[] {
    return this.#runtime.pods;
  }

  get sidecars(): { workload: string; url: string }[] {
    return this.pods.flatMap(({ namespace, deployment, sidecarUrl: url, ready }) =>
      url !== undefined && ready ? [{ workload: `${namespace}/${deployment}`, url }] : [],
    );
  }

  /** Returns the last 64 KiB of output of the pod's process; empty when no such pod exists. */
  outputOf(podName: string): string {
    return this.#runtime.outputOf(podName);
  }

  /** Calls the listener on every event of a pod, until the returned function is called. */
  onEvent(listener: (event: RuntimeEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  apply(sources: readonly Source[]): ChangeResult {
    return this.#enforce(planApply(this.#state, sources, this.#programFor, this.#now()));
  }

  delete(sources: readonly Source[]): ChangeResult {
    return this.#enforce(planDelete(this.#state, sources, this.#programFor));
  }

  restart(deployment: string, namespace: string): void {
    if (this.#runtime.restart(deployment, namespace)) return;
    throw new NotFoundError(`deployments.apps "${deployment}" not found in namespace ${namespace}`);
  }

  get(kind?: string, name?: string): Shown {
    return showResources({ store: this.#state.store, pods: this.pods, now: this.#now() }, kind, name);
  }

  explain(probe: ProbeRequest): Explanation {
    return explain(probeOf(this.#state.model, probe));
  }

  predict(probe: ProbeRequest, assumptions: readonly Assumption[]): Distribution<PredictedResponse> {
    return predict(probeOf(this.#state.model, probe), this.#application, assumptions);
  }

  /** Stops the mesh after the requests in flight; kills pods that have not ended after `maxGraceMs`. */
  async stop(maxGraceMs: number): Promise<void> {
    // First, because a later apply could start pods.
    await this.#admin?.close();
    if (this.#gateway) await this.#proxies.close(this.#gateway, Math.min(GATEWAY_GRACE_MS, maxGraceMs));
    await this.#runtime.stop(maxGraceMs);
  }

  /** Kills all pods without waiting, for an exit handler of this process. */
  kill(): void {
    this.#runtime.kill();
  }

  #enforce(planned: PlannedChange | RefusedChange): ChangeResult {
    if ('problems' in planned) return planned;
    const { store, model, workloads, changes } = planned;
    this.#proxies.update(model);
    this.#state = { store, model };
    this.#runtime.reconcile(workloads);
    return { changes };
  }

  #updateEndpoints(): void {
    const { store, model } = this.#state;
    const updated = modelOf(model.written, this.#runtime.endpoints, this.#meshConfig, model);
    this.#proxies.update(updated);
    this.#state = { store, model: updated };
  }

  #now(): number {
    return this.#clock.date().getTime();
  }

  async #openSidecar(podName: string, client: Client): Promise<Sidecar> {
    const proxy = await this.#proxies.open(podName, client, 0);
    return { url: proxy.url, close: () => this.#proxies.close(proxy, 0) };
  }
}
