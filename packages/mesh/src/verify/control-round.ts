import { Agent, get } from 'node:http';
import type { AdminClient } from '../admin/admin-client.js';

const TIMEOUT_MS = 60_000;

/** A pod among the items of `get pods`. */
interface PodItem {
  metadata: { namespace: string; labels: Record<string, string> };
  status: { address?: string };
}

/**
 * Returns a function that sends a round of control requests, past all proxies, one after the other: for each workload on the
 * way, such as `default/reviews-v2`, one to the process of the mesh, which runs the embedded proxies, and one to a pod; at last one
 * more to the mesh. The responses (a 401 of the admin endpoint, for one) take little work, so that they do not slow the
 * machine themselves.
 */
export async function controlRound(
  admin: Pick<AdminClient, 'get' | 'url'>,
  workloads: readonly string[],
): Promise<() => Promise<void>> {
  const { items } = await admin.get('pods');
  const addresses = new Map(
    (items as unknown as PodItem[]).map(({ metadata: { namespace, labels }, status }) => [
      `${namespace}/${labels['app']}-${labels['version']}`,
      status.address,
    ]),
  );
  const pods = workloads.map((workload) => addresses.get(workload)).filter((pod) => pod !== undefined);
  const urls = [...pods.flatMap((pod) => [admin.url, `http://${pod}`]), admin.url];
  const agent = new Agent({ keepAlive: true });
  return async () => {
    for (const url of urls) await send(url, agent);
  };
}

/** Resolves at the end of any response. */
function send(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, timeout: TIMEOUT_MS }, (response) => {
      response.resume().once('end', resolve).once('error', reject);
    });
    request.once('timeout', () => request.destroy(new Error('no response'))).once('error', reject);
  });
}
