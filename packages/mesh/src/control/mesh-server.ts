import { type Client, DEFAULT_MESH_CONFIG, type MeshConfig, type Source } from '@bookinfo/rules';
import { type Assumption, type Explanation, type ProbeRequest } from '@bookinfo/analysis';
import { systemClock, type Clock } from '@bookinfo/effects';
import type { Sidecar, SidecarPod } from '../runtime/local-pod.js';
import type { PodStatus } from '../runtime/pod-status.js';
import type { MeshRuntime } from '../runtime/mesh-runtime.js';
import { Runtime } from '../runtime/runtime.js';
import { AdminServer } from '../admin/admin-server.js';
import type { AdministeredMesh, ChangeResult } from '../admin/administered-mesh.js';
import type { Predicted, ResponseOf } from '../admin/api.js';
import type { DataPlane } from '../data-plane/data-plane.js';
import { EMBEDDED_DATA_PLANE } from '../data-plane/embedded-data-plane.js';
import { clusterText, type TraceFilter, WINDOW_SECONDS } from '@bookinfo/telemetry';
import { graphNodes } from '../telemetry/graph.js';
import { shownSpan, traceSummary } from '../telemetry/shown-traces.js';
import { collectorRoute } from '../telemetry/collector-route.js';
import { metricsRoute } from '../telemetry/metrics-route.js';
import { TelemetryServer } from '../telemetry/telemetry-server.js';
import { Telemetry } from '../telemetry/telemetry.js';
import { Verification } from '../verification/verification.js';
import { Certificates } from './certificates.js';
import { Changes } from './changes.js';
import { listenOrExplain } from './listen-error.js';
import type { GatewayListener } from './gateway-listener.js';
import { Gateways } from './gateways.js';
import type { MeshEvent } from './mesh-event.js';
import type { MeshOptions } from './mesh-options.js';
import { MeshProxies } from './mesh-proxies.js';
import { readState } from './state-file.js';
import { ControllerThread } from './controller-thread.js';
import type { Json } from '../controller/json.js';
import type { WorkloadModule } from '../controller/workload-module.js';
import { LoadGenerator } from '../load/load-generator.js';
import { NotFoundError, type Shown } from '../print/show-resources.js';

/** Time for the last spans at the end. */
const FLUSH_MS = 2000;

/** A mesh on this machine: its resources, the pods of its Deployments, a sidecar for each pod, and the gateways. */
export class MeshServer implements AdministeredMesh {
  readonly startedAt: Date;
  readonly dataPlane: DataPlane['name'];
  readonly #clock: Clock;
  readonly #meshConfig: MeshConfig;
  readonly #runtime: MeshRuntime;
  readonly #listeners = new Set<(event: MeshEvent) => void>();
  readonly #proxies: MeshProxies;
  readonly #telemetry: Telemetry;
  readonly #controller: ControllerThread;
  readonly #gateways: Gateways;
  readonly #changes: Changes;
  readonly load: LoadGenerator;
  readonly verification: Verification;
  #admin: AdminServer | undefined;
  #telemetryServer: TelemetryServer | undefined;

  /**
   * Starts an empty mesh: the ingress gateway and the admin endpoint.
   * @throws {ListenError} when a port cannot be listened on.
   */
  static async start(options: MeshOptions): Promise<MeshServer> {
    const mesh = new MeshServer(options);
    try {
      // Before the gateways, whose proxies report to it.
      await mesh.#startTelemetryServer(options);
      await mesh.#changes.openGateways();
      mesh.#admin = await listenOrExplain('admin', options.adminPort, () => AdminServer.start(mesh, options));
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
    telemetry = {},
    consoleFolder,
    clock = systemClock,
  }: MeshOptions) {
    this.#clock = clock;
    this.startedAt = clock.date();
    this.#meshConfig = meshConfig;
    this.dataPlane = dataPlane.name;
    this.#controller = new ControllerThread({ meshConfig, workloads, minReplicas }, (tables) =>
      this.#proxies.update(tables),
    );
    this.#telemetry = new Telemetry(telemetry, clock);
    this.#proxies = new MeshProxies(this.#controller, {
      dataPlane,
      telemetry: this.#telemetry,
      onAccess,
      onProxyEnd: (proxy, reason, restartInMs) =>
        this.#emit({ kind: 'proxy-ended', proxy, reason, restartInMs }),
    });
    this.#gateways = new Gateways(this.#proxies, gatewayPorts, new Certificates(clock, selfSigned));
    this.#runtime = createRuntime({
      clock,
      openSidecar: (pod) => this.#openSidecar(pod),
      onChange: () => {
        this.#telemetry.setPods(this.pods);
        this.#proxies.setPods(this.#runtime.endpoints);
      },
      endpointsInForce: () => this.endpointsInForce(),
      onEvent: (event) => this.#emit(event),
      traceUrl: () =>
        consoleFolder === undefined ? undefined : `http://localhost:${this.adminPort}/#/traces/{traceId}`,
    });
    this.load = new LoadGenerator({
      gatewayUrl: () => this.gatewayUrl,
      page: async () => ((await import(workloads)) as WorkloadModule).application.page,
      clock,
    });
    this.verification = new Verification(() => ({ adminPort: this.adminPort, workloads }));
    this.#changes = new Changes({
      controller: this.#controller,
      proxies: this.#proxies,
      gateways: this.#gateways,
      runtime: this.#runtime,
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

  /** The port of the telemetry endpoint; undefined when there is none. */
  get telemetryPort(): number | undefined {
    return this.#telemetryServer?.port;
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
    return this.#carryOut(() => this.#controller.request('apply', sources, strict, this.#now()));
  }

  /**
   * Creates those resources of the files that this mesh has never had, nor the one whose state it has restored: what was changed or
   * deleted since stays so.
   */
  applyNew(sources: readonly Source[]): Promise<ChangeResult> {
    return this.#carryOut(() => this.#controller.request('applyNew', sources, this.#now()));
  }

  delete(sources: readonly Source[]): Promise<ChangeResult> {
    return this.#carryOut(() => this.#controller.request('delete', sources));
  }

  /**
   * Goes on from the state that a mesh has kept in the file; resolves with undefined when there is none.
   * @throws {Error} when this version does not support one of them.
   */
  async restore(stateFile: string): Promise<ChangeResult | undefined> {
    const saved = await readState(stateFile);
    return saved && this.#carryOut(() => this.#controller.request('restore', saved));
  }

  /** Keeps the state in the file from now on, for `restore`. */
  keep(stateFile: string): Promise<void> {
    return this.#changes.keep(stateFile);
  }

  restart(deployment: string, namespace: string): void {
    if (this.#runtime.restart(deployment, namespace)) return;
    throw new NotFoundError(`deployments.apps "${deployment}" not found in namespace ${namespace}`);
  }

  async scale(deployment: string, namespace: string, replicas: number): Promise<ChangeResult> {
    this.#runtime.assertScalable(deployment);
    return await this.#carryOut(() =>
      this.#controller.request('scale', deployment, namespace, replicas, this.#now()),
    );
  }

  podStates(): ResponseOf<'pods'> {
    const ejected = this.#proxies.ejected;
    return this.pods.map(({ name, namespace, deployment, phase, ready, restarts, createdAt, address }) => ({
      name,
      namespace,
      deployment,
      state: phase === 'Running' && !ready ? 'Not ready' : phase,
      restarts,
      startedAt: new Date(createdAt).toISOString(),
      ejected: address !== undefined && ejected.has(address),
    }));
  }

  graph(): ResponseOf<'graph'> {
    const edges = this.#telemetry.edges();
    const { gateways, pods } = this;
    return {
      at: this.#clock.date().toISOString(),
      windowSeconds: WINDOW_SECONDS,
      isFromSpans: this.#hasOtherProxies,
      nodes: graphNodes({ gateways, pods, ejected: this.#proxies.ejected, edges }),
      edges,
    };
  }

  traces(filter: TraceFilter): ResponseOf<'traces'> {
    const { traces } = this.#telemetry;
    const { held, dropped } = traces;
    return { traces: traces.latest(filter).map(traceSummary), held, dropped };
  }

  trace(id: string): ResponseOf<'trace'> {
    const trace = this.#telemetry.traces.find(id);
    if (!trace) throw new NotFoundError(`no trace ${JSON.stringify(id)} is held`);
    return { traceId: trace.traceId, spans: trace.spans.map(shownSpan) };
  }

  rules(): Promise<Json<ResponseOf<'rules'>>> {
    return this.#controller.request('rules', this.#telemetry.hits.list);
  }

  check(sources: readonly Source[]): Promise<Json<ResponseOf<'check'>>> {
    return this.#controller.request('check', sources, this.#now());
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
    this.load.stop();
    await this.verification.stop();
    await this.#gateways.close(maxGraceMs);
    await this.#runtime.stop(maxGraceMs);
    // After the proxies, which send their last spans to it.
    await this.#telemetryServer?.close();
    await this.#controller.close();
    await this.#telemetry.close(Math.min(maxGraceMs, FLUSH_MS));
  }

  /** Kills all pods without waiting, for an exit handler of this process. */
  kill(): void {
    this.#runtime.kill();
  }

  /** Carries out a change; the hits of a resource that it changes begin anew. */
  async #carryOut(request: Parameters<Changes['carryOut']>[0]): Promise<ChangeResult> {
    const result = await this.#changes.carryOut(request);
    for (const { kind, namespace, name, action } of 'changes' in result ? result.changes : [])
      if (action !== 'unchanged') this.#telemetry.hits.forget(`${kind}/${namespace}/${name}`);
    return result;
  }

  #emit(event: MeshEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** True when proxies in other processes report to this one. */
  get #hasOtherProxies(): boolean {
    return this.dataPlane === 'envoy' || this.#telemetry.isFromSpans;
  }

  async #startTelemetryServer({ telemetryPort, adminHost }: MeshOptions): Promise<void> {
    if (telemetryPort === undefined) return;
    const collector = collectorRoute((spans) => this.#telemetry.receive(spans));
    const routes = [metricsRoute(() => this.#metrics()), ...(this.#hasOtherProxies ? [collector] : [])];
    const server = await listenOrExplain('telemetry', telemetryPort, () =>
      TelemetryServer.start(routes, telemetryPort, adminHost),
    );
    this.#telemetryServer = server;
    this.#telemetry.collectAt(server.port);
  }

  async *#metrics(): AsyncGenerator<string> {
    yield* this.#telemetry.metrics.text();
    yield* clusterText(await this.#proxies.clusterStatistics());
  }

  #now(): number {
    return this.#clock.date().getTime();
  }

  async #openSidecar({ name, deployment, namespace, labels, containerPort }: SidecarPod): Promise<Sidecar> {
    const client: Client = { kind: 'sidecar', namespace, labels };
    const ports = { inboundPort: containerPort };
    const proxy = await this.#proxies.open({ name, workload: deployment }, client, 0, ports);
    return { url: proxy.url, proxy: this.dataPlane, close: () => this.#proxies.close(proxy, 0) };
  }
}
