import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock, type Clock, sleep, LOOPBACK } from '@bookinfo/effects';
import { DEFAULT_PORTS, type RouteTable, type ProxyRole, type TlsServer } from '@bookinfo/routing';
import { configFiles, type ConfigFile, type ConfigFiles } from './config-files.js';
import { ConfigFolder } from './config-folder.js';
import { configStatus } from './config-status.js';
import { EnvoyAdmin } from './envoy-admin.js';
import { EnvoyFailed, EnvoyRejected } from './envoy-failed.js';
import { EnvoyProgram } from './envoy-program.js';
import type { ListenerOptions } from './listener-options.js';
import { rejectedRoute } from './rejected-route.js';
import { fileSteps, updateSteps } from './update-steps.js';

export interface EnvoyProxyOptions {
  /** A gateway sends the client's address and scheme to backends (x-forwarded-for, x-forwarded-proto). */
  role: ProxyRole;
  table: RouteTable;
  /** The port of the table that a gateway serves. Default 80. A sidecar serves them all. */
  listenerPort?: number;
  /** The servers of a listener of HTTPS. Default: the listener is one of HTTP. */
  tls?: readonly TlsServer[];
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** Path of the executable; default `envoy` on the PATH. */
  executable?: string;
  /** Is called with each line of the access log, in Istio's default format. Without it none is written. */
  onAccessLog?: (line: string) => void;
  /** Default: the system's clock. */
  clock?: Clock;
}

/** Limit for Envoy to start, to apply a table, or to end. */
const TIMEOUT_MS = 15_000;
const POLL_MS = 5;
/** Limit for the reason of a rejection to arrive. */
const LOG_TIMEOUT_MS = 1000;

/** An Envoy process that replaces the embedded Proxy: one listener, and the same route table as file-based xDS. */
export class EnvoyProxy {
  #options: EnvoyProxyOptions;
  readonly #clock: Clock;
  readonly #executable: string;
  readonly #folder: ConfigFolder;
  readonly #program: EnvoyProgram;
  #table: RouteTable;
  #admin = new EnvoyAdmin(0);
  #port = 0;
  #rejections = 0;

  /**
   * Resolves when Envoy accepts requests.
   *
   * @throws {UnsupportedByEnvoy} when the table has a setting that Envoy cannot express.
   * @throws {EnvoyRejected} when Envoy rejects the table.
   * @throws {EnvoyFailed} when Envoy cannot be started, or cannot bind the port.
   */
  static async start(options: EnvoyProxyOptions): Promise<EnvoyProxy> {
    const folder = await ConfigFolder.create();
    let proxy: EnvoyProxy | undefined;
    try {
      const files = configFilesFor(options.table, options, folder);
      await folder.write([files.bootstrap, ...fileSteps(files).flat()]);
      proxy = new EnvoyProxy(options, folder, files.bootstrap);
      await proxy.#waitForStart(files);
      return proxy;
    } catch (error) {
      const explained = proxy ? await proxy.#explained(error, options.table) : error;
      await (proxy?.close() ?? folder.remove());
      throw explained;
    }
  }

  private constructor(options: EnvoyProxyOptions, folder: ConfigFolder, bootstrap: ConfigFile) {
    this.#options = options;
    this.#table = options.table;
    this.#clock = options.clock ?? systemClock;
    this.#folder = folder;
    this.#executable = options.executable ?? 'envoy';
    this.#program = new EnvoyProgram(
      this.#executable,
      ['--config-path', bootstrap.path, '--admin-address-path', this.#adminAddressFile],
      folder.path,
      options.onAccessLog ?? (() => undefined),
    );
  }

  get port(): number {
    return this.#port;
  }

  /** The process id. */
  get pid(): number | undefined {
    return this.#program.pid;
  }

  /** Resolves with the exit code or signal of Envoy when it has ended. */
  get ended(): Promise<string> {
    return this.#program.exited;
  }

  get hasEnded(): boolean {
    return this.#program.ended !== undefined;
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
    await this.#write(configFilesFor(this.#table, this.#options, this.#folder));
  }

  /**
   * Resolves when Envoy has applied the table. Calls must not overlap. When it throws, the previous table stays applied.
   *
   * @throws {UnsupportedByEnvoy} when the table has a setting that Envoy cannot express.
   * @throws {EnvoyRejected} when Envoy rejects the table.
   * @throws {EnvoyFailed} when Envoy ends, or does not apply the table.
   */
  async setTable(table: RouteTable): Promise<void> {
    const steps = updateSteps(this.#table, table).map((step) =>
      configFilesFor(step, this.#options, this.#folder),
    );
    this.#program.forgetOutput();
    try {
      for (const step of steps) await this.#write(step);
      this.#table = table;
    } catch (error) {
      const explained = await this.#explained(error, table, this.#table);
      await this.#write(configFilesFor(this.#table, this.#options, this.#folder));
      throw explained;
    }
  }

  /** Ends Envoy after the requests in flight, or after `graceMs`. */
  async close(graceMs = 0): Promise<void> {
    // An Envoy that ends meanwhile has no requests left.
    if (graceMs > 0 && !this.hasEnded) await this.#drain(graceMs).catch(() => undefined);
    await this.#program.stop(TIMEOUT_MS, this.#clock);
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
    await this.#waitUntilApplied(fileSteps(files).flat());
    await this.#until('does not listen', async () => {
      this.#port = (await this.#admin.listenerPort(this.#options.role)) ?? 0;
      return this.#port !== 0;
    });
  }

  async #write(files: ConfigFiles): Promise<void> {
    for (const step of fileSteps(files)) {
      const changed = await this.#folder.write(step);
      if (changed.length > 0) await this.#waitUntilApplied(changed);
    }
  }

  /** Resolves when Envoy reports the version of each file. */
  async #waitUntilApplied(files: readonly ConfigFile[]): Promise<void> {
    await this.#until('does not apply its configuration', async () => {
      const { isApplied, rejections } = await configStatus(this.#admin, files);
      if (rejections > this.#rejections) {
        this.#rejections = rejections;
        await this.#waitForReason();
        throw new EnvoyRejected(this.#program.output);
      }
      return isApplied;
    });
  }

  async #until(failure: string, condition: () => Promise<boolean>): Promise<void> {
    const deadline = this.#clock.now() + TIMEOUT_MS;
    while (!(await condition())) {
      if (this.#program.ended !== undefined) throw await this.#failed(`ended with ${this.#program.ended}`);
      if (this.#clock.now() > deadline) throw await this.#failed(failure);
      await this.#pause();
    }
  }

  /** Its log arrives by another pipe than the responses of its admin endpoint, so it may come later. */
  async #waitForReason(): Promise<void> {
    const deadline = this.#clock.now() + LOG_TIMEOUT_MS;
    while (!this.#program.output.includes('rejected: ') && this.#clock.now() < deadline) await this.#pause();
  }

  /** Returns the error; that of a rejected table with the rule. `former` is the table that Envoy has accepted. */
  async #explained(error: unknown, table: RouteTable, former?: RouteTable): Promise<unknown> {
    if (!(error instanceof EnvoyRejected)) return error;
    const [executable, folder] = [this.#executable, this.#folder.path];
    const route = await rejectedRoute(table, former, listenerOf(this.#options), { executable, folder });
    return new EnvoyRejected(error.output, route?.rule);
  }

  async #drain(graceMs: number): Promise<void> {
    await this.#admin.drainListeners();
    const deadline = this.#clock.now() + graceMs;
    while (this.#clock.now() < deadline && (await this.#activeRequests()) > 0) await this.#pause();
  }

  async #activeRequests(): Promise<number> {
    const stats = await this.#admin.stats('downstream_rq_active');
    return Number(stats.get(`http.${this.#options.role}.downstream_rq_active`));
  }

  async #failed(failure: string): Promise<EnvoyFailed> {
    await this.#pause();
    return new EnvoyFailed(`Envoy ${failure}`, this.#program.output);
  }

  #pause(): Promise<void> {
    return sleep(this.#clock, POLL_MS, NEVER);
  }
}

const NEVER = new AbortController().signal;

function configFilesFor(table: RouteTable, options: EnvoyProxyOptions, folder: ConfigFolder): ConfigFiles {
  return configFiles(table, listenerOf(options), folder.path);
}

function listenerOf(options: EnvoyProxyOptions): ListenerOptions {
  const { role, listenerPort = DEFAULT_PORTS.http, tls, host = LOOPBACK, port = 0 } = options;
  const hasAccessLog = options.onAccessLog !== undefined;
  return { role, listenerPort, tls, address: host, port, hasAccessLog };
}
