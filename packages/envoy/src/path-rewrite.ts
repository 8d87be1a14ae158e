import type { PathRewrite } from '@bookinfo/routing';
import { UnsupportedByEnvoy } from './unsupported-by-envoy.js';
import type { EnvoyMessage } from './protobuf-json.js';

/**
 * Returns the rewrite fields that RouteAction and RedirectAction have in common.
 *
 * @throws {UnsupportedByEnvoy} when a prefix is replaced by the empty string.
 */
export function pathRewrite(rewrite: PathRewrite): EnvoyMessage {
  switch (rewrite.kind) {
    case 'prefix':
      if (rewrite.value === '')
        throw new UnsupportedByEnvoy(
          'a prefix replaced by the empty string (Envoy ignores an empty prefix_rewrite)',
        );
      return { prefix_rewrite: rewrite.value };
    case 'path':
      return regexRewrite('^.*$', rewrite.value.replaceAll('\\', '\\\\'));
    case 'regex':
      return regexRewrite(rewrite.pattern, rewrite.substitution);
  }
}

function regexRewrite(regex: string, substitution: string): EnvoyMessage {
  return { regex_rewrite: { pattern: { regex }, substitution } };
}
