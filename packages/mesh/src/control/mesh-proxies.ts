import { Compiler } from '@bookinfo/compiler';
import type { Client, Model } from '@bookinfo/rules';
import { type AccessLogEntry, Proxy } from '@bookinfo/proxy';

/** Receives every finished request, with the name of the proxy that served it. */
export type OnProxyAccess = (proxy: string, entry: AccessLogEntry) => void;

/** The proxies of a mesh, each with the client that it serves. */
export class MeshProxies {
  readonly #clients = new Map<Proxy, Client>();
  readonly #compiler: Compiler;
  readonly #onAccess: OnProxyAccess | undefined;

  constructor(model: Model, onAccess: OnProxyAccess | undefined) {
    this.#compiler = new Compiler(model);
    this.#onAccess = onAccess;
  }

  /**
   * Starts a proxy for the client; port 0 is any free port.
   * @throws {Error} Node's error when the port cannot be listened on.
   */
  async open(name: string, client: Client, port: number): Promise<Proxy> {
    const table = this.#compiler.tableFor(client);
    const record = this.#onAccess;
    const onAccess = record && ((entry: AccessLogEntry) => record(name, entry));
    const proxy = await Proxy.start({ role: client.kind, table, port, ...(onAccess && { onAccess }) });
    this.#clients.set(proxy, client);
    // The model may have changed since the table was compiled.
    proxy.setTable(this.#compiler.tableFor(client));
    return proxy;
  }

  /** Closes the proxy; requests in flight have `graceMs` to finish. */
  async close(proxy: Proxy, graceMs: number): Promise<void> {
    await proxy.close(graceMs);
    this.#clients.delete(proxy);
  }

  /** Replaces the tables of all proxies synchronously, so that no request sees only some of them. */
  update(model: Model): void {
    this.#compiler.update(model);
    const tables = Array.from(
      this.#clients,
      ([proxy, client]) => [proxy, this.#compiler.tableFor(client)] as const,
    );
    for (const [proxy, table] of tables) proxy.setTable(table);
  }
}
