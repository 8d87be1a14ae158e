import {
  DEFAULT_MESH_CONFIG,
  type MeshConfig,
  type Client,
  type Model,
  versionProblems,
  convertV1alpha2,
  ruleConflicts,
  RegistryBuilder,
  parseResources,
  type Problem,
  type Source,
  byAge,
  withoutResources,
  withResources,
  type Change,
  type ResourceStore,
} from '@bookinfo/rules';
import {
  explain,
  type Explanation,
  INGRESS_GATEWAY,
  type Question,
  type Answer,
  type Assumption,
  type Distribution,
  predict,
} from '@bookinfo/analysis';
import { systemClock, type Clock } from '@bookinfo/effects';
import type { Proxy } from '@bookinfo/proxy';
import type { Sidecar } from '../runtime/local-pod.js';
import type { PodStatus, RuntimeEvent } from '../runtime/pod-status.js';
import type { ProgramFor } from '../runtime/program-for.js';
import { Runtime } from '../runtime/runtime.js';
import { readWorkload, type Workload } from '../runtime/workload.js';
import { AdminServer } from '../admin/admin-server.js';
import { listenOrExplain } from './listen-error.js';
import { MeshProxies, type OnProxyAccess } from './mesh-proxies.js';
import { showResources, type Shown } from '../print/show-resources.js';

export interface MeshOptions {
  /** The ingress gateway's port, 0 for any that is free. */
  gatewayPort: number;
  /** The admin endpoint's port, 0 for any that is free. */
  adminPort: number;
  programFor: ProgramFor;
  /** Default: Istio's own defaults. */
  meshConfig?: MeshConfig;
  /** Told of every request that a proxy has dealt with; a sidecar has its pod's name. Default: nobody is. */
  onAccess?: OnProxyAccess;
  /** Default: the machine's clock. */
  clock?: Clock;
}

/** A change that was made, or why nothing was changed. */
export type ChangeResult = { changes: Change[] } | { problems: Problem[] };

/** What Istio calls it. */
const GATEWAY_NAME = 'istio-ingressgateway';
/** How long an answer that is under way at the gateway may take when the mesh stops. */
const GATEWAY_GRACE_MS = 1000;

/** A mesh on this machine: its resources, the pods that they ask for, and a proxy for each pod and for the outside. */
export class MeshServer {
  readonly #clock: Clock;
  readonly #programFor: ProgramFor;
  readonly #meshConfig: MeshConfig;
  readonly #runtime: Runtime;
  readonly #listeners = new Set<(event: RuntimeEvent) => void>();
  readonly #proxies: MeshProxies;
  readonly #registries = new RegistryBuilder();
  #store: ResourceStore = new Map();
  #gateway: Proxy | undefined;
  #admin: AdminServer | undefined;

  /**
   * Opens the ingress gateway and the admin endpoint; there is nothing behind it yet. Throws a ListenError when a
   * port can't be had.
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
    meshConfig = DEFAULT_MESH_CONFIG,
    onAccess,
    clock = systemClock,
  }: MeshOptions) {
    this.#clock = clock;
    this.#proxies = new MeshProxies(() => this.#modelOf(this.#store), onAccess);
    this.#programFor = programFor;
    this.#meshConfig = meshConfig;
    this.#runtime = new Runtime({
      clock,
      openSidecar: ({ name, namespace, labels }) =>
        this.#openSidecar(name, { kind: 'sidecar', namespace, labels }),
      onChange: () => this.#proxies.setTables(this.#proxies.compile(this.#modelOf(this.#store))),
      onEvent: (event) => {
        for (const listener of this.#listeners) listener(event);
      },
    });
  }

  /** Where the outside reaches the ingress gateway, such as `http://localhost:9080`. */
  get gatewayUrl(): string {
    return `http://localhost:${this.#gateway?.port}`;
  }

  /** The port that `AdminClient` wants. */
  get adminPort(): number {
    return this.#admin?.port ?? 0;
  }

  get meshConfig(): MeshConfig {
    return this.#meshConfig;
  }

  get pods(): PodStatus[] {
    return this.#runtime.pods;
  }

  /** Where each pod's sidecar listens, for whoever wants to ask as that workload (`namespace/deployment`). */
  get sidecars(): { workload: string; url: string }[] {
    return this.pods.flatMap(({ namespace, deployment, sidecarUrl: url, ready }) =>
      url !== undefined && ready ? [{ workload: `${namespace}/${deployment}`, url }] : [],
    );
  }

  /** The last 64 KiB that the pod's process has written; empty when there is no such pod. */
  outputOf(podName: string): string {
    return this.#runtime.outputOf(podName);
  }

  /** Tells the listener what becomes of pods, until the function returned is called. */
  onEvent(listener: (event: RuntimeEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Creates or changes the resources of these files. All or nothing: with any problem, nothing has changed. New routes
   * are in force when this returns; pods start and stop afterwards.
   */
  apply(sources: readonly Source[]): ChangeResult {
    const { resources, problems } = parseResources(sources);
    problems.push(...versionProblems(resources, this.#meshConfig.istioVersion));
    if (problems.length > 0) return { problems };
    const { store, changes } = withResources(this.#store, resources, this.#now());
    return this.#change(store, changes);
  }

  /** Deletes the resources that these files name; those that don't exist are reported as `not found`. */
  delete(sources: readonly Source[]): ChangeResult {
    const { resources, problems } = parseResources(sources);
    if (problems.length > 0) return { problems };
    const { store, changes } = withoutResources(this.#store, resources);
    return this.#change(store, changes);
  }

  /** What `get` shows; kind and name as a person writes them. Throws a NotFoundError. */
  get(kind?: string, name?: string): Shown {
    return showResources({ store: this.#store, pods: this.pods, now: this.#now() }, kind, name);
  }

  /** Why a request goes where it goes, by the rules in force. Throws a QuestionError. */
  explain(question: Question): Explanation {
    return explain(this.#modelOf(this.#store), question);
  }

  /** The share of every answer to a request, by the rules in force. Throws a QuestionError. */
  predict(question: Question, assumptions: readonly Assumption[]): Distribution<Answer> {
    return predict(this.#modelOf(this.#store), question, assumptions);
  }

  /** Lets requests under way finish, then stops all; pods that take longer than `maxGraceMs` are killed. */
  async stop(maxGraceMs: number): Promise<void> {
    // Nothing may be applied any more: it could start pods.
    await this.#admin?.close();
    if (this.#gateway) await this.#proxies.close(this.#gateway, Math.min(GATEWAY_GRACE_MS, maxGraceMs));
    await this.#runtime.stop(maxGraceMs);
  }

  /** Kills all pods at once, for the last moment of our own process. */
  kill(): void {
    this.#runtime.kill();
  }

  #change(store: ResourceStore, changes: Change[]): ChangeResult {
    const { workloads, problems } = this.#readWorkloads(store);
    const model = this.#modelOf(store);
    problems.push(...ruleConflicts(model.written));
    if (problems.length > 0) return { problems };
    const tables = this.#proxies.compile(model);
    this.#store = store;
    this.#proxies.setTables(tables);
    this.#runtime.reconcile(workloads);
    return { changes };
  }

  #readWorkloads(store: ResourceStore): { workloads: Workload[]; problems: Problem[] } {
    const workloads: Workload[] = [];
    const problems: Problem[] = [];
    for (const { resource } of store.values()) {
      if (resource.kind !== 'Deployment') continue;
      const result = readWorkload(resource, this.#programFor);
      if ('workload' in result) workloads.push(result.workload);
      else problems.push(...result.problems);
    }
    return { workloads, problems };
  }

  #modelOf(store: ResourceStore): Model {
    const written = byAge(store);
    const resources = convertV1alpha2(written);
    const registry = this.#registries.build(resources, this.#runtime.endpoints);
    return { written, resources, registry, meshConfig: this.#meshConfig };
  }

  #now(): number {
    return this.#clock.date().getTime();
  }

  async #openSidecar(podName: string, client: Client): Promise<Sidecar> {
    const proxy = await this.#proxies.open(podName, client, 0);
    return { url: proxy.url, close: () => this.#proxies.close(proxy, 0) };
  }
}
