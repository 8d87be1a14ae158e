import { type Probe, probeOf, type ProbeRequest } from '@bookinfo/analysis';
import { clusterModel } from './cluster-model.js';
import { inNamespace } from './cluster-options.js';
import { meshConfigOf } from './mesh-config.js';
import { offlineModel } from './offline-model.js';
import type { RequestOptions } from './request-options.js';
import type { Repository } from './repository.js';

/**
 * Returns a request in the model of the files or the cluster that the options name; undefined when it is one to the running mesh.
 * @throws {SourceProblems} when a file has problems.
 * @throws {InvalidRequest} when no client could send the request.
 * @throws {Error} when a file or the cluster cannot be read.
 */
export async function askedProbe(
  request: ProbeRequest,
  { filename, context, namespace, istioVersion, outboundTrafficPolicy }: RequestOptions,
  repository: Repository,
): Promise<Probe | undefined> {
  const meshConfig = { istioVersion, outboundTrafficPolicy };
  if (context !== undefined) {
    const { model, cluster } = await clusterModel(context, { filename, namespace, ...meshConfig });
    return probeOf(model, { ...request, from: inNamespace(request.from, cluster.namespace) });
  }
  if (!filename) return undefined;
  return probeOf(await offlineModel(filename, repository, meshConfigOf(meshConfig)), request);
}
