import { runningResources, SourceProblems, type AdminClient } from '@bookinfo/mesh';
import { modelOfFiles, type MeshConfig, type Model } from '@bookinfo/rules';
import { readSources } from './read-sources.js';
import { reportNotices } from './report-notices.js';

/**
 * Returns the model of the running mesh after these files are applied, and reports their notices.
 * @throws {MeshUnreachable} when no mesh runs.
 * @throws {SourceProblems} when a file has problems.
 * @throws {Error} when a file cannot be read.
 */
export async function runningModel(
  admin: AdminClient,
  filename: readonly string[],
  meshConfig: MeshConfig,
): Promise<Model> {
  const sources = await readSources(filename);
  const mesh = { store: await runningResources(admin), now: Date.now() };
  const result = modelOfFiles(sources, meshConfig, mesh);
  if ('problems' in result) throw new SourceProblems(result.problems);
  reportNotices(result.notices);
  return result.model;
}
