/** RFC 9110, 7.6.1, and the older names that RFC 2616, 13.5.1, called hop-by-hop. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Names in lower case; several values of one name joined with `,`, cookies with `; ` (RFC 9110, 5.3; RFC 9113, 8.2.3). */
export function headerMap(rawHeaders: readonly string[]): Record<string, string> {
  const map = Object.create(null) as Record<string, string>;
  forEachHeader(rawHeaders, (name, value) => {
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
export function endToEndHeaders(rawHeaders: readonly string[], replaced: readonly string[]): string[] {
  const dropped = new Set([...HOP_BY_HOP, ...replaced]);
  forEachHeader(rawHeaders, (name, value) => {
    if (name === 'connection')
      for (const option of value.split(',')) dropped.add(option.trim().toLowerCase());
  });
  const kept: string[] = [];
  forEachHeader(rawHeaders, (name, value) => {
    if (!dropped.has(name)) kept.push(name, value);
  });
  return kept;
}

function forEachHeader(rawHeaders: readonly string[], visit: (name: string, value: string) => void): void {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    visit(String(rawHeaders[index]).toLowerCase(), String(rawHeaders[index + 1]));
}
