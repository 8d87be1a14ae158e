import { lookup } from 'node:dns/promises';
import { type Clock, sleep } from '@bookinfo/effects';
import type { Pod } from '@bookinfo/rules';
import type { PodHost, Sidecar } from '../runtime/local-pod.js';
import { checkReadiness } from '../runtime/pod-probes.js';
import type { PodStatus } from '../runtime/pod-status.js';
import { tcpProbe } from '../runtime/tcp-probe.js';
import type { Workload } from '../runtime/workload.js';

/** What a pod of containers needs of the host of pods. */
export type ContainerPodHost = Pick<PodHost, 'openSidecar' | 'onChange' | 'onEvent'> & { clock: Clock };

/**
 * The period of a readiness probe, whatever the manifest has: it is also how the end of a container is noticed, which in a cluster
 * is reported by itself.
 */
const PERIOD_MS = 1000;
const START_PERIOD_MS = 100;
const PROXY_TIMEOUT_MS = 500;
const RETRY_MS = 1000;

/**
 * The pod of a Deployment whose containers are run by something else, such as Compose. It is found by the Deployment's name in
 * the DNS, and is ready when its readiness probe passes there.
 */
export class ContainerPod {
  readonly workload: Workload;
  readonly #host: ContainerPodHost;
  readonly #createdAt: number;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  readonly #probed = Promise.withResolvers<void>();
  #address: string | undefined;
  #isReady = false;
  /** The number of results in a row that differ from `#isReady`. */
  #differing = 0;
  #sidecar: Sidecar | undefined;

  constructor(workload: Workload, host: ContainerPodHost) {
    this.workload = workload;
    this.#host = host;
    this.#createdAt = host.clock.date().getTime();
    this.#running = this.#run();
  }

  get name(): string {
    return this.workload.name;
  }

  /**
   * Resolves when it is known whether the pod is ready: it has no address, or its probe has passed, or failed as often as makes a
   * ready pod unready.
   */
  get probed(): Promise<void> {
    return this.#probed.promise;
  }

  get status(): PodStatus {
    const { name, namespace, template } = this.workload;
    return {
      name,
      namespace,
      deployment: name,
      labels: template.labels,
      phase: this.#address === undefined ? 'Pending' : 'Running',
      ready: this.#isReady,
      restarts: 0,
      ...(this.#address !== undefined && { address: `${this.#address}:${template.containerPort}` }),
      ...(this.#sidecar && { sidecarUrl: this.#sidecar.url, proxy: this.#sidecar.proxy }),
      createdAt: this.#createdAt,
    };
  }

  /** The pod in the form of the registry. */
  get endpoint(): Pod {
    const { name, namespace, template } = this.workload;
    const { containerPort } = template;
    return {
      name,
      namespace,
      labels: template.labels,
      address: this.#address ?? '',
      ports: this.#address === undefined ? {} : { [containerPort]: containerPort },
      ready: this.#isReady,
    };
  }

  /** Takes the pod out of the endpoints; its containers run on. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#probed.resolve();
    this.#isReady = false;
    await this.#running;
    await this.#sidecar?.close();
  }

  async #run(): Promise<void> {
    const { clock } = this.#host;
    const { signal } = this.#stopping;
    while (!this.#sidecar && !signal.aborted) await this.#openSidecar();
    const { failureThreshold = 3 } = this.workload.template.container.readinessProbe ?? {};
    for (let checks = 1; !signal.aborted; checks += 1) {
      await this.#check();
      if (this.#isReady || this.#address === undefined || checks >= failureThreshold) this.#probed.resolve();
      await sleep(clock, this.#isReady ? PERIOD_MS : START_PERIOD_MS, signal).catch(() => undefined);
    }
  }

  async #openSidecar(): Promise<void> {
    const { clock, openSidecar, onChange, onEvent } = this.#host;
    const { name, namespace, template } = this.workload;
    const { labels, containerPort } = template;
    try {
      this.#sidecar = await openSidecar({ name, deployment: name, namespace, labels, containerPort });
      onChange();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      onEvent({ kind: 'died', pod: this.status, reason, output: '', restartInMs: RETRY_MS });
      await sleep(clock, RETRY_MS, this.#stopping.signal).catch(() => undefined);
    }
  }

  async #check(): Promise<void> {
    const { name, template } = this.workload;
    const { container, containerPort } = template;
    const found = await lookup(name, { family: 4 }).catch(() => undefined);
    if (found?.address !== this.#address) {
      // It is gone, or another one.
      this.#address = found?.address;
      this.#differing = 0;
      this.#isReady = false;
      this.#host.onChange();
    }
    if (!found) return;
    const { signal } = this.#stopping;
    const { address: host } = found;
    // A proxy that does not listen yet would refuse connections as soon as they are redirected to it.
    const proxyPort = Number(new URL(this.#sidecar?.url ?? '').port);
    const listens = await tcpProbe({ host, port: proxyPort }, PROXY_TIMEOUT_MS, signal);
    const passes = listens && (await checkReadiness(container, { host, port: containerPort }, signal));
    const { successThreshold = 1, failureThreshold: ofProbe = 3 } = container.readinessProbe ?? {};
    // Without a proxy the containers have ended, which takes a pod out of the endpoints in a cluster, whatever its probes find.
    const failureThreshold = listens ? ofProbe : 1;
    this.#differing = passes === this.#isReady ? 0 : this.#differing + 1;
    if (this.#differing < (this.#isReady ? failureThreshold : successThreshold)) return;
    if (this.#stopping.signal.aborted || this.#differing === 0) return;
    this.#differing = 0;
    this.#isReady = passes;
    this.#host.onChange();
    if (passes) this.#host.onEvent({ kind: 'ready', pod: this.status });
  }
}
