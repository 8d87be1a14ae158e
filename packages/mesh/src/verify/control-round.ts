import type { AdminClient } from '../admin/admin-client.js';

const TIMEOUT_MS = 60_000;

/** A pod among the items of `get pods`. */
interface PodItem {
  metadata: { labels: Record<string, string> };
  status: { address?: string };
}

/**
 * Returns a function that sends a round of control requests, past all proxies, one after the other: for each workload on the
 * way, such as `reviews-v2`, one to the process of the mesh, which runs the embedded proxies, and one to a pod; at last one
 * more to the mesh.
 */
export async function controlRound(
  admin: AdminClient,
  workloads: ReadonlySet<string>,
): Promise<() => Promise<void>> {
  const { items } = await admin.get('pods');
  const addresses = new Map(
    (items as unknown as PodItem[]).map(({ metadata: { labels }, status }) => [
      `${labels['app']}-${labels['version']}`,
      status.address,
    ]),
  );
  const urls = [...workloads].flatMap((workload) => {
    const address = addresses.get(workload);
    return address === undefined ? [] : [`http://${address}/`];
  });
  return async () => {
    for (const url of urls) {
      await admin.mesh();
      const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      await response.body?.cancel();
    }
    await admin.mesh();
  };
}
