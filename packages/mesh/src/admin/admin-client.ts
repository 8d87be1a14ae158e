import type { Explanation, ProbeRequest } from '@bookinfo/analysis';
import { LOOPBACK } from '@bookinfo/effects';
import { parseResources, type Change, type Problem, type Source } from '@bookinfo/rules';
import type { Applied } from './administered-mesh.js';
import type { Shown } from '../print/show-resources.js';
import {
  ADMIN_API,
  failure,
  MAX_BODY_BYTES,
  refusal,
  type MeshDescription,
  type Operation,
  type Predicted,
  type RequestOf,
  type ResponseOf,
} from './api.js';
import { consoleUrl, readToken } from './token-file.js';

/** The default port of the admin endpoint, that of Envoy's in Istio's sidecar. */
export const DEFAULT_ADMIN_PORT = 15_000;
/** Longer than Envoys have to apply a change, and to explain a refusal. */
const TIMEOUT_MS = 60_000;

/** Thrown when no mesh of this user listens on the port. */
export class MeshUnreachable extends Error {}

/** Thrown for files that were refused; nothing has changed. */
export class SourceProblems extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(`${problems.length} problems`);
  }
}

/**
 * A client of the admin endpoint of a running mesh.
 * @throws {MeshUnreachable} from every method, when no mesh of this user listens on the port.
 */
export class AdminClient {
  readonly url: string;
  readonly #authorization: () => Promise<string | undefined>;

  /** @param authorization returns the credential; default: that of the token file, undefined when no mesh has written it */
  constructor(
    port: number = DEFAULT_ADMIN_PORT,
    authorization = (): Promise<string | undefined> => Promise.resolve(readToken(port)),
  ) {
    this.#authorization = authorization;
    this.url = `http://${LOOPBACK}:${port}`;
  }

  /** Returns the URL of the console with the credential. */
  async consoleUrl(): Promise<string | undefined> {
    return consoleUrl(Number(new URL(this.url).port), await this.#authorization());
  }

  /** Describes the mesh: its gateway, its sidecars and its process. */
  mesh(): Promise<MeshDescription> {
    return this.#ask('mesh', {});
  }

  /**
   * Creates or changes all resources of the files, and returns what was changed and what is probably mistaken.
   * @param strict notices are problems. Default false.
   * @throws {SourceProblems} when a file is wrong; then nothing has changed.
   */
  apply(sources: readonly Source[], strict = false): Promise<Applied> {
    return this.#change('apply', { sources: [...sources], strict });
  }

  /**
   * Deletes all resources that the files name.
   * @throws {SourceProblems} when a file is wrong; then nothing has changed.
   */
  async delete(sources: readonly Source[]): Promise<Change[]> {
    return (await this.#change('delete', { sources: [...sources] })).changes;
  }

  /**
   * Replaces the pods of a Deployment; the old ones serve until the new ones are ready.
   * @throws {Error} when there is no such Deployment.
   */
  async restart(deployment: string, namespace: string): Promise<void> {
    await this.#ask('restart', { deployment, namespace });
  }

  /**
   * Returns the mesh's resources and pods of this kind and name; without a kind, those of all kinds.
   * @throws {Error} when there is no such kind or name.
   */
  get(kind?: string, name?: string): Promise<Shown> {
    return this.#ask('get', { ...(kind && { kind }), ...(name && { name }) });
  }

  /**
   * Returns the last output of the pods of a Deployment.
   * @throws {Error} when there is no such Deployment.
   */
  logs(deployment: string, namespace: string): Promise<ResponseOf<'logs'>> {
    return this.#ask('logs', { deployment, namespace });
  }

  /**
   * Explains which rule a request meets, and why.
   * @throws {Error} when no client could send the request.
   */
  explain(probe: ProbeRequest): Promise<Explanation> {
    return this.#ask('explain', probe);
  }

  /**
   * Predicts the share of every response to a request.
   * @throws {Error} when no client could send the request, or an assumption cannot be read.
   */
  predict(probe: ProbeRequest, assume: readonly string[] = []): Promise<Predicted> {
    return this.#ask('predict', { ...probe, assume: [...assume] });
  }

  async #change<O extends 'apply' | 'delete'>(operation: O, request: RequestOf<O>): Promise<Applied> {
    // The endpoint refuses files that are too large together without the name of one that is too large by itself.
    const isTooLarge = Buffer.byteLength(JSON.stringify(request)) > MAX_BODY_BYTES;
    const problems = isTooLarge ? parseResources(request.sources).problems : [];
    if (problems.length > 0) throw new SourceProblems(problems);
    return await this.#ask(operation, request);
  }

  async #ask<O extends Operation>(operation: O, request: RequestOf<O>): Promise<ResponseOf<O>> {
    const response = await this.#send(operation, request);
    const body: unknown = await response.json().catch(() => undefined);
    const refused = refusal.safeParse(body);
    if (refused.success) throw new SourceProblems(refused.data.problems);
    const failed = failure.safeParse(body);
    if (failed.success) throw new Error(failed.data.error);
    const { success, data } = ADMIN_API[operation].response.safeParse(body);
    if (!response.ok || !success)
      throw new Error(`${this.url} is not the admin endpoint of a mesh of this version.`);
    return data as ResponseOf<O>;
  }

  async #send<O extends Operation>(operation: O, request: RequestOf<O>): Promise<Response> {
    const authorization = await this.#authorization();
    if (authorization === undefined) throw new MeshUnreachable(`No mesh answers at ${this.url}.`);
    const { method, path } = ADMIN_API[operation];
    const query =
      method === 'GET' ? `?${new URLSearchParams(request as Record<string, string>).toString()}` : '';
    try {
      return await fetch(`${this.url}${path}${query}`, {
        method,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: 'error',
        headers: { authorization, ...(method === 'POST' && { 'content-type': 'application/json' }) },
        ...(method === 'POST' && { body: JSON.stringify(request) }),
      });
    } catch (error) {
      throw new MeshUnreachable(`No mesh answers at ${this.url}.`, { cause: error });
    }
  }
}
