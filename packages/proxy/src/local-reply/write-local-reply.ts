import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { localReplyHeaders } from './local-reply-head.js';
import type { LocalReply } from '@bookinfo/routing';

/** Answers on a bare connection, for which Node has no response, and closes it. */
export function writeReply(socket: Duplex, reply: LocalReply): void {
  const headers = [...localReplyHeaders(reply), 'connection', 'close'];
  const lines = [`HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status]}`];
  for (let index = 0; index < headers.length; index += 2)
    lines.push(`${headers[index]}: ${headers[index + 1]}`);
  // The client may be gone already; without a listener that would end the process.
  socket.on('error', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n${reply.body}`, () => socket.destroy());
}
