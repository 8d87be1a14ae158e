import type { Regexes } from '../matching/regexes.js';
import { withoutQuery } from '../request/path.js';
import type { PathRewrite } from '../route-table/route-action.js';
import type { PathMatch } from '../route-table/route-match.js';

/**
 * Rewrites a path and keeps its query. The result is not normalized: `/` in place of the prefix `/a` makes `//b` of `/a/b`,
 * as in Envoy.
 *
 * @param match the route's path match, whose prefix is replaced; without one the prefix is `/`, as in the configuration
 * that Istio generates
 */
export function rewritePath(
  rewrite: PathRewrite,
  match: PathMatch | undefined,
  path: string,
  regexes: Regexes,
): string {
  const bare = withoutQuery(path);
  const query = path.slice(bare.length);
  switch (rewrite.kind) {
    case 'prefix':
      return rewrite.value + bare.slice((match?.value ?? '/').length) + query;
    case 'path':
      return rewrite.value + query;
    case 'regex':
      return regexes.replaceAll(rewrite.pattern, bare, rewrite.substitution) + query;
  }
}
