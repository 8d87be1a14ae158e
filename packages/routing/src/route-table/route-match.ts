/** All of its parts must hold. A route without any matches everything. */
export interface RouteMatch {
  path?: PathMatch;
  /** Method, scheme and authority stand here as `:method`, `:scheme` and `:authority`, as in Envoy. */
  headers: HeaderMatch[];
  queryParameters: QueryParameterMatch[];
}

/** `path-separated-prefix` (Gateway API) holds for `/a` and `/a/b` but not for `/ab`; `ignoreCase` never counts for a regex. */
export interface PathMatch {
  kind: 'exact' | 'prefix' | 'path-separated-prefix' | 'regex';
  value: string;
  ignoreCase: boolean;
}

/** A header that is absent does not hold, nor does it inverted (Envoy: HeaderMatcher) unless `missingAsEmpty`. */
export interface HeaderMatch {
  /** Lower-case. */
  name: string;
  value: StringMatch | { kind: 'present' };
  /** True for withoutHeaders: what the rest says must not hold. */
  invert: boolean;
  /** Istio since 1.22 on withoutHeaders: an absent header has the value "" (Envoy: treat_missing_header_as_empty). */
  missingAsEmpty: boolean;
}

/** Of a parameter that stands several times the first value counts. */
export interface QueryParameterMatch {
  /** Case counts. */
  name: string;
  value: StringMatch | { kind: 'present' };
}

/** `regex` is RE2 and must match the whole value. */
export interface StringMatch {
  kind: 'exact' | 'prefix' | 'regex';
  value: string;
}
