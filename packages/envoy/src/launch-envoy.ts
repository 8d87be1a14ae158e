import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock, type Clock } from '@bookinfo/effects';
import type { ConfigFile } from './config-files.js';
import type { ConfigFolder } from './config-folder.js';
import { EnvoyAdmin } from './envoy-admin.js';
import { EnvoyProgram } from './envoy-program.js';
import type { EnvoyProxyOptions } from './envoy-proxy-options.js';
import { waitUntil } from './wait-until.js';

/** Limit for Envoy to end. */
export const END_TIMEOUT_MS = 15_000;

/** An Envoy process whose admin endpoint listens, and the folder of its files. */
export interface RunningEnvoy {
  folder: ConfigFolder;
  program: EnvoyProgram;
  admin: EnvoyAdmin;
  clock: Clock;
}

/**
 * Starts Envoy with the bootstrap of the folder.
 * @throws {InotifyExhausted} when Linux allows no further file to be watched.
 * @throws {EnvoyFailed} when Envoy cannot be started.
 */
export async function launchEnvoy(
  { executable = 'envoy', clock = systemClock, onAccessLog = () => undefined }: EnvoyProxyOptions,
  folder: ConfigFolder,
  bootstrap: ConfigFile,
): Promise<RunningEnvoy> {
  const addressFile = join(folder.path, 'admin-address');
  const args = ['--config-path', bootstrap.path, '--admin-address-path', addressFile];
  const program = new EnvoyProgram(executable, args, folder.path, onAccessLog);
  let address = '';
  const hasAdmin = async (): Promise<boolean> => {
    address = await readFile(addressFile, 'utf8').catch(() => '');
    return address !== '';
  };
  try {
    await waitUntil(hasAdmin, 'does not start', { program, clock });
  } catch (error) {
    await program.stop(END_TIMEOUT_MS, clock);
    throw error;
  }
  return { folder, program, admin: new EnvoyAdmin(Number(address.split(':').at(-1))), clock };
}
