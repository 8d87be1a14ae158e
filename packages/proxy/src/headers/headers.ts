/** RFC 9110, 7.6.1, and the older names that RFC 2616, 13.5.1, called hop-by-hop. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * All but those of `removed`. Names in lower case; several values of one name joined with `,`, cookies with `; `
 * (RFC 9110, 5.3; RFC 9113, 8.2.3).
 */
export function headerMap(
  rawHeaders: readonly string[],
  removed: ReadonlySet<string>,
): Record<string, string> {
  const map = Object.create(null) as Record<string, string>;
  forEachHeader(rawHeaders, (name, value) => {
    if (removed.has(name)) return;
    const earlier = map[name];
    const separator = name === 'cookie' ? '; ' : ',';
    map[name] = earlier === undefined ? value : `${earlier}${separator}${value}`;
  });
  return map;
}

/**
 * A message's headers as a flat list of names in lower case and values, without those that are for one hop only, those
 * that its Connection header lists, and those of `replaced`, which the caller sets anew.
 */
export function endToEndHeaders(rawHeaders: readonly string[], replaced: ReadonlySet<string>): string[] {
  const options: string[] = [];
  forEachHeader(rawHeaders, (name, value) => {
    if (name === 'connection') options.push(...value.split(',').map((option) => option.trim().toLowerCase()));
  });
  const kept: string[] = [];
  forEachHeader(rawHeaders, (name, value) => {
    if (!HOP_BY_HOP.has(name) && !replaced.has(name) && !options.includes(name)) kept.push(name, value);
  });
  return kept;
}

/** Visits a flat list of names and values, the names in lower case. */
export function forEachHeader(
  rawHeaders: readonly string[],
  visit: (name: string, value: string) => void,
): void {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    visit(String(rawHeaders[index]).toLowerCase(), String(rawHeaders[index + 1]));
}
