import { spawnSync } from 'node:child_process';
import { assertCompose, DockerUnavailable } from '@bookinfo/mesh';
import type { TargetName } from './names.ts';

const isRunnable = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

/** Returns what this machine lacks for a target; undefined when it has all of it. */
export async function missingFor(target: TargetName): Promise<string | undefined> {
  if (target === 'envoy' && !isRunnable(process.env['ENVOY_PATH'] ?? 'envoy'))
    return 'no Envoy; name it by ENVOY_PATH, or install it as .ci/install-test-tools does';
  if (target === 'kube' && (process.env['E2E_CONTEXT'] ?? '') === '')
    return 'no cluster is named by --context';
  return target === 'compose' ? await composeMissing() : undefined;
}

async function composeMissing(): Promise<string | undefined> {
  try {
    await assertCompose();
  } catch (error) {
    if (error instanceof DockerUnavailable) return error.message;
    throw error;
  }
  return undefined;
}
