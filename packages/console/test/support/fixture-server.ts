import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { FixtureMesh } from './fixture-mesh.ts';

const DIST = join(import.meta.dirname, '../../dist');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The policy with which the admin endpoint serves the page. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const AUTHORIZATION = 'Bearer 1.test';

/** A server with the page and the operations of a mesh that is only data. */
export interface FixtureServer extends AsyncDisposable {
  url: string;
  mesh: FixtureMesh;
  /** Paths of the operations that were asked for. */
  asked: string[];
  /** When false, connections are closed without a response. */
  isUp: boolean;
}

/** Starts the server on a free port of the loopback address. */
export async function startFixtureServer(mesh: FixtureMesh): Promise<FixtureServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const running: FixtureServer = {
    url: `http://127.0.0.1:${port}/`,
    mesh,
    asked,
    isUp: true,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', running.url);
    if (pathname === '/' || extname(pathname)) return sendFile(pathname, response);
    asked.push(pathname);
    if (!running.isUp) return void request.socket.destroy();
    if (request.headers.authorization !== AUTHORIZATION)
      return send(response, 401, { error: 'Authorization' });
    const body: unknown =
      request.method === 'POST' ? JSON.parse(await textOf(request)) : Object.fromEntries(searchParams);
    const operation = running.mesh.operations[`${request.method} ${pathname}`];
    if (!operation) return send(response, 404, { error: 'no such path' });
    const result = operation(body as never);
    return send(response, 'problems' in result && pathname === '/apply' ? 422 : 200, result);
  }
  return running;
}

function sendFile(pathname: string, response: ServerResponse): void {
  const name = pathname === '/' ? 'index.html' : normalize(pathname).slice(1);
  response.setHeader('content-security-policy', POLICY);
  response.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream');
  response.end(readFileSync(join(DIST, name)));
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
