import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envoyExecutable, envoyMissing } from './envoy.js';

const script = (instances: number, program: string) =>
  `echo ${instances} > /proc/sys/user/max_inotify_instances && exec ${program} "$@"`;

/** True when tests with `limitedEnvoy` are skipped: without Envoy, and where a user may make no namespace. */
export const limitedEnvoyMissing =
  envoyMissing ||
  spawnSync('unshare', ['--user', '--map-root-user', 'sh', '-c', script(1, 'true')]).status !== 0;

/** Returns the path of an Envoy, in this folder, which gets this number of inotify instances from Linux and no more. */
export function limitedEnvoy(folder: string, instances: number): string {
  const path = join(folder, `envoy-${instances}`);
  const command = `exec unshare --user --map-root-user sh -c '${script(instances, envoyExecutable())}' envoy "$@"`;
  writeFileSync(path, `#!/bin/sh\n${command}\n`, { mode: 0o700 });
  return path;
}
