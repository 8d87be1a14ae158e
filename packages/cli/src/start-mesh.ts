import { AdminClient, ListenError, MeshServer, type MeshOptions } from '@bookinfo/mesh';

/** Starts the mesh; when another `bookinfo up` has its ports, the Error says where that one is. */
export async function startMesh(options: MeshOptions): Promise<MeshServer> {
  try {
    return await MeshServer.start(options);
  } catch (error) {
    if (!(error instanceof ListenError) || !error.isInUse) throw error;
    const running = await whoRuns(options.adminPort);
    if (!running) throw error;
    const { url, pid } = running;
    const message = `Bookinfo is already running at ${url} (pid ${pid}). Stop it with Ctrl-C there, or: kill ${pid}`;
    throw new Error(message, { cause: error });
  }
}

async function whoRuns(adminPort: number): Promise<{ url: string; pid: number } | undefined> {
  try {
    return await new AdminClient(adminPort).mesh();
  } catch {
    return undefined;
  }
}
