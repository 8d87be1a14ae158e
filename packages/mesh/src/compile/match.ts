import type { HTTPMatchRequest, StringMatch as StringMatchSpec } from '../resources/kinds/http-match.js';
import type { RouteMatch, StringMatch } from './route-match.js';

/** One entry of a rule's `match`; `undefined` for a rule that has none. */
export function compileMatch(match: HTTPMatchRequest | undefined): RouteMatch {
  const uri = match?.uri && stringMatch(match.uri);
  const headers = Object.entries(match?.headers ?? {}).map(([name, value]) => headerMatch(name, value));
  if (match?.method) headers.unshift(headerMatch(':method', match.method));
  return {
    ...(uri && { path: { ...uri, ignoreCase: match?.ignoreUriCase ?? false } }),
    headers,
    queryParameters: [],
  };
}

/**
 * Whether it matches every request for sure, by the forms that Istio knows (istio/istio
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
    value: stringMatch(value) ?? { kind: 'present' },
    invert: false,
    missingAsEmpty: false,
  };
}

/** `undefined` for `{}`. */
function stringMatch({ exact, prefix, regex }: StringMatchSpec): StringMatch | undefined {
  if (exact !== undefined) return { kind: 'exact', value: exact };
  if (prefix !== undefined) return { kind: 'prefix', value: prefix };
  if (regex !== undefined) return { kind: 'regex', value: regex };
  return undefined;
}
