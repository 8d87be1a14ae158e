import type { HeaderMatch, PathMatch, QueryParameterMatch, RouteMatch } from '@bookinfo/routing';
import { Inexpressible } from './inexpressible.js';
import type { EnvoyMessage } from './message.js';
import { stringMatcher } from './string-match.js';

/** envoy.config.route.v3.RouteMatch; one that says nothing of the path needs the prefix `/`, as Istio writes it. */
export function routeMatch({ path, headers, queryParameters }: RouteMatch): EnvoyMessage {
  return {
    ...(path ? pathMatch(path) : { prefix: '/' }),
    headers: headers.map(headerMatcher),
    query_parameters: queryParameters.map(queryParameterMatcher),
  };
}

function pathMatch({ kind, value, ignoreCase }: PathMatch): EnvoyMessage {
  const caseSensitive = ignoreCase ? { case_sensitive: false } : {};
  switch (kind) {
    case 'exact':
      return { path: value, ...caseSensitive };
    case 'prefix':
      return { prefix: value, ...caseSensitive };
    case 'path-separated-prefix':
      // Envoy's own pattern for it takes no slash at the end, nor then the path "/" (route_components.proto).
      if (value === '/') return { prefix: '/' };
      if (value.endsWith('/'))
        throw new Inexpressible(`path-separated-prefix "${value}" (Envoy takes none that ends in a slash)`);
      return { path_separated_prefix: value, ...caseSensitive };
    case 'regex':
      return { safe_regex: { regex: value } };
  }
}

function headerMatcher({ name, value, invert, missingAsEmpty }: HeaderMatch): EnvoyMessage {
  return {
    name,
    invert_match: invert,
    ...(value.kind === 'present'
      ? // Not with treat_missing_header_as_empty, by which Envoy takes every header for present.
        { present_match: true }
      : { string_match: stringMatcher(value), treat_missing_header_as_empty: missingAsEmpty }),
  };
}

function queryParameterMatcher({ name, value }: QueryParameterMatch): EnvoyMessage {
  return value.kind === 'present'
    ? { name, present_match: true }
    : { name, string_match: stringMatcher(value) };
}
