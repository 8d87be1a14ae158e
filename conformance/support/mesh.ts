import type { OutgoingHttpHeaders } from 'node:http';
import { afterAll, beforeAll } from 'vitest';
import type { MeshConfig, Client } from '@bookinfo/rules';
import { type Backend, ask, askRaw, type Answer, type Question } from '@bookinfo/testing';
import { tableOf } from '@bookinfo/compiler/testing';
import { pod, SIDECAR } from '@bookinfo/rules/testing';
import { startEchoBackend, type Seen } from './echo-backend.js';
import { startEngine, type Engine, type RunningEngine } from './engine.js';

const PODS = ['details-v1', 'ratings-v1', 'reviews-v1', 'reviews-v2', 'reviews-v3', 'productpage-v1'];

/** An answer, and what the backend that gave it had seen. */
export interface Conversation extends Answer {
  seen: Seen | undefined;
}

/** What is asked beside the URL; headers by name. */
type Asked = Omit<Question, 'headers' | 'url'> & { headers?: OutgoingHttpHeaders };

/** What rules are for, where it isn't productpage's sidecar in a mesh with all of its pods. */
export interface World {
  client?: Client;
  /** Pods that are not there. */
  without?: readonly string[];
  meshConfig?: Partial<MeshConfig>;
}

/** Bookinfo's pods as echoes behind one engine, for the tests of a suite. */
export class ConformanceMesh {
  /** All that backends have seen since the rules were set. */
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

  /** Puts the rules in force for a client, by default productpage's sidecar; `ask` then asks its proxy. */
  async rules(text: string, { client = SIDECAR, without = [], meshConfig = {} }: World = {}): Promise<void> {
    const pods = this.#backends
      .filter(({ endpoint }) => !without.includes(endpoint.pod))
      .map(({ endpoint }) => pod(endpoint.pod, { ports: { 9080: endpoint.port } }));
    const table = tableOf(text, client, pods, meshConfig);
    this.#kind = client.kind;
    const proxy = this.#proxies.get(client.kind);
    if (proxy) await proxy.setTable(table);
    else this.#proxies.set(client.kind, await startEngine(this.#engine, client.kind, table));
    this.seen.length = 0;
  }

  /** Asks for a URL, as it is written: a sidecar as an HTTP_PROXY client does, a gateway as a browser does. */
  async ask(url: string, question: Asked = {}): Promise<Conversation> {
    const [, host, path] = /^http:\/\/([^/]+)(.*)$/.exec(url) ?? [];
    const { port = 0 } = this.#proxies.get(this.#kind) ?? {};
    const answer = await ask(
      port,
      this.#kind === 'sidecar'
        ? { ...question, url }
        : { ...question, path: path || '/', headers: { host, ...question.headers } },
    );
    return { ...answer, seen: seenOf(answer) };
  }

  /** Writes the bytes to the proxy, and `next` as askRaw does; resolves with all that comes until it closes. */
  send(bytes: string, next?: { after: string; send: string }): Promise<string> {
    return askRaw(this.#proxies.get(this.#kind)?.port ?? 0, bytes, next);
  }

  /** Where the pod listens, for rules that name an address. */
  portOf(podName: string): number {
    return this.#backends.find(({ endpoint }) => endpoint.pod === podName)?.endpoint.port ?? 0;
  }

  /** How many of so many requests each pod, or else status, answered. */
  async shares(count: number, url: string, question?: Asked): Promise<Record<string, number>> {
    const shares: Record<string, number> = {};
    const answers = await Promise.all(Array.from({ length: count }, () => this.who(url, question)));
    for (const answer of answers) shares[answer] = (shares[answer] ?? 0) + 1;
    return shares;
  }

  /** The pod that answers, or the status where the proxy does it itself. */
  async who(url: string, question?: Asked): Promise<string> {
    const { status, seen } = await this.ask(url, question);
    return seen?.pod ?? String(status);
  }
}

/** A mesh that starts before the suite's first test and ends after its last. */
export function useMesh(engine: Engine): ConformanceMesh {
  const mesh = new ConformanceMesh(engine);
  beforeAll(() => mesh.start());
  afterAll(() => mesh.stop());
  return mesh;
}

function seenOf({ headers, body }: Answer): Seen | undefined {
  const isEcho = headers['content-type'] === 'application/json' && body !== '';
  return isEcho ? (JSON.parse(body) as Seen) : undefined;
}
