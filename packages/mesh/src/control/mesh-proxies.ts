import { ClientGroups, compile } from '@bookinfo/compiler';
import type { Client, Model } from '@bookinfo/rules';
import type { RouteTable } from '@bookinfo/routing';
import { type AccessLogEntry, Proxy } from '@bookinfo/proxy';

/** The route tables of all proxies, not yet in force. */
export type CompiledTables = ReadonlyMap<Proxy, RouteTable>;

/** Told of every request that is over, with the name of the proxy that it came to. */
export type OnProxyAccess = (proxy: string, entry: AccessLogEntry) => void;

/** Every proxy of a mesh, and whose it is. */
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
   * Starts a proxy for the client, port 0 for any that is free; the name is for people. Throws Node's error when it can't
   * listen.
   */
  async open(name: string, client: Client, port: number): Promise<Proxy> {
    const clients = [...this.#clients.values(), client];
    const table = this.#compileFor(clients, this.#currentModel())(client);
    const tell = this.#onAccess;
    const onAccess = tell && ((entry: AccessLogEntry) => tell(name, entry));
    const proxy = await Proxy.start({ role: client.kind, table, port, ...(onAccess && { onAccess }) });
    this.#clients.set(proxy, client);
    // The model may have changed while it started to listen.
    const now = this.compile(this.#currentModel()).get(proxy);
    if (now) proxy.setTable(now);
    return proxy;
  }

  /** Closes the proxy; requests under way get `graceMs` to finish. */
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

  /** Puts the tables in force, for all proxies in one step. */
  setTables(tables: CompiledTables): void {
    for (const [proxy, table] of tables) proxy.setTable(table);
  }
}
