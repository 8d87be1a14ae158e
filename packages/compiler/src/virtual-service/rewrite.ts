import type { HTTPRewrite } from '@bookinfo/rules';
import type { PathRewrite, PathMatch } from '@bookinfo/routing';

/**
 * Returns the path rewrite: a `uri` replaces the matched prefix, or the whole path of an exact or regular-expression
 * match.
 */
export function compilePathRewrite(
  { uri, uriRegexRewrite }: HTTPRewrite,
  match: PathMatch | undefined,
): PathRewrite | undefined {
  if (uriRegexRewrite) {
    const { match: pattern, rewrite: substitution } = uriRegexRewrite;
    return { kind: 'regex', pattern, substitution };
  }
  if (uri === undefined) return undefined;
  const isWhole = match?.kind === 'exact' || match?.kind === 'regex';
  return { kind: isWhole ? 'path' : 'prefix', value: uri };
}
