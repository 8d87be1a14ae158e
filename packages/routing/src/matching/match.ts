import { withoutQuery } from '../request/path.js';
import type { RouteRequest } from '../request/route-request.js';
import type {
  HeaderMatch,
  PathMatch,
  QueryParameterMatch,
  RouteMatch,
  StringMatch,
} from '../route-table/route-match.js';
import { queryParameter } from './query-parameter.js';
import type { Regexes } from './regexes.js';

/** A request prepared for matching. */
export interface MatchSubject {
  request: RouteRequest;
  /** The request's path without its query, which path matches look at. */
  path: string;
  regexes: Regexes;
}

/** Prepares a request for matching. */
export function matchSubject(request: RouteRequest, regexes: Regexes): MatchSubject {
  return { request, path: withoutQuery(request.path), regexes };
}

/** One part of a match. */
export type MatchPart = PathMatch | HeaderMatch | QueryParameterMatch;

/** Returns the first part of a match that does not hold, undefined when the request matches. */
export function firstMismatch(
  { path, headers, queryParameters }: RouteMatch,
  subject: MatchSubject,
): MatchPart | undefined {
  if (path && !pathHolds(path, subject)) return path;
  return (
    headers.find((header) => !headerHolds(header, subject)) ??
    queryParameters.find((parameter) => !queryParameterHolds(parameter, subject))
  );
}

/**
 * Returns the value that a header match looks at, undefined when the request does not have it. The header `host` is the
 * authority, as in Envoy, whose codecs store it as `:authority` (measured).
 */
export function headerValue(name: string, { request }: MatchSubject): string | undefined {
  switch (name) {
    case ':method':
      return request.method;
    case ':scheme':
      return request.scheme;
    case 'host':
    case ':authority':
      return request.authority;
    case ':path':
      return request.path;
    default:
      return Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
  }
}

/** Tells whether a text matches. */
export function stringHolds({ kind, value }: StringMatch, actual: string, regexes: Regexes): boolean {
  if (kind === 'regex') return regexes.matches(value, actual);
  return kind === 'exact' ? actual === value : actual.startsWith(value);
}

function pathHolds({ kind, value, ignoreCase }: PathMatch, { path, regexes }: MatchSubject): boolean {
  if (kind === 'regex') return regexes.matches(value, path);
  const expected = ignoreCase ? value.toLowerCase() : value;
  const actual = ignoreCase ? path.toLowerCase() : path;
  if (kind === 'exact') return actual === expected;
  if (!actual.startsWith(expected)) return false;
  return kind === 'prefix' || actual.length === expected.length || actual[expected.length] === '/';
}

function headerHolds(
  { name, value: expected, invert, missingAsEmpty }: HeaderMatch,
  subject: MatchSubject,
): boolean {
  const actual = headerValue(name, subject);
  if (expected.kind === 'present') return (actual !== undefined) !== invert;
  if (actual === undefined && !missingAsEmpty) return false;
  return stringHolds(expected, actual ?? '', subject.regexes) !== invert;
}

function queryParameterHolds(
  { name, value: expected }: QueryParameterMatch,
  { request, regexes }: MatchSubject,
): boolean {
  const actual = queryParameter(name, request.path);
  if (actual === undefined) return false;
  return expected.kind === 'present' || stringHolds(expected, actual, regexes);
}
