import { modelOfFiles, type MeshConfig, type Model } from '@bookinfo/rules';
import { SourceProblems } from '@bookinfo/mesh';
import { readSources } from './read-sources.js';
import { reportNotices } from './report-notices.js';
import type { Repository } from './repository.js';

/**
 * Returns the model of Bookinfo's manifests and these files, and reports their notices.
 * @throws {SourceProblems} when a file has problems, or notices and `strict` is set.
 * @throws {Error} when a file cannot be read.
 */
export async function offlineModel(
  filename: readonly string[],
  repository: Repository,
  meshConfig: MeshConfig,
  strict = false,
): Promise<Model> {
  const base = await readSources(repository.defaultFiles, repository.resolve);
  const result = modelOfFiles([...base, ...(await readSources(filename))], meshConfig);
  if ('problems' in result) throw new SourceProblems(result.problems);
  reportNotices(result.notices, strict);
  return result.model;
}
