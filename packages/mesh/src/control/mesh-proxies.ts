import type { Client, Pod } from '@bookinfo/rules';
import type { DataPlane, MeshProxy, MeshProxyOptions } from '../data-plane/data-plane.js';
import type { TablesUpdate } from '../controller/messages.js';
import type { ProxyClusters } from '@bookinfo/telemetry';
import type { ControllerThread } from './controller-thread.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { ReceivedTables } from './received-tables.js';

export interface MeshProxiesOptions {
  dataPlane: DataPlane;
  telemetry: Telemetry;
  /** Receives a line for every finished request, with the name of the proxy that served it. */
  onAccess: OnProxyAccess | undefined;
  /** Called when a proxy has ended by itself; it is started again. */
  onProxyEnd: (proxy: string, reason: string, restartInMs: number) => void;
}

export type OnProxyAccess = (proxy: string, line: string) => void;

/** The proxies of a mesh, with the tables that the controller compiles for them. */
export class MeshProxies {
  readonly #ids = new Map<MeshProxy, number>();
  readonly #pods = new WeakMap<MeshProxy, Pick<ProxyClusters, 'namespace' | 'pod'>>();
  readonly #tables = new ReceivedTables();
  readonly #controller: Pick<ControllerThread, 'request'>;
  readonly #options: MeshProxiesOptions;
  #nextId = 0;
  #inForce: Promise<unknown> = Promise.resolve();

  constructor(controller: Pick<ControllerThread, 'request'>, options: MeshProxiesOptions) {
    this.#controller = controller;
    this.#options = options;
  }

  /**
   * Starts a proxy for the client, which is a pod of the `workload`, or a gateway; port 0 is any free port. A gateway's proxy serves one
   * listener of its table.
   * @throws {Error} Node's error when the port cannot be listened on.
   * @throws {TableRefused} when the proxy cannot express its table.
   */
  async open(
    { name, workload = name }: { name: string; workload?: string },
    client: Client,
    port: number,
    ports: Pick<MeshProxyOptions, 'listenerPort' | 'tls' | 'inboundPort'> = {},
  ): Promise<MeshProxy> {
    const { dataPlane, telemetry, onAccess, onProxyEnd } = this.#options;
    const { namespace, labels } = client;
    const id = this.#nextId;
    this.#nextId += 1;
    await this.#controller.request('openProxy', id, client);
    let proxy: MeshProxy | undefined;
    try {
      proxy = await dataPlane.open({
        name,
        role: client.kind,
        table: this.#tables.tableOf(id),
        port,
        ...ports,
        telemetry: telemetry.ofProxy({ workload, namespace, pod: name, labels }, client.kind),
        ...(onAccess && { onAccess: (line) => onAccess(name, line) }),
        onEnd: (reason, restartInMs) => onProxyEnd(name, reason, restartInMs),
      });
      this.#ids.set(proxy, id);
      this.#pods.set(proxy, { namespace, pod: name });
      // It may have changed since the proxy was started.
      await proxy.setTable(this.#tables.tableOf(id));
      return proxy;
    } catch (error) {
      await proxy?.close(0);
      if (proxy) this.#ids.delete(proxy);
      this.#forget(id);
      throw error;
    }
  }

  /** Closes the proxy; requests in flight have `graceMs` to finish. */
  async close(proxy: MeshProxy, graceMs: number): Promise<void> {
    await proxy.close(graceMs);
    const id = this.#ids.get(proxy);
    this.#ids.delete(proxy);
    if (id !== undefined) this.#forget(id);
  }

  /**
   * Replaces the tables of all proxies. Embedded proxies have theirs when this returns, so that no request sees only some of
   * them.
   */
  update(update: TablesUpdate): void {
    this.#tables.update(update);
    // Reported by the change that waits for it.
    this.#setTables().catch(() => undefined);
  }

  /** Replaces the endpoints in the tables of all proxies. */
  setPods(pods: readonly Pod[]): void {
    this.#tables.setPods(pods);
    this.#setTables().catch(() => undefined);
  }

  /**
   * Resolves when all proxies have the tables of now.
   * @throws {TableRefused} when one of them cannot express its table.
   */
  async inForce(): Promise<void> {
    await this.#inForce;
  }

  /** The addresses of the endpoints that at least one proxy sends no requests to because they have failed too often. */
  get ejected(): ReadonlySet<string> {
    return new Set(Array.from(this.#ids.keys(), ({ ejected = [] }) => [...ejected]).flat());
  }

  /** Resolves with the statistics of the clusters of all proxies; without those of one that does not respond. */
  async clusterStatistics(): Promise<ProxyClusters[]> {
    const all = Array.from(this.#ids.keys(), async (proxy) => {
      const pod = this.#pods.get(proxy);
      const clusters = await proxy.clusterStatistics?.().catch(() => undefined);
      return pod && clusters ? [{ ...pod, clusters }] : [];
    });
    return (await Promise.all(all)).flat();
  }

  #setTables(): Promise<unknown> {
    const tables = Array.from(this.#ids, ([proxy, id]) => [proxy, this.#tables.tableOf(id)] as const);
    this.#inForce = Promise.all(tables.map(([proxy, table]) => proxy.setTable(table)));
    return this.#inForce;
  }

  /** A controller that has ended has no tables left to compile. */
  #forget(id: number): void {
    this.#controller.request('closeProxy', id).catch(() => undefined);
  }
}
