import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { UpstreamAnswer } from '../upstream/upstream-answer.js';
import type { Exchange } from './exchange.js';
import { endToEndHeaders } from './headers.js';
import { SERVER_NAME } from './local-reply.js';

/** Beside a workload, for what it asks others; or at the mesh's edge, for what the outside asks. */
export type ProxyRole = 'sidecar' | 'gateway';

/** What the proxy writes itself; `expect` was answered by Node's server when it read the request. */
const REPLACED_IN_REQUEST = ['host', 'content-length', 'expect', 'x-request-id', 'x-envoy-attempt-count'];
const REPLACED_AT_GATEWAY = [...REPLACED_IN_REQUEST, 'x-forwarded-for', 'x-forwarded-proto'];
/** Methods for which no length means no body to everyone (RFC 9110, 8.6). */
const WITHOUT_BODY = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'];
const REPLACED_IN_RESPONSE = ['server', 'x-envoy-upstream-service-time'];

/** The headers of a request as the backend gets them, but for the number of the try. A flat list. */
export function upstreamHeaders({ request, routeRequest }: Exchange, role: ProxyRole): string[] {
  const { headers } = routeRequest;
  const own = ['host', routeRequest.authority, 'x-request-id', headers['x-request-id'] ?? randomUUID()];
  if (role === 'gateway') {
    const client = request.socket.remoteAddress ?? 'unknown';
    const earlier = headers['x-forwarded-for'];
    own.push('x-forwarded-for', earlier ? `${earlier},${client}` : client, 'x-forwarded-proto', 'http');
  }
  const replaced = role === 'gateway' ? REPLACED_AT_GATEWAY : REPLACED_IN_REQUEST;
  return [...own, ...endToEndHeaders(request.rawHeaders, replaced), ...framing(request)];
}

/** A backend's answer as the client gets it, with the milliseconds that it took. A flat list. */
export function downstreamHeaders(answer: UpstreamAnswer, serviceTimeMs: number): string[] {
  const own = ['server', SERVER_NAME, 'x-envoy-upstream-service-time', String(Math.round(serviceTimeMs))];
  return [...endToEndHeaders(answer.headers, REPLACED_IN_RESPONSE), ...own];
}

/** Written from what was parsed, never copied, so that both sides agree on where the body ends (RFC 9112, 11.2). */
function framing(request: IncomingMessage): string[] {
  if (request.headers['transfer-encoding'] !== undefined) return ['transfer-encoding', 'chunked'];
  const length = request.headers['content-length'];
  if (length !== undefined) return ['content-length', length];
  return WITHOUT_BODY.includes(request.method ?? 'GET') ? [] : ['content-length', '0'];
}
