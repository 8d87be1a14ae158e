import { timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LOOPBACK } from '@bookinfo/effects';
import { ADMIN_API, MAX_BODY_BYTES, type Operation } from './api.js';
import { AdminError, adminErrorOf } from './admin-error.js';
import type { MeshOptions } from '../control/mesh-options.js';
import type { AdministeredMesh } from './administered-mesh.js';
import { isPageRoute, PROTECTION, serveConsole } from './console-files.js';
import { handlers } from './handlers.js';
import { createToken, removeToken, tokenFile, writeToken } from './token-file.js';

/** The connection of a client that has not sent its whole request in this time is closed. */
const REQUEST_TIMEOUT_MS = 10_000;

/** The port, the address and the page of the endpoint, as `MeshOptions` describes them. */
export type AdminServerOptions = Pick<MeshOptions, 'adminPort' | 'adminHost' | 'consoleFolder'>;

/**
 * The admin endpoint. It starts programs, so it listens on the loopback address only and serves its own user only: every
 * operation needs the credential of the token file, which no other user and no other web page can read. The files of the console need
 * none, and hold nothing of the mesh. There are neither cookies nor permissions for other origins (CORS).
 */
export class AdminServer {
  readonly #app: FastifyInstance;
  readonly port: number;

  /**
   * Starts the endpoint; port 0 is any free port.
   * @throws {Error} Node's error when it cannot listen on the port, or one that says why the token file cannot be written.
   */
  static async start(
    mesh: AdministeredMesh,
    { adminPort: port, adminHost: host = LOOPBACK, consoleFolder }: AdminServerOptions,
  ): Promise<AdminServer> {
    const authorization = createToken();
    const app = await createApp(mesh, authorization, consoleFolder);
    await app.listen({ port, host });
    const server = new AdminServer(app);
    try {
      writeToken(server.port, authorization);
    } catch (error) {
      await app.close();
      throw error;
    }
    return server;
  }

  private constructor(app: FastifyInstance) {
    this.#app = app;
    this.port = (app.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    // Before the port is free: its next owner may write the file again.
    removeToken(this.port);
    await this.#app.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

async function createApp(
  mesh: AdministeredMesh,
  authorization: string,
  consoleFolder: string | undefined,
): Promise<FastifyInstance> {
  // Loaded here, because only `up` needs it, and it would delay the start of every other command.
  const { fastify } = await import('fastify');
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
  });
  app.addHook('onRequest', ({ headers, socket, routeOptions }, reply, done) => {
    void reply.headers(PROTECTION);
    const isUser = isPageRoute(routeOptions.url) || isEqual(headers.authorization ?? '', authorization);
    const wanted = `Authorization must be the header in the file ${tokenFile(socket.localPort ?? 0)}`;
    done(isUser ? undefined : new AdminError(401, wanted));
  });
  app.setErrorHandler<Error>((error, _, reply) => {
    const { status, message } = adminErrorOf(error);
    return reply.status(status).send({ error: message });
  });
  app.setNotFoundHandler((request) => {
    throw notFound(request);
  });
  serveConsole(app, consoleFolder);
  for (const operation of Object.keys(ADMIN_API) as Operation[]) addRoute(app, mesh, operation);
  return app;
}

/** Compares in a time that does not depend on how much of the text agrees. */
function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function addRoute(app: FastifyInstance, mesh: AdministeredMesh, operation: Operation): void {
  const { method, path, request: schema } = ADMIN_API[operation];
  const handle = handlers[operation] as (
    mesh: AdministeredMesh,
    input: unknown,
  ) => object | Promise<object | string>;
  app.route({
    method,
    url: path,
    handler: async (request, reply) => {
      const { data, error } = schema.safeParse(method === 'GET' ? request.query : request.body);
      if (error) {
        const [issue] = error.issues;
        throw new AdminError(400, `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
      }
      const result = await handle(mesh, data);
      if (typeof result === 'string') return reply.type('application/json').send(result);
      return reply.status('problems' in result ? 422 : 200).send(result);
    },
  });
}

function notFound({ url }: FastifyRequest): AdminError {
  const [path] = url.split('?', 1);
  const operations = Object.values(ADMIN_API).filter((operation) => operation.path === path);
  if (operations.length === 0) return new AdminError(404, 'no such path');
  return new AdminError(405, `use ${operations.map(({ method }) => `${method} ${path}`).join(', ')}`);
}
