import type { OutgoingHttpHeaders } from 'node:http';
import { afterAll, beforeAll } from 'vitest';
import type { MeshConfig, Client } from '@bookinfo/rules';
import { type Backend, ask, askRaw, type HttpResponse, type HttpRequest } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/compiler/testing';
import { pod, SIDECAR } from '@bookinfo/rules/testing';
import { startEchoBackend, type Seen } from './echo-backend.js';
import { startEngine, type Engine, type RunningEngine } from './engine.js';

const PODS = ['details-v1', 'ratings-v1', 'reviews-v1', 'reviews-v2', 'reviews-v3', 'productpage-v1'];

/** A response, and the request as the backend that sent it received it. */
export interface Exchange extends HttpResponse {
  seen: Seen | undefined;
}

/** The parts of a request beside its URL; headers by name. */
type RequestParts = Omit<HttpRequest, 'headers' | 'url'> & { headers?: OutgoingHttpHeaders };

/** The circumstances of rules. Default: productpage's sidecar, in a mesh with all of its pods. */
export interface RuleContext {
  client?: Client;
  /** Pods that do not exist. */
  without?: readonly string[];
  meshConfig?: Partial<MeshConfig>;
}

/** Bookinfo's pods as echo backends behind one engine, for the tests of a suite. */
export class ConformanceMesh {
  /** All requests that backends have received since the rules were applied. */
  readonly seen: Seen[] = [];
  readonly #engine: Engine;
  readonly #backends: Backend[] = [];
  readonly #proxies = new Map<Client['kind'], RunningEngine>();
  #kind: Client['kind'] = 'sidecar';

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async start(): Promise<void> {
    for (const name of PODS)
      this.#backends.push(await startEchoBackend(name, (seen) => this.seen.push(seen)));
  }

  async stop(): Promise<void> {
    for (const part of [...this.#proxies.values(), ...this.#backends]) await part[Symbol.asyncDispose]();
  }

  /** Applies the rules for a client, by default productpage's sidecar; `ask` then uses its proxy. */
  async rules(
    text: string,
    { client = SIDECAR, without = [], meshConfig = {} }: RuleContext = {},
  ): Promise<void> {
    const pods = this.#backends
      .filter(({ endpoint }) => !without.includes(endpoint.pod))
      .map(({ endpoint }) => pod(endpoint.pod, { ports: { 9080: endpoint.port } }));
    const table = tableOf(text, client, pods, meshConfig);
    this.#kind = client.kind;
    const proxy = this.#proxies.get(client.kind);
    if (proxy) await proxy.setTable(table);
    else this.#proxies.set(client.kind, await startEngine(this.#engine, { role: client.kind, table }));
    this.seen.length = 0;
  }

  /** Requests a URL as it is written: of a sidecar as an HTTP_PROXY client does, of a gateway as a browser does. */
  async ask(url: string, request: RequestParts = {}): Promise<Exchange> {
    const [, host, path] = /^http:\/\/([^/]+)(.*)$/.exec(url) ?? [];
    const { port = 0 } = this.#proxies.get(this.#kind) ?? {};
    const response = await ask(
      port,
      this.#kind === 'sidecar'
        ? { ...request, url }
        : { ...request, path: path || '/', headers: { host, ...request.headers } },
    );
    return { ...response, seen: seenOf(response) };
  }

  /** Writes the bytes to the proxy, and `next` as askRaw does; resolves with all data until the connection closes. */
  send(bytes: string, next?: { after: string; send: string }): Promise<string> {
    return askRaw(this.#proxies.get(this.#kind)?.port ?? 0, bytes, next);
  }

  /** Returns the port on which the pod listens, for rules that name an address. */
  portOf(podName: string): number {
    return this.#backends.find(({ endpoint }) => endpoint.pod === podName)?.endpoint.port ?? 0;
  }

  /** Sends `count` requests, and returns the number of responses by pod, or by status where no pod responded. */
  async shares(count: number, url: string, request?: RequestParts): Promise<Record<string, number>> {
    const shares: Record<string, number> = {};
    const responders = await Promise.all(Array.from({ length: count }, () => this.responder(url, request)));
    for (const responder of responders) shares[responder] = (shares[responder] ?? 0) + 1;
    return shares;
  }

  /** Returns the pod that responds, or the status of a response of the proxy itself. */
  async responder(url: string, request?: RequestParts): Promise<string> {
    const { status, seen } = await this.ask(url, request);
    return seen?.pod ?? String(status);
  }
}

/** Returns a mesh that starts before the suite's first test and ends after its last. */
export function useMesh(engine: Engine): ConformanceMesh {
  const mesh = new ConformanceMesh(engine);
  beforeAll(() => mesh.start());
  afterAll(() => mesh.stop());
  return mesh;
}

function seenOf({ headers, body }: HttpResponse): Seen | undefined {
  const isEcho = headers['content-type'] === 'application/json' && body !== '';
  return isEcho ? (JSON.parse(body) as Seen) : undefined;
}
