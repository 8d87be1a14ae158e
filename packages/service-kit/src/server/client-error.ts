import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

const STATUS_BY_CODE: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Time that a client has to finish sending and to read the response before its connection is closed. */
const LINGER_MS = 1000;

/**
 * Creates a handler of `clientError`: it responds with JSON to bytes that are no request, or one too long to parse.
 *
 * @param headers sent with every response
 * @param report called with the status of every response
 */
export function respondToClientError(headers: Record<string, string>, report: (status: number) => void) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    // The parser fails again with every chunk that follows. Closed with unread bytes, the connection would be reset, and
    // the client could lose the response (RFC 9112, 9.6).
    if (socket.writableEnded) return;
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const status = STATUS_BY_CODE[error.code ?? ''] ?? 400;
    report(status);
    const body = JSON.stringify({ error: STATUS_CODES[status]?.toLowerCase() });
    const lines = Object.entries({
      ...headers,
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  };
}
