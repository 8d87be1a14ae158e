import type { TestProject } from 'vitest/node';
import { announceSkip, docker, lacksDocker, RUN_LABEL } from './docker.js';

declare module 'vitest' {
  interface ProvidedContext {
    run: string;
  }
}

/** Builds every image; at the end removes all containers and networks of this run, those of failed tests included. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = String(process.pid);
  project.provide('run', run);
  announceSkip();
  if (lacksDocker()) return async () => {};

  const begun = performance.now();
  await docker('buildx', 'bake', 'default', 'distroless');
  process.stdout.write(`images built in ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);

  return async () => {
    const ofRun = ['--quiet', '--filter', `label=${RUN_LABEL}=${run}`];
    const containers = (await docker('ps', '--all', ...ofRun)).split('\n').filter(Boolean);
    if (containers.length > 0) await docker('rm', '--force', '--volumes', ...containers);
  };
}
