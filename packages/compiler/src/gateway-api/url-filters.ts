import { RE2JS } from 're2js';
import type { RequestRedirect, URLRewrite } from '@bookinfo/rules';
import type { PathRewrite, RedirectAction, PathMatch } from '@bookinfo/routing';

/**
 * Compiles a redirect; without a port it has the scheme's default port, else the listener's (istio/istio conversion.go,
 * createRedirectFilter).
 */
export function compileRequestRedirect({
  scheme,
  hostname,
  path,
  port,
  statusCode,
}: RequestRedirect): RedirectAction {
  const value = path?.replaceFullPath ?? path?.replacePrefixMatch;
  return {
    kind: 'redirect',
    status: statusCode,
    ...(hostname !== undefined && { host: hostname }),
    ...(scheme && { scheme }),
    port: port ?? (scheme ? 'from-protocol' : 'from-request'),
    // Without a value Envoy keeps the path.
    ...(path && value && { path: { kind: path.type === 'ReplaceFullPath' ? 'path' : 'prefix', value } }),
  };
}

/**
 * Compiles a URL rewrite. The replacement `/` removes a prefix: `/a/b` becomes `/b` (istio/istio route.go,
 * applyHTTPRouteDestination). Any other replacement of the prefix `/` gets no slash: `/v2` makes `/v2b` of `/b`, as in
 * Istio.
 */
export function compileUrlRewrite(
  { path }: URLRewrite,
  match: PathMatch | undefined,
): PathRewrite | undefined {
  if (path?.replaceFullPath !== undefined) return { kind: 'path', value: path.replaceFullPath };
  if (path?.replacePrefixMatch === undefined) return undefined;
  const value = path.replacePrefixMatch.replace(/\/$/, '');
  if (value !== '') return { kind: 'prefix', value };
  const prefix = match?.kind === 'path-separated-prefix' ? match.value : '';
  return { kind: 'regex', pattern: `^${RE2JS.quote(prefix)}(/?)(.*)`, substitution: '/\\2' };
}
