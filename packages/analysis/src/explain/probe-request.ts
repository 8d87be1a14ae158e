import { isIP } from 'node:net';
import { listenerPort } from '@bookinfo/compiler';
import type { Client } from '@bookinfo/rules';
import { DEFAULT_PORTS, Matcher, parseTarget, type RouteRequest, type RouteTable } from '@bookinfo/routing';

/** A request to explain, to predict or to send. */
export interface ProbeRequest {
  method: string;
  /** An absolute URL, such as `http://reviews:9080/reviews/0?a=b`. */
  url: string;
  /** Names in any case. */
  headers: Readonly<Record<string, string>>;
  /** Workload, app or gateway, as `findClient` reads it. Default: a client outside, through the gateway of the host. */
  from?: string | undefined;
  /** The user who is signed in at the application's page. Default: not signed in. */
  user?: string | undefined;
}

/** Thrown for input that cannot be used; the message says what would be right. */
export class InvalidRequest extends Error {}

const METHOD = /^[A-Z][A-Z-]{0,30}$/;
/** A token of RFC 9110, 5.6.2. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * Returns the request as a sidecar sees it.
 *
 * @throws {InvalidRequest} when no client could send this method, URL or header.
 */
export function routeRequestOf({ method, url, headers }: ProbeRequest): RouteRequest {
  if (!METHOD.test(method)) throw new InvalidRequest(`${JSON.stringify(method)} is not a method, like GET`);
  const scheme = /^https:/i.test(url) ? 'https' : 'http';
  const target = parseTarget(url.replace(/^https:/i, 'http:'), undefined);
  if (!target)
    throw new InvalidRequest(`${JSON.stringify(url)} is not a URL like http://reviews:9080/reviews/0`);
  const named = Object.entries(headers).map(([name, value]) => {
    if (!HEADER_NAME.test(name)) throw new InvalidRequest(`${JSON.stringify(name)} is not a header name`);
    return [name.toLowerCase(), value] as const;
  });
  const { host, ...others } = Object.fromEntries(named);
  return {
    port: /:\d+$/.test(target.authority) ? target.port : DEFAULT_PORTS[scheme],
    ...(scheme === 'https' && { serverName: serverNameOf(target.authority) }),
    method,
    scheme,
    authority: host ?? target.authority,
    path: target.path,
    headers: others,
  };
}

/** Returns the name that a client asks for in its TLS handshake: the host of the URL; none for an address (RFC 6066). */
function serverNameOf(authority: string): string {
  const host = authority.replace(/:\d+$/, '').toLowerCase();
  return host.startsWith('[') || isIP(host) > 0 ? '' : host;
}

/**
 * Returns the request as the client's proxy sees it. A gateway's listener counts, not the port of the URL: without a listener
 * of that number the URL's port is taken for a local one of the listener of port 80, or for https of 443 or the only one.
 *
 * @throws {InvalidRequest} when the client gets no connection for its scheme and server name.
 */
export function atListener(request: RouteRequest, { kind }: Client, table: RouteTable): RouteRequest {
  const { scheme, serverName, authority, path } = request;
  if (kind === 'sidecar') {
    if (scheme === 'https')
      throw new InvalidRequest(
        `${JSON.stringify(`https://${authority}${path}`)} is encrypted by the client, and a proxy passes https on as it is: no HTTP rule applies to it; write http:// for a request that a proxy can read`,
      );
    return request;
  }
  const port = listenerFor(request, table);
  const servers = table.routeConfigurations.get(port) ?? [];
  const names = servers.flatMap(({ serverNames }) => serverNames ?? []);
  if (names.length > 0 !== (scheme === 'https'))
    throw new InvalidRequest(
      scheme === 'https'
        ? `https://${authority} reaches no server: the gateway has none of HTTPS`
        : `port ${port} of the gateway has HTTPS alone: write https://${authority}`,
    );
  if (scheme === 'https' && !new Matcher(table).hostsAt({ port, ...(serverName && { serverName }) }))
    throw new InvalidRequest(
      `the connection of https://${authority} is closed: the servers of HTTPS at port ${port} of the gateway are for ${names.join(', ')}`,
    );
  return { ...request, port };
}

function listenerFor(request: RouteRequest, { routeConfigurations }: RouteTable): number {
  const listeners = Array.from(routeConfigurations, ([port, [first]]) => ({
    port,
    scheme: first?.serverNames ? ('https' as const) : ('http' as const),
  }));
  return listenerPort(request, listeners);
}
