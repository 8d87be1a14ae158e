import { EnvoyProxy } from '@bookinfo/envoy';
import { Proxy } from '@bookinfo/proxy';
import type { RouteTable, ProxyRole } from '@bookinfo/routing';
import { envoyExecutable, envoyMissing } from '@bookinfo/envoy/testing';

/** The common interface of Proxy and EnvoyProxy. */
export interface RunningEngine extends AsyncDisposable {
  port: number;
  setTable(table: RouteTable): void | Promise<void>;
}

/** Starts one proxy for a table. */
type Start = (role: ProxyRole, table: RouteTable) => Promise<RunningEngine>;

const embedded: Start = (role, table) => Proxy.start({ role, table });

const envoy: Start = (role, table) => EnvoyProxy.start({ role, table, executable: envoyExecutable() });

/** A data plane that the scenarios run on. */
export type Engine = keyof typeof START;

const START = { embedded, envoy };

/** The engines for `describe.each`: both, or only the embedded one where Envoy is not installed. */
export const ENGINES: Engine[] = envoyMissing ? ['embedded'] : ['embedded', 'envoy'];

export function startEngine(engine: Engine, role: ProxyRole, table: RouteTable): Promise<RunningEngine> {
  return START[engine](role, table);
}
