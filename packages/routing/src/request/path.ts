const NEEDS_NORMALIZING = /[\\%"<>^`{|}]|\/\./;
/** Dot segments may be escaped and may end in a path parameter; escaped dots before a path parameter are no dot segment. */
const DOT = /^(?:(?:\.|%2e)|\.;.*)$/i;
const DOT_DOT = /^(?:(?:\.|%2e){2}|\.\.;.*)$/i;
/** Escapes of characters that need none (RFC 3986, 2.3), and characters that need one. */
const MISUSED = /%(?:2[de]|3\d|[46][1-9a-f]|[57][0-9a]|5f|7e)|["<>^`{|}]/gi;

/** Replaces a stray `%` while escapes change; no path has this character. */
const STRAY_PERCENT = '\0';

/**
 * Normalizes a path with its query, as the mesh matches and forwards it: `\` becomes `/`, the segments `.` and `..` are
 * resolved (RFC 3986, 5.2.4), also when written `%2e` or with a path parameter, and a character is escaped exactly when it
 * has to be (6.2.2.2). Repeated slashes and other escapes stay. This is Istio's default path normalization, BASE, as Envoy
 * 1.40 implements it (source/common/http/path_utility.cc, with the URL library of Chromium).
 */
export function normalizePath(path: string): string {
  const bare = withoutQuery(path);
  if (!bare.startsWith('/') && !bare.startsWith('\\')) return path;
  if (!NEEDS_NORMALIZING.test(bare)) return path;

  const segments = bare.replaceAll('\\', '/').split('/').slice(1);
  const kept: string[] = [];
  for (const segment of segments) {
    if (DOT_DOT.test(segment)) kept.pop();
    else if (!DOT.test(segment)) kept.push(withProperEscapes(segment));
  }
  const last = segments.at(-1) ?? '';
  if (DOT.test(last) || DOT_DOT.test(last)) kept.push(''); // The rest is a folder: /a/. and /a/b/.. become /a/.
  return `/${kept.join('/')}${path.slice(bare.length)}`;
}

/** Keeps a stray % literal even if unescaping the following characters would form %XX. */
function withProperEscapes(segment: string): string {
  return segment
    .replaceAll(/%(?![\da-f]{2})/gi, STRAY_PERCENT)
    .replaceAll(MISUSED, (misused) =>
      misused.startsWith('%')
        ? String.fromCharCode(parseInt(misused.slice(1), 16))
        : encodeURIComponent(misused),
    )
    .replaceAll(/\0(?=[\da-f]{2})/gi, '%25')
    .replaceAll(STRAY_PERCENT, '%');
}

/** Returns the part before the query and the fragment, which rules match. */
export function withoutQuery(path: string): string {
  const query = path.indexOf('?');
  const beforeQuery = query === -1 ? path : path.slice(0, query);
  const fragment = beforeQuery.indexOf('#');
  return fragment === -1 ? beforeQuery : beforeQuery.slice(0, fragment);
}
