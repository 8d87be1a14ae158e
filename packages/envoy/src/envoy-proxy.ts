import { LOOPBACK } from '@bookinfo/effects';
import type { RouteTable, TlsServer } from '@bookinfo/routing';
import { AppliedFiles } from './applied-files.js';
import { configFiles, type ConfigFiles } from './config-files.js';
import { ConfigFolder } from './config-folder.js';
import { drain } from './drain.js';
import { EnvoyRejected } from './envoy-failed.js';
import { fatalLine } from './envoy-log.js';
import { type EnvoyProxyOptions, listenerOf } from './envoy-proxy-options.js';
import { END_TIMEOUT_MS, launchEnvoy, type RunningEnvoy } from './launch-envoy.js';
import { rejectedRoute } from './rejected-route.js';
import { fileSteps, updateSteps } from './update-steps.js';
import { waitUntil } from './wait-until.js';

/** What the names of a cluster's statistics begin with. */
const CLUSTER_PREFIX = 'cluster.';

/** An Envoy process that replaces the embedded Proxy: one listener, and the same route table as file-based xDS. */
export class EnvoyProxy {
  #options: EnvoyProxyOptions;
  readonly #envoy: RunningEnvoy;
  readonly #files: AppliedFiles;
  #table: RouteTable;
  #port = 0;

  /**
   * Resolves when Envoy accepts requests.
   *
   * @throws {UnsupportedByEnvoy} when the table has a setting that Envoy cannot express.
   * @throws {EnvoyRejected} when Envoy rejects the table.
   * @throws {InotifyExhausted} when Linux allows no further file to be watched.
   * @throws {EnvoyFailed} when Envoy cannot be started, or cannot bind the port.
   */
  static async start(options: EnvoyProxyOptions): Promise<EnvoyProxy> {
    const folder = await ConfigFolder.create();
    let proxy: EnvoyProxy | undefined;
    try {
      const files = configFiles(options.table, listenerOf(options), folder.path);
      await folder.write([files.bootstrap, ...fileSteps(files).flat()]);
      proxy = new EnvoyProxy(options, await launchEnvoy(options, folder, files.bootstrap));
      await proxy.#waitForStart(files);
      return proxy;
    } catch (error) {
      const explained = proxy ? await proxy.#explained(error, options.table) : error;
      await (proxy?.close() ?? folder.remove());
      throw explained;
    }
  }

  private constructor(options: EnvoyProxyOptions, envoy: RunningEnvoy) {
    this.#options = options;
    this.#envoy = envoy;
    this.#files = new AppliedFiles(envoy);
    this.#table = options.table;
  }

  get port(): number {
    return this.#port;
  }

  /** The process id. */
  get pid(): number | undefined {
    return this.#envoy.program.pid;
  }

  /** Resolves when Envoy has ended, with its exit code or signal and the line of its log that says why, if any. */
  get ended(): Promise<string> {
    return this.#envoy.program.exited.then((end) =>
      [end, fatalLine(this.#envoy.program.output)].filter(Boolean).join(': '),
    );
  }

  get hasEnded(): boolean {
    return this.#envoy.program.ended !== undefined;
  }

  /** The URL for clients, such as `http://127.0.0.1:41234`. */
  get url(): string {
    return `${this.#options.tls ? 'https' : 'http'}://${LOOPBACK}:${this.port}`;
  }

  /**
   * Replaces the servers of a listener of HTTPS. Calls must not overlap, with those of `setTable` neither.
   *
   * @throws {EnvoyFailed} when Envoy rejects a certificate.
   */
  async setTls(tls: readonly TlsServer[]): Promise<void> {
    this.#options = { ...this.#options, tls };
    await this.#files.write(this.#configFiles(this.#table));
  }

  /**
   * Resolves when Envoy has applied the table. Calls must not overlap. When it throws, the previous table stays applied, unless
   * Envoy has ended.
   *
   * @throws {UnsupportedByEnvoy} when the table has a setting that Envoy cannot express.
   * @throws {EnvoyRejected} when Envoy rejects the table.
   * @throws {InotifyExhausted} when Envoy ends because Linux allows no further file to be watched.
   * @throws {EnvoyFailed} when Envoy ends, or does not apply the table.
   */
  async setTable(table: RouteTable): Promise<void> {
    const steps = updateSteps(this.#table, table).map((step) => this.#configFiles(step));
    this.#envoy.program.forgetOutput();
    try {
      for (const step of steps) await this.#files.write(step);
      this.#table = table;
    } catch (error) {
      const explained = await this.#explained(error, table, this.#table);
      if (!this.hasEnded) await this.#files.write(this.#configFiles(this.#table));
      throw explained;
    }
  }

  /** Returns these statistics of all clusters, by the cluster's name and without `cluster.` and that name. */
  async clusterStats(names: readonly string[]): Promise<Map<string, Map<string, number>>> {
    const clusters = new Map<string, Map<string, number>>();
    for (const [stat, value] of await this.#envoy.admin.stats(...names)) {
      const name = names.find((each) => stat.endsWith(`.${each}`));
      if (name === undefined || !stat.startsWith(CLUSTER_PREFIX)) continue;
      const cluster = stat.slice(CLUSTER_PREFIX.length, -name.length - 1);
      const values = clusters.get(cluster) ?? new Map<string, number>();
      clusters.set(cluster, values.set(name, Number(value)));
    }
    return clusters;
  }

  /** Ends Envoy after the requests in flight, or after `graceMs`. */
  async close(graceMs = 0): Promise<void> {
    // An Envoy that ends meanwhile has no requests left.
    if (graceMs > 0 && !this.hasEnded)
      await drain(this.#envoy.admin, this.#options.role, graceMs, this.#envoy.clock).catch(() => undefined);
    await this.#envoy.program.stop(END_TIMEOUT_MS, this.#envoy.clock);
    await this.#envoy.folder.remove();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #waitForStart(files: ConfigFiles): Promise<void> {
    await this.#files.wait(fileSteps(files).flat());
    const listens = async (): Promise<boolean> => {
      this.#port = (await this.#envoy.admin.listenerPort(this.#options.role)) ?? 0;
      return this.#port !== 0;
    };
    await waitUntil(listens, 'does not listen', this.#envoy);
  }

  /** Returns the error; that of a rejected table with the rule. `former` is the table that Envoy has accepted. */
  async #explained(error: unknown, table: RouteTable, former?: RouteTable): Promise<unknown> {
    if (!(error instanceof EnvoyRejected)) return error;
    const { executable = 'envoy' } = this.#options;
    const folder = this.#envoy.folder.path;
    const route = await rejectedRoute(table, former, listenerOf(this.#options), { executable, folder });
    return new EnvoyRejected(error.output, route?.rule);
  }

  #configFiles(table: RouteTable): ConfigFiles {
    return configFiles(table, listenerOf(this.#options), this.#envoy.folder.path);
  }
}
