import { parseAssumption } from '@bookinfo/analysis';
import { bookinfo } from '@bookinfo/application';
import { systemClock } from '@bookinfo/effects';
import {
  administeredMesh,
  type AdminClient,
  type MeshDescription,
  SourceProblems,
  verify,
} from '@bookinfo/mesh';
import {
  DEFAULT_MESH_CONFIG,
  formatProblem,
  modelOfFiles,
  parseResources,
  type Source,
} from '@bookinfo/rules';
import type { Report } from '@bookinfo/verdict';
import { until } from '../until.ts';
import { BOOKINFO, rulesOfTest, STARTING_FILES, sourceOf } from '../sources.ts';
import { requestThrough } from './request-through.ts';
import type { Answer, Database, DatabaseKind, Handle, Target, WorkloadRequest } from './target.ts';

/** The parts in which targets with an admin endpoint differ. */
interface Parts extends Pick<Target, 'standInHost' | 'unsupported'> {
  admin: AdminClient;
  kill: (service: string, mesh: MeshDescription) => Promise<void>;
  pause: (service: string, mesh: MeshDescription) => Promise<AsyncDisposable>;
}

/** A resource among those that the admin endpoint returns. */
interface Resource {
  kind: string;
  metadata: { name: string; namespace: string };
}

function nameOf({ kind, metadata }: Resource): string {
  return `${kind}/${metadata.namespace}/${metadata.name}`;
}

const NOTHING = '{ apiVersion: v1, kind: ServiceAccount, metadata: { name: not-there } }';

/** A target whose control plane is the product's own, reached by its admin endpoint. */
export class MeshTarget implements Target {
  readonly ingressUrl: string;
  readonly standInHost: string;
  readonly unsupported: Target['unsupported'];
  readonly #admin: AdminClient;
  readonly #parts: Parts;

  constructor({ ingressUrl }: Handle, parts: Parts) {
    this.ingressUrl = ingressUrl;
    this.standInHost = parts.standInHost;
    this.unsupported = parts.unsupported;
    this.#admin = parts.admin;
    this.#parts = parts;
  }

  apply(files: readonly Source[]): Promise<void> {
    return named(this.#admin.apply(files));
  }

  delete(files: readonly Source[]): Promise<void> {
    return named(this.#admin.delete(files));
  }

  async reset(): Promise<void> {
    const { items } = await this.#admin.get();
    const starting = STARTING_FILES.map(sourceOf);
    const kept = new Set(parseResources(starting).resources.map(nameOf));
    const others = (items as unknown as Resource[]).filter(
      (each) => each.kind !== 'Pod' && !kept.has(nameOf(each)),
    );
    const files = others.map((each) => ({ file: nameOf(each), text: JSON.stringify(each) }));
    if (files.length > 0) await this.delete(files);
    await this.apply(starting);
    await this.whenReady();
  }

  async whenReady(): Promise<void> {
    await until('all pods are ready', async () => {
      const { items } = await this.#admin.get('pods');
      const pods = items as unknown as { status: { ready: boolean } }[];
      return pods.every(({ status }) => status.ready);
    });
    await this.endpointsInForce();
  }

  /** Resolves when all proxies have the endpoints of now: a change waits for them, even one that finds nothing to delete. */
  protected endpointsInForce(): Promise<void> {
    return this.delete([rulesOfTest(NOTHING)]);
  }

  async gatewayUrl(name: string, port?: number): Promise<string> {
    const { gateways } = await this.#admin.mesh();
    const listener = gateways.find((each) => each.gateway === name && (port ?? each.port) === each.port);
    if (listener?.url !== undefined) return listener.url;
    throw new Error(`no listener of ${name} among ${JSON.stringify(gateways)}`);
  }

  async sendAs(workload: string, request: WorkloadRequest): Promise<Answer> {
    const { sidecars } = await this.#admin.mesh();
    const sidecar = sidecars.find((each) => each.workload === `default/${workload}`);
    if (!sidecar)
      throw new Error(`no pod of ${workload} is ready among ${sidecars.map((s) => s.workload).join(', ')}`);
    return await requestThrough(sidecar.url, request);
  }

  async scale(replicas: number): Promise<void> {
    const { file, text } = sourceOf(BOOKINFO);
    await this.apply([{ file, text: text.replaceAll('replicas: 1', `replicas: ${replicas}`) }]);
    await this.whenReady();
  }

  async restart(deployments: readonly string[]): Promise<void> {
    for (const deployment of deployments) await this.#admin.restart(deployment, 'default');
  }

  async kill(service: string): Promise<void> {
    await this.#parts.kill(service, await this.#admin.mesh());
  }

  async pause(service: string): Promise<AsyncDisposable> {
    return await this.#parts.pause(service, await this.#admin.mesh());
  }

  database(kind: DatabaseKind): Promise<Database> {
    throw new Error(`this target has no ${kind}`);
  }

  async verify(files: readonly Source[], assume: readonly string[] = []): Promise<Report> {
    const result = modelOfFiles([...STARTING_FILES.map(sourceOf), ...files], DEFAULT_MESH_CONFIG);
    if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
    return await verify(
      await administeredMesh(this.#admin),
      result.model,
      new Set(files.map(({ file }) => file)),
      {
        application: bookinfo,
        assumptions: assume.map(parseAssumption),
        clock: systemClock,
        random: Math.random,
        onProgress: () => undefined,
      },
    );
  }
}

/** Awaits a change; the error of a refused one names the problems. */
async function named(change: Promise<unknown>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!(error instanceof SourceProblems)) throw error;
    throw new Error(error.problems.map(formatProblem).join('\n'), { cause: error });
  }
}
