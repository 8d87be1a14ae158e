import type { MeshServer } from '@bookinfo/mesh';
import { formatProblem, parseResources, type Source } from '@bookinfo/rules';
import { printError } from './output.js';
import { reportNotices } from './report-notices.js';

/** Applies the files; reports those that have problems, and leaves these out. Resolves whether none was left out. */
export async function applyValid(
  mesh: Pick<MeshServer, 'apply'>,
  sources: readonly Source[],
): Promise<boolean> {
  const valid = sources.filter((source) => {
    const { problems } = parseResources([source]);
    for (const problem of problems) printError(`${formatProblem(problem)}\n`);
    return problems.length === 0;
  });
  const result = await mesh.apply(valid);
  if ('problems' in result) printError(`${result.problems.map(formatProblem).join('\n')}\n`);
  else reportNotices(result.notices);
  const isComplete = valid.length === sources.length && !('problems' in result);
  if (!isComplete)
    printError('The mesh runs without these files. Mend them, then: docker compose restart control\n');
  return isComplete;
}
