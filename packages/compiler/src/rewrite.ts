import type { HTTPRewrite } from '@bookinfo/rules';
import type { PathRewrite, PathMatch } from '@bookinfo/routing';

/** A `uri` replaces the prefix that matched; all of the path where it was matched exactly or by a regular expression. */
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
