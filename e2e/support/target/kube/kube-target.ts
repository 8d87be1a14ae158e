import { parseAssumption } from '@bookinfo/analysis';
import { bookinfo } from '@bookinfo/application';
import { Cluster, ClusterMesh, type KubeObject, readCluster, Witnesses } from '@bookinfo/cluster';
import { systemClock } from '@bookinfo/effects';
import { PageClient, TunnelAgent, verify } from '@bookinfo/mesh';
import {
  convert,
  conversionText,
  DEFAULT_MESH_CONFIG,
  formatProblem,
  modelOfFiles,
  type Source,
} from '@bookinfo/rules';
import type { Report } from '@bookinfo/verdict';
import { parseAllDocuments } from 'yaml';
import { BOOKINFO, sourceOf, STARTING_RULES } from '../../sources.ts';
import { requestBy } from '../request-through.ts';
import type { Answer, Database, DatabaseKind, Handle, Target, WorkloadRequest } from '../target.ts';
import { gatewayUrlOf } from './gateway-url.ts';
import { KubeObjects } from './kube-objects.ts';
import { KubeProxies } from './kube-proxies.ts';
import { kubeSettings } from './kube-settings.ts';
import { listDeployments, listPods, whenAvailable } from './kube-workloads.ts';

const UNSUPPORTED: Target['unsupported'] = {
  pauses:
    'a process of a pod can only be stopped from inside of its container, which the suite does not enter',
  'stand-ins': 'pods do not reach servers of this machine',
  databases: 'the suite installs no databases on a cluster',
  tls: 'the Secret of the ingress gateway would be in its namespace, where the suite makes nothing',
};

/** Kinds of Istio 0.2, which no cluster of today has. */
const OF_2017 = /^apiVersion: config\.istio\.io\//m;

/** Returns the target of a namespace of a cluster with Istio. */
export async function kube(handle: Handle): Promise<Target> {
  const { context, namespace } = kubeSettings();
  const cluster = new Cluster(context, namespace);
  const [deployments, pods] = await Promise.all([
    listDeployments(cluster),
    cluster.list('Pod', cluster.namespace),
  ]);
  return new KubeTarget(handle, cluster, new Witnesses(cluster, pods), deployments);
}

/** Bookinfo in a namespace of a cluster. It changes what the suite has made, and the replicas of Bookinfo. */
class KubeTarget implements Target {
  readonly ingressUrl: string;
  readonly standInHost = '';
  readonly unsupported = UNSUPPORTED;
  readonly #cluster: Cluster;
  readonly #witnesses: Witnesses;
  /** The Deployments that the namespace has without the suite. */
  readonly #deployments: readonly KubeObject[];
  readonly #objects: KubeObjects;
  readonly #proxies: KubeProxies;

  constructor(
    { ingressUrl }: Handle,
    cluster: Cluster,
    witnesses: Witnesses,
    deployments: readonly KubeObject[],
  ) {
    this.ingressUrl = ingressUrl;
    this.#cluster = cluster;
    this.#witnesses = witnesses;
    this.#deployments = deployments.filter(({ metadata }) => metadata.labels?.['bookinfo/e2e'] === undefined);
    this.#objects = new KubeObjects(cluster);
    this.#proxies = new KubeProxies(cluster, this.#objects);
  }

  async apply(files: readonly Source[]): Promise<void> {
    await this.#objects.apply(objectsOf(files));
    await this.#proxies.inForce();
  }

  async delete(files: readonly Source[]): Promise<void> {
    await this.#objects.delete(objectsOf(files));
    await this.#proxies.inForce();
  }

  async reset(): Promise<void> {
    const starting = objectsOf(STARTING_RULES.map(sourceOf));
    const kept = new Set(starting.map(keyOf));
    const own = await this.#objects.listOwn();
    await this.#objects.delete(own.filter((each) => each.kind !== 'Pod' && !kept.has(keyOf(each))));
    await this.#objects.apply(starting);
    await this.whenReady();
  }

  async whenReady(): Promise<void> {
    await whenAvailable(this.#cluster);
    await this.#proxies.inForce();
  }

  gatewayUrl(gateway: string, port = 80): Promise<string> {
    return gatewayUrlOf(this.#cluster, gateway, port);
  }

  async sendAs(workload: string, request: WorkloadRequest): Promise<Answer> {
    const entryPoint = await this.#witnesses.entryPointOf(workload, this.#cluster.namespace);
    if ('reason' in entryPoint) throw new Error(entryPoint.reason);
    return await requestBy(new TunnelAgent(entryPoint.url), request);
  }

  async scale(replicas: number): Promise<void> {
    await this.#changeAll(this.#deployments, { replicas });
    await this.whenReady();
  }

  async restart(deployments: readonly string[]): Promise<void> {
    const named = this.#deployments.filter(({ metadata }) => deployments.includes(metadata.name));
    const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() };
    await this.#changeAll(named, { template: { metadata: { annotations } } });
  }

  async kill(service: string): Promise<void> {
    const pods = await listPods(this.#cluster, service);
    const pod = pods[Math.floor(Math.random() * pods.length)];
    if (!pod) throw new Error(`no pod of ${service} runs`);
    await this.#objects.kill(pod);
  }

  pause(): Promise<AsyncDisposable> {
    throw new Error(UNSUPPORTED.pauses);
  }

  database(kind: DatabaseKind): Promise<Database> {
    throw new Error(`this target has no ${kind}`);
  }

  async verify(files: readonly Source[], assume: readonly string[] = []): Promise<Report> {
    const cluster = this.#cluster;
    const state = await readCluster(cluster);
    const [model, live] = [files, []].map((sources) => {
      const result = modelOfFiles(sources, state.meshConfig, state.mesh);
      if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
      return result.model;
    });
    const ingress = new URL(this.ingressUrl);
    const mesh = new ClusterMesh(ingress, {
      cluster,
      state,
      model: live!,
      witnesses: this.#witnesses,
      page: new PageClient(ingress, bookinfo.page, systemClock),
    });
    return await verify(mesh, model!, new Set(files.map(({ file }) => file)), {
      application: bookinfo,
      assumptions: assume.map(parseAssumption),
      clock: systemClock,
      random: Math.random,
      onProgress: () => undefined,
    });
  }

  async #changeAll(deployments: readonly KubeObject[], spec: object): Promise<void> {
    for (const { apiVersion, kind, metadata } of deployments)
      await this.#objects.change({ apiVersion, kind, metadata: { name: metadata.name }, spec });
  }
}

function keyOf({ apiVersion, kind, metadata }: KubeObject): string {
  return `${apiVersion} ${kind} ${metadata.name}`;
}

function objectsOf(files: readonly Source[]): KubeObject[] {
  const text = files.some((file) => OF_2017.test(file.text))
    ? convertedText(files)
    : files.map((file) => file.text).join('\n---\n');
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object) => object !== null);
}

/** Returns rules of Istio 0.2 as those of today, all converted together. */
function convertedText(files: readonly Source[]): string {
  const result = modelOfFiles([sourceOf(BOOKINFO), ...files], DEFAULT_MESH_CONFIG);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  const names = new Set(files.map(({ file }) => file));
  const { written } = result.model;
  return conversionText(
    convert(written.filter(({ kind, source }) => kind === 'Service' || names.has(source.start.file))),
  );
}
