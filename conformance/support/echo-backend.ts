import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { startBackend, type Backend } from '@bookinfo/testing';

/** A request as a backend received it. */
export interface Seen {
  pod: string;
  method: string;
  path: string;
  headers: Record<string, string | string[]>;
  body: string;
}

/**
 * Starts a backend that responds with the request. Headers of the request change the response: `x-response-status` sets its
 * status, `x-response-headers` its headers as a JSON object, `x-response-after` delays it by milliseconds, and
 * `x-response-not` suppresses it. After an Upgrade the backend sends the first bytes back and closes.
 */
export async function startEchoBackend(pod: string, onRequest: (seen: Seen) => void): Promise<Backend> {
  const backend = await startBackend(
    pod,
    (request, response) => void respond(pod, request, response, onRequest),
  );
  backend.server.on('upgrade', ({ headers }, socket) => {
    socket.on('error', () => socket.destroy());
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${headers.upgrade}\r\n\r\n`,
    );
    socket.once('data', (data: Buffer) => socket.end(`${pod} received ${data.toString()}`));
  });
  return backend;
}

async function respond(
  pod: string,
  request: IncomingMessage,
  response: ServerResponse,
  onRequest: (seen: Seen) => void,
): Promise<void> {
  const { method = '', url: path = '', headers } = request;
  const seen: Seen = {
    pod,
    method,
    path,
    headers: { ...headers } as Seen['headers'],
    body: await text(request),
  };
  onRequest(seen);
  if (headers['x-response-not'] !== undefined) return;
  await setTimeout(Number(headers['x-response-after'] ?? 0));
  const wanted = JSON.parse(String(headers['x-response-headers'] ?? '{}')) as Record<string, string>;
  response.writeHead(Number(headers['x-response-status'] ?? 200), {
    'content-type': 'application/json',
    ...wanted,
  });
  response.end(JSON.stringify(seen));
}
