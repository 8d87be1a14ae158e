import type { Regexes } from '../matching/regexes.js';
import type { RouteRequest } from '../request/route-request.js';
import type { RedirectAction } from '../route-table/route-action.js';
import type { PathMatch } from '../route-table/route-match.js';
import { DEFAULT_PORTS } from '../route-table/ports.js';
import { rewritePath } from './path-rewrite.js';

/**
 * Returns the absolute URL that a redirect names. Parts that the action leaves out are the request's: its host with its port,
 * its path, and its query unless the new path has one.
 */
export function redirectLocation(
  action: Partial<RedirectAction>,
  match: PathMatch | undefined,
  request: RouteRequest,
  regexes: Regexes,
): string {
  const scheme = action.scheme ?? request.scheme;
  const port = redirectPort(action, scheme, request);
  const host = action.host ?? requestHost(request, scheme, port);
  return `${scheme}://${host}${port}${redirectPath(action, match, request.path, regexes)}`;
}

/** Returns `:8443`; empty for the scheme's default port and without a port (istio/istio route.go, ApplyRedirect). */
function redirectPort(
  { port }: Partial<RedirectAction>,
  scheme: 'http' | 'https',
  request: RouteRequest,
): string {
  const number = port === 'from-request' ? request.port : port;
  return typeof number !== 'number' || number === DEFAULT_PORTS[scheme] ? '' : `:${number}`;
}

/** Returns the Host header, without its port when the redirect has another or it is the default port of the old scheme. */
function requestHost({ authority, scheme }: RouteRequest, newScheme: string, newPort: string): string {
  const [, host, port] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? [];
  const isOutdated = newScheme !== scheme && Number(port) === DEFAULT_PORTS[scheme];
  return (newPort !== '' || isOutdated ? host : authority) ?? authority;
}

function redirectPath(
  { path }: Partial<RedirectAction>,
  match: PathMatch | undefined,
  requestPath: string,
  regexes: Regexes,
): string {
  if (!path) return requestPath;
  const hasQuery = path.kind === 'path' && path.value.includes('?');
  return hasQuery ? path.value : rewritePath(path, match, requestPath, regexes);
}
