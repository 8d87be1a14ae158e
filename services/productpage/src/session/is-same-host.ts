/** Tests whether a URL, such as a Referer or an Origin, is of the host that a request was sent to. */
export function isSameHost(url: string | undefined, host: string | undefined): boolean {
  const from = URL.parse(url ?? '');
  if (from === null || host === undefined || !/^https?:$/.test(from.protocol)) return false;
  // Parsed in the same way, because one of the two may contain the default port of the scheme.
  return URL.parse(`${from.protocol}//${host}`)?.host === from.host;
}
