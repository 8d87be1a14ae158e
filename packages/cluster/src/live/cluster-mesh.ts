import { explain, type Explanation, probeOf, type ProbeRequest } from '@bookinfo/analysis';
import type { EntryPoint, LiveMesh, PageClient } from '@bookinfo/mesh';
import type { Model } from '@bookinfo/rules';
import type { Cluster } from '../cluster.js';
import type { ClusterState } from '../read-cluster.js';
import type { Witnesses } from '../witness/witnesses.js';
import { gatewayAddress } from './gateway-address.js';

/** A cluster, and how requests get into it. */
export interface ClusterMeshOptions {
  cluster: Cluster;
  state: ClusterState;
  /** The model of the cluster as it is. */
  model: Model;
  witnesses: Witnesses;
  /** The gateway's URL, when it is not that of its Service. */
  gatewayUrl?: URL | undefined;
  /** Sends control requests through the gateway. */
  page: PageClient;
}

/** The mesh of a cluster: its gateway is reached at the address of its Service, its workloads ask by their witnesses. */
export class ClusterMesh implements LiveMesh {
  readonly url: string;
  readonly #options: ClusterMeshOptions;

  /** @param url the URL of the page's gateway */
  constructor(url: URL, options: ClusterMeshOptions) {
    this.url = url.origin;
    this.#options = options;
  }

  async explain(question: ProbeRequest): Promise<Explanation> {
    return explain(probeOf(this.#options.model, question));
  }

  async entryPointFor(question: ProbeRequest): Promise<EntryPoint | { reason: string }> {
    const { model, cluster, witnesses } = this.#options;
    const { client } = probeOf(model, question);
    if (client.kind === 'sidecar') {
      const [name = '', namespace = cluster.namespace] = (question.from ?? '').split('/').toReversed();
      return await witnesses.entryPointOf(name, namespace);
    }
    const url = await gatewayUrl(question, this.#options);
    return 'reason' in url ? url : { kind: 'gateway', url: url.origin };
  }

  controlRound(): Promise<() => Promise<void>> {
    return Promise.resolve(() => this.#options.page.sendControlRound());
  }
}

/** Returns the URL at which a request reaches its gateway, or the reason why there is none. */
export async function gatewayUrl(
  question: ProbeRequest,
  { cluster, state, model, gatewayUrl: given }: Omit<ClusterMeshOptions, 'witnesses' | 'page'>,
): Promise<URL | { reason: string }> {
  const { client, request } = probeOf(model, question);
  const scheme = `${request.scheme}:`;
  if (given?.protocol === scheme) return given;
  const address = await gatewayAddress(client, request.port, state.services, () => cluster.listNodes());
  return 'reason' in address ? address : new URL(`${scheme}//${address.host}`);
}
