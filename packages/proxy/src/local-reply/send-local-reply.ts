import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LocalReply } from '@bookinfo/routing';
import type { Downstream } from '../exchange.js';
import { isGrpc } from './grpc-status.js';
import { grpcReplyHeaders, localReplyHeaders } from './local-reply-headers.js';

/** Sends the reply, unless the client already has a part of another response: then it breaks the connection. */
export function sendLocalReply(
  { request, response, streamInfo, edits }: Downstream,
  reply: LocalReply,
): void {
  streamInfo.recordLocalReply(reply);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (isGrpc(request.headers['content-type'])) {
    response.writeHead(200, grpcReplyHeaders(reply, edits).toRaw()).end();
    return;
  }
  if (request.method !== 'HEAD') streamInfo.bytesSent = Buffer.byteLength(reply.body);
  response.writeHead(reply.status, localReplyHeaders(reply, edits).toRaw());
  response.end(reply.body);
}

/** Writes the reply to a bare connection, for which Node has no response, and closes it. */
export function writeLocalReply(socket: Duplex, reply: LocalReply): void {
  const lines = [`HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status]}`];
  localReplyHeaders(reply)
    .add('connection', 'close')
    .forEach((name, value) => lines.push(`${name}: ${value}`));
  // The client may be gone already; without a listener that would end the process.
  socket.on('error', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n${reply.body}`, () => socket.destroy());
}
