import { DEFAULT_PORTS, type RedirectAction } from '@bookinfo/routing';
import { pathRewrite } from './path-rewrite.js';
import type { EnvoyMessage } from './protobuf-json.js';

const RESPONSE_CODES = {
  301: 'MOVED_PERMANENTLY',
  302: 'FOUND',
  303: 'SEE_OTHER',
  307: 'TEMPORARY_REDIRECT',
  308: 'PERMANENT_REDIRECT',
} as const;

/**
 * envoy.config.route.v3.RedirectAction.
 *
 * @param requestPort the port that the client called; Envoy has no setting that inserts it
 */
export function redirectAction(action: RedirectAction, requestPort: number): EnvoyMessage {
  const { status, host, scheme, path } = action;
  return {
    host_redirect: host,
    scheme_redirect: scheme,
    port_redirect: redirectPort(action, requestPort),
    response_code: RESPONSE_CODES[status],
    // Unlike a rewrite, path_redirect may contain a query.
    ...(path && (path.kind === 'path' ? { path_redirect: path.value } : pathRewrite(path))),
  };
}

/** Returns undefined for the scheme's default port, which a URL leaves out. */
function redirectPort({ port, scheme = 'http' }: RedirectAction, requestPort: number): number | undefined {
  const number = port === 'from-request' ? requestPort : port;
  return typeof number === 'number' && number !== DEFAULT_PORTS[scheme] ? number : undefined;
}
