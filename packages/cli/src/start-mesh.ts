import {
  AdminClient,
  DEFAULT_ADMIN_PORT,
  ListenError,
  MeshServer,
  type MeshDescription,
  type MeshOptions,
} from '@bookinfo/mesh';

/**
 * Starts the mesh.
 * @throws {Error} that describes the running mesh, when another `up` has the ports; `command` is how it is stopped.
 * @throws {ListenError} when another program has them.
 */
export async function startMesh(options: MeshOptions, command: string): Promise<MeshServer> {
  try {
    return await MeshServer.start(options);
  } catch (error) {
    if (!(error instanceof ListenError) || !error.isInUse) throw error;
    const running = await meshAt(options.adminPort);
    if (!running) throw error;
    const { url, pid } = running;
    const message = `Bookinfo is already running at ${url} (pid ${pid}). Stop it with: ${command} down${adminPortFlag(options.adminPort)}`;
    throw new Error(message, { cause: error });
  }
}

/** Returns the option that a command needs to reach the mesh with this admin port: none for the default. */
export function adminPortFlag(adminPort: number): string {
  return adminPort === DEFAULT_ADMIN_PORT ? '' : ` --admin-port ${adminPort}`;
}

async function meshAt(adminPort: number): Promise<MeshDescription | undefined> {
  try {
    return await new AdminClient(adminPort).mesh();
  } catch {
    return undefined;
  }
}
