import { EnvoyProxy } from '@bookinfo/envoy';
import { Proxy } from '@bookinfo/proxy';
import type { RouteTable, ProxyRole } from '@bookinfo/routing';
import { envoyExecutable, envoyMissing } from '@bookinfo/envoy/testing';

/** What both a Proxy and an EnvoyProxy can do. */
export interface RunningEngine extends AsyncDisposable {
  port: number;
  setTable(table: RouteTable): void | Promise<void>;
}

/** Starts one proxy for a table. */
type Start = (role: ProxyRole, table: RouteTable) => Promise<RunningEngine>;

const embedded: Start = (role, table) => Proxy.start({ role, table });

const envoy: Start = (role, table) => EnvoyProxy.start({ role, table, executable: envoyExecutable() });

/** What carries rules out. */
export type Engine = keyof typeof START;

const START = { embedded, envoy };

/** Every suite of this folder's tests runs on each: `describe.each(ENGINES)('%s', …)`. */
export const ENGINES: Engine[] = envoyMissing ? ['embedded'] : ['embedded', 'envoy'];

export function startEngine(engine: Engine, role: ProxyRole, table: RouteTable): Promise<RunningEngine> {
  return START[engine](role, table);
}
