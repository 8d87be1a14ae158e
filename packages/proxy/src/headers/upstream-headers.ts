import type { UpstreamAnswer } from '../connection-pool/upstream-response.js';
import { headerOf, setHeaders, type HeaderList } from './edit-headers.js';
import type { Downstream, Exchange } from '../exchange.js';
import { endToEndHeaders } from './headers.js';
import { INTERNAL_HEADERS } from './internal-headers.js';
import { SERVER_NAME, type ProxyRole } from '@bookinfo/routing';
import { IDENTITY_AT_EDGE } from './request-identity.js';
import { editResponse, type ResponseEdits } from './response-edits.js';

/** What the proxy writes itself; `expect` was answered by Node's server when it read the request. */
const OWN = ['host', 'content-length', 'expect', 'x-envoy-attempt-count'];
const REPLACED_IN_REQUEST: Record<ProxyRole, ReadonlySet<string>> = {
  sidecar: new Set([...OWN, ...INTERNAL_HEADERS.sidecar]),
  gateway: new Set([...OWN, ...INTERNAL_HEADERS.gateway, ...IDENTITY_AT_EDGE]),
};
const REPLACED_IN_RESPONSE: ReadonlySet<string> = new Set(['server', 'x-envoy-upstream-service-time']);
const SERVER = [{ name: 'server', value: SERVER_NAME }];
/** Methods for which no length means no body to everyone (RFC 9110, 8.6). */
const WITHOUT_BODY = ['GET', 'HEAD', 'DELETE', 'TRACE'];

/** The headers of a request before its route changes them, without Host, framing and those of the single try. A flat list. */
export function upstreamHeaders({ request, identity }: Exchange, role: ProxyRole): string[] {
  const headers = endToEndHeaders(request.rawHeaders, REPLACED_IN_REQUEST[role]);
  headers.push(...identity);
  return headers;
}

/** A backend's answer as the client gets it, with the milliseconds that it took. */
export function downstreamHeaders(
  answer: UpstreamAnswer,
  serviceTimeMs: number,
  edits: ResponseEdits,
): HeaderList {
  const headers = endToEndHeaders(answer.headers, REPLACED_IN_RESPONSE);
  headers.push('x-envoy-upstream-service-time', String(Math.round(serviceTimeMs)));
  return setHeaders(editResponse(headers, edits), SERVER);
}

/** A backend's answer that changes the protocol, as the client gets it. */
export function switchingHeaders(answer: UpstreamAnswer, edits: ResponseEdits): HeaderList {
  const headers = editResponse(endToEndHeaders(answer.headers, REPLACED_IN_RESPONSE), edits);
  const upgrade = headerOf(answer.headers, 'upgrade') ?? 'websocket';
  const own = { server: SERVER_NAME, connection: 'Upgrade', upgrade };
  return setHeaders(
    headers,
    Object.entries(own).map(([name, value]) => ({ name, value })),
  );
}

/** Written from what was parsed, never copied, so that both sides agree on where the body ends (RFC 9112, 11.2). */
export function framing({ request, upgrade }: Downstream): string[] {
  if (upgrade !== undefined) return ['connection', 'Upgrade', 'upgrade', upgrade];
  if (request.headers['transfer-encoding'] !== undefined) return ['transfer-encoding', 'chunked'];
  const length = request.headers['content-length'];
  if (length !== undefined) return ['content-length', length];
  return WITHOUT_BODY.includes(request.method ?? 'GET') ? [] : ['content-length', '0'];
}
