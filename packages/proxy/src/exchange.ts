import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HeaderList, Route, RouteRequest } from '@bookinfo/routing';
import type { ProxiedRequest } from './headers/proxied-request.js';
import type { ResponseEdits } from './headers/response-edits.js';
import type { StreamInfo } from './stream-info.js';

/** A client's request and its response, before the request is parsed. */
export interface Downstream {
  request: IncomingMessage;
  response: ServerResponse;
  /** The request's headers as they came; those of an exchange lack the ones that Connection lists. Never changed. */
  headers: HeaderList;
  /** The protocol that the client asks to change to on this connection. */
  upgrade: string | undefined;
  streamInfo: StreamInfo;
  /** Absent until the request has a route. */
  edits?: ResponseEdits;
}

/** A client's request whose target is known, and its response. */
export interface Exchange extends Downstream {
  /** The input of route matching. */
  routeRequest: RouteRequest;
  /** The headers that identify the client, added to those of `routeRequest`. */
  identity: HeaderList;
  /** The request as the commands of header values see it. */
  properties: ProxiedRequest;
  /** Absent until one is found. */
  route?: Route;
  /** Ends everything done for the request: its client is gone, or its route's timeout has passed. */
  cancel: AbortController;
}

/** The reason to cancel an exchange whose client has closed its connection. */
export class ClientGone extends Error {}

/** Checks whether a message announces a body (RFC 9112, 6.3); Node has refused contradictory framing before. */
export function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length']) > 0;
}
