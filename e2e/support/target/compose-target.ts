import { ComposeAdminClient, type ComposeProject, docker } from '@bookinfo/mesh';
import { parseResources, type Source } from '@bookinfo/rules';
import { sourceOf } from '../sources.ts';
import { BOOKINFO_DEPLOYMENTS, renamed, withReplicas } from './bookinfo-deployments.ts';
import { compose } from './compose-command.ts';
import { gatewayOf, killOne, pauseOne } from './compose-containers.ts';
import { composeProjectName } from './compose-project-name.ts';
import { COMPOSE_DATABASES } from './compose-databases.ts';
import { MeshTarget } from './mesh-target.ts';
import { type ComposeConfig, containersOf, secondOf, withSecondPods } from './pod-containers.ts';
import type { Database, DatabaseKind, Handle, Target } from './target.ts';

const UNSUPPORTED: Target['unsupported'] = {
  gateways: 'compose.yaml has no container for gateways beside the ingress gateway',
  tls: 'compose.yaml publishes no listener but that of port 80',
  ...(process.platform !== 'linux' && { 'stand-ins': 'the network of containers is in a virtual machine' }),
};

/** Longer than an application takes to end, in s. */
const DRAIN_S = '30';

/**
 * The containers of compose.yaml. Compose runs one pod of a Deployment; a second one is the containers of the first by other
 * names, and a Deployment of that name with the same labels.
 */
export class ComposeTarget extends MeshTarget {
  readonly #handle: Handle;

  static async of(handle: Handle, project: ComposeProject): Promise<ComposeTarget> {
    return new ComposeTarget(handle, project, await gatewayOf(project.name));
  }

  private constructor(handle: Handle, project: ComposeProject, standInHost: string) {
    super(handle, {
      admin: new ComposeAdminClient(project),
      standInHost,
      unsupported: UNSUPPORTED,
      kill: (service) => killOne(project.name, service),
      pause: (service) => pauseOne(project.name, service),
    });
    this.#handle = handle;
  }

  /** Starts the containers of Deployments that Bookinfo does not start with, which are in profiles of compose.yaml. */
  override async apply(files: readonly Source[]): Promise<void> {
    const pods = addedDeployments(files).flatMap(containersOf);
    if (pods.length > 0) await this.#compose(['up', '--detach', '--build', ...pods]);
    await super.apply(files);
  }

  override async delete(files: readonly Source[]): Promise<void> {
    await super.delete(files);
    await this.#remove(addedDeployments(files).flatMap(containersOf));
  }

  override async scale(replicas: 1 | 2): Promise<void> {
    if (replicas === 2) await this.#startSeconds(BOOKINFO_DEPLOYMENTS);
    else await this.#endSeconds(BOOKINFO_DEPLOYMENTS);
  }

  /** Compose ends a container before it starts its successor, so second pods serve meanwhile. */
  override async restart(deployments: readonly string[]): Promise<void> {
    await this.#startSeconds(deployments);
    await this.#endService(deployments, super.apply([withReplicas(deployments, 0)]));
    await this.#compose(['restart', ...deployments]);
    await super.apply([withReplicas(deployments, 1)]);
    await this.whenReady();
    await this.#endSeconds(deployments);
  }

  override async database(kind: DatabaseKind): Promise<Database> {
    const { container, ratings, rate } = COMPOSE_DATABASES[kind];
    const files = [sourceOf(ratings)];
    await this.#compose(['up', '--detach', '--build', container]);
    await this.apply(files);
    await this.whenReady();
    return {
      rate: (first, second) => this.#compose(['exec', '--no-TTY', container, ...rate(first, second)]),
      stop: async () => {
        await this.#compose(['stop', container]);
        return { [Symbol.asyncDispose]: () => this.#compose(['start', container]) };
      },
      [Symbol.asyncDispose]: async () => {
        await this.delete(files);
        await this.#remove([container]);
      },
    };
  }

  async #startSeconds(deployments: readonly string[]): Promise<void> {
    const config = JSON.parse(await compose(this.#handle, ['config', '--format', 'json'])) as ComposeConfig;
    const containers = deployments.map(secondOf).flatMap(containersOf);
    const up = ['up', '--detach', '--no-recreate', ...containers];
    await compose(this.#handle, up, JSON.stringify(withSecondPods(config, deployments)));
    await super.apply([renamed(deployments, secondOf)]);
    await this.whenReady();
  }

  async #endSeconds(deployments: readonly string[]): Promise<void> {
    const seconds = deployments.map(secondOf);
    await this.#endService(seconds, super.delete([renamed(deployments, secondOf)]));
    await this.#remove(seconds.flatMap(containersOf));
  }

  /** Takes pods out of the endpoints by a change, and ends their applications when these have answered all requests. */
  async #endService(pods: readonly string[], change: Promise<void>): Promise<void> {
    await change;
    await this.endpointsInForce();
    await docker('stop', '--time', DRAIN_S, ...this.#containers(pods.map((pod) => `${pod}-app`)));
  }

  /** Returns Docker's names of containers. */
  #containers(services: readonly string[]): string[] {
    return services.map((service) => `${composeProjectName(this.#handle.adminPort)}-${service}-1`);
  }

  /** Removes the containers of services, if there are any. */
  async #remove(services: readonly string[]): Promise<void> {
    if (services.length > 0) await docker('rm', '--force', '--volumes', ...this.#containers(services));
  }

  async #compose(args: readonly string[]): Promise<void> {
    await compose(this.#handle, args);
  }
}

/** Returns the names of the Deployments in the files that Bookinfo does not start with. */
function addedDeployments(files: readonly Source[]): string[] {
  const names = parseResources(files).resources.flatMap(({ kind, metadata }) =>
    kind === 'Deployment' ? [metadata.name] : [],
  );
  return names.filter((name) => !BOOKINFO_DEPLOYMENTS.includes(name));
}
