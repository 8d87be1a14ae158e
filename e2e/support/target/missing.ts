import { spawnSync } from 'node:child_process';
import type { TargetName } from './names.ts';

const isRunnable = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const succeeds = (...command: readonly string[]): boolean =>
  spawnSync(command[0]!, command.slice(1)).status === 0;

/** Returns what this machine lacks for a target; undefined when it has all of it. */
export function missingFor(target: TargetName): string | undefined {
  if (target === 'envoy' && !isRunnable(process.env['ENVOY_PATH'] ?? 'envoy'))
    return 'no Envoy; name it by ENVOY_PATH, or install it as .ci/install-test-tools does';
  if (target === 'compose') {
    if (!succeeds('docker', 'version')) return 'Docker cannot be used; `docker version` says why';
    if (!succeeds('docker', 'compose', 'version')) return 'Docker has no Compose';
  }
  return undefined;
}
