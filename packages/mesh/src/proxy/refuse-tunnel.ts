import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { NOT_IMPLEMENTED } from './local-reply.js';
import { writeReply } from './write-reply.js';

/**
 * Whether an Upgrade is asked for that can't be left out. One to HTTP/2 can (RFC 9110, 7.8): clients offer it with any
 * request.
 */
export function isTunnel({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() !== 'h2c';
}

/** Answers a CONNECT or Upgrade request, for which Node hands over the bare socket, and closes. */
export function refuseTunnel(_request: IncomingMessage, socket: Duplex): void {
  writeReply(socket, NOT_IMPLEMENTED);
}
