import { listenerPort } from '@bookinfo/compiler';
import type { Client } from '@bookinfo/rules';
import { parseTarget, type RouteRequest, type RouteTable } from '@bookinfo/routing';

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
  if (/^https:/i.test(url))
    throw new InvalidRequest(
      `${JSON.stringify(url)} is encrypted by the client, and a proxy passes https on as it is: no HTTP rule applies to it; write http:// for a request that a proxy can read`,
    );
  const target = parseTarget(url, undefined);
  if (!target)
    throw new InvalidRequest(`${JSON.stringify(url)} is not a URL like http://reviews:9080/reviews/0`);
  const named = Object.entries(headers).map(([name, value]) => {
    if (!HEADER_NAME.test(name)) throw new InvalidRequest(`${JSON.stringify(name)} is not a header name`);
    return [name.toLowerCase(), value] as const;
  });
  const { host, ...others } = Object.fromEntries(named);
  return {
    port: target.port,
    method,
    scheme: 'http',
    authority: host ?? target.authority,
    path: target.path,
    headers: others,
  };
}

/** Returns the request as the client's proxy sees it: at a gateway its listener counts, not the port of the URL. */
export function atListener(
  request: RouteRequest,
  { kind }: Client,
  { routeConfigurations }: RouteTable,
): RouteRequest {
  if (kind === 'sidecar') return request;
  return { ...request, port: listenerPort(request.port, routeConfigurations.keys()) };
}
