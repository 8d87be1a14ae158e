import { EnvoyProxy } from '@bookinfo/envoy';
import { Proxy } from '@bookinfo/proxy';
import type { ProxyRole, RouteTable, TlsServer } from '@bookinfo/routing';
import { envoyExecutable, envoyMissing } from '@bookinfo/envoy/testing';

/** The common interface of Proxy and EnvoyProxy. */
export interface RunningEngine extends AsyncDisposable {
  port: number;
  setTable(table: RouteTable): void | Promise<void>;
  setTls(servers: readonly TlsServer[]): void | Promise<void>;
}

/** The part of a table that a proxy serves; by default port 80 of a gateway. */
interface StartOptions {
  role: ProxyRole;
  table: RouteTable;
  listenerPort?: number;
  tls?: readonly TlsServer[];
}

/** Starts one proxy for a table. */
type Start = (options: StartOptions) => Promise<RunningEngine>;

const embedded: Start = (options) => Proxy.start(options);

const envoy: Start = (options) => EnvoyProxy.start({ ...options, executable: envoyExecutable() });

/** A data plane that the scenarios run on. */
export type Engine = keyof typeof START;

const START = { embedded, envoy };

/** The engines for `describe.each`: both, or only the embedded one where Envoy is not installed. */
export const ENGINES: Engine[] = envoyMissing ? ['embedded'] : ['embedded', 'envoy'];

export function startEngine(engine: Engine, options: StartOptions): Promise<RunningEngine> {
  return START[engine](options);
}
