import { join } from 'node:path';
import { systemClock, type Clock } from '@bookinfo/effects';
import { EnvoyContainer } from '@bookinfo/envoy';
import type { RouteTable } from '@bookinfo/routing';
import { SidecarContainer } from '../containers/sidecar-container.js';
import type { ProxyFile } from '../containers/proxy-file.js';
import { envoyTracing } from '../telemetry/span-reporting.js';
import type { DataPlane, MeshProxy } from './data-plane.js';
import { refusalOf } from './envoy-mesh-proxy.js';
import { LatestOnly } from './latest-only.js';

/** Istio's port for clients with HTTP_PROXY, and the port of its ingress gateway for port 80. */
const HTTP_PROXY_PORT = 15_007;
const GATEWAY_PORT = 8080;

export interface ContainerDataPlaneOptions {
  proxy: DataPlane['name'];
  /** The folder that all containers share; each proxy has a folder of its name in it. */
  folder: string;
  /** Envoy here, which explains what a container's Envoy has rejected. */
  executable: string;
  /** Default: the machine's clock. */
  clock?: Clock;
}

export interface ContainerDataPlane extends DataPlane {
  /**
   * Writes the tables; until then none is. Proxies keep the files of an earlier control plane while this one learns of the pods.
   * @throws {TableRefused} when a proxy cannot express its table.
   */
  begin(): Promise<void>;
}

/**
 * Returns proxies in containers of their own, which follow files in a folder. A proxy's container may start before or after its
 * folder is there. The ports of gateways are those that the containers publish.
 */
export function containerDataPlane(options: ContainerDataPlaneOptions): ContainerDataPlane {
  const { proxy, folder: root, executable, clock = systemClock } = options;
  /** The tables that wait for `begin`; undefined afterwards. */
  let held: Map<LatestOnly<RouteTable>, RouteTable> | undefined = new Map();
  return {
    name: proxy,
    async begin() {
      const all = [...(held ?? [])];
      held = undefined;
      await Promise.all(all.map(([tables, table]) => tables.set(table)));
    },
    async open({ name, role, table, port, listenerPort, inboundPort, telemetry }) {
      if (role === 'gateway' && port === 0) return UNPUBLISHED;
      const folder = join(root, name);
      const listener = {
        role,
        port: role === 'gateway' ? GATEWAY_PORT : HTTP_PROXY_PORT,
        ...(listenerPort !== undefined && { listenerPort }),
        ...(inboundPort !== undefined && { inboundPort }),
      };
      const reporting = telemetry?.reporting;
      const tracing = reporting && { tracing: envoyTracing(reporting) };
      let write: Write | undefined;
      const tables = new LatestOnly<RouteTable>(async (next) => {
        if (write) await write(next);
        else
          write =
            proxy === 'envoy'
              ? await openEnvoy({ ...listener, table: next, folder, executable, clock, ...tracing })
              : await openSidecar({ ...listener, ...(reporting && { reporting }) }, next, folder, clock);
      });
      const setTable = async (next: RouteTable): Promise<void> => {
        if (held) held.set(tables, next);
        else await tables.set(next);
      };
      await setTable(table);
      return {
        port: role === 'gateway' ? port : HTTP_PROXY_PORT,
        url: role === 'gateway' ? `http://localhost:${port}` : `http://${name}:${HTTP_PROXY_PORT}`,
        setTable,
        setTls: NOTHING,
        // Its container may end before or after it.
        close: NOTHING,
      };
    },
  };
}

const NOTHING = (): Promise<void> => Promise.resolve();
/** Another listener than that of port 80. */
const UNPUBLISHED: MeshProxy = {
  port: 0,
  url: '',
  unreachable: 'containers publish port 80 of the ingress gateway alone',
  setTable: NOTHING,
  setTls: NOTHING,
  close: NOTHING,
};

type Write = (table: RouteTable) => Promise<void>;

function rethrowRefusal(error: unknown): never {
  throw refusalOf(error) ?? error;
}

async function openEnvoy(options: Parameters<typeof EnvoyContainer.open>[0]): Promise<Write> {
  const envoy = await EnvoyContainer.open(options).catch(rethrowRefusal);
  return (table) => envoy.setTable(table).catch(rethrowRefusal);
}

async function openSidecar(
  listener: Omit<ProxyFile, 'table'>,
  table: RouteTable,
  folder: string,
  clock: Clock,
): Promise<Write> {
  const container = new SidecarContainer(folder, clock);
  const write: Write = (next) => container.write({ ...listener, table: next });
  await write(table);
  return write;
}
