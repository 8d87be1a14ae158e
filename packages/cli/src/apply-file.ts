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
 * @throws {Error} when a proxy does not follow in time, which is no fault of the file: the next start applies it.
 */
export async function applyFile(
  mesh: Pick<MeshServer, 'applyNew'>,
  file: string,
  read: (file: string) => Promise<Source[]>,
): Promise<boolean> {
  let sources: Source[];
  try {
    sources = await read(file);
  } catch (error) {
    return leaveOut(file, error);
  }
  const result = await mesh.applyNew(sources);
  if ('problems' in result) return leaveOut(file, new SourceProblems(result.problems));
  if (result.changes.length > 0) {
    reportNotices(result.notices);
    print(`${file} is applied\n`);
  }
  return true;
}

function leaveOut(file: string, error: unknown): false {
  const instruction = `The mesh runs without ${file}. Mend it, then: docker compose restart control`;
  printError(`${describeError(error, 'control')}\n${instruction}\n`);
  return false;
}
