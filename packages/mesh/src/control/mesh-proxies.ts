import type { Client, Pod } from '@bookinfo/rules';
import { type AccessLogEntry, Proxy } from '@bookinfo/proxy';
import type { TablesUpdate } from '../controller/messages.js';
import type { ControllerThread } from './controller-thread.js';
import { ReceivedTables } from './received-tables.js';

/** Receives every finished request, with the name of the proxy that served it. */
export type OnProxyAccess = (proxy: string, entry: AccessLogEntry) => void;

/** The proxies of a mesh, with the tables that the controller compiles for them. */
export class MeshProxies {
  readonly #ids = new Map<Proxy, number>();
  readonly #tables = new ReceivedTables();
  readonly #controller: Pick<ControllerThread, 'request'>;
  readonly #onAccess: OnProxyAccess | undefined;
  #nextId = 0;

  constructor(controller: Pick<ControllerThread, 'request'>, onAccess: OnProxyAccess | undefined) {
    this.#controller = controller;
    this.#onAccess = onAccess;
  }

  /**
   * Starts a proxy for the client; port 0 is any free port. A gateway's proxy serves `listenerPort` of its table.
   * @throws {Error} Node's error when the port cannot be listened on.
   */
  async open(name: string, client: Client, port: number, listenerPort?: number): Promise<Proxy> {
    const id = this.#nextId;
    this.#nextId += 1;
    await this.#controller.request('openProxy', id, client);
    const record = this.#onAccess;
    const onAccess = record && ((entry: AccessLogEntry) => record(name, entry));
    const table = this.#tables.tableOf(id);
    const proxy = await Proxy.start({
      role: client.kind,
      table,
      port,
      ...(listenerPort !== undefined && { listenerPort }),
      ...(onAccess && { onAccess }),
    });
    this.#ids.set(proxy, id);
    // It may have changed since the proxy was started.
    proxy.setTable(this.#tables.tableOf(id));
    return proxy;
  }

  /** Closes the proxy; requests in flight have `graceMs` to finish. */
  async close(proxy: Proxy, graceMs: number): Promise<void> {
    await proxy.close(graceMs);
    const id = this.#ids.get(proxy);
    this.#ids.delete(proxy);
    // A controller that has ended has no tables left to compile.
    if (id !== undefined) this.#controller.request('closeProxy', id).catch(() => undefined);
  }

  /** Replaces the tables of all proxies synchronously, so that no request sees only some of them. */
  update(update: TablesUpdate): void {
    this.#tables.update(update);
    this.#setTables();
  }

  /** Replaces the endpoints in the tables of all proxies. */
  setPods(pods: readonly Pod[]): void {
    this.#tables.setPods(pods);
    this.#setTables();
  }

  #setTables(): void {
    const tables = Array.from(this.#ids, ([proxy, id]) => [proxy, this.#tables.tableOf(id)] as const);
    for (const [proxy, table] of tables) proxy.setTable(table);
  }
}
