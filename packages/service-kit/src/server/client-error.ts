import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

const STATUS_BY_CODE: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** How long a client may take to read why it is refused. */
const LINGER_MS = 1000;

/**
 * Answers what isn't HTTP, or too much of it, where there is no request yet to answer.
 *
 * @param report is told the status of each answer
 */
export function answerClientError(headers: Record<string, string>, report: (status: number) => void) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
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
    // Closed at once, with bytes unread, the connection would be reset and the answer lost (RFC 9112, 9.6).
    socket.resume();
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  };
}
