import { watch, type FSWatcher } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inboundTable, type RouteTable } from '@bookinfo/routing';
import { formatAccessLog, Proxy, type AccessLogEntry } from '@bookinfo/proxy';
import { ADMIN_SOCKET, parseProxyFile, PROXY_FILE, type ProxyFile } from './proxy-file.js';
import { SidecarSpans } from './sidecar-spans.js';
import { versionOf } from './sidecar-container.js';

const ANY_ADDRESS = '0.0.0.0';
/** The ports that the packet filter of a pod redirects outgoing and incoming connections to, as in Istio. */
const OUTBOUND_PORT = 15_001;
const INBOUND_PORT = 15_006;
const WAIT_MS = 100;
/** Time for the last spans at the end. */
const FLUSH_MS = 1000;

interface Proxies {
  /** The outbound side of a pod, or the gateway. */
  outbound: Proxy;
  inbound?: Proxy;
  inboundTable?: RouteTable;
  spans: SidecarSpans | undefined;
}

/** The embedded proxy in a container of its own, beside the application of a pod, or alone as a gateway. */
export class Sidecar {
  readonly #folder: string;
  readonly #proxies: Proxies;
  readonly #admin: Server;
  readonly #watcher: FSWatcher;
  #version: string;
  #reading = Promise.resolve();

  /**
   * Waits for the file of the proxy in the folder, then resolves when the proxy listens. `onAccessLog` is called with a line for
   * each request, in Istio's format, and `onOutage` with a sentence when the collector of spans begins to fail.
   * @throws {Error} the signal's reason when it is aborted before; Node's error when a port cannot be listened on.
   */
  static async start(
    folder: string,
    { onAccessLog, onOutage }: { onAccessLog: (line: string) => void; onOutage: (reason: string) => void },
    signal: AbortSignal,
  ): Promise<Sidecar> {
    const { text, file } = await firstFile(folder, signal);
    const onAccess = (entry: AccessLogEntry): void => onAccessLog(formatAccessLog(entry));
    const { role, port, listenerPort, inboundPort, reporting, table } = file;
    const spans = reporting && new SidecarSpans(reporting, onOutage);
    const hooks = (direction: 'outbound' | 'inbound') => spans?.ofProxy(direction, onAccess) ?? { onAccess };
    const outbound = await Proxy.start({
      role,
      table,
      host: ANY_ADDRESS,
      port,
      ...hooks('outbound'),
      ...(listenerPort !== undefined && { listenerPort }),
    });
    if (inboundPort === undefined) return new Sidecar(folder, text, { outbound, spans });
    await outbound.listenAlso(OUTBOUND_PORT, ANY_ADDRESS);
    const ownTable = inboundTable(inboundPort);
    const inbound = await Proxy.start({
      role,
      table: withTracingOf(table, ownTable),
      listenerPort: inboundPort,
      host: ANY_ADDRESS,
      port: INBOUND_PORT,
      ...hooks('inbound'),
    });
    return new Sidecar(folder, text, { outbound, inbound, inboundTable: ownTable, spans });
  }

  private constructor(folder: string, text: string, proxies: Proxies) {
    this.#folder = folder;
    this.#version = versionOf(text);
    this.#proxies = proxies;
    this.#admin = createServer((_, response) => response.end(this.#version));
    const socket = join(folder, ADMIN_SOCKET);
    void rm(socket, { force: true }).then(() => this.#admin.listen(socket));
    this.#watcher = watch(folder, (_, name) => {
      if (name === PROXY_FILE) this.#reading = this.#reading.then(() => this.#read());
    });
    // It may have changed since it was read.
    this.#reading = this.#read();
  }

  /** Ends the listeners; requests in flight have `graceMs` to finish. */
  async close(graceMs: number): Promise<void> {
    this.#watcher.close();
    this.#admin.close();
    const { outbound, inbound, spans } = this.#proxies;
    await Promise.all([outbound.close(graceMs), inbound?.close(graceMs)]);
    await spans?.close(FLUSH_MS);
    await rm(join(this.#folder, ADMIN_SOCKET), { force: true });
  }

  async #read(): Promise<void> {
    const text = await readFile(join(this.#folder, PROXY_FILE), 'utf8');
    const { table } = parseProxyFile(text);
    const { outbound, inbound, inboundTable: ownTable } = this.#proxies;
    outbound.setTable(table);
    if (ownTable) inbound?.setTable(withTracingOf(table, ownTable));
    this.#version = versionOf(text);
  }
}

/** The rules for spans are for both sides of a pod. */
function withTracingOf({ tracing }: RouteTable, inbound: RouteTable): RouteTable {
  return tracing ? { ...inbound, tracing } : inbound;
}

async function firstFile(folder: string, signal: AbortSignal): Promise<{ text: string; file: ProxyFile }> {
  for (;;) {
    try {
      const text = await readFile(join(folder, PROXY_FILE), 'utf8');
      return { text, file: parseProxyFile(text) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await delay(WAIT_MS, undefined, { signal });
    }
  }
}
