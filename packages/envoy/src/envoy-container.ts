import { join } from 'node:path';
import { sleep, systemClock, type Clock } from '@bookinfo/effects';
import { DEFAULT_PORTS, type ProxyRole, type RouteTable } from '@bookinfo/routing';
import { clusterMessage } from './cluster.js';
import { configFiles, type ConfigFile, type ConfigFiles, type ConfigOptions } from './config-files.js';
import { ConfigFolder } from './config-folder.js';
import { configStatus, type ConfigStatus } from './config-status.js';
import { EnvoyAdmin } from './envoy-admin.js';
import { EnvoyFailed, EnvoyRejected } from './envoy-failed.js';
import { rejectedRoute } from './rejected-route.js';
import { routeConfiguration } from './route-configuration.js';
import type { EnvoyTracing } from './tracing.js';
import { fileSteps, updateSteps } from './update-steps.js';
import { validatedBootstrap, validationError } from './validation.js';

export interface EnvoyContainerOptions {
  role: ProxyRole;
  table: RouteTable;
  /** The port of the table that a gateway serves. Default 80. */
  listenerPort?: number;
  /** The port of the application in the same pod; absent for a gateway. */
  inboundPort?: number;
  /** The port for requests that name their host. */
  port: number;
  /** Default: it reports no spans. */
  tracing?: EnvoyTracing;
  /** The folder that both containers have, with the same path. */
  folder: string;
  /** Envoy here, which explains what that container's Envoy has rejected. */
  executable: string;
  /** Default: the system's clock. */
  clock?: Clock;
}

/** Limit for an Envoy to apply a table. */
const TIMEOUT_MS = 15_000;
const POLL_MS = 10;
let explaining: Promise<EnvoyRejected> | undefined;
const NEVER = new AbortController().signal;
/** Errors of a socket that no process listens on. */
const NOT_RUNNING = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'];

/**
 * The configuration of an Envoy that another container runs, and that may be started, stopped and killed at any time. It begins
 * when the bootstrap file is there, and each start takes the files as they are.
 */
export class EnvoyContainer {
  readonly #options: EnvoyContainerOptions;
  readonly #config: ConfigOptions;
  readonly #clock: Clock;
  readonly #folder: ConfigFolder;
  readonly #admin: EnvoyAdmin;
  #table: RouteTable;

  /**
   * Resolves when the files are written.
   * @throws {UnsupportedByEnvoy} when the table has a setting that Envoy cannot express.
   */
  static async open(options: EnvoyContainerOptions): Promise<EnvoyContainer> {
    const container = new EnvoyContainer(options, await ConfigFolder.at(options.folder));
    const files = container.#filesOf(options.table);
    await container.#folder.write([...fileSteps(files).flat(), files.bootstrap]);
    return container;
  }

  private constructor(options: EnvoyContainerOptions, folder: ConfigFolder) {
    const { role, listenerPort = DEFAULT_PORTS.http, inboundPort, port } = options;
    const adminSocket = join(folder.path, 'admin.sock');
    this.#options = options;
    this.#config = {
      role,
      listenerPort,
      address: '0.0.0.0',
      port,
      hasAccessLog: true,
      adminSocket,
      ...(inboundPort !== undefined && { inboundPort }),
      ...(options.tracing && { tracing: options.tracing }),
    };
    this.#clock = options.clock ?? systemClock;
    this.#folder = folder;
    this.#admin = new EnvoyAdmin(adminSocket);
    this.#table = options.table;
  }

  /**
   * Resolves when the Envoy has applied the table, and at once while it does not run. Calls must not overlap. When it throws, the
   * former table stays.
   *
   * @throws {UnsupportedByEnvoy} when the table has a setting that Envoy cannot express.
   * @throws {EnvoyRejected} when the Envoy rejects the table.
   * @throws {EnvoyFailed} when it does not apply the table in time.
   */
  async setTable(table: RouteTable): Promise<void> {
    const steps = updateSteps(this.#table, table).map((step) => this.#filesOf(step));
    try {
      for (const files of steps) await this.#write(files, table);
      this.#table = table;
    } catch (error) {
      await this.#folder.write(fileSteps(this.#filesOf(this.#table)).flat());
      throw error;
    }
  }

  #filesOf(table: RouteTable): ConfigFiles {
    return configFiles(table, this.#config, this.#folder.path);
  }

  async #write(files: ConfigFiles, table: RouteTable): Promise<void> {
    for (const step of fileSteps(files)) {
      const before = await this.#status([]);
      const changed = await this.#folder.write(step);
      if (before && changed.length > 0) await this.#waitUntilApplied(changed, before.rejections, table);
    }
  }

  async #waitUntilApplied(
    files: readonly ConfigFile[],
    rejections: number,
    table: RouteTable,
  ): Promise<void> {
    const deadline = this.#clock.now() + TIMEOUT_MS;
    for (;;) {
      const status = await this.#status(files);
      if (!status || status.isApplied) return;
      if (status.rejections > rejections) throw await this.#explained(table);
      if (this.#clock.now() > deadline)
        throw new EnvoyFailed(`the Envoy of ${this.#options.folder} does not apply its configuration`, '');
      await sleep(this.#clock, POLL_MS, NEVER);
    }
  }

  /** Returns undefined while the Envoy does not run. */
  async #status(files: readonly ConfigFile[]): Promise<ConfigStatus | undefined> {
    try {
      return await configStatus(this.#admin, files);
    } catch (error) {
      if (NOT_RUNNING.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
      throw error;
    }
  }

  /** Envoys refuse a change for the same rule, and its explanation takes processor time: one at a time explains it for all. */
  #explained(table: RouteTable): Promise<EnvoyRejected> {
    explaining ??= this.#explain(table).finally(() => {
      explaining = undefined;
    });
    return explaining;
  }

  /** Asks the Envoy here about the table: the log of the other one belongs to its container. */
  async #explain(table: RouteTable): Promise<EnvoyRejected> {
    const { executable } = this.#options;
    const { role, listenerPort } = this.#config;
    const { path: folder } = this.#folder;
    const route_config = routeConfiguration(table, role === 'gateway' ? listenerPort : undefined);
    const clusters = [...table.clusters.values()].map((cluster) =>
      clusterMessage(cluster, join(folder, 'none.json')),
    );
    const configuration = validatedBootstrap(
      this.#config,
      { ...route_config, validate_clusters: false },
      clusters,
    );
    const reason = await validationError(configuration, executable, join(folder, 'validation.json'));
    const route = await rejectedRoute(table, this.#table, this.#config, { executable, folder });
    return new EnvoyRejected(reason ?? 'see the log of its container', route?.rule);
  }
}
