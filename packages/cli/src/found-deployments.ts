import { lookup } from 'node:dns/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { parseResources, type Source } from '@bookinfo/rules';

const PERIOD_MS = 500;

/**
 * Resolves when a container of each Deployment of the files is in the DNS, by the Deployment's name. Deployments without containers
 * would have pods that never are ready.
 */
export async function foundDeployments(sources: readonly Source[]): Promise<void> {
  const names = parseResources(sources).resources.flatMap(({ kind, metadata }) =>
    kind === 'Deployment' ? [metadata.name] : [],
  );
  while (!(await areFound(names))) await delay(PERIOD_MS, undefined, { ref: false });
}

async function areFound(names: readonly string[]): Promise<boolean> {
  const found = await Promise.all(names.map((name) => lookup(name).catch(() => undefined)));
  return found.every((address) => address !== undefined);
}
