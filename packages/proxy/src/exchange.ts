import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Route, RouteRequest, Target } from '@bookinfo/routing';
import { forEachHeader, headerMap } from './headers/headers.js';
import { INTERNAL_HEADERS } from './headers/internal-headers.js';
import type { ProxyContext } from './proxy-context.js';
import { requestIdentity } from './headers/request-identity.js';
import type { ResponseEdits } from './headers/response-edits.js';
import type { StreamInfo } from './stream-info.js';

/** A request of a client and its answer, both under way, of which nothing has been understood yet. */
export interface Downstream {
  request: IncomingMessage;
  response: ServerResponse;
  /** The protocol that the client wants to change to on this connection. */
  upgrade: string | undefined;
  streamInfo: StreamInfo;
  /** Absent until the request has a route. */
  edits?: ResponseEdits;
}

/** The same, once it is known what the request asks for. */
export interface Exchange extends Downstream {
  /** What the routes are matched with. */
  routeRequest: RouteRequest;
  /** What the proxy added to the headers of `routeRequest` to tell who asks, a flat list. */
  identity: readonly string[];
  /** Absent until one is found. */
  route?: Route;
  /** Ends everything done for the request: its client is gone, or its route's timeout has passed. */
  cancel: AbortController;
}

/** Why a request was ended that nobody waits for any more. */
export class ClientGone extends Error {}

/** Begins the exchange; it is cancelled when the client closes its connection before the answer is complete. */
export function openExchange(downstream: Downstream, target: Target, context: ProxyContext): Exchange {
  const { request, response, streamInfo } = downstream;
  const cancel = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) cancel.abort(new ClientGone('the client closed its connection'));
  });
  const headers = headerMap(request.rawHeaders, INTERNAL_HEADERS[context.role]);
  const identity = requestIdentity(headers, request.socket.remoteAddress ?? 'unknown', context);
  forEachHeader(identity, (name, value) => (headers[name] = value));
  const routeRequest: RouteRequest = {
    port: target.port,
    method: request.method ?? 'GET',
    scheme: 'http',
    authority: target.authority,
    path: target.path,
    headers,
  };
  streamInfo.routeRequest = routeRequest;
  return { ...downstream, routeRequest, identity, cancel };
}

/** A message has a body when it says so (RFC 9112, 6.3); Node has refused contradictory framing before. */
export function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length']) > 0;
}
