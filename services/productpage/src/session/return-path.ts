import { PRODUCTPAGE_PATHS } from '@bookinfo/contract';

/** Going back to these would be a 405, or would end the session that has just begun. */
const NO_WAY_BACK = new Set<string>([PRODUCTPAGE_PATHS.login, PRODUCTPAGE_PATHS.logout]);

/**
 * Where to go after signing in or out: back to the page that the user came from, else to the product page.
 *
 * Only the path of a Referer on the same host is used, so that no other site can choose the target.
 */
export function returnPath(referer: string | undefined, host: string | undefined): string {
  const from = URL.parse(referer ?? '');
  if (from === null || !isSameHost(from, host)) return PRODUCTPAGE_PATHS.page;
  // A browser takes a path that begins with two slashes for another host's name.
  const path = from.pathname.replace(/^\/+/, '/');
  return NO_WAY_BACK.has(path) ? PRODUCTPAGE_PATHS.page : path + from.search;
}

function isSameHost(from: URL, host: string | undefined): boolean {
  if (host === undefined || !/^https?:$/.test(from.protocol)) return false;
  // Parsed the same way, because one of the two may spell out the scheme's default port.
  return URL.parse(`${from.protocol}//${host}`)?.host === from.host;
}
