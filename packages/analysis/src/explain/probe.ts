import { compileWithLeftOut, type LeftOut } from '@bookinfo/compiler';
import { Matcher, type RouteRequest, type RouteTable } from '@bookinfo/routing';
import { hostSpecificity, type Client, type Model } from '@bookinfo/rules';
import { findClient, gatewaysOf, type NamedClient } from './find-client.js';
import { atListener, routeRequestOf, type ProbeRequest } from './probe-request.js';

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
 * Finds the client of a request, and compiles its routes. Without a client in the request it is the gateway with the most
 * specific host for it: of equals the ingress gateway, then the oldest; the ingress gateway when none has the host.
 *
 * @throws {InvalidRequest} when there is no such client, or it could not send the request.
 */
export function probeOf(model: Model, sent: ProbeRequest): Probe {
  if (sent.from !== undefined) return probeFrom(findClient(model, sent.from), model, sent);
  const gateways = gatewaysOf(model).map((gateway) => probeFrom(gateway, model, sent));
  const [first] = gateways.toSorted((a, b) => specificityOf(b) - specificityOf(a));
  if (!first) throw new Error('a mesh has an ingress gateway');
  return first;
}

function probeFrom({ name: from, client }: NamedClient, model: Model, sent: ProbeRequest): Probe {
  const { table, leftOut } = compileWithLeftOut(model, client);
  const request = atListener(routeRequestOf(sent), client, table);
  return { model, sent, from, client, request, table, leftOut };
}

function specificityOf({ table, request }: Probe): number {
  const virtualHost = new Matcher(table).hostsAt(request.port)?.find(request.authority);
  return Math.max(0, ...(virtualHost?.domains ?? []).map(hostSpecificity));
}
