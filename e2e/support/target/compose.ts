import { ComposeAdminClient, ComposeProject, docker } from '@bookinfo/mesh';
import { composeProjectName } from './compose-project-name.ts';
import { MeshTarget } from './mesh-target.ts';
import type { Handle, Target } from './target.ts';

const UNSUPPORTED: Target['unsupported'] = {
  Deployments: 'the containers are those of compose.yaml, whatever Deployments rule files bring',
  replicas: 'Compose runs one pod of each Deployment',
  'rolling restarts': 'Compose ends a container before it starts its successor',
  gateways: 'compose.yaml has no container for gateways beside the ingress gateway',
  ...(process.platform !== 'linux' && { 'stand-ins': 'the network of containers is in a virtual machine' }),
};

/** Returns the target of the containers that a project of compose.yaml runs. */
export async function compose(handle: Handle): Promise<Target> {
  const name = composeProjectName(handle.adminPort);
  const project = await ComposeProject.named(name);
  if (!project) throw new Error(`the Compose project ${name} does not run`);
  return new MeshTarget(handle, {
    admin: new ComposeAdminClient(project),
    standInHost: await gatewayOf(name),
    unsupported: UNSUPPORTED,
    async kill(service) {
      const container = await containerOf(name, service);
      await docker('kill', container);
      // Unlike one that ends by itself, Docker leaves it ended.
      await docker('start', container);
    },
    async pause(service) {
      const container = await containerOf(name, service);
      await docker('pause', container);
      return {
        async [Symbol.asyncDispose]() {
          await docker('unpause', container);
        },
      };
    },
  });
}

/** Returns the address that this machine has in the network of the containers. */
async function gatewayOf(project: string): Promise<string> {
  const format = '{{(index .IPAM.Config 0).Gateway}}';
  return (await docker('network', 'inspect', '--format', format, `${project}_default`)).trim();
}

/** Returns the container of one version of a service, chosen at random. */
async function containerOf(project: string, service: string): Promise<string> {
  const filter = `label=com.docker.compose.project=${project}`;
  const format = '{{.ID}} {{.Label "com.docker.compose.service"}}';
  const lines = (await docker('ps', '--filter', filter, '--format', format)).split('\n');
  const ids = lines.flatMap((line) => new RegExp(`^(\\w+) ${service}-v[\\w-]+-app$`).exec(line)?.[1] ?? []);
  const id = ids[Math.floor(Math.random() * ids.length)];
  if (id === undefined) throw new Error(`no container of ${service} among:\n${lines.join('\n')}`);
  return id;
}
