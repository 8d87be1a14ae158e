import { z } from 'zod';
import { docker } from './docker.js';

const CONTAINERS = z.array(
  z.object({
    Id: z.string(),
    Config: z.object({ Labels: z.record(z.string(), z.string()) }),
    NetworkSettings: z.object({
      Ports: z.record(z.string(), z.array(z.object({ HostPort: z.string() })).nullable()),
    }),
  }),
);

const PROJECT = 'com.docker.compose.project';
const SERVICE = 'com.docker.compose.service';
const CONTROL = 'control';
/** The file in the container of the control plane with the credential of its admin endpoint. */
const TOKEN_FILE = '/tmp/bookinfo-1337/admin-15000';
const ADMIN_PORT = 15_000;

/** The containers that `docker compose up` has started from this checkout. */
export class ComposeProject {
  /** Compose's name of the project. */
  readonly name: string;
  readonly #control: z.output<typeof CONTAINERS>[number];

  /**
   * Returns the project whose compose.yaml is in this folder; undefined when its control plane does not run.
   * @throws {DockerUnavailable} when Docker can't be used.
   */
  static async find(folder: string): Promise<ComposeProject | undefined> {
    const [control] = await inspect(`${SERVICE}=${CONTROL}`, `${PROJECT}.working_dir=${folder}`);
    return control && new ComposeProject(control);
  }

  /**
   * Returns the project of this name; undefined when its control plane does not run.
   * @throws {DockerUnavailable} when Docker can't be used.
   */
  static async named(name: string): Promise<ComposeProject | undefined> {
    const [control] = await inspect(`${SERVICE}=${CONTROL}`, `${PROJECT}=${name}`);
    return control && new ComposeProject(control);
  }

  private constructor(control: z.output<typeof CONTAINERS>[number]) {
    this.#control = control;
    this.name = control.Config.Labels[PROJECT] ?? '';
  }

  /** The port of this machine on which the admin endpoint is published. */
  get adminPort(): number {
    return publishedPort(this.#control, ADMIN_PORT) ?? 0;
  }

  /** Returns the credential of the admin endpoint: who may use Docker may have it. */
  async authorization(): Promise<string | undefined> {
    const header = await docker('exec', this.#control.Id, 'cat', TOKEN_FILE);
    return /^Authorization: (.+)$/m.exec(header)?.[1];
  }

  /** Returns the ports of this machine on which a port of containers is published, by the names of their services. */
  async publishedPorts(port: number): Promise<ReadonlyMap<string, number>> {
    const containers = await inspect(`${PROJECT}=${this.name}`);
    return new Map(
      containers.flatMap((container) => {
        const published = publishedPort(container, port);
        const service = container.Config.Labels[SERVICE];
        return published === undefined || service === undefined ? [] : [[service, published] as const];
      }),
    );
  }
}

async function inspect(...labels: string[]): Promise<z.output<typeof CONTAINERS>> {
  const filters = labels.flatMap((label) => ['--filter', `label=${label}`]);
  const ids = (await docker('ps', '--quiet', ...filters)).split('\n').filter(Boolean);
  return ids.length === 0 ? [] : CONTAINERS.parse(JSON.parse(await docker('inspect', ...ids)));
}

function publishedPort(
  { NetworkSettings }: z.output<typeof CONTAINERS>[number],
  port: number,
): number | undefined {
  const [published] = NetworkSettings.Ports[`${port}/tcp`] ?? [];
  return published && Number(published.HostPort);
}
