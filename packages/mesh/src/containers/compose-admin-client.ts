import { LOOPBACK } from '@bookinfo/effects';
import { AdminClient } from '../admin/admin-client.js';
import type { MeshDescription } from '../admin/api.js';
import type { ComposeProject } from './compose-project.js';

/** A client of the admin endpoint of a mesh of containers. */
export class ComposeAdminClient extends AdminClient {
  readonly #project: ComposeProject;

  constructor(project: ComposeProject) {
    super(project.adminPort, () => project.authorization());
    this.#project = project;
  }

  /** Describes the mesh; the URLs of sidecars, which name containers, become those of the ports that these publish here. */
  override async mesh(): Promise<MeshDescription> {
    const mesh = await super.mesh();
    const [first] = mesh.sidecars;
    if (!first) return mesh;
    const ports = await this.#project.publishedPorts(Number(new URL(first.url).port));
    const sidecars = mesh.sidecars.flatMap(({ workload, url }) => {
      const port = ports.get(new URL(url).hostname);
      return port === undefined ? [] : [{ workload, url: `http://${LOOPBACK}:${port}` }];
    });
    return { ...mesh, sidecars };
  }
}
