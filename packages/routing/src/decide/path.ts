const NEEDS_NORMALIZING = /[\\%"<>^`{|}]|\/\./;
/** A path parameter does not hide a dot segment, unless its dots are escaped. */
const DOT = /^(?:(?:\.|%2e)|\.;.*)$/i;
const DOT_DOT = /^(?:(?:\.|%2e){2}|\.\.;.*)$/i;
/** Escapes of characters that need none (RFC 3986, 2.3), and characters that do need one. */
const MISUSED = /%(?:2[de]|3\d|[46][1-9a-f]|[57][0-9a]|5f|7e)|["<>^`{|}]/gi;

/** Stands for itself while escapes change; no path has this character. */
const BARE_PERCENT = '\0';

/**
 * The path as the mesh matches and forwards it, query included: `\` becomes `/`, the segments `.` and `..` are resolved
 * (RFC 3986, 5.2.4), also where they are written `%2e` or end in a path parameter, and each character is escaped where
 * it has to be and nowhere else (6.2.2.2). Repeated slashes and other escapes stay. It is Istio's default path
 * normalization, BASE, done as Envoy 1.40 does it (source/common/http/path_utility.cc, by the URL library of Chromium).
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
  if (DOT.test(last) || DOT_DOT.test(last)) kept.push(''); // what is left is a folder: /a/. and /a/b/.. are /a/
  return `/${kept.join('/')}${path.slice(bare.length)}`;
}

/** A percent sign that is no escape does not become one by what is unescaped behind it. */
function withProperEscapes(segment: string): string {
  return segment
    .replaceAll(/%(?![\da-f]{2})/gi, BARE_PERCENT)
    .replaceAll(MISUSED, (misused) =>
      misused.startsWith('%')
        ? String.fromCharCode(parseInt(misused.slice(1), 16))
        : encodeURIComponent(misused),
    )
    .replaceAll(/\0(?=[\da-f]{2})/gi, '%25')
    .replaceAll(BARE_PERCENT, '%');
}

/** The part before the query and the fragment: what rules match. */
export function withoutQuery(path: string): string {
  const query = path.indexOf('?');
  const beforeQuery = query === -1 ? path : path.slice(0, query);
  const fragment = beforeQuery.indexOf('#');
  return fragment === -1 ? beforeQuery : beforeQuery.slice(0, fragment);
}
