import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AdminClient, SourceProblems } from '@bookinfo/mesh';
import { formatProblem, type Source } from '@bookinfo/rules';
import { inject } from 'vitest';
import { networking, root } from './repository.js';

/** The URL of the ingress gateway. */
export const ingress = `http://127.0.0.1:${inject('gatewayPort')}`;

const admin = new AdminClient(inject('adminPort'));

/** Applies files of deploy/, named without `.yaml`, until the end of the block. */
export async function appliedFiles(...names: string[]): Promise<AsyncDisposable> {
  const files = names.map((name) => source(`deploy/${name}.yaml`));
  await change('apply', files);
  return { [Symbol.asyncDispose]: () => change('delete', files) };
}

/** Applies rule files until the end of the block, then restores the subsets that their deletion may have removed. */
export async function applied(...names: string[]): Promise<AsyncDisposable> {
  const rules = names.map((name) => source(networking(name)));
  await change('apply', rules);
  return {
    [Symbol.asyncDispose]: async () => {
      await change('delete', rules);
      await change('apply', [source(networking('destination-rule-all'))]);
    },
  };
}

/** Applies the rules of a test until the end of the block. */
export async function appliedText(text: string): Promise<AsyncDisposable> {
  const rules = [{ file: 'rules of the test', text }];
  await change('apply', rules);
  return { [Symbol.asyncDispose]: () => change('delete', rules) };
}

/** Returns the URL of a gateway's first listener, by the name of its Deployment in Istio. */
export async function gatewayUrl(name: string): Promise<string> {
  const { gateways } = await admin.mesh();
  const listener = gateways.find(({ gateway }) => gateway === name);
  if (!listener)
    throw new Error(`no gateway ${name} among ${gateways.map(({ gateway }) => gateway).join(', ')}`);
  return listener.url;
}

/** Returns the loopback URL of a workload's first pod, not through the mesh: `await podUrl('reviews-v2')`. */
export async function podUrl(deployment: string): Promise<string> {
  const { items } = await admin.get('pods');
  const pods = items as { metadata: { name: string }; status: { address: string } }[];
  const pod = pods.find(({ metadata }) => metadata.name.startsWith(`${deployment}-`));
  if (!pod)
    throw new Error(`no pod of ${deployment} among ${pods.map(({ metadata }) => metadata.name).join(', ')}`);
  return `http://${pod.status.address}`;
}

function source(file: string): Source {
  return { file, text: readFileSync(join(root, file), 'utf8') };
}

async function change(action: 'apply' | 'delete', rules: Source[]): Promise<void> {
  try {
    await admin[action](rules);
  } catch (error) {
    if (!(error instanceof SourceProblems)) throw error;
    throw new Error(error.problems.map(formatProblem).join('\n'), { cause: error });
  }
}
