import { GenericContainer, getContainerRuntimeClient, Wait, type StartedTestContainer } from 'testcontainers';
import { inject } from 'vitest';
import { RUN_LABEL, TAG } from './docker.js';

const MEMORY_BYTES = 128 * 1024 * 1024;

/** How long a container may take to end before it is killed, in s. */
const GRACE_S = 20;

/** Returns the name of an image of `docker-bake.hcl`. */
export const imageName = (image: string, variant = ''): string => `bookinfo/${image}:${TAG}${variant}`;

/** A container of this run, which is removed at the end of the run at the latest. */
export class TestContainer extends GenericContainer {
  constructor(image: string) {
    super(image);
    this.withLabels({ [RUN_LABEL]: inject('run') });
  }

  /**
   * Takes away what the manifests take away: the root file system is read-only, there are no capabilities, 128 MiB of memory
   * and no swap, and the user is not the one of the image.
   */
  withRestrictions(): this {
    Object.assign(this.hostConfig, {
      ReadonlyRootfs: true,
      Memory: MEMORY_BYTES,
      MemorySwap: MEMORY_BYTES,
    });
    return this.withUser('54321:0').withDroppedCapabilities('ALL').withSecurityOpt('no-new-privileges');
  }

  /** Makes `start` return when the service is ready to serve. */
  asService(): this {
    return this.withExposedPorts(9080).withWaitStrategy(Wait.forHttp('/readyz', 9080));
  }
}

/** Returns the URL of a path on a started service. */
export const urlOf = (service: StartedTestContainer, path: string): string =>
  `http://${service.getHost()}:${service.getMappedPort(9080)}${path}`;

/** Returns the time that a container has spent on processors so far, in ms. */
export async function processorMs(container: StartedTestContainer): Promise<number> {
  const client = await getContainerRuntimeClient();
  const stats = await client.container.getById(container.getId()).stats({ stream: false, 'one-shot': true });
  return stats.cpu_stats.cpu_usage.total_usage / 1e6;
}

/** How a container ended. */
export interface Ending {
  exitCode: number;
  outOfMemory: boolean;
  /** From the request to stop it to the end of its process. */
  milliseconds: number;
}

/** Sends SIGTERM to a container and waits for its end. */
export async function stop(container: StartedTestContainer): Promise<Ending> {
  const client = await getContainerRuntimeClient();
  const handle = client.container.getById(container.getId());
  const begun = Date.now();
  await handle.stop({ t: GRACE_S });
  const { State } = await handle.inspect();
  await handle.remove({ v: true });
  return {
    exitCode: State.ExitCode,
    outOfMemory: State.OOMKilled,
    milliseconds: Date.parse(State.FinishedAt) - begun,
  };
}
