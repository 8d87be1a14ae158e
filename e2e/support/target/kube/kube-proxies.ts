import { type Cluster, type ForwardedPort, forwardPort, type KubeObject } from '@bookinfo/cluster';
import { until } from '../../until.ts';
import type { KubeObjects } from './kube-objects.ts';

/** The port of a proxy's admin endpoint. */
const ADMIN_PORT = 15_000;
const SUFFIX = 'bookinfo-e2e.invalid';
const QUERY = new URLSearchParams({
  resource: 'dynamic_active_clusters',
  name_regex: `.*${SUFFIX.replaceAll('.', String.raw`\.`)}.*`,
});

/**
 * The proxies of a namespace and the ingress gateway. They have all rules that were applied before once they have the host of a
 * ServiceEntry that is applied last: istiod pushes changes together, after 100 ms without any.
 */
export class KubeProxies {
  readonly #cluster: Cluster;
  readonly #objects: KubeObjects;
  readonly #ports = new Map<string, Promise<ForwardedPort>>();

  constructor(cluster: Cluster, objects: KubeObjects) {
    this.#cluster = cluster;
    this.#objects = objects;
  }

  /** Resolves when all proxies have the rules and endpoints of now. */
  async inForce(): Promise<void> {
    const host = `g${Date.now()}.${SUFFIX}`;
    await this.#objects.apply([markerOf(host)]);
    await until('all proxies have the rules', async () => {
      const pods = await this.#pods();
      const have = await Promise.all(pods.map((pod) => this.#has(pod, host)));
      return have.every(Boolean);
    });
  }

  /** Lists the pods with a proxy that is ready. */
  async #pods(): Promise<KubeObject[]> {
    const [own, system] = await Promise.all([
      this.#cluster.list('Pod', this.#cluster.namespace),
      this.#cluster.list('Pod', 'istio-system'),
    ]);
    const gateways = system.filter(({ metadata }) => metadata.labels?.['istio'] === 'ingressgateway');
    return [...own, ...gateways].filter(
      (pod) => pod.metadata.deletionTimestamp === undefined && hasReadyProxy(pod),
    );
  }

  async #has({ metadata: { name, namespace = '' } }: KubeObject, host: string): Promise<boolean> {
    const key = `${namespace}/${name}`;
    const port =
      this.#ports.get(key) ?? forwardPort(this.#cluster.config, { namespace, pod: name, port: ADMIN_PORT });
    this.#ports.set(key, port);
    try {
      const response = await fetch(`${(await port).url}/config_dump?${QUERY.toString()}`, {
        headers: { connection: 'close' },
      });
      return (await response.text()).includes(host);
    } catch {
      return false;
    }
  }
}

function markerOf(host: string): KubeObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: 'bookinfo-e2e' },
    spec: {
      hosts: [host],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'DNS',
      endpoints: [{ address: '127.0.0.1' }],
    },
  };
}

interface PodStatus {
  containerStatuses?: { name: string; ready: boolean }[];
  initContainerStatuses?: { name: string; ready: boolean }[];
}

function hasReadyProxy({ status }: KubeObject): boolean {
  const { containerStatuses = [], initContainerStatuses = [] } = (status ?? {}) as PodStatus;
  return [...containerStatuses, ...initContainerStatuses].some(
    ({ name, ready }) => name === 'istio-proxy' && ready,
  );
}
