import { type HTTPMatchRequest, type StringMatch as StringMatchSpec, istioHas } from '@bookinfo/rules';
import type { RouteMatch, StringMatch } from '@bookinfo/routing';

/** Pseudo-headers that a match has fields for, in the order of matching. */
const PSEUDO_HEADERS = ['method', 'scheme', 'authority'] as const;

/** Returns the predicates of an entry of a rule's `match`; none for a rule without matches. */
export function compileMatch(match: HTTPMatchRequest | undefined, istioVersion: string): RouteMatch {
  if (!match) return { headers: [], queryParameters: [] };
  const path = match.uri && stringMatch(match.uri);
  const pseudoHeaders = PSEUDO_HEADERS.flatMap((name) => {
    const value = match[name];
    return value ? [headerMatch(`:${name}`, value)] : [];
  });
  const missingAsEmpty = istioHas(istioVersion, 'absentHeaderIsEmpty');
  return {
    ...(path && { path: { ...path, ignoreCase: match.ignoreUriCase ?? false } }),
    headers: [
      ...pseudoHeaders,
      ...Object.entries(match.headers ?? {}).map(([name, value]) => headerMatch(name, value)),
      ...Object.entries(match.withoutHeaders ?? {}).map(([name, value]) => ({
        ...headerMatch(name, value),
        invert: true,
        missingAsEmpty,
      })),
    ],
    queryParameters: Object.entries(match.queryParams ?? {}).map(([name, value]) => ({
      name,
      value: valueMatch(value),
    })),
  };
}

/**
 * Returns true when the entry matches every request, in one of the forms that Istio recognizes (istio/istio
 * pilot/pkg/networking/core/route/route.go, IsCatchAllMatch).
 */
export function isCatchAll({ path, headers, queryParameters }: RouteMatch): boolean {
  if (headers.length > 0 || queryParameters.length > 0) return false;
  if (!path) return true;
  return (path.kind === 'prefix' && path.value === '/') || (path.kind === 'regex' && path.value === '.*');
}

function headerMatch(name: string, value: StringMatchSpec): RouteMatch['headers'][number] {
  return {
    name: name.toLowerCase(),
    value: valueMatch(value),
    invert: false,
    missingAsEmpty: false,
  };
}

function valueMatch(value: StringMatchSpec): StringMatch | { kind: 'present' } {
  return stringMatch(value) ?? { kind: 'present' };
}

/** Returns the match of a text; undefined for `{}`, which matches any. */
export function stringMatch({ exact, prefix, regex }: StringMatchSpec): StringMatch | undefined {
  if (exact !== undefined) return { kind: 'exact', value: exact };
  if (prefix !== undefined) return { kind: 'prefix', value: prefix };
  if (regex !== undefined) return { kind: 'regex', value: regex };
  return undefined;
}
