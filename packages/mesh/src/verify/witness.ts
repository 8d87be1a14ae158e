import type { Route } from '../compile/route-table.js';
import type { Question } from '../explain/question.js';

/** A request that meets the route's match, or why none can be made up. */
export type Witness = { question: Omit<Question, 'from'> } | { reason: string };

/** Stands for any value where a match asks only that there is one. */
const ANY_VALUE = 'any';

/**
 * Makes up a request to the host that the route's match accepts. Where the match leaves the path open it is the one that
 * Bookinfo's services answer to: `/reviews/0` for the host `reviews`. An earlier route may still take it.
 */
export function witnessFor({ match }: Route, host: string, port: number): Witness {
  const headers: Record<string, string> = {};
  let method = 'GET';
  for (const { name, value, invert } of match.headers) {
    if (invert) continue;
    if (value.kind === 'regex')
      return { reason: `no request is made up for the regular expression of ${name}` };
    const wanted = value.kind === 'present' ? ANY_VALUE : value.value;
    if (name === ':method') method = wanted;
    else if (name.startsWith(':')) return { reason: `no request is made up for ${name}` };
    else headers[name] = wanted;
  }
  const parameters: string[] = [];
  for (const { name, value } of match.queryParameters) {
    if (value.kind === 'regex')
      return { reason: `no request is made up for the regular expression of ${name}` };
    parameters.push(`${name}=${value.kind === 'present' ? ANY_VALUE : value.value}`);
  }
  if (match.path?.kind === 'regex')
    return { reason: 'no request is made up for the regular expression of its path' };
  const [app = ''] = host.split('.');
  const usual = `/${app}/0`;
  const { kind, value = '' } = match.path ?? {};
  const path = kind === undefined || (kind !== 'exact' && usual.startsWith(value)) ? usual : value;
  const query = parameters.length > 0 ? `?${parameters.join('&')}` : '';
  return { question: { method, url: `http://${host}:${port}${path === '' ? '/' : path}${query}`, headers } };
}
