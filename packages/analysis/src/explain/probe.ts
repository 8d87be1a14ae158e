import { compileWithLeftOut, type LeftOut } from '@bookinfo/compiler';
import type { RouteRequest, RouteTable } from '@bookinfo/routing';
import type { Client, Model } from '@bookinfo/rules';
import { findClient } from './find-client.js';
import { routeRequestOf, type ProbeRequest } from './probe-request.js';

/** A request with all that its client's proxy knows. It is made once and then explained, predicted and sent. */
export interface Probe {
  model: Model;
  /** The request as it was written. */
  sent: ProbeRequest;
  /** Name of the client, such as `productpage-v1` or `ingress gateway`. */
  from: string;
  client: Client;
  /** The request as the client's proxy sees it. */
  request: RouteRequest;
  /** The routes of the client's proxy. */
  table: RouteTable;
  /** The rules that the client's proxy lacks. */
  leftOut: readonly LeftOut[];
}

/**
 * Finds the client of a request, and compiles its routes.
 *
 * @throws {InvalidRequest} when there is no such client, or it could not send the request.
 */
export function probeOf(model: Model, sent: ProbeRequest): Probe {
  const { name: from, client } = findClient(model, sent.from);
  const request = routeRequestOf(sent, client);
  return { model, sent, from, client, request, ...compileWithLeftOut(model, client) };
}
