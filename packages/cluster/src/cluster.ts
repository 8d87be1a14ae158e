import {
  ApisApi,
  CoreV1Api,
  createConfiguration,
  CustomObjectsApi,
  type KubeConfig,
  type RequestContext,
  type ResponseContext,
  ServerConfiguration,
} from '@kubernetes/client-node';
import { kubeConfigFor } from './kube-config.js';
import type { KubeObject } from './kube-object.js';
import { type ApiRequest, isNotFound, requestError } from './request-error.js';

/** Limit of one request, in milliseconds. */
const TIMEOUT_MS = 30_000;
/** Objects in one response: the API server recommends lists in pages. */
const PAGE = 250;

/** The kinds of the core group that are listed. */
const CORE = { Pod: 'pods', Service: 'services' } as const;

/** A kind of another group than the core group. */
export interface KindOfGroup {
  group: string;
  kind: string;
  /** Its name in URLs. */
  plural: string;
}

interface PageRequest {
  limit: number;
  _continue?: string;
}

interface Page {
  items?: unknown[];
  metadata?: { _continue?: string; continue?: string };
}

/** A client of the API server of a cluster, which only reads. Every method throws an `Error` of one sentence. */
export class Cluster {
  readonly context: string;
  /** The namespace that is asked about. */
  readonly namespace: string;
  readonly config: KubeConfig;
  readonly #core: CoreV1Api;
  readonly #objects: CustomObjectsApi;
  readonly #apis: ApisApi;
  #groups: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  /**
   * @param namespace default: that of the context, else `default`
   * @throws {Error} when there is no such context.
   */
  constructor(context: string, namespace?: string) {
    this.config = kubeConfigFor(context);
    this.context = context;
    this.namespace = namespace ?? this.config.getContextObject(context)?.namespace ?? 'default';
    const limited = {
      pre: (request: RequestContext) => {
        request.setSignal(AbortSignal.timeout(TIMEOUT_MS));
        return Promise.resolve(request);
      },
      post: (response: ResponseContext) => Promise.resolve(response),
    };
    const configuration = createConfiguration({
      baseServer: new ServerConfiguration(this.server, {}),
      authMethods: { default: this.config },
      promiseMiddleware: [limited],
    });
    this.#core = new CoreV1Api(configuration);
    this.#objects = new CustomObjectsApi(configuration);
    this.#apis = new ApisApi(configuration);
  }

  /** The URL of the API server. */
  get server(): string {
    return this.config.getCurrentCluster()?.server ?? '';
  }

  /** Returns true if the cluster has kinds of this group. */
  async hasGroup(group: string): Promise<boolean> {
    return (await this.#versions()).has(group);
  }

  /** Returns the namespace of this name; undefined when there is none. */
  async findNamespace(name: string): Promise<KubeObject | undefined> {
    const request = { verb: 'get', resource: 'namespaces' };
    const namespace = await found(this.#asked(request, () => this.#core.readNamespace({ name })));
    return namespace && plain(namespace, 'v1', 'Namespace');
  }

  /** Returns the data of a ConfigMap; undefined when there is none. */
  async findConfigMap(name: string, namespace: string): Promise<Record<string, string> | undefined> {
    const request = { verb: 'get', resource: 'configmaps', namespace };
    const read = () => this.#core.readNamespacedConfigMap({ name, namespace });
    return (await found(this.#asked(request, read)))?.data;
  }

  /** Lists the nodes. */
  listNodes(): Promise<KubeObject[]> {
    return this.#list({ verb: 'list', resource: 'nodes' }, 'v1', 'Node', (page) => this.#core.listNode(page));
  }

  /** Lists objects of a kind of the core group in a namespace. */
  list(kind: keyof typeof CORE, namespace: string): Promise<KubeObject[]> {
    const request = { verb: 'list', resource: CORE[kind], namespace };
    return this.#list(request, 'v1', kind, (page) =>
      kind === 'Pod'
        ? this.#core.listNamespacedPod({ namespace, ...page })
        : this.#core.listNamespacedService({ namespace, ...page }),
    );
  }

  /** Lists objects of a kind in a namespace, by the first version of its group that has it; none when no version has. */
  async listOfGroup({ group, kind, plural }: KindOfGroup, namespace: string): Promise<KubeObject[]> {
    const request = { verb: 'list', resource: `${plural}.${group}`, namespace };
    for (const version of (await this.#versions()).get(group) ?? []) {
      const apiVersion = `${group}/${version}`;
      const read = (page: PageRequest): Promise<Page> =>
        this.#objects.listNamespacedCustomObject({ group, version, namespace, plural, ...page });
      const objects = await found(this.#list(request, apiVersion, kind, read));
      if (objects) return objects;
    }
    return [];
  }

  /** Returns the versions of each group, the preferred one first. */
  #versions(): Promise<ReadonlyMap<string, readonly string[]>> {
    this.#groups ??= this.#asked({ verb: 'get', resource: 'the groups of its API' }, async () => {
      const { groups } = await this.#apis.getAPIVersions();
      return new Map(groups.map(({ name, versions }) => [name, versions.map(({ version }) => version)]));
    });
    return this.#groups;
  }

  async #list(
    request: ApiRequest,
    apiVersion: string,
    kind: string,
    read: (page: PageRequest) => Promise<Page>,
  ): Promise<KubeObject[]> {
    const all: KubeObject[] = [];
    let _continue: string | undefined;
    do {
      const from = _continue;
      const { items = [], metadata } = await this.#asked(request, () =>
        read({ limit: PAGE, ...(from !== undefined && { _continue: from }) }),
      );
      all.push(...items.map((item) => plain(item, apiVersion, kind)));
      _continue = metadata?._continue ?? metadata?.continue;
    } while (_continue !== undefined && _continue !== '');
    return all;
  }

  async #asked<T>(request: ApiRequest, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      throw requestError(error, request, this);
    }
  }
}

/** Resolves with undefined when there is no such resource. */
async function found<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && isNotFound(error.cause)) return undefined;
    throw error;
  }
}

/** Returns an object as the API server sends it; items of a list lack apiVersion and kind. */
function plain(object: unknown, apiVersion: string, kind: string): KubeObject {
  return JSON.parse(JSON.stringify({ ...(object as object), apiVersion, kind })) as KubeObject;
}
