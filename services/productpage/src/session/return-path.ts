import { PRODUCTPAGE_PATHS } from '@bookinfo/contract';
import { isSameHost } from './is-same-host.js';

/** Paths that are no page: returning there would be a 405, or would end the new session. */
const EXCLUDED_PATHS = new Set<string>([PRODUCTPAGE_PATHS.login, PRODUCTPAGE_PATHS.logout]);

/**
 * Returns the path to go to after signing in or out: the page that the user came from, or else the product page.
 *
 * It uses only the path of a Referer on the same host, so that no other site can choose the target.
 */
export function returnPath(referer: string | undefined, host: string | undefined): string {
  const from = URL.parse(referer ?? '');
  if (from === null || !isSameHost(referer, host)) return PRODUCTPAGE_PATHS.page;
  // A browser takes a path that begins with two slashes for the name of another host.
  const path = from.pathname.replace(/^\/+/, '/');
  return EXCLUDED_PATHS.has(path) ? PRODUCTPAGE_PATHS.page : path + from.search;
}
