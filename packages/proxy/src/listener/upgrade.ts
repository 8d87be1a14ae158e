import { ServerResponse, type IncomingMessage } from 'node:http';
import { hasBody } from '../exchange.js';

/**
 * Checks whether the client asks to change to another protocol. An offer of HTTP/2 may be ignored (RFC 9110, 7.8), since
 * clients add it to any request. So is an upgrade with a body, for which the end of the body and the beginning of the
 * other protocol are ambiguous.
 */
export function isUpgrade(request: IncomingMessage): boolean {
  return request.headers.upgrade?.toLowerCase() !== 'h2c' && !hasBody(request);
}

/**
 * Returns the response to a request whose connection Node has handed over, with the first bytes behind the request. It is
 * the last response on that connection, or the one that changes the protocol.
 */
export function lastResponse(request: IncomingMessage, firstBytes: Buffer): ServerResponse {
  const { socket } = request;
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  // Behind an earlier request the socket may be about to be read, and its bytes belong to the tunnel.
  socket.pause();
  response.once('finish', () => {
    if (response.statusCode !== 101) socket.destroySoon();
  });
  if (firstBytes.length > 0) socket.unshift(firstBytes);
  return response;
}
