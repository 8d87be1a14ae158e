import { type MeshConfig, parseResources, type Problem, type Source, type Change } from '@bookinfo/rules';
import type { Explanation, Question, Answer, Distribution } from '@bookinfo/analysis';
import { LOOPBACK } from '@bookinfo/effects';
import type { Shown } from './show-resources.js';

/** The port of the admin endpoint unless another is asked for: that of Envoy's own in a sidecar. */
export const DEFAULT_ADMIN_PORT = 15_000;
const TIMEOUT_MS = 10_000;

/** Nobody listens where a mesh should. */
export class MeshUnreachable extends Error {}

/** Files that were refused; nothing has changed. */
export class SourceProblems extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(`${problems.length} problems`);
  }
}

/** A running mesh. */
export interface MeshDescription {
  /** Of the ingress gateway. */
  url: string;
  pid: number;
  meshConfig: MeshConfig;
  /** One for each ready pod; `workload` is `namespace/deployment`. */
  sidecars: { workload: string; url: string }[];
}

/** Talks to the admin endpoint of a running mesh. Every method throws MeshUnreachable when there is none. */
export class AdminClient {
  readonly url: string;

  constructor(port: number = DEFAULT_ADMIN_PORT) {
    this.url = `http://${LOOPBACK}:${port}`;
  }

  /** Where the mesh's gateway and sidecars are, and its process. */
  async mesh(): Promise<MeshDescription> {
    return (await this.#ask('/mesh')) as MeshDescription;
  }

  /** Creates or changes all resources of the files. Throws SourceProblems. */
  apply(sources: readonly Source[]): Promise<Change[]> {
    return this.#change('/apply', sources);
  }

  /** Deletes all resources that the files name. Throws SourceProblems. */
  delete(sources: readonly Source[]): Promise<Change[]> {
    return this.#change('/delete', sources);
  }

  /** What the mesh has of this kind and name, of all kinds without one. Throws an Error when there is no such thing. */
  async get(kind?: string, name?: string): Promise<Shown> {
    const query = new URLSearchParams({ ...(kind && { kind }), ...(name && { name }) });
    return (await this.#ask(`/resources?${query.toString()}`)) as Shown;
  }

  /** Why the mesh does what it does with a request. Throws an Error when the question makes no sense. */
  async explain(question: Question): Promise<Explanation> {
    return (await this.#ask('/explain', question)) as Explanation;
  }

  /** The share of every answer to a request. Throws an Error when the question or an assumption makes no sense. */
  async predict(question: Question, assume: readonly string[] = []): Promise<Distribution<Answer>> {
    const asked = { ...question, assume };
    const { answers } = (await this.#ask('/predict', asked)) as { answers: Distribution<Answer> };
    return answers;
  }

  async #change(path: string, sources: readonly Source[]): Promise<Change[]> {
    // A bad file is told apart here already: one that is too large would be cut off on its way.
    const { problems } = parseResources(sources);
    if (problems.length > 0) throw new SourceProblems(problems);
    const { changes } = (await this.#ask(path, { sources })) as { changes: Change[] };
    return changes;
  }

  async #ask(path: string, body?: object): Promise<unknown> {
    const response = await this.#send(path, body);
    const answer = (await response.json().catch(() => undefined)) as
      { error?: string; problems?: Problem[] } | undefined;
    if (response.ok && answer) return answer;
    if (answer?.problems) throw new SourceProblems(answer.problems);
    throw new Error(answer?.error ?? `What answers at ${this.url} is not a mesh.`);
  }

  async #send(path: string, body?: object): Promise<Response> {
    try {
      return await fetch(`${this.url}${path}`, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: 'error',
        ...(body && {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
    } catch (error) {
      throw new MeshUnreachable(`No mesh answers at ${this.url}.`, { cause: error });
    }
  }
}
