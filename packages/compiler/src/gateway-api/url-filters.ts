import { RE2JS } from 're2js';
import type { RequestRedirect, URLRewrite } from '@bookinfo/rules';
import type { PathRewrite, RedirectAction, PathMatch } from '@bookinfo/routing';

/** Without a port it is the one that was called, with a scheme that scheme's own (istio/istio conversion.go, createRedirectFilter). */
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
 * A replacement `/` of a prefix removes it: `/a/b` becomes `/b` (istio/istio route.go, applyHTTPRouteDestination). Whatever
 * else replaces the prefix `/` is not set apart from the rest, so `/v2` makes `/v2b` of `/b`, as in Istio.
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
