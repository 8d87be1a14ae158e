import { Proxy } from '@bookinfo/proxy';
import { startBackend, type Backend, ask, type HttpResponse, type HttpRequest } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/compiler/testing';
import { pod } from '@bookinfo/rules/testing';

/** A request as a backend received it: header names in lower case, values of one name in a list. */
export interface Seen {
  method: string;
  path: string;
  headers: Record<string, string[]>;
}

/** A sidecar with rules for the host reviews, all of whose pods are one backend that responds with the request. */
export class EchoMesh implements AsyncDisposable {
  readonly #backend: Backend;
  readonly #proxy: Proxy;

  private constructor(backend: Backend, proxy: Proxy) {
    this.#backend = backend;
    this.#proxy = proxy;
  }

  /** `http` is a VirtualService's list of rules, a YAML flow sequence; `responseHeaders` those of the backend's responses. */
  static async start(
    http: string,
    responseHeaders: Record<string, string> = {},
    random?: () => number,
  ): Promise<EchoMesh> {
    const backend = await startBackend('reviews', (request, response) => {
      const headers = request.headersDistinct;
      response
        .writeHead(200, responseHeaders)
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

  /** Requests a path of http://reviews:9080. */
  ask(path: string, request: HttpRequest = {}): Promise<HttpResponse> {
    return ask(this.port, { url: `http://reviews:9080${path}`, ...request });
  }

  /** Requests a path, and returns the request that the backend received. */
  async seen(path: string, request: HttpRequest = {}): Promise<Seen> {
    return JSON.parse((await this.ask(path, request)).body) as Seen;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#proxy.close();
    await this.#backend[Symbol.asyncDispose]();
  }
}
