/** Conditions on a request, all of which must hold. Without conditions a route matches every request. */
export interface RouteMatch {
  path?: PathMatch;
  /** Method, scheme and authority are the headers `:method`, `:scheme` and `:authority`, as in Envoy. */
  headers: HeaderMatch[];
  queryParameters: QueryParameterMatch[];
}

/** `path-separated-prefix` (Gateway API) matches `/a` and `/a/b` but not `/ab`; `ignoreCase` does not apply to a regex. */
export interface PathMatch {
  kind: 'exact' | 'prefix' | 'path-separated-prefix' | 'regex';
  value: string;
  ignoreCase: boolean;
}

/** An absent header does not match, inverted or not (Envoy: HeaderMatcher), unless `missingAsEmpty`. */
export interface HeaderMatch {
  /** Lower-case. */
  name: string;
  value: StringMatch | { kind: 'present' };
  /** True for withoutHeaders: the value must not match. */
  invert: boolean;
  /** True for withoutHeaders since Istio 1.22: an absent header is "" (Envoy: treat_missing_header_as_empty). */
  missingAsEmpty: boolean;
}

/** Matches the first value of a repeated parameter. */
export interface QueryParameterMatch {
  /** Case-sensitive. */
  name: string;
  value: StringMatch | { kind: 'present' };
}

/** A `regex` has RE2's syntax and must match the whole value. */
export interface StringMatch {
  kind: 'exact' | 'prefix' | 'regex';
  value: string;
}
