import { type Clock, sleep, type Random, LOOPBACK } from '@bookinfo/effects';
import type { Labels, Pod } from '@bookinfo/rules';
import type { DataPlane } from '../data-plane/data-plane.js';
import { CrashBackOff } from './crash-back-off.js';
import { endAtStart } from './end-at-start.js';
import { podEnvironment } from './environment.js';
import { podName } from './pod-name.js';
import { watchProbes } from './pod-probes.js';
import { PodProcess } from './pod-process.js';
import type { PodPhase, PodStatus, RuntimeEvent } from './pod-status.js';
import type { PortAllocator } from './port-allocator.js';
import type { Workload } from './workload.js';

/** The sidecar proxy of a pod. */
export interface Sidecar {
  url: string;
  proxy: DataPlane['name'];
  close(): Promise<void>;
}

/** A pod that gets a sidecar. */
export interface SidecarPod {
  name: string;
  deployment: string;
  namespace: string;
  labels: Labels;
  containerPort: number;
}

/** Dependencies of a pod, shared by all pods of a runtime. */
export interface PodHost {
  clock: Clock;
  random: Random;
  ports: PortAllocator;
  openSidecar: (pod: SidecarPod) => Promise<Sidecar>;
  /** Called after every change of a pod's state. */
  onChange: () => void;
  /** Resolves when all proxies have the endpoints of the latest change. */
  endpointsInForce: () => Promise<void>;
  onEvent: (event: RuntimeEvent) => void;
  /** Returns the URL of a trace, with `{traceId}` in the place of its id; undefined when no page shows traces. */
  traceUrl?: () => string | undefined;
}

/**
 * Time between the removal of the pod from all route tables and its SIGTERM. A request sent just before the removal may
 * be unread in the pod's socket, and a server that stops would close that connection as idle.
 */
const SETTLE_MS = 100;

/** One replica of a Deployment: a process, its sidecar, and the status of both. */
export class LocalPod {
  readonly name: string;
  readonly workload: Workload;
  readonly #host: PodHost;
  readonly #createdAt: number;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  #phase: PodPhase = 'Pending';
  #isReady = false;
  #restarts = 0;
  #port: number | undefined;
  #process: PodProcess | undefined;
  #sidecar: Sidecar | undefined;
  #settled: Promise<void> | undefined;

  /** Creates the pod and starts its process. */
  constructor(workload: Workload, host: PodHost) {
    this.workload = workload;
    this.name = podName(workload.name, workload.template.hash, host.random);
    this.#host = host;
    this.#createdAt = host.clock.date().getTime();
    this.#running = this.#run();
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  get isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Returns the last 64 KiB of output of its process. */
  get output(): string {
    return this.#process?.output.toString() ?? '';
  }

  get status(): PodStatus {
    return {
      name: this.name,
      namespace: this.workload.namespace,
      deployment: this.workload.name,
      labels: this.workload.template.labels,
      phase: this.#phase,
      ready: this.#isReady,
      restarts: this.#restarts,
      ...(this.#port !== undefined && { address: `${LOOPBACK}:${this.#port}` }),
      ...(this.#sidecar && { sidecarUrl: this.#sidecar.url, proxy: this.#sidecar.proxy }),
      createdAt: this.#createdAt,
    };
  }

  /** Returns the pod in the form of the registry. */
  get endpoint(): Pod {
    const { namespace, template } = this.workload;
    return {
      name: this.name,
      namespace,
      labels: template.labels,
      address: LOOPBACK,
      ports: this.#port === undefined ? {} : { [template.containerPort]: this.#port },
      ready: this.#isReady,
    };
  }

  /**
   * Removes the pod from the endpoints, then ends its process within the manifest's terminationGracePeriodSeconds or
   * `maxGraceMs`, whichever is shorter. A second call may shorten the time.
   */
  async stop(maxGraceMs = Infinity): Promise<void> {
    const { clock } = this.#host;
    // Assigned before the first notification, because a listener may call stop again.
    this.#settled ??= this.#isReady ? Promise.resolve().then(() => this.#settle()) : Promise.resolve();
    this.#stopping.abort();
    this.#isReady = false;
    this.#enter('Terminating');
    await this.#settled;
    await this.#process?.stop(Math.min(maxGraceMs, this.workload.template.gracePeriodMs), clock);
    await this.#running;
  }

  /** Kills the process; returns before it has ended. */
  kill(): void {
    this.#stopping.abort();
    this.#process?.kill();
  }

  async #run(): Promise<void> {
    const { clock, onEvent } = this.#host;
    const { signal } = this.#stopping;
    const backOff = new CrashBackOff();
    while (!signal.aborted) {
      const startedAt = clock.now();
      const end = await this.#runOnce().then((reason) => ({ reason }), endAtStart);
      if (signal.aborted) break;
      const restartInMs = backOff.nextMs(clock.now() - startedAt);
      this.#enter('CrashLoopBackOff');
      onEvent({ kind: 'died', pod: this.status, ...end, output: this.output, restartInMs });
      this.#process = undefined;
      await sleep(clock, restartInMs, signal).catch(() => undefined);
      this.#restarts += 1;
    }
    await this.#sidecar?.close();
  }

  /** Runs the process once and resolves with the reason of its end. */
  async #runOnce(): Promise<string> {
    const { clock, ports, openSidecar, traceUrl } = this.#host;
    const { name: deployment, namespace, template } = this.workload;
    this.#sidecar ??= await openSidecar({
      name: this.name,
      deployment,
      namespace,
      labels: template.labels,
      containerPort: template.containerPort,
    });
    const port = await ports.allocate();
    const watching = new AbortController();
    try {
      if (this.isStopping) return 'stopped before it was started';
      const identity = {
        name: this.name,
        namespace,
        port,
        proxyUrl: this.#sidecar.url,
        traceUrl: traceUrl?.(),
      };
      const podProcess = new PodProcess(
        template.program,
        podEnvironment(template, identity, process.env),
        () => {
          watching.abort();
          if (this.#isReady) this.#setReady(false);
        },
      );
      this.#process = podProcess;
      this.#port = port;
      this.#enter('Running');
      let isDead = false;
      const listener = {
        onReadiness: (isReady: boolean) => this.#setReady(isReady),
        onDead: () => {
          isDead = true;
          podProcess.kill();
        },
      };
      watchProbes(template, port, listener, clock, watching.signal);
      const reason = await podProcess.exited;
      return isDead ? 'liveness probe failed' : reason;
    } finally {
      watching.abort();
      this.#port = undefined;
      this.#isReady = false;
      ports.release(port);
    }
  }

  async #settle(): Promise<void> {
    const { clock, endpointsInForce } = this.#host;
    await endpointsInForce();
    await new Promise<void>((resolve) => clock.after(SETTLE_MS, resolve));
  }

  #setReady(isReady: boolean): void {
    if (this.isStopping) return;
    this.#isReady = isReady;
    this.#host.onChange();
    if (isReady) this.#host.onEvent({ kind: 'ready', pod: this.status });
  }

  #enter(phase: PodPhase): void {
    this.#phase = phase;
    this.#host.onChange();
  }
}
