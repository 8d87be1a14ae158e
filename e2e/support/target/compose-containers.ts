import { docker } from '@bookinfo/mesh';
import { until } from '../until.ts';

/** Returns the address that this machine has in the network of a project's containers. */
export async function gatewayOf(project: string): Promise<string> {
  const format = '{{(index .IPAM.Config 0).Gateway}}';
  return (await docker('network', 'inspect', '--format', format, `${project}_default`)).trim();
}

/**
 * Kills a container of the service, chosen at random, and resolves when its successor is ready: the control plane may take it for
 * ready all the while, because it asks but once a second.
 */
export async function killOne(project: string, service: string): Promise<void> {
  const container = await containerOf(project, service);
  await docker('kill', container);
  // Unlike one that ends by itself, Docker leaves it ended.
  await docker('start', container);
  await until('the killed container is ready', () =>
    docker('exec', container, 'curl', '--fail', '--silent', 'localhost:9080/readyz').then(
      () => true,
      () => false,
    ),
  );
}

/** Stops the processes of a container of the service, chosen at random, until the end of the block. */
export async function pauseOne(project: string, service: string): Promise<AsyncDisposable> {
  const container = await containerOf(project, service);
  await docker('pause', container);
  return {
    async [Symbol.asyncDispose]() {
      await docker('unpause', container);
    },
  };
}

/** Returns the container of one pod of a service, chosen at random. */
async function containerOf(project: string, service: string): Promise<string> {
  const filter = `label=com.docker.compose.project=${project}`;
  const format = '{{.ID}} {{.Label "com.docker.compose.service"}}';
  const lines = (await docker('ps', '--filter', filter, '--format', format)).split('\n');
  const ids = lines.flatMap((line) => new RegExp(`^(\\w+) ${service}-v[\\w-]+-app$`).exec(line)?.[1] ?? []);
  const id = ids[Math.floor(Math.random() * ids.length)];
  if (id === undefined) throw new Error(`no container of ${service} among:\n${lines.join('\n')}`);
  return id;
}
