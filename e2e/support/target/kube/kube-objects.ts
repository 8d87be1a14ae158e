import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster, KubeObject } from '@bookinfo/cluster';
import {
  ApiException,
  type KubernetesObject,
  KubernetesObjectApi,
  PatchStrategy,
} from '@kubernetes/client-node';

/** The label of all that the suite makes, by which it is removed. */
const OWN = { 'bookinfo/e2e': 'true' };
const FIELD_MANAGER = 'bookinfo-e2e';

/** The kinds that the suite makes objects of, in the order in which they are removed. */
const KINDS = [
  ...['VirtualService', 'DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar'].map((kind) => ({
    apiVersion: 'networking.istio.io/v1',
    kind,
  })),
  ...['HTTPRoute', 'Gateway'].map((kind) => ({ apiVersion: 'gateway.networking.k8s.io/v1', kind })),
  { apiVersion: 'gateway.networking.k8s.io/v1beta1', kind: 'ReferenceGrant' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  ...['Pod', 'Service', 'ServiceAccount', 'Secret'].map((kind) => ({ apiVersion: 'v1', kind })),
];

/** The kinds whose rules change what the suite sees. */
const RULES = KINDS.slice(0, 7);

/** Writes objects of a namespace that bear the suite's label, and no others. */
export class KubeObjects {
  readonly #api: KubernetesObjectApi;
  readonly #namespace: string;

  constructor({ config, namespace }: Cluster) {
    this.#api = KubernetesObjectApi.makeApiClient(config);
    this.#namespace = namespace;
  }

  /** Applies objects: all of them, or none when the API server refuses one. */
  async apply(objects: readonly KubeObject[]): Promise<void> {
    const own = objects.map((object) => this.#own(object));
    for (const object of own) await this.#refuseForeign(object);
    for (const object of own) await this.#patch(object, 'All');
    for (const object of own) await this.#patch(object);
  }

  /** Deletes objects that the suite has made, and resolves when they are gone. */
  async delete(objects: readonly KubeObject[]): Promise<void> {
    const found = await Promise.all(objects.map((object) => this.#find(this.#own(object))));
    const own = found.filter((object) => object !== undefined).filter(isOwn);
    await Promise.all(own.map((object) => this.#remove(object)));
    for (const object of own) while (await this.#find(object)) await sleep(100);
  }

  /** Changes some fields of an object, whose former values are restored by its owner. */
  async change(object: KubeObject): Promise<void> {
    const spec = { ...object, metadata: { ...object.metadata, namespace: this.#namespace } };
    await asked(
      this.#api.patch(toApi(spec), undefined, undefined, FIELD_MANAGER, undefined, PatchStrategy.MergePatch),
      nameOf(object),
    );
  }

  /** Kills a pod. */
  async kill(pod: KubeObject): Promise<void> {
    await asked(this.#api.delete(toApi(pod), undefined, undefined, 0), nameOf(pod));
  }

  /** Lists all objects that the suite has made. */
  async listOwn(): Promise<KubeObject[]> {
    const [selector] = Object.entries(OWN).map(([key, value]) => `${key}=${value}`);
    return await this.#list(KINDS, selector);
  }

  /** Lists the rules that others have made. */
  async listForeignRules(): Promise<KubeObject[]> {
    return (await this.#list(RULES)).filter((object) => !isOwn(object));
  }

  async #list(
    kinds: readonly { apiVersion: string; kind: string }[],
    selector?: string,
  ): Promise<KubeObject[]> {
    const lists = await Promise.all(
      kinds.map(async ({ apiVersion, kind }) => {
        const { items } = await asked(
          this.#api.list(
            apiVersion,
            kind,
            this.#namespace,
            undefined,
            undefined,
            undefined,
            undefined,
            selector,
          ),
          kind,
        );
        return items.map((item) => fromApi({ ...item, apiVersion, kind }));
      }),
    );
    return lists.flat();
  }

  #own(object: KubeObject): KubeObject {
    const { metadata } = object;
    const labels = { ...metadata.labels, ...OWN };
    return { ...object, metadata: { ...metadata, namespace: metadata.namespace ?? this.#namespace, labels } };
  }

  async #refuseForeign(object: KubeObject): Promise<void> {
    const { namespace } = object.metadata;
    const found = await this.#find(object);
    if (namespace !== this.#namespace || (found && !isOwn(found)))
      throw new Error(`${nameOf(object)} is not the suite's, which changes nothing of others`);
  }

  async #find(object: KubeObject): Promise<KubeObject | undefined> {
    const { apiVersion, kind, metadata } = object;
    const { name, namespace = '' } = metadata;
    try {
      const found = await this.#api.read({ apiVersion, kind, metadata: { name, namespace } });
      return fromApi({ ...found, apiVersion, kind });
    } catch (error) {
      if (error instanceof ApiException && error.code === 404) return undefined;
      throw described(error, nameOf(object));
    }
  }

  async #patch(object: KubeObject, dryRun?: string): Promise<void> {
    const { ServerSideApply } = PatchStrategy;
    await asked(
      this.#api.patch(toApi(object), undefined, dryRun, FIELD_MANAGER, true, ServerSideApply),
      nameOf(object),
    );
  }

  async #remove(object: KubeObject): Promise<void> {
    try {
      await this.#api.delete(toApi(object));
    } catch (error) {
      if (!(error instanceof ApiException && error.code === 404)) throw described(error, nameOf(object));
    }
  }
}

/** Returns `Kind namespace/name`. */
export function nameOf({ kind, metadata: { name, namespace } }: KubeObject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** Returns an object for the client library, which has classes for some kinds, with dates. */
function toApi(object: KubeObject): KubernetesObject {
  return object as unknown as KubernetesObject;
}

function fromApi(object: KubernetesObject): KubeObject {
  return JSON.parse(JSON.stringify(object)) as KubeObject;
}

function isOwn({ metadata }: KubeObject): boolean {
  return Object.entries(OWN).every(([key, value]) => metadata.labels?.[key] === value);
}

async function asked<T>(answer: Promise<T>, what: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw described(error, what);
  }
}

/** Returns an error of the API server with the message of its Status. */
function described(error: unknown, what: string): Error {
  if (!(error instanceof ApiException)) return error instanceof Error ? error : new Error(String(error));
  const { message } = JSON.parse(String(error.body)) as { message?: string };
  return new Error(`${what}: ${message ?? error.code}`, { cause: error });
}
