import type { RedirectAction } from '../route-table/route-action.js';
import type { PathMatch } from '../route-table/route-match.js';
import { DEFAULT_PORTS } from '../route-table/ports.js';
import type { RouteRequest } from './decision.js';
import { rewritePath } from './path-rewrite.js';

/**
 * The absolute URL that a redirect names. What the action leaves out is the request's: its host with its port, its path,
 * and its query unless the new path brings one.
 */
export function redirectLocation(
  action: RedirectAction,
  match: PathMatch | undefined,
  request: RouteRequest,
): string {
  const scheme = action.scheme ?? request.scheme;
  const port = redirectPort(action, scheme, request);
  const host = action.host ?? requestHost(request, scheme, port);
  return `${scheme}://${host}${port}${redirectPath(action, match, request.path)}`;
}

/** `:8443`; empty for the scheme's own and where none is wanted (istio/istio pilot/.../route/route.go, ApplyRedirect). */
function redirectPort({ port }: RedirectAction, scheme: 'http' | 'https', request: RouteRequest): string {
  const number = port === 'from-request' ? request.port : port;
  return typeof number !== 'number' || number === DEFAULT_PORTS[scheme] ? '' : `:${number}`;
}

/** Without its port where another one is named, or where it is the default of a scheme that changes. */
function requestHost({ authority, scheme }: RouteRequest, newScheme: string, newPort: string): string {
  const [, host, port] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? [];
  const isOutdated = newScheme !== scheme && Number(port) === DEFAULT_PORTS[scheme];
  return (newPort !== '' || isOutdated ? host : authority) ?? authority;
}

function redirectPath({ path }: RedirectAction, match: PathMatch | undefined, requested: string): string {
  if (!path) return requested;
  return path.kind === 'path' && path.value.includes('?') ? path.value : rewritePath(path, match, requested);
}
