import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { listen, LOOPBACK } from '@bookinfo/effects';

/** A client that neither sends nor takes anything for so long is disconnected. */
const IDLE_MS = 10_000;

/** What the endpoint does at one path. */
export interface TelemetryRoute {
  method: 'GET' | 'POST';
  path: string;
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/**
 * The telemetry endpoint of a mesh. It changes nothing of the mesh and needs no credential, so on the loopback address it serves only
 * requests for a loopback host: a page of another site, whose name leads here, gets nothing.
 */
export class TelemetryServer {
  readonly #server: Server;

  /**
   * Starts the endpoint; port 0 is any free port.
   * @throws {Error} Node's error when it cannot listen on the port.
   */
  static async start(
    routes: readonly TelemetryRoute[],
    port: number,
    host: string = LOOPBACK,
  ): Promise<TelemetryServer> {
    const server = createServer({ requestTimeout: IDLE_MS }, (request, response) => {
      const isAllowed = host !== LOOPBACK || isLoopback(request.headers.host);
      serve(routes, isAllowed, request, response).catch(() => response.destroy());
    });
    server.setTimeout(IDLE_MS);
    await listen(server, port, host);
    return new TelemetryServer(server);
  }

  private constructor(server: Server) {
    this.#server = server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

async function serve(
  routes: readonly TelemetryRoute[],
  isAllowed: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isAllowed) return refuse(response, 403, 'the Host header must name localhost');
  const [path] = (request.url ?? '').split('?', 1);
  const ofPath = routes.filter((route) => route.path === path);
  const route = ofPath.find(({ method }) => method === request.method);
  if (route) return await route.handle(request, response);
  if (ofPath.length === 0)
    return refuse(response, 404, `paths: ${routes.map((each) => `${each.method} ${each.path}`).join(', ')}`);
  const methods = ofPath.map(({ method }) => method).join(', ');
  return refuse(response.setHeader('allow', methods), 405, `use ${methods} ${path}`);
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${reason}\n`);
}

function isLoopback(authority: string | undefined): boolean {
  const hostname = URL.parse(`http://${authority}`)?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
  return (
    hostname === 'localhost' || hostname === '::1' || (isIP(hostname) === 4 && hostname.startsWith('127.'))
  );
}
