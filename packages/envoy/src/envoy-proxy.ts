import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock, type Clock, sleep, LOOPBACK } from '@bookinfo/effects';
import type { RouteTable, ProxyRole } from '@bookinfo/routing';
import { configFiles, type ConfigFile, type ConfigFiles } from './config-files.js';
import { ConfigFolder } from './config-folder.js';
import { EnvoyAdmin } from './envoy-admin.js';
import { EnvoyFailed } from './envoy-failed.js';
import { EnvoyProgram } from './envoy-program.js';

export interface EnvoyProxyOptions {
  /** A gateway tells backends who the client was (x-forwarded-for, x-forwarded-proto). */
  role: ProxyRole;
  table: RouteTable;
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** The program's path; default `envoy`, looked for on the PATH. */
  executable?: string;
  /** Gets the access log line by line, in Istio's default format. Absent: none is written. */
  onAccessLog?: (line: string) => void;
  /** Default the machine's. */
  clock?: Clock;
}

/** How long Envoy may take to start, to obey a new table, or to end. */
const PATIENCE_MS = 15_000;
const POLL_MS = 5;

/** A real Envoy in the place of an embedded Proxy: one listener, and the same table as file-based xDS. */
export class EnvoyProxy {
  readonly #options: EnvoyProxyOptions;
  readonly #clock: Clock;
  readonly #folder: ConfigFolder;
  readonly #program: EnvoyProgram;
  #table: RouteTable;
  #admin = new EnvoyAdmin(0);
  #port = 0;
  #refusals = 0;

  /**
   * Resolves when Envoy takes requests. Throws an Inexpressible for a table that Envoy can't be given, and an EnvoyFailed
   * when it can't be started, can't have the port, or refuses its configuration.
   */
  static async start(options: EnvoyProxyOptions): Promise<EnvoyProxy> {
    const folder = await ConfigFolder.create();
    let proxy: EnvoyProxy | undefined;
    try {
      const files = filesOf(options.table, options, folder);
      await folder.write([files.bootstrap, ...clusterFiles(files), ...routeFiles(files)]);
      proxy = new EnvoyProxy(options, folder, files.bootstrap);
      await proxy.#waitForStart(files);
      return proxy;
    } catch (error) {
      await (proxy?.close() ?? folder.remove());
      throw error;
    }
  }

  private constructor(options: EnvoyProxyOptions, folder: ConfigFolder, bootstrap: ConfigFile) {
    this.#options = options;
    this.#table = options.table;
    this.#clock = options.clock ?? systemClock;
    this.#folder = folder;
    this.#program = new EnvoyProgram(
      options.executable ?? 'envoy',
      ['--config-path', bootstrap.path, '--admin-address-path', this.#adminAddressFile],
      options.onAccessLog ?? (() => undefined),
    );
  }

  get port(): number {
    return this.#port;
  }

  /** Of the process. */
  get pid(): number | undefined {
    return this.#program.pid;
  }

  /** Where clients reach it, such as `http://127.0.0.1:41234`. */
  get url(): string {
    return `http://${LOOPBACK}:${this.port}`;
  }

  /**
   * Resolves when the table is in force. Throws an Inexpressible or an EnvoyFailed, and then the old one is in force. One
   * call at a time.
   */
  async setTable(table: RouteTable): Promise<void> {
    // Envoy reads each file by itself. First the clusters that routes will name, last without those that they named.
    const clusters = new Map([...this.#table.clusters, ...table.clusters]);
    const steps = [{ ...table, clusters }, table].map((step) => filesOf(step, this.#options, this.#folder));
    try {
      for (const step of steps) await this.#write(step);
      this.#table = table;
    } catch (error) {
      await this.#write(filesOf(this.#table, this.#options, this.#folder));
      throw error;
    }
  }

  /** Ends Envoy, and requests under way with it. */
  async close(): Promise<void> {
    await this.#program.stop(PATIENCE_MS, this.#clock);
    await this.#folder.remove();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #adminAddressFile(): string {
    return join(this.#folder.path, 'admin-address');
  }

  async #waitForStart(files: ConfigFiles): Promise<void> {
    await this.#until('does not start', async () => {
      const address = await readFile(this.#adminAddressFile, 'utf8').catch(() => '');
      this.#admin = new EnvoyAdmin(Number(address.split(':').at(-1)));
      return address !== '';
    });
    await this.#obeys([...clusterFiles(files), ...routeFiles(files)]);
    await this.#until('does not listen', async () => {
      this.#port = (await this.#admin.listenerPort(this.#options.role)) ?? 0;
      return this.#port !== 0;
    });
  }

  async #write(files: ConfigFiles): Promise<void> {
    for (const step of [clusterFiles(files), routeFiles(files)]) {
      await this.#folder.write(step);
      await this.#obeys(step);
    }
  }

  /** Resolves when Envoy reports the version of each file. */
  async #obeys(files: readonly ConfigFile[]): Promise<void> {
    await this.#until('does not obey its configuration', async () => {
      const stats = await this.#admin.stats('version_text', 'update_rejected', 'warming_clusters');
      const refusals = [...stats].reduce(
        (sum, [name, value]) => sum + (name.endsWith('update_rejected') ? Number(value) : 0),
        0,
      );
      if (refusals > this.#refusals) {
        this.#refusals = refusals;
        throw await this.#failed('refuses its configuration');
      }
      return (
        stats.get('cluster_manager.warming_clusters') === 0 &&
        files.every(({ statistic, version }) => stats.get(statistic) === version)
      );
    });
  }

  async #until(failure: string, isSo: () => Promise<boolean>): Promise<void> {
    const deadline = this.#clock.now() + PATIENCE_MS;
    while (!(await isSo())) {
      if (this.#program.ended !== undefined) throw await this.#failed(`ended with ${this.#program.ended}`);
      if (this.#clock.now() > deadline) throw await this.#failed(failure);
      await this.#pause();
    }
  }

  async #failed(what: string): Promise<EnvoyFailed> {
    // What it says comes another way than its answers do.
    await this.#pause();
    return new EnvoyFailed(`Envoy ${what}`, this.#program.output);
  }

  #pause(): Promise<void> {
    return sleep(this.#clock, POLL_MS, NEVER);
  }
}

const NEVER = new AbortController().signal;

function filesOf(table: RouteTable, options: EnvoyProxyOptions, folder: ConfigFolder): ConfigFiles {
  const { role, host = LOOPBACK, port = 0 } = options;
  const hasAccessLog = options.onAccessLog !== undefined;
  return configFiles(table, { role, address: host, port, hasAccessLog }, folder.path);
}

function clusterFiles({ endpoints, clusters }: ConfigFiles): ConfigFile[] {
  return [...endpoints, clusters];
}

function routeFiles({ routes, listeners }: ConfigFiles): ConfigFile[] {
  return [routes, listeners];
}
