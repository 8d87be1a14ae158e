import { compile } from '../compile/compile.js';
import type { Client, Model } from '../compile/model.js';
import type { RouteTable } from '../compile/route-table.js';
import { Proxy } from '../proxy/proxy.js';

/** The route tables of all proxies, not yet in force. */
export type CompiledTables = ReadonlyMap<Proxy, RouteTable>;

/** Every proxy of a mesh, and whose it is. */
export class MeshProxies {
  readonly #clients = new Map<Proxy, Client>();
  readonly #currentModel: () => Model;

  constructor(currentModel: () => Model) {
    this.#currentModel = currentModel;
  }

  /** Starts a proxy for the client, port 0 for any that is free. Throws Node's error when it can't listen. */
  async open(client: Client, port: number): Promise<Proxy> {
    const table = compile(this.#currentModel(), client);
    const proxy = await Proxy.start({ role: client.kind, table, port });
    this.#clients.set(proxy, client);
    // The model may have changed while it started to listen.
    proxy.setTable(compile(this.#currentModel(), client));
    return proxy;
  }

  /** Closes the proxy; requests under way get `graceMs` to finish. */
  async close(proxy: Proxy, graceMs: number): Promise<void> {
    await proxy.close(graceMs);
    this.#clients.delete(proxy);
  }

  compile(model: Model): CompiledTables {
    return new Map(Array.from(this.#clients, ([proxy, client]) => [proxy, compile(model, client)]));
  }

  /** Puts the tables in force, for all proxies in one step. */
  setTables(tables: CompiledTables): void {
    for (const [proxy, table] of tables) proxy.setTable(table);
  }
}
