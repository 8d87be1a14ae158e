import { freePort } from '@bookinfo/effects';
import { DockerComposeEnvironment, Wait } from 'testcontainers';
import { root } from '../repository.ts';
import { until } from '../until.ts';
import { COMPOSE_FILES, composeEnvironment } from './compose-command.ts';
import { composeProjectName } from './compose-project-name.ts';
import { startReaper } from './start-reaper.ts';
import type { Handle, Started } from './target.ts';

/** Ends a wait for 27 containers that hangs. */
const HANG_MS = 300_000;

/** Builds the images, and starts the containers of compose.yaml as a project of their own, on free ports. */
export async function startCompose(): Promise<Started> {
  const [gatewayPort, adminPort] = [await freePort(), await freePort()];
  const handle: Handle = { name: 'compose', ingressUrl: `http://127.0.0.1:${gatewayPort}`, adminPort };
  const project = composeProjectName(adminPort);
  const stop = startReaper('compose-reaper.ts', [project], `the containers of the project ${project}`);
  await new DockerComposeEnvironment(root, COMPOSE_FILES)
    .withProjectName(project)
    .withEnvironment(composeEnvironment(handle))
    .withBuild()
    // The health checks have time limits, which a busy machine exceeds.
    .withDefaultWaitStrategy(Wait.forAll([]))
    .up();
  await until('the page is there', () => isThere(`${handle.ingressUrl}/productpage`), HANG_MS);
  return { handle, stop };
}

async function isThere(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
