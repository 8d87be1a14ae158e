import type {
  HeaderMatch,
  PathMatch,
  QueryParameterMatch,
  RouteMatch,
  StringMatch,
} from '../route-table/route-match.js';
import type { RouteRequest } from './decision.js';
import { withoutQuery } from './path.js';
import { queryParameter } from './query-parameter.js';
import { matchesRegex } from './regex.js';

/** A request as matches see it. */
export interface MatchSubject {
  request: RouteRequest;
  /** Its path without the query: what rules for the path match. */
  path: string;
}

/** Prepares a request for being matched. */
export function matchSubject(request: RouteRequest): MatchSubject {
  return { request, path: withoutQuery(request.path) };
}

/** One part of a match. */
export type MatchPart = PathMatch | HeaderMatch | QueryParameterMatch;

/** The first part of a match that does not hold; `undefined` when all of them hold. */
export function firstMismatch(
  { path, headers, queryParameters }: RouteMatch,
  subject: MatchSubject,
): MatchPart | undefined {
  if (path && !pathHolds(path, subject.path)) return path;
  return (
    headers.find((header) => !headerHolds(header, subject)) ??
    queryParameters.find((parameter) => !queryParameterHolds(parameter, subject))
  );
}

/** The value that a header match looks at; `undefined` when the request does not have it. */
export function headerValue(name: string, { request }: MatchSubject): string | undefined {
  switch (name) {
    case ':method':
      return request.method;
    case ':scheme':
      return request.scheme;
    case ':authority':
      return request.authority;
    case ':path':
      return request.path;
    default:
      return Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
  }
}

function pathHolds({ kind, value, ignoreCase }: PathMatch, path: string): boolean {
  if (kind === 'regex') return matchesRegex(value, path);
  const wanted = ignoreCase ? value.toLowerCase() : value;
  const actual = ignoreCase ? path.toLowerCase() : path;
  if (kind === 'exact') return actual === wanted;
  if (!actual.startsWith(wanted)) return false;
  return kind === 'prefix' || actual.length === wanted.length || actual[wanted.length] === '/';
}

function headerHolds(
  { name, value: wanted, invert, missingAsEmpty }: HeaderMatch,
  subject: MatchSubject,
): boolean {
  const actual = headerValue(name, subject);
  if (wanted.kind === 'present') return (actual !== undefined) !== invert;
  if (actual === undefined && !missingAsEmpty) return false;
  return stringHolds(wanted, actual ?? '') !== invert;
}

function queryParameterHolds(
  { name, value: wanted }: QueryParameterMatch,
  { request }: MatchSubject,
): boolean {
  const actual = queryParameter(name, request.path);
  if (actual === undefined) return false;
  return wanted.kind === 'present' || stringHolds(wanted, actual);
}

function stringHolds({ kind, value }: StringMatch, actual: string): boolean {
  if (kind === 'regex') return matchesRegex(value, actual);
  return kind === 'exact' ? actual === value : actual.startsWith(value);
}
