import {
  type MeshAtTime,
  type MeshConfig,
  type Notice,
  parseResources,
  type Resource,
  type ResourceStore,
  ROOT_NAMESPACE,
  withResources,
} from '@bookinfo/rules';
import type { Cluster } from './cluster.js';
import { workloadOf } from './deployment.js';
import { istioConfigOf } from './istio-config.js';
import { DEPLOYMENTS, ISTIO_GROUP, RULE_KINDS } from './kinds.js';
import type { KubeObject } from './kube-object.js';
import { namespacesNamedBy } from './named-namespaces.js';
import { modelPods, withPortNumbers } from './pods.js';
import { sourceOf } from './resource-source.js';
import { withoutSidecar } from './without-sidecar.js';

/** The ConfigMap with the configuration of the mesh. */
const MESH_CONFIG_MAP = 'istio';

/** What a cluster has at one moment. */
export interface ClusterState {
  /** The resources and pods, for `modelOfFiles`. */
  mesh: MeshAtTime;
  meshConfig: MeshConfig;
  /** Parts that the model passes over, and resources that it leaves out because it cannot read them. */
  notices: readonly Notice[];
  /** What is wrong with the namespace as a whole, a sentence each. */
  warnings: readonly string[];
  /** A sentence when the version of Istio is none that predictions are for. */
  unknownVersion?: string;
  /** The names of the sources of the namespace that is asked about. */
  sources: ReadonlySet<string>;
  /** The objects of that namespace. */
  deployments: readonly KubeObject[];
  pods: readonly KubeObject[];
  /** The Services of all namespaces that are read. */
  services: readonly KubeObject[];
  /** The time of the last change of a rule, in milliseconds since 1970; 0 without one. */
  changedAt: number;
}

/**
 * Reads the rules, Services and pods of the cluster's namespace, of Istio's, and of those that its rules name.
 * @throws {Error} of one sentence when the cluster or its namespace lacks what is needed, or cannot be read.
 */
export async function readCluster(cluster: Cluster): Promise<ClusterState> {
  const { namespace, context } = cluster;
  if (!(await cluster.hasGroup(ISTIO_GROUP)))
    throw new Error(
      `The cluster of the context ${JSON.stringify(context)} has no Istio (no kinds of ${ISTIO_GROUP}): install it, by \`istioctl install\` for one.`,
    );
  const own = await namespaceObject(cluster, namespace);
  const [rules, deployments, configMap] = await Promise.all([
    rulesIn(cluster, namespace),
    cluster.listOfGroup(DEPLOYMENTS, namespace),
    cluster.findConfigMap(MESH_CONFIG_MAP, ROOT_NAMESPACE),
  ]);
  const others = [...namespacesNamedBy(rules), ROOT_NAMESPACE].filter((name) => name !== namespace);
  const [ownLists, ...otherLists] = await Promise.all([
    servicesAndPods(cluster, namespace),
    ...[...new Set(others)].map(async (name) => ({
      ...(await servicesAndPods(cluster, name)),
      rules: await rulesIn(cluster, name),
      self: await cluster.findNamespace(name),
    })),
  ]);
  const pods = [ownLists, ...otherLists].flatMap((each) => each.pods);
  const services = [ownLists, ...otherLists]
    .flatMap((each) => each.services)
    .map((service) => withPortNumbers(service, pods));
  const otherRules = otherLists.flatMap(({ rules: found, self }) => [...found, ...(self ? [self] : [])]);
  const workloads = deployments.flatMap((each) => workloadOf(each) ?? []);
  const objects = [own, ...workloads, ...services, ...rules, ...otherRules];
  const { store, notices } = storeOf(objects);
  const { meshConfig, unknownVersion } = istioConfigOf(pods, configMap);
  return {
    mesh: { store, pods: modelPods(pods, services), now: Date.now(), namespace },
    meshConfig,
    notices,
    ...(unknownVersion !== undefined && { unknownVersion }),
    warnings: withoutSidecar(cluster, workloads, ownLists.pods),
    sources: new Set(
      objects
        .filter(({ metadata }) => metadata.namespace === namespace)
        .map((object) => sourceOf(object).file),
    ),
    deployments: deployments.filter((each) => workloadOf(each) !== undefined),
    pods: ownLists.pods,
    services,
    changedAt: Math.max(0, ...rules.map(changeOf)),
  };
}

/** Returns the time of an object's last change by a user. */
function changeOf({ metadata }: KubeObject): number {
  const { creationTimestamp = '', managedFields = [] } = metadata;
  const times = managedFields.filter(({ subresource }) => subresource !== 'status').map(({ time }) => time);
  return Math.max(...[creationTimestamp, ...times].map((time) => Date.parse(time ?? '') || 0));
}

async function namespaceObject(cluster: Cluster, name: string): Promise<KubeObject> {
  const found = await cluster.findNamespace(name);
  if (found) return found;
  throw new Error(
    `The cluster of the context ${JSON.stringify(cluster.context)} has no namespace ${JSON.stringify(name)}.`,
  );
}

async function rulesIn(cluster: Cluster, namespace: string): Promise<KubeObject[]> {
  const lists = await Promise.all(RULE_KINDS.map((kind) => cluster.listOfGroup(kind, namespace)));
  return lists.flat();
}

async function servicesAndPods(
  cluster: Cluster,
  namespace: string,
): Promise<{ services: KubeObject[]; pods: KubeObject[] }> {
  const [services, pods] = await Promise.all([
    cluster.list('Service', namespace),
    cluster.list('Pod', namespace),
  ]);
  return { services, pods };
}

/** Returns the resources with their times of creation. One that cannot be read is left out, with a warning. */
function storeOf(objects: readonly KubeObject[]): { store: ResourceStore; notices: Notice[] } {
  const notices: Notice[] = [];
  let store: ResourceStore = new Map();
  for (const object of objects) {
    const { resources, problems, notices: found } = parseResources([sourceOf(object)]);
    notices.push(...found, ...problems.map(leftOut));
    const readable: Resource[] = problems.length > 0 ? [] : resources;
    store = withResources(store, readable, Date.parse(object.metadata.creationTimestamp ?? '')).store;
  }
  return { store, notices };
}

function leftOut(problem: Omit<Notice, 'level'>): Notice {
  return { ...problem, level: 'warning', message: `${problem.message}; the resource is left out` };
}
