import type { ServerResponse } from 'node:http';
import type { UpstreamReset } from '../upstream/upstream-reset.js';

/** Istio's name for its Envoy, on every answer. */
export const SERVER_NAME = 'istio-envoy';

/** An answer that the proxy makes itself. */
export interface LocalReply {
  status: number;
  body: string;
}

/** Status and text as Envoy has them (source/common/router/router.cc, source/extensions/filters/http/fault). */
export const ROUTE_NOT_FOUND: LocalReply = { status: 404, body: '' };
export const CLUSTER_NOT_FOUND: LocalReply = { status: 503, body: '' };
export const NO_HEALTHY_UPSTREAM: LocalReply = { status: 503, body: 'no healthy upstream' };
export const UPSTREAM_REQUEST_TIMEOUT: LocalReply = { status: 504, body: 'upstream request timeout' };

/** Envoy tells nobody why a request was bad; a person who learns deserves a sentence. */
export const BAD_TARGET: LocalReply = {
  status: 400,
  body: 'The request target must be a path with a Host header, or http://host/path',
};
/** Envoy would go on until every socket is used up; Istio keeps its own ports out of passthrough for that reason. */
export const LOOP_DETECTED: LocalReply = {
  status: 508,
  body: 'The request came back to the proxy that sent it',
};
export const NOT_IMPLEMENTED: LocalReply = {
  status: 501,
  body: 'CONNECT and Upgrade are not supported by this proxy',
};

/** What a fault's abort answers. */
export function faultAbort(httpStatus: number): LocalReply {
  return { status: httpStatus, body: 'fault filter abort' };
}

/** The text of Envoy 1.40 for a connection without TLS; it tells whether the try that failed was the first. */
export function upstreamResetReply({ reason }: UpstreamReset, attempt: number): LocalReply {
  const after = attempt > 1 ? 'retried and the latest reset reason' : 'reset reason';
  return {
    status: reason === 'protocol error' ? 502 : 503,
    body: `upstream connect error or disconnect/reset before headers. ${after}: ${reason}`,
  };
}

/** For a mistake of ours: better seen than a request that hangs. */
export function internalError(error: unknown): LocalReply {
  return { status: 500, body: `The proxy failed: ${error instanceof Error ? error.message : String(error)}` };
}

/** Sends the reply unless the client already has a part of another answer. */
export function sendLocalReply(response: ServerResponse, reply: LocalReply): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(reply.status, localReplyHeaders(reply));
  response.end(reply.body);
}

/** A flat list of names and values. */
export function localReplyHeaders(reply: LocalReply): string[] {
  // Neither has a body, nor then a Content-Length (RFC 9110, 8.6 and 15.4.5).
  if (reply.status === 204 || reply.status === 304) return ['server', SERVER_NAME];
  const length = ['content-length', String(Buffer.byteLength(reply.body)), 'server', SERVER_NAME];
  return reply.body === '' ? length : ['content-type', 'text/plain', ...length];
}
