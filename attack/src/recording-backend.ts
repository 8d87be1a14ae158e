import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { listen, LOOPBACK } from '@bookinfo/effects';
import type { Endpoint } from '@bookinfo/routing';

/** Headers that differ from request to request, or that only one proxy adds, whatever the client sent. */
const OF_THE_PROXY =
  /^(?:x-request-id|x-envoy-.*|x-b3-.*|traceparent|x-forwarded-(?:for|proto)|connection): /;

/** The case of requests without X-Case: the target of a request must not decide which case it belongs to. */
export const NO_CASE = 0;

/** A backend that responds with 200 and keeps a record of the complete requests of each case. */
export class RecordingBackend implements AsyncDisposable {
  readonly #server = createServer({ requestTimeout: 0 }, (request, response) => {
    void this.#record(request).finally(() => response.end('ok'));
  });
  readonly #seen = new Map<number, string[]>();
  /** Requests that Node's parser refused: a proxy must not forward any. */
  malformed = 0;

  static async start(): Promise<RecordingBackend> {
    const backend = new RecordingBackend();
    backend.#server.keepAliveTimeout = 0;
    backend.#server
      .on('upgrade', (request, socket) => {
        backend.#add(request, '');
        socket
          .resume()
          .end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      })
      .on('clientError', (error: NodeJS.ErrnoException, socket) => {
        if (error.code?.startsWith('HPE_') && error.code !== 'HPE_INVALID_EOF_STATE') backend.malformed += 1;
        socket.destroy();
      });
    await listen(backend.#server, 0, LOOPBACK);
    return backend;
  }

  get endpoint(): Endpoint {
    return {
      address: LOOPBACK,
      port: (this.#server.address() as AddressInfo).port,
      pod: 'reviews-v1',
      labels: {},
    };
  }

  /** Returns the requests of a case in their order, and forgets them. */
  take(id: number): string[] {
    const seen = this.#seen.get(id) ?? [];
    this.#seen.delete(id);
    return seen;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #record(request: IncomingMessage): Promise<void> {
    try {
      this.#add(request, await text(request));
    } catch {
      // The proxy broke the request off.
    }
  }

  #add(request: IncomingMessage, body: string): void {
    const { method, url, rawHeaders } = request;
    const headers: string[] = [];
    for (let index = 0; index < rawHeaders.length; index += 2)
      headers.push(`${rawHeaders[index]?.toLowerCase()}: ${rawHeaders[index + 1]}`);
    const kept = headers.filter((line) => !OF_THE_PROXY.test(line)).toSorted();
    const id = Number(request.headers['x-case'] ?? NO_CASE) || NO_CASE;
    const seen = this.#seen.get(id) ?? [];
    this.#seen.set(id, [...seen, `${method} ${url} [${kept.join(' | ')}] ${body}`]);
  }
}
