const NEEDS_NORMALIZING = /\\|\/(?:\.|%2e)/i;
const DOT = /^(?:\.|%2e)$/i;
const DOT_DOT = /^(?:\.|%2e){2}$/i;

/**
 * The path as the mesh matches and forwards it, query included: `\` becomes `/` and the segments `.` and `..` are
 * resolved (RFC 3986, 5.2.4), also where they are written `%2e`. Nothing else is changed: repeated slashes and other
 * escapes stay. It is Istio's default path normalization, BASE.
 */
export function normalizePath(path: string): string {
  const bare = withoutQuery(path);
  if (!bare.startsWith('/') && !bare.startsWith('\\')) return path;
  if (!NEEDS_NORMALIZING.test(bare)) return path;

  const segments = bare.replaceAll('\\', '/').split('/').slice(1);
  const kept: string[] = [];
  for (const segment of segments) {
    if (DOT_DOT.test(segment)) kept.pop();
    else if (!DOT.test(segment)) kept.push(segment);
  }
  const last = segments.at(-1) ?? '';
  if (DOT.test(last) || DOT_DOT.test(last)) kept.push(''); // what is left is a folder: /a/. and /a/b/.. are /a/
  return `/${kept.join('/')}${path.slice(bare.length)}`;
}

/** The part before the query and the fragment: what rules match. */
export function withoutQuery(path: string): string {
  const query = path.indexOf('?');
  const beforeQuery = query === -1 ? path : path.slice(0, query);
  const fragment = beforeQuery.indexOf('#');
  return fragment === -1 ? beforeQuery : beforeQuery.slice(0, fragment);
}
