import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { localReplyHeaders } from './local-reply-head.js';
import { NOT_IMPLEMENTED } from './local-reply.js';

/**
 * Whether an Upgrade is asked for that can't be left out. One to HTTP/2 can (RFC 9110, 7.8): clients offer it with any
 * request.
 */
export function isTunnel({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() !== 'h2c';
}

/** Answers a CONNECT or Upgrade request, for which Node hands over the bare socket, and closes. */
export function refuseTunnel(_request: IncomingMessage, socket: Duplex): void {
  const { status, body } = NOT_IMPLEMENTED;
  const headers = [...localReplyHeaders(NOT_IMPLEMENTED), 'connection', 'close'];
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`];
  for (let index = 0; index < headers.length; index += 2)
    lines.push(`${headers[index]}: ${headers[index + 1]}`);
  // The client may be gone already; without a listener that would end the process.
  socket.on('error', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
