import type { HeaderMatch, PathMatch, QueryParameterMatch, RouteMatch } from '@bookinfo/routing';
import { UnsupportedByEnvoy } from './unsupported-by-envoy.js';
import { stringMatcher, type EnvoyMessage } from './protobuf-json.js';

/**
 * envoy.config.route.v3.RouteMatch. Envoy requires a path specifier, so a match without one gets the prefix `/`, as in Istio.
 *
 * @throws {UnsupportedByEnvoy} when a path-separated prefix ends in a slash.
 */
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
      // route_components.proto: path_separated_prefix must match ^[^?#]+[^?#/]$.
      if (value === '/') return { prefix: '/' };
      if (value.endsWith('/'))
        throw new UnsupportedByEnvoy(
          `path-separated-prefix "${value}" (Envoy accepts none that ends in a slash)`,
        );
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
      ? // With treat_missing_header_as_empty Envoy would treat every header as present.
        { present_match: true }
      : { string_match: stringMatcher(value), treat_missing_header_as_empty: missingAsEmpty }),
  };
}

function queryParameterMatcher({ name, value }: QueryParameterMatch): EnvoyMessage {
  return value.kind === 'present'
    ? { name, present_match: true }
    : { name, string_match: stringMatcher(value) };
}
