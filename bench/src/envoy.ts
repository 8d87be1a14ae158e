import { spawnSync } from 'node:child_process';
import { EnvoyProxy } from '@bookinfo/envoy';
import type { RouteTable } from '@bookinfo/routing';
import type { Program } from './program.ts';

/** Starts Envoy as a sidecar with this table; undefined when it is not installed. */
export async function startEnvoy(table: RouteTable): Promise<Program | undefined> {
  const executable = process.env['ENVOY_PATH'] ?? 'envoy';
  if (spawnSync(executable, ['--version']).error) return undefined;
  const envoy = await EnvoyProxy.start({ role: 'sidecar', table, executable });
  return { url: envoy.url, pid: envoy.pid ?? 0, [Symbol.asyncDispose]: () => envoy.close() };
}
