import { EnvoyProxy } from '../../src/envoy/envoy-proxy.js';
import { Proxy } from '../../src/proxy/proxy.js';
import type { RouteTable } from '../../src/compile/route-table.js';
import type { ProxyRole } from '../../src/proxy/proxy-role.js';
import { envoyExecutable, envoyMissing } from '../envoy.js';

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
