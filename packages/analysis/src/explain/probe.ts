import { compile, compileWithLeftOut, type LeftOut } from '@bookinfo/compiler';
import { Matcher, type RouteRequest, type RouteTable } from '@bookinfo/routing';
import { hostSpecificity, type Client, type Model } from '@bookinfo/rules';
import { findClient, gatewaysOf, type NamedClient } from './find-client.js';
import { atListener, InvalidRequest, routeRequestOf, type ProbeRequest } from './probe-request.js';

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
  const { name: from, client } =
    sent.from === undefined ? gatewayFor(model, sent) : findClient(model, sent.from);
  const { table, leftOut } = compileWithLeftOut(model, client);
  const request = atListener(routeRequestOf(sent), client, table);
  return { model, sent, from, client, request, table, leftOut };
}

function gatewayFor(model: Model, sent: ProbeRequest): NamedClient {
  const [ingress, ...others] = gatewaysOf(model);
  if (!ingress) throw new Error('a mesh has an ingress gateway');
  if (others.length === 0) return ingress;
  const request = routeRequestOf(sent);
  const candidates = [ingress, ...others].map((gateway) => ({
    gateway,
    specificity: specificityAt(gateway.client, request, model),
  }));
  const most = Math.max(...candidates.map(({ specificity }) => specificity));
  return candidates.find(({ specificity }) => specificity === most)?.gateway ?? ingress;
}

/** Returns the specificity of the gateway's host for a request, 0 when it has none, and -1 when it closes the connection. */
function specificityAt(client: Client, request: RouteRequest, model: Model): number {
  const table = compile(model, client);
  const received = receivedAt(request, client, table);
  if (!received) return -1;
  const virtualHost = new Matcher(table).hostsAt(received)?.find(received.authority);
  return Math.max(0, ...(virtualHost?.domains ?? []).map(hostSpecificity));
}

function receivedAt(request: RouteRequest, client: Client, table: RouteTable): RouteRequest | undefined {
  try {
    return atListener(request, client, table);
  } catch (error) {
    if (error instanceof InvalidRequest) return undefined;
    throw error;
  }
}
