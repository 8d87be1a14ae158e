import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { listen, LOOPBACK } from '@bookinfo/effects';
import { QuestionError, parseAssumption } from '@bookinfo/analysis';
import { whyForbidden } from './admin-guard.js';
import { HttpError } from './http-error.js';
import type { MeshServer } from './mesh-server.js';
import { readJson } from './read-json.js';
import { NotFoundError } from './show-resources.js';

const sources = z.strictObject({ sources: z.array(z.strictObject({ file: z.string(), text: z.string() })) });

const question = z.strictObject({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  from: z.string().optional(),
});

const prediction = question.extend({ assume: z.array(z.string()), user: z.string().optional() });

type Mesh = Pick<
  MeshServer,
  'apply' | 'delete' | 'explain' | 'get' | 'gatewayUrl' | 'meshConfig' | 'predict' | 'sidecars'
>;
type Handler = (mesh: Mesh, request: IncomingMessage, query: URLSearchParams) => Promise<object> | object;

/** What the endpoint can do, by method and path. All answers are JSON. */
const ROUTES: Readonly<Record<string, Handler>> = {
  'GET /mesh': ({ gatewayUrl: url, meshConfig, sidecars }) => ({
    url,
    pid: process.pid,
    meshConfig,
    sidecars,
  }),
  'GET /resources': (mesh, _, query) =>
    mesh.get(query.get('kind') ?? undefined, query.get('name') ?? undefined),
  'POST /explain': async (mesh, request) => mesh.explain(await readJson(request, question)),
  'POST /predict': async (mesh, request) => {
    const { assume, ...asked } = await readJson(request, prediction);
    return { answers: mesh.predict(asked, assume.map(parseAssumption)) };
  },
  'POST /apply': async (mesh, request) => mesh.apply((await readJson(request, sources)).sources),
  'POST /delete': async (mesh, request) => mesh.delete((await readJson(request, sources)).sources),
};

/** The endpoint that `apply`, `delete` and `get` talk to; on the loopback address only. */
export class AdminServer {
  readonly #server: Server;

  /** Throws Node's error when it can't listen. */
  static async start(mesh: Mesh, port: number): Promise<AdminServer> {
    const server = createServer((request, response) => void answer(mesh, request, response));
    await listen(server, port, LOOPBACK);
    return new AdminServer(server);
  }

  private constructor(server: Server) {
    this.#server = server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

async function answer(mesh: Mesh, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const result = await route(mesh, request);
    send(response, 'problems' in result ? 422 : 200, result);
  } catch (error) {
    send(response, statusOf(error), { error: (error as Error).message });
  }
}

async function route(mesh: Mesh, request: IncomingMessage): Promise<object> {
  const forbidden = whyForbidden(request);
  if (forbidden !== undefined) throw new HttpError(403, forbidden);
  const [path = '', query] = (request.url ?? '').split('?', 2);
  const handler = ROUTES[`${request.method} ${path}`];
  if (handler) return await handler(mesh, request, new URLSearchParams(query));
  const methods = Object.keys(ROUTES).filter((key) => key.endsWith(` ${path}`));
  if (methods.length === 0) throw new HttpError(404, 'no such path');
  throw new HttpError(405, `use ${methods.join(', ')}`);
}

function statusOf(error: unknown): number {
  if (error instanceof HttpError) return error.status;
  if (error instanceof QuestionError) return 400;
  return error instanceof NotFoundError ? 404 : 500;
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
