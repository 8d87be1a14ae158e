import { Proxy } from '@bookinfo/proxy';
import { startBackend, type Backend, ask, type Answer, type Question } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/compiler/testing';
import { pod } from '@bookinfo/rules/testing';

/** What a backend was asked: header names in lower case, values of one name in a list. */
export interface Seen {
  method: string;
  path: string;
  headers: Record<string, string[]>;
}

/** A sidecar under rules for the host reviews, of which every version is one program that answers what it was asked. */
export class EchoMesh implements AsyncDisposable {
  readonly #backend: Backend;
  readonly #proxy: Proxy;

  private constructor(backend: Backend, proxy: Proxy) {
    this.#backend = backend;
    this.#proxy = proxy;
  }

  /** `http` is a VirtualService's list of rules, a YAML flow sequence; `answer` the headers of the backend's answers. */
  static async start(
    http: string,
    answer: Record<string, string> = {},
    random?: () => number,
  ): Promise<EchoMesh> {
    const backend = await startBackend('reviews', (request, response) => {
      const headers = request.headersDistinct;
      response
        .writeHead(200, answer)
        .end(JSON.stringify({ method: request.method, path: request.url, headers }));
    });
    const pods = ['reviews-v1', 'reviews-v2'].map((name) =>
      pod(name, { ports: { 9080: backend.endpoint.port } }),
    );
    const table = tableOf(
      `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews }
spec: { hosts: [reviews], http: ${http} }
`,
      undefined,
      pods,
    );
    const proxy = await Proxy.start({ role: 'sidecar', table, ...(random && { random }) });
    return new EchoMesh(backend, proxy);
  }

  get port(): number {
    return this.#proxy.port;
  }

  /** Asks for a path of http://reviews:9080. */
  ask(path: string, question: Question = {}): Promise<Answer> {
    return ask(this.port, { url: `http://reviews:9080${path}`, ...question });
  }

  /** The same, and returns what the backend was asked. */
  async seen(path: string, question: Question = {}): Promise<Seen> {
    return JSON.parse((await this.ask(path, question)).body) as Seen;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#proxy.close();
    await this.#backend[Symbol.asyncDispose]();
  }
}
