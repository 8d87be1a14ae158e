import { type Clock, sleep } from '@bookinfo/effects';
import {
  EnvoyFailed,
  EnvoyProxy,
  EnvoyRejected,
  InotifyExhausted,
  UnsupportedByEnvoy,
} from '@bookinfo/envoy';
import type { RouteTable, TlsServer } from '@bookinfo/routing';
import { envoyTracing } from '../telemetry/span-reporting.js';
import { CLUSTER_STATISTICS, type ClusterStatistic, type ClusterStatistics } from '@bookinfo/telemetry';
import { CrashBackOff } from '../runtime/crash-back-off.js';
import { type MeshProxy, type MeshProxyOptions, TableRefused } from './data-plane.js';
import { LatestOnly } from './latest-only.js';

/** One of them is not 0 for a cluster that has had a request. */
const ACTIVITY: ClusterStatistic[] = [
  'upstream_rq_total',
  'upstream_cx_connect_fail',
  'upstream_rq_pending_overflow',
];

/** What an Envoy is configured with. */
interface Configuration {
  table: RouteTable;
  /** The servers of a listener of HTTPS. */
  tls: readonly TlsServer[] | undefined;
}

/** An Envoy that is started again, on its port, whenever it ends by itself. */
export class EnvoyMeshProxy implements MeshProxy {
  readonly port: number;
  readonly url: string;
  readonly #options: MeshProxyOptions;
  readonly #executable: string;
  readonly #clock: Clock;
  readonly #latest = new LatestOnly<Configuration>((configuration) => this.#apply(configuration));
  readonly #closing = new AbortController();
  readonly #kept: Promise<void>;
  /** The one in force; while one is applied, that one. */
  #configuration: Configuration;
  /** The latest one, applied or waiting. */
  #wanted: Configuration;
  /** Undefined from an end to the next start. */
  #envoy: Promise<EnvoyProxy> | undefined;

  /**
   * Resolves when Envoy accepts requests.
   * @throws {TableRefused} when Envoy cannot express the table, rejects it, or may not watch its files.
   */
  static async start(options: MeshProxyOptions, executable: string, clock: Clock): Promise<EnvoyMeshProxy> {
    const envoy = await startEnvoy({ ...options, tls: options.tls }, executable, clock).catch(
      (error: unknown) => {
        throw refusalOf(error) ?? error;
      },
    );
    return new EnvoyMeshProxy(envoy, options, executable, clock);
  }

  private constructor(envoy: EnvoyProxy, options: MeshProxyOptions, executable: string, clock: Clock) {
    this.port = envoy.port;
    this.url = envoy.url;
    this.#options = { ...options, port: envoy.port };
    this.#executable = executable;
    this.#clock = clock;
    this.#configuration = { table: options.table, tls: options.tls };
    this.#wanted = this.#configuration;
    this.#envoy = Promise.resolve(envoy);
    this.#kept = this.#keepRunning();
  }

  setTable(table: RouteTable): Promise<void> {
    this.#wanted = { ...this.#wanted, table };
    return this.#latest.set(this.#wanted);
  }

  setTls(tls: readonly TlsServer[]): Promise<void> {
    this.#wanted = { ...this.#wanted, tls };
    return this.#latest.set(this.#wanted);
  }

  async clusterStatistics(): Promise<ClusterStatistics[]> {
    const envoy = await this.#running();
    const statistics = Object.keys(CLUSTER_STATISTICS);
    return envoy ? usedClusters(await envoy.clusterStats(statistics)) : [];
  }

  async close(graceMs: number): Promise<void> {
    this.#closing.abort();
    const envoy = await this.#running();
    await envoy?.close(graceMs);
    await this.#kept;
  }

  /** While no Envoy runs there is nothing to do, because the next start has the configuration. */
  async #apply(configuration: Configuration): Promise<void> {
    const former = this.#configuration;
    const { table, tls } = configuration;
    this.#configuration = configuration;
    const envoy = await this.#running();
    try {
      if (tls && tls !== former.tls) await envoy?.setTls(tls);
      await envoy?.setTable(table);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal) {
        this.#configuration = former;
        throw refusal;
      }
      // It has ended, or must not serve on without the table.
      await envoy?.close();
    }
  }

  async #keepRunning(): Promise<void> {
    const { signal } = this.#closing;
    const backOff = new CrashBackOff();
    let startedAt = this.#clock.now();
    for (;;) {
      const reason = await this.#ended();
      if (signal.aborted) return;
      this.#envoy = undefined;
      const restartInMs = backOff.nextMs(this.#clock.now() - startedAt);
      this.#options.onEnd(reason, restartInMs);
      await sleep(this.#clock, restartInMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      startedAt = this.#clock.now();
      this.#envoy = startEnvoy({ ...this.#options, ...this.#configuration }, this.#executable, this.#clock);
    }
  }

  /** Resolves with the reason when Envoy has ended or cannot be started. */
  async #ended(): Promise<string> {
    try {
      const envoy = await this.#envoy;
      const reason = await envoy?.ended;
      await envoy?.close();
      return String(reason);
    } catch (error) {
      if (error instanceof EnvoyFailed) return error.summary;
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Resolves with the Envoy that runs or is starting. */
  async #running(): Promise<EnvoyProxy | undefined> {
    return await this.#envoy?.catch(() => undefined);
  }
}

/** Returns the statistics of the clusters that Envoy has sent a request to, by Envoy's names of clusters and statistics. */
function usedClusters(stats: ReadonlyMap<string, ReadonlyMap<string, number>>): ClusterStatistics[] {
  return Array.from(stats, ([cluster, values]) => ({
    cluster,
    values: Object.fromEntries(values) as ClusterStatistics['values'],
  })).filter(({ values }) => ACTIVITY.some((statistic) => (values[statistic] ?? 0) > 0));
}

function startEnvoy(
  {
    role,
    table,
    port,
    listenerPort,
    tls,
    onAccess,
    telemetry,
  }: Omit<MeshProxyOptions, 'tls'> & Configuration,
  executable: string,
  clock: Clock,
): Promise<EnvoyProxy> {
  return EnvoyProxy.start({
    role,
    table,
    port,
    executable,
    clock,
    ...(listenerPort !== undefined && { listenerPort }),
    ...(tls && { tls }),
    ...(telemetry?.reporting && { tracing: envoyTracing(telemetry.reporting) }),
    onAccessLog: (line) => {
      telemetry?.onAccessLine(line);
      onAccess?.(line);
    },
  });
}

/** Returns the refusal that an error of Envoy means; undefined for an error that is not about the table. */
export function refusalOf(error: unknown): TableRefused | undefined {
  if (error instanceof UnsupportedByEnvoy)
    return new TableRefused(error.message, error.rule?.origin, { cause: error });
  if (error instanceof EnvoyRejected)
    return new TableRefused(`Envoy rejects this: ${error.reason}`, error.rule?.origin, { cause: error });
  // A table with fewer files may have enough; Envoy has ended, and is started again with the former table.
  if (error instanceof InotifyExhausted) return new TableRefused(error.message, undefined, { cause: error });
  return undefined;
}
