import { SourceProblems, type MeshServer } from '@bookinfo/mesh';
import type { Source } from '@bookinfo/rules';
import { describeError } from './describe-error.js';
import { print, printError } from './output.js';
import { reportNotices } from './report-notices.js';

/**
 * Creates the resources of a file that the mesh has never had. A file that can't be read, or has problems, is reported and left
 * out, so that the rest runs on.
 *
 * @param read reads the file; it may first wait for what the file needs
 * @returns whether the mesh has the file
 */
export async function applyFile(
  mesh: Pick<MeshServer, 'applyNew'>,
  file: string,
  read: (file: string) => Promise<Source[]>,
): Promise<boolean> {
  try {
    const result = await mesh.applyNew(await read(file));
    if ('problems' in result) throw new SourceProblems(result.problems);
    if (result.changes.length > 0) {
      reportNotices(result.notices);
      print(`${file} is applied\n`);
    }
    return true;
  } catch (error) {
    const instruction = `The mesh runs without ${file}. Mend it, then: docker compose restart control`;
    printError(`${describeError(error, 'control')}\n${instruction}\n`);
    return false;
  }
}
