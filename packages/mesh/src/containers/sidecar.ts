import { watch, type FSWatcher } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inboundTable } from '@bookinfo/routing';
import { formatAccessLog, Proxy, type AccessLogEntry } from '@bookinfo/proxy';
import { ADMIN_SOCKET, parseProxyFile, PROXY_FILE, type ProxyFile } from './proxy-file.js';
import { versionOf } from './sidecar-container.js';

const ANY_ADDRESS = '0.0.0.0';
/** The ports that the packet filter of a pod redirects outgoing and incoming connections to, as in Istio. */
const OUTBOUND_PORT = 15_001;
const INBOUND_PORT = 15_006;
const WAIT_MS = 100;

/** The embedded proxy in a container of its own, beside the application of a pod, or alone as a gateway. */
export class Sidecar {
  readonly #folder: string;
  /** The outbound side of a pod, or the gateway. */
  readonly #outbound: Proxy;
  readonly #inbound: Proxy | undefined;
  readonly #admin: Server;
  readonly #watcher: FSWatcher;
  #version: string;
  #reading = Promise.resolve();

  /**
   * Waits for the file of the proxy in the folder, then resolves when the proxy listens. `onAccessLog` is called with a line for
   * each request, in Istio's format.
   * @throws {Error} the signal's reason when it is aborted before; Node's error when a port cannot be listened on.
   */
  static async start(
    folder: string,
    onAccessLog: (line: string) => void,
    signal: AbortSignal,
  ): Promise<Sidecar> {
    const { text, file } = await firstFile(folder, signal);
    const onAccess = (entry: AccessLogEntry): void => onAccessLog(formatAccessLog(entry));
    const { role, port, listenerPort, inboundPort, table } = file;
    const outbound = await Proxy.start({
      role,
      table,
      host: ANY_ADDRESS,
      port,
      onAccess,
      ...(listenerPort !== undefined && { listenerPort }),
    });
    if (inboundPort === undefined) return new Sidecar(folder, text, outbound, undefined);
    await outbound.listenAlso(OUTBOUND_PORT, ANY_ADDRESS);
    const inbound = await Proxy.start({
      role,
      table: inboundTable(inboundPort),
      listenerPort: inboundPort,
      host: ANY_ADDRESS,
      port: INBOUND_PORT,
      onAccess,
    });
    return new Sidecar(folder, text, outbound, inbound);
  }

  private constructor(folder: string, text: string, outbound: Proxy, inbound: Proxy | undefined) {
    this.#folder = folder;
    this.#version = versionOf(text);
    this.#outbound = outbound;
    this.#inbound = inbound;
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
    await Promise.all([this.#outbound.close(graceMs), this.#inbound?.close(graceMs)]);
    await rm(join(this.#folder, ADMIN_SOCKET), { force: true });
  }

  async #read(): Promise<void> {
    const text = await readFile(join(this.#folder, PROXY_FILE), 'utf8');
    this.#outbound.setTable(parseProxyFile(text).table);
    this.#version = versionOf(text);
  }
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
