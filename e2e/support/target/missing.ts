import { spawnSync } from 'node:child_process';
import type { TargetName } from './names.ts';

const isRunnable = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

/** Returns what this machine lacks for a target; undefined when it has all of it. */
export function missingFor(target: TargetName): string | undefined {
  if (target === 'envoy' && !isRunnable(process.env['ENVOY_PATH'] ?? 'envoy'))
    return 'no Envoy; name it by ENVOY_PATH, or install it as .ci/install-test-tools does';
  return undefined;
}
