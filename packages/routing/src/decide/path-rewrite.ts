import type { PathRewrite } from '../route-table/route-action.js';
import type { PathMatch } from '../route-table/route-match.js';
import { withoutQuery } from './path.js';
import { replaceRegex } from './regex.js';

/**
 * The path with its query, rewritten as the route wants it. Nothing is normalized afterwards: `/` in place of the prefix
 * `/a` makes `//b` of `/a/b`, as in Envoy.
 *
 * @param match what the route asked of the path; without it a prefix is `/`, as in the configuration that Istio writes
 */
export function rewritePath(rewrite: PathRewrite, match: PathMatch | undefined, path: string): string {
  const bare = withoutQuery(path);
  const rest = path.slice(bare.length);
  switch (rewrite.kind) {
    case 'prefix':
      return rewrite.value + bare.slice((match?.value ?? '/').length) + rest;
    case 'path':
      return rewrite.value + rest;
    case 'regex':
      return replaceRegex(rewrite.pattern, bare, rewrite.substitution) + rest;
  }
}
