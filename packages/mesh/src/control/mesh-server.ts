import { type Client, DEFAULT_MESH_CONFIG, type MeshConfig, type Source } from '@bookinfo/rules';
import { type Assumption, type Explanation, type ProbeRequest } from '@bookinfo/analysis';
import { gatewayProxies, type GatewayProxy } from '@bookinfo/compiler';
import { systemClock, type Clock } from '@bookinfo/effects';
import type { Sidecar } from '../runtime/local-pod.js';
import type { PodStatus } from '../runtime/pod-status.js';
import type { MeshRuntime } from '../runtime/mesh-runtime.js';
import { Runtime, type RuntimeOptions } from '../runtime/runtime.js';
import { AdminServer } from '../admin/admin-server.js';
import type { AdministeredMesh, ChangeResult } from '../admin/administered-mesh.js';
import type { Predicted } from '../admin/api.js';
import { type DataPlane, TableRefused } from '../data-plane/data-plane.js';
import { EMBEDDED_DATA_PLANE } from '../data-plane/embedded-data-plane.js';
import type { EnforcedChange } from '../controller/messages.js';
import type { RefusedChange } from '../controller/plan-change.js';
import { Certificates } from './certificates.js';
import { listenOrExplain } from './listen-error.js';
import type { GatewayListener } from './gateway-listener.js';
import { Gateways } from './gateways.js';
import type { MeshEvent } from './mesh-event.js';
import { MeshProxies, type OnProxyAccess } from './mesh-proxies.js';
import { ControllerThread } from './controller-thread.js';
import type { Json } from '../controller/json.js';
import { NotFoundError, type Shown } from '../print/show-resources.js';

export interface MeshOptions {
  /**
   * Local ports by the port of the listener, each for the first gateway with such a listener; 0 is any that is free. Default:
   * free ports. The ingress gateway always listens to port 80.
   */
  gatewayPorts?: ReadonlyMap<number, number>;
  /** The admin endpoint's port, 0 for any that is free. */
  adminPort: number;
  /** The address that the admin endpoint listens on. Default 127.0.0.1. */
  adminHost?: string;
  /** URL of a module that exports a `WorkloadModule`: the programs of images, and the application that they make up. */
  workloads: string;
  /** The replicas of Deployments that ask for fewer, except those of 0. Default 1. */
  minReplicas?: number;
  /** Makes a certificate for a server of HTTPS whose Secret does not exist. Default false: it is not opened. */
  selfSigned?: boolean;
  /** Default: Istio's defaults. */
  meshConfig?: MeshConfig;
  /** Default: the embedded one. */
  dataPlane?: DataPlane;
  /** Makes what runs the pods. Default: processes of this machine. */
  createRuntime?: (options: RuntimeOptions) => MeshRuntime;
  /** Receives a line for every request that a proxy has finished; a sidecar's name is that of its pod. Default: not recorded. */
  onAccess?: OnProxyAccess;
  /** Default: the machine's clock. */
  clock?: Clock;
}

/** A mesh on this machine: its resources, the pods of its Deployments, a sidecar for each pod, and the gateways. */
export class MeshServer implements AdministeredMesh {
  readonly startedAt: Date;
  readonly dataPlane: DataPlane['name'];
  readonly #clock: Clock;
  readonly #meshConfig: MeshConfig;
  readonly #runtime: MeshRuntime;
  readonly #listeners = new Set<(event: MeshEvent) => void>();
  readonly #proxies: MeshProxies;
  readonly #controller: ControllerThread;
  readonly #gateways: Gateways;
  /** Those of the resources in force. */
  #gatewayProxies: readonly GatewayProxy[] = gatewayProxies([]);
  /** Settled when the latest change is in force or has been refused. */
  #latestChange: Promise<unknown> = Promise.resolve();
  #admin: AdminServer | undefined;

  /**
   * Starts an empty mesh: the ingress gateway and the admin endpoint.
   * @throws {ListenError} when a port cannot be listened on.
   */
  static async start(options: MeshOptions): Promise<MeshServer> {
    const mesh = new MeshServer(options);
    try {
      await mesh.#gateways.reconcile(mesh.#gatewayProxies);
      mesh.#admin = await listenOrExplain('admin', options.adminPort, () =>
        AdminServer.start(mesh, options.adminPort, options.adminHost),
      );
    } catch (error) {
      await mesh.stop(0);
      throw error;
    }
    return mesh;
  }

  private constructor({
    gatewayPorts = new Map(),
    workloads,
    minReplicas = 1,
    selfSigned = false,
    meshConfig = DEFAULT_MESH_CONFIG,
    dataPlane = EMBEDDED_DATA_PLANE,
    createRuntime = (runtimeOptions) => new Runtime(runtimeOptions),
    onAccess,
    clock = systemClock,
  }: MeshOptions) {
    this.#clock = clock;
    this.startedAt = clock.date();
    this.#meshConfig = meshConfig;
    this.dataPlane = dataPlane.name;
    this.#controller = new ControllerThread({ meshConfig, workloads, minReplicas }, (tables) =>
      this.#proxies.update(tables),
    );
    this.#proxies = new MeshProxies(this.#controller, {
      dataPlane,
      onAccess,
      onProxyEnd: (proxy, reason, restartInMs) =>
        this.#emit({ kind: 'proxy-ended', proxy, reason, restartInMs }),
    });
    this.#gateways = new Gateways(this.#proxies, gatewayPorts, new Certificates(clock, selfSigned));
    this.#runtime = createRuntime({
      clock,
      openSidecar: ({ name, namespace, labels, containerPort }) =>
        this.#openSidecar(name, { kind: 'sidecar', namespace, labels }, containerPort),
      onChange: () => this.#proxies.setPods(this.#runtime.endpoints),
      endpointsInForce: () => this.endpointsInForce(),
      onEvent: (event) => this.#emit(event),
    });
  }

  get gatewayUrl(): string {
    return this.#gateways.listeners[0]?.url ?? '';
  }

  get gateways(): GatewayListener[] {
    return this.#gateways.listeners;
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

  /** Calls the listener on every event of a pod or proxy, until the returned function is called. */
  onEvent(listener: (event: MeshEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when all proxies have the pods of now as endpoints; a proxy that refuses its table is the matter of the change. */
  async endpointsInForce(): Promise<void> {
    await this.#proxies.inForce().catch(() => undefined);
  }

  apply(sources: readonly Source[], strict = false): Promise<ChangeResult> {
    return this.#inTurn(() => this.#controller.request('apply', sources, strict, this.#now()));
  }

  delete(sources: readonly Source[]): Promise<ChangeResult> {
    return this.#inTurn(() => this.#controller.request('delete', sources));
  }

  restart(deployment: string, namespace: string): void {
    if (this.#runtime.restart(deployment, namespace)) return;
    throw new NotFoundError(`deployments.apps "${deployment}" not found in namespace ${namespace}`);
  }

  get(kind?: string, name?: string): Promise<Json<Shown>> {
    return this.#controller.request('get', this.pods, this.#now(), kind, name);
  }

  logs(deployment: string, namespace: string): { pod: string; output: string }[] {
    const pods = this.pods.filter((pod) => pod.deployment === deployment && pod.namespace === namespace);
    if (pods.length === 0)
      throw new NotFoundError(`no pod of deployments.apps "${deployment}" in namespace ${namespace}`);
    return pods.map(({ name }) => ({ pod: name, output: this.outputOf(name) }));
  }

  explain(probe: ProbeRequest): Promise<Json<Explanation>> {
    return this.#controller.request('explain', this.#runtime.endpoints, probe);
  }

  predict(probe: ProbeRequest, assumptions: readonly Assumption[]): Promise<Json<Predicted>> {
    return this.#controller.request('predict', this.#runtime.endpoints, probe, assumptions);
  }

  /** Stops the mesh after the requests in flight; kills pods that have not ended after `maxGraceMs`. */
  async stop(maxGraceMs: number): Promise<void> {
    // First, because a later apply could start pods.
    await this.#admin?.close();
    await this.#gateways.close(maxGraceMs);
    await this.#runtime.stop(maxGraceMs);
    await this.#controller.close();
  }

  /** Kills all pods without waiting, for an exit handler of this process. */
  kill(): void {
    this.#runtime.kill();
  }

  /** Changes are carried out one after the other, because a proxy that refuses one brings the former resources back. */
  #inTurn(request: () => Promise<EnforcedChange | RefusedChange>): Promise<ChangeResult> {
    const change = this.#latestChange.then(() => this.#change(request));
    this.#latestChange = change.catch(() => undefined);
    return change;
  }

  async #change(request: () => Promise<EnforcedChange | RefusedChange>): Promise<ChangeResult> {
    const change = await request();
    if ('problems' in change) return change;
    const { changes, notices, warnings, workloads, gateways, origins } = change;
    try {
      await this.#proxies.inForce();
      await this.#gateways.reconcile(gateways);
    } catch (error) {
      await this.#undo();
      if (!(error instanceof TableRefused)) throw error;
      const { message } = error;
      const places = error.origin ? [error.origin] : origins;
      return { problems: places.map((origin) => ({ ...origin, message })) };
    }
    this.#gatewayProxies = gateways;
    this.#runtime.reconcile(workloads);
    return { changes, notices, warnings };
  }

  async #undo(): Promise<void> {
    await this.#controller.request('undo');
    await this.#proxies.inForce();
    await this.#gateways.reconcile(this.#gatewayProxies);
  }

  #emit(event: MeshEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #now(): number {
    return this.#clock.date().getTime();
  }

  async #openSidecar(podName: string, client: Client, inboundPort: number): Promise<Sidecar> {
    const proxy = await this.#proxies.open(podName, client, 0, { inboundPort });
    return { url: proxy.url, proxy: this.dataPlane, close: () => this.#proxies.close(proxy, 0) };
  }
}
