import type { IncomingMessage } from 'node:http';
import type { UpstreamAnswer } from '../upstream/upstream-answer.js';
import type { Exchange } from './exchange.js';
import { endToEndHeaders } from './headers.js';
import { INTERNAL_HEADERS } from './internal-headers.js';
import { SERVER_NAME } from './local-reply.js';
import type { ProxyRole } from './proxy-role.js';
import { IDENTITY_AT_EDGE } from './request-identity.js';

/** What the proxy writes itself; `expect` was answered by Node's server when it read the request. */
const OWN = ['host', 'content-length', 'expect', 'x-envoy-attempt-count'];
const REPLACED_IN_REQUEST: Record<ProxyRole, ReadonlySet<string>> = {
  sidecar: new Set([...OWN, ...INTERNAL_HEADERS.sidecar]),
  gateway: new Set([...OWN, ...INTERNAL_HEADERS.gateway, ...IDENTITY_AT_EDGE]),
};
const REPLACED_IN_RESPONSE: ReadonlySet<string> = new Set(['server', 'x-envoy-upstream-service-time']);
/** Methods for which no length means no body to everyone (RFC 9110, 8.6). */
const WITHOUT_BODY = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'];

/** The headers of a request as the backend gets them, but for those of the single try. A flat list. */
export function upstreamHeaders({ request, routeRequest, identity }: Exchange, role: ProxyRole): string[] {
  const passedOn = endToEndHeaders(request.rawHeaders, REPLACED_IN_REQUEST[role]);
  return ['host', routeRequest.authority, ...passedOn, ...identity, ...framing(request)];
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
