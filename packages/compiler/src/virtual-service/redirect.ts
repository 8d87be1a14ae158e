import type { HTTPRedirect } from '@bookinfo/rules';
import type { RedirectAction } from '@bookinfo/routing';

/**
 * Compiles a redirect; `uri` replaces the whole path, `prefixRewrite` what matched (istio/istio pilot/pkg/networking/core/route/route.go,
 * ApplyRedirect).
 */
export function compileRedirect(redirect: HTTPRedirect): RedirectAction {
  const { uri, prefixRewrite, authority, scheme, derivePort, redirectCode } = redirect;
  const derived = derivePort && (derivePort === 'FROM_REQUEST_PORT' ? 'from-request' : 'from-protocol');
  const port = redirect.port ?? derived;
  return {
    kind: 'redirect',
    status: redirectCode,
    ...(authority !== undefined && { host: authority }),
    ...(scheme && { scheme }),
    ...(port && { port }),
    ...(uri !== undefined && { path: { kind: 'path', value: uri } }),
    ...(prefixRewrite !== undefined && { path: { kind: 'prefix', value: prefixRewrite } }),
  };
}
