import { ServerResponse, type IncomingMessage } from 'node:http';
import { hasBody } from '../exchange.js';

/**
 * Whether the client wants to change to another protocol. An offer of HTTP/2 can be left out (RFC 9110, 7.8): clients make
 * it with any request. So can one with a body, since nobody could tell where the body ends and the other protocol begins.
 */
export function isUpgrade(request: IncomingMessage): boolean {
  return request.headers.upgrade?.toLowerCase() !== 'h2c' && !hasBody(request);
}

/**
 * For the answer to a request whose connection Node has handed over, with the first bytes behind the request. It is the
 * last answer there, or the one that changes the protocol.
 */
export function lastResponse(request: IncomingMessage, firstBytes: Buffer): ServerResponse {
  const { socket } = request;
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  // What Node's server does for all others.
  socket.on('error', () => socket.destroy()).on('drain', () => response.emit('drain'));
  response.once('finish', () => {
    if (response.statusCode !== 101) socket.destroySoon();
  });
  if (firstBytes.length > 0) socket.unshift(firstBytes);
  return response;
}
