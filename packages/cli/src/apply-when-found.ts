import { lookup } from 'node:dns/promises';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { MeshServer } from '@bookinfo/mesh';
import { formatProblem, parseResources, type Source } from '@bookinfo/rules';
import { print, printError } from './output.js';

const PERIOD_MS = 500;

/**
 * Applies each file, once for a folder, as soon as a container of each of its Deployments is in the DNS, by the Deployment's name; resolves when all
 * files are applied. Deployments without containers would have pods that never are ready.
 */
export async function applyWhenFound(
  mesh: Pick<MeshServer, 'apply'>,
  sources: readonly Source[],
  folder: string,
): Promise<void> {
  await Promise.all(
    sources.map(async (source) => {
      const applied = path.join(folder, `${path.basename(source.file)}.applied`);
      if (existsSync(applied)) return;
      const names = parseResources([source]).resources.flatMap(({ kind, metadata }) =>
        kind === 'Deployment' ? [metadata.name] : [],
      );
      while (!(await areFound(names))) await delay(PERIOD_MS, undefined, { ref: false });
      const result = await mesh.apply([source]);
      if ('problems' in result) printError(`${result.problems.map(formatProblem).join('\n')}\n`);
      else {
        writeFileSync(applied, '');
        print(`${source.file} is applied: ${names.join(', ')}\n`);
      }
    }),
  );
}

async function areFound(names: readonly string[]): Promise<boolean> {
  const found = await Promise.all(names.map((name) => lookup(name).catch(() => undefined)));
  return found.every((address) => address !== undefined);
}
