import { HeaderList, type Forwarding, type Header, type ProxyRole } from '@bookinfo/routing';
import type { Downstream, Exchange } from '../exchange.js';
import { editHeaders } from './edit-headers.js';
import { expectsContinue } from './expect.js';
import { INTERNAL_HEADERS } from './internal-headers.js';
import { HOP_BY_HOP } from './message-headers.js';
import { IDENTITY_AT_EDGE } from './request-identity.js';
import { TRACE_HEADERS } from './trace-context.js';

/** Headers that the proxy writes itself. */
const OWN = ['host', 'content-length', 'x-envoy-attempt-count'];
/** Headers that don't pass; an exchange has none that Connection lists. */
const REMOVED: Record<ProxyRole, ReadonlySet<string>> = {
  sidecar: new Set([...HOP_BY_HOP, ...OWN, ...INTERNAL_HEADERS.sidecar]),
  gateway: new Set([...HOP_BY_HOP, ...OWN, ...INTERNAL_HEADERS.gateway, ...IDENTITY_AT_EDGE]),
};
/** Methods for which an absent length means no body (RFC 9110, 8.6). */
const WITHOUT_BODY = ['GET', 'HEAD', 'DELETE', 'TRACE'];

/** The path and the headers that the backend gets. */
export interface UpstreamHead {
  path: string;
  headers: HeaderList;
}

/**
 * Returns the request as its route changes it, without the headers of the single attempt: the headers of the destination
 * and then of the route, so that the latter win; then Host and path, whose original values become headers (Envoy:
 * RouteEntryImplBase::finalizeRequestHeaders).
 */
export function upstreamHead(
  exchange: Exchange,
  { action, weightedCluster, rewrittenPath }: Forwarding,
  role: ProxyRole,
): UpstreamHead {
  const { route, routeRequest } = exchange;
  const { path, authority } = routeRequest;
  const host = action.hostRewrite ?? weightedCluster.hostRewrite;
  const edits = [weightedCluster.requestHeaders, route?.requestHeaders].filter((each) => each !== undefined);
  const removed = REMOVED[role];
  const edited = exchange.headers.filter((name) => !removed.has(name)).addAll(exchange.identity);
  if (expectsContinue(edited)) edited.remove('expect');
  exchange.properties.headers = edited;
  editHeaders(edited, edits, exchange.properties);
  if (host !== undefined) edited.set('x-envoy-original-host', authority);
  if (rewrittenPath !== undefined) edited.set('x-envoy-original-path', path);
  // Each attempt has its own; Envoy's tracer writes them after the edits of rules, too (UpstreamRequest::acceptHeadersFromRouter).
  if (exchange.streamInfo.trace) for (const name of TRACE_HEADERS) edited.remove(name);
  exchange.properties.path = rewrittenPath ?? path;
  return {
    path: rewrittenPath ?? path,
    headers: new HeaderList([['host', host ?? authority]]).addAll(edited).addAll(framing(exchange)),
  };
}

/** Returns the framing as parsed, never as copied, so that both sides agree on where the body ends (RFC 9112, 11.2). */
function framing({ request, upgrade }: Downstream): Header[] {
  if (upgrade !== undefined)
    return [
      ['connection', 'Upgrade'],
      ['upgrade', upgrade],
    ];
  if (request.headers['transfer-encoding'] !== undefined) return [['transfer-encoding', 'chunked']];
  const length = request.headers['content-length'];
  if (length !== undefined) return [['content-length', length]];
  return WITHOUT_BODY.includes(request.method ?? 'GET') ? [] : [['content-length', '0']];
}
