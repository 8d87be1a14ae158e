import { spawnSync } from 'node:child_process';
import { freePort } from '@bookinfo/effects';
import { DockerComposeEnvironment } from 'testcontainers';
import { root } from '../repository.ts';
import { composeProjectName } from './compose-project-name.ts';
import type { Started } from './target.ts';

/** Builds the images, and starts the containers of compose.yaml as a project of their own, on free ports. */
export async function startCompose(): Promise<Started> {
  const [gatewayPort, adminPort] = [await freePort(), await freePort()];
  const name = composeProjectName(adminPort);
  // For a test runner that ends without the function returned below.
  const end = (): void => {
    spawnSync('docker', ['compose', '--project-name', name, 'down', '--volumes', '--timeout', '0']);
  };
  process.once('exit', end);
  const containers = await new DockerComposeEnvironment(root, 'compose.yaml')
    .withProjectName(name)
    .withEnvironment({ BOOKINFO_PORT: `${gatewayPort}`, BOOKINFO_ADMIN_PORT: `${adminPort}` })
    .withBuild()
    .up();
  return {
    handle: { name: 'compose', ingressUrl: `http://127.0.0.1:${gatewayPort}`, adminPort },
    async stop() {
      await containers.down();
      process.off('exit', end);
    },
  };
}
