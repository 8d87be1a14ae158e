import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { didYouMean } from '@bookinfo/text';
import { KubeConfig } from '@kubernetes/client-node';

/**
 * Returns the kubeconfig that kubectl would read, with this context as the current one.
 * @throws {Error} that says which file is missing or wrong, or which contexts there are.
 */
export function kubeConfigFor(context: string): KubeConfig {
  const files = process.env['KUBECONFIG'] ?? '';
  const standard = join(homedir(), '.kube', 'config');
  if (files === '' && !existsSync(standard))
    throw new Error(
      `There is no kubeconfig: ${standard} does not exist, and KUBECONFIG names no other file.`,
    );
  const config = new KubeConfig();
  try {
    config.loadFromDefault();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The kubeconfig (${files || standard}) can't be read: ${reason}`, { cause: error });
  }
  const names = config.getContexts().map(({ name }) => name);
  if (!names.includes(context))
    throw new Error(
      `The kubeconfig (${files || standard}) has no context ${JSON.stringify(context)}${didYouMean(context, names)} (it has: ${names.join(', ') || 'none'}).`,
    );
  config.setCurrentContext(context);
  if (!config.getCurrentCluster())
    throw new Error(`The context ${JSON.stringify(context)} names a cluster that the kubeconfig lacks.`);
  return config;
}
