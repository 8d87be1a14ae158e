import { ClientGroups, compile } from '@bookinfo/compiler';
import type { Client, Model } from '@bookinfo/rules';
import type { RouteTable } from '@bookinfo/routing';
import { type AccessLogEntry, Proxy } from '@bookinfo/proxy';

/** New route tables of all proxies, not yet in force. */
export type CompiledTables = ReadonlyMap<Proxy, RouteTable>;

/** Receives every finished request, with the name of the proxy that served it. */
export type OnProxyAccess = (proxy: string, entry: AccessLogEntry) => void;

/** The proxies of a mesh, each with the client that it serves. */
export class MeshProxies {
  readonly #clients = new Map<Proxy, Client>();
  readonly #groups = new ClientGroups();
  readonly #currentModel: () => Model;
  readonly #onAccess: OnProxyAccess | undefined;

  constructor(currentModel: () => Model, onAccess: OnProxyAccess | undefined) {
    this.#currentModel = currentModel;
    this.#onAccess = onAccess;
  }

  /**
   * Starts a proxy for the client; port 0 is any free port.
   * @throws {Error} Node's error when the port cannot be listened on.
   */
  async open(name: string, client: Client, port: number): Promise<Proxy> {
    const clients = [...this.#clients.values(), client];
    const table = this.#compileFor(clients, this.#currentModel())(client);
    const record = this.#onAccess;
    const onAccess = record && ((entry: AccessLogEntry) => record(name, entry));
    const proxy = await Proxy.start({ role: client.kind, table, port, ...(onAccess && { onAccess }) });
    this.#clients.set(proxy, client);
    // The model may have changed since the table was compiled.
    const now = this.compile(this.#currentModel()).get(proxy);
    if (now) proxy.setTable(now);
    return proxy;
  }

  /** Closes the proxy; requests in flight have `graceMs` to finish. */
  async close(proxy: Proxy, graceMs: number): Promise<void> {
    await proxy.close(graceMs);
    this.#clients.delete(proxy);
  }

  compile(model: Model): CompiledTables {
    const tables = this.#compileFor([...this.#clients.values()], model);
    return new Map(Array.from(this.#clients, ([proxy, client]) => [proxy, tables(client)]));
  }

  #compileFor(clients: readonly Client[], model: Model): (client: Client) => RouteTable {
    const groups = this.#groups.represent(clients, model.resources);
    const tables = new Map<Client, RouteTable>();
    return (client) => {
      const group = groups.get(client) ?? client;
      const table = tables.get(group) ?? compile(model, group);
      tables.set(group, table);
      return table;
    };
  }

  /** Replaces the tables of all proxies synchronously, so that no request sees only some of them. */
  setTables(tables: CompiledTables): void {
    for (const [proxy, table] of tables) proxy.setTable(table);
  }
}
