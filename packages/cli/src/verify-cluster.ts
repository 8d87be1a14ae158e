import { bookinfo } from '@bookinfo/application';
import { systemClock, sleep } from '@bookinfo/effects';
import { PageClient, verify, verifyPage, type VerifyOptions } from '@bookinfo/mesh';
import type { Report } from '@bookinfo/verdict';
import { clusterModel, type ClusterQuestion } from './cluster-model.js';
import { sourceNames } from './options.js';
import { printError } from './output.js';

/** Proxies have a change within a second or so: istiod waits for 100 ms without changes, 10 s at most (PILOT_DEBOUNCE_AFTER). */
const SETTLED_MS = 3000;

/**
 * Compares the rules of files, or without files those of the namespace, with the traffic of a cluster. With witnesses each rule is
 * tested from the workloads that it applies to; without them through the page, as far as it shows.
 * @param url that of the gateway, when its Service does not have it
 * @throws {Error} when a file or the cluster cannot be read, or lacks what is asked.
 */
export async function verifyCluster(
  context: string,
  { url: given, ...question }: ClusterQuestion & { url?: URL | undefined },
  options: VerifyOptions,
): Promise<Report> {
  const { cluster, state, model, live } = await clusterModel(context, question);
  const { namespace } = cluster;
  if (!Object.keys(bookinfo.programs).some((name) => model.registry.service(name, namespace)))
    throw new Error(
      `The namespace ${namespace} has no Bookinfo: install it (kubectl apply -n ${namespace} -f deploy/platform/kube/bookinfo.yaml).`,
    );
  const { ClusterMesh, gatewayUrl, Witnesses } = await import('@bookinfo/cluster');
  const page = { method: 'GET', url: `http://localhost${bookinfo.page.path}`, headers: {} };
  const url = await gatewayUrl(page, { cluster, state, model, gatewayUrl: given });
  if ('reason' in url) throw new Error(`The gateway can't be asked: ${url.reason}.`);
  const files = question.filename ? sourceNames(question.filename) : state.sources;
  const sinceChange = Date.now() - state.changedAt;
  if (sinceChange < SETTLED_MS)
    await sleep(systemClock, SETTLED_MS - Math.max(0, sinceChange), new AbortController().signal);
  await using witnesses = new Witnesses(cluster, state.pods);
  if (witnesses.areAbsent) {
    printError('Without witnesses only the page is requested (see bookinfo witness --help).\n');
    return await verifyPage(new URL(bookinfo.page.path, url), model, files, options);
  }
  const client = new PageClient(url, bookinfo.page, systemClock);
  const parts = { cluster, state, model: live, witnesses, gatewayUrl: given, page: client };
  return await verify(new ClusterMesh(url, parts), model, files, options);
}
