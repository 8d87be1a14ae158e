import { AdminClient } from '@bookinfo/mesh';
import { inject } from 'vitest';

const admin = new AdminClient(inject('target').adminPort);

/** Returns the loopback URL of a Deployment's first pod, not through the mesh: `await podUrl('reviews-v2')`. */
export async function podUrl(deployment: string): Promise<string> {
  const { items } = await admin.get('pods');
  const pods = items as { metadata: { name: string }; status: { address: string } }[];
  const pod = pods.find(({ metadata }) => metadata.name.startsWith(`${deployment}-`));
  if (!pod)
    throw new Error(`no pod of ${deployment} among ${pods.map(({ metadata }) => metadata.name).join(', ')}`);
  return `http://${pod.status.address}`;
}
