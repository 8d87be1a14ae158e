import type { Cluster, ClusterState } from '@bookinfo/cluster';
import { SourceProblems } from '@bookinfo/mesh';
import { modelOfFiles, type Model } from '@bookinfo/rules';
import type { ClusterOptions } from './cluster-options.js';
import { meshConfigOf, type MeshConfigOptions } from './mesh-config.js';
import { printError } from './output.js';
import { readSources } from './read-sources.js';
import { reportNotices } from './report-notices.js';

/** A cluster, and its model after files are applied. */
export interface ClusterModel {
  cluster: Cluster;
  state: ClusterState;
  model: Model;
  /** The model without the files. */
  live: Model;
}

/** Questions about files and clusters. */
export interface ClusterQuestion extends ClusterOptions, MeshConfigOptions {
  filename?: readonly string[] | undefined;
}

/**
 * Reads a cluster, and returns its model after these files are applied. Reports the warnings about both, and the notes with
 * `allNotices`.
 * @throws {SourceProblems} when a file has problems, or there are notices and `strict` is set.
 * @throws {Error} when a file or the cluster cannot be read.
 */
export async function clusterModel(
  context: string,
  { namespace, filename = [], ...options }: ClusterQuestion,
  { allNotices = false, strict = false }: { allNotices?: boolean; strict?: boolean | undefined } = {},
): Promise<ClusterModel> {
  const sources = await readSources(filename);
  // The client library takes longer to load than all else.
  const { Cluster, readCluster } = await import('@bookinfo/cluster');
  const cluster = new Cluster(context, namespace);
  const state = await readCluster(cluster);
  if (options.istioVersion === undefined && state.unknownVersion !== undefined)
    printError(`warning: ${state.unknownVersion}\n`);
  for (const warning of state.warnings) printError(`warning: ${warning}\n`);
  const meshConfig = meshConfigOf(options, state.meshConfig);
  const live = modelOfFiles([], meshConfig, state.mesh);
  const result = modelOfFiles(sources, meshConfig, state.mesh);
  if ('problems' in live) throw new SourceProblems(live.problems);
  if ('problems' in result) throw new SourceProblems(result.problems);
  const notices = state.notices.filter(({ level }) => allNotices || level === 'warning');
  reportNotices([...notices, ...result.notices], strict);
  return { cluster, state, model: result.model, live: live.model };
}
