import type { HTTPRouteMatch } from '@bookinfo/rules';
import type { PathMatch, RouteMatch, StringMatch } from '@bookinfo/routing';

const KINDS = { Exact: 'exact', RegularExpression: 'regex' } as const;

/** Compiles an entry of a rule's `matches`; undefined, for an empty list, matches every request. */
export function compileRouteMatch(match: HTTPRouteMatch | undefined): RouteMatch {
  if (!match) return { headers: [], queryParameters: [] };
  const headers = match.headers.map(({ name, ...value }) =>
    headerMatch(name.toLowerCase(), stringMatch(value)),
  );
  if (match.method) headers.unshift(headerMatch(':method', { kind: 'exact', value: match.method }));
  return {
    path: pathMatch(match.path),
    headers,
    queryParameters: match.queryParams.map(({ name, ...value }) => ({ name, value: stringMatch(value) })),
  };
}

/**
 * Converts a path prefix, which matches whole segments, with or without a `/` at its end; for `/` Istio writes a plain
 * prefix.
 */
function pathMatch({ type, value }: HTTPRouteMatch['path']): PathMatch {
  if (type !== 'PathPrefix') return { kind: KINDS[type], value, ignoreCase: false };
  if (value === '/') return { kind: 'prefix', value, ignoreCase: false };
  return { kind: 'path-separated-prefix', value: value.replace(/\/$/, ''), ignoreCase: false };
}

function headerMatch(name: string, value: StringMatch): RouteMatch['headers'][number] {
  return { name, value, invert: false, missingAsEmpty: false };
}

function stringMatch({ type, value }: { type: keyof typeof KINDS; value: string }): StringMatch {
  return { kind: KINDS[type], value };
}
