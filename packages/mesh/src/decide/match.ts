import type { HeaderMatch, PathMatch, RouteMatch } from '../compile/route-match.js';
import type { RouteRequest } from './decision.js';
import { normalizePath, withoutQuery } from './path.js';
import { matchesRegex } from './regex.js';

/** A request as matches see it. */
export interface MatchSubject {
  request: RouteRequest;
  /** Its path, normalized, with the query. */
  target: string;
  /** The same without the query: what rules for the path match. */
  path: string;
}

/** Prepares a request for being matched. */
export function matchSubject(request: RouteRequest): MatchSubject {
  const target = normalizePath(request.path);
  return { request, target, path: withoutQuery(target) };
}

/** The first part of a match that does not hold; `undefined` when all of them hold. */
export function firstMismatch(
  { path, headers }: RouteMatch,
  subject: MatchSubject,
): PathMatch | HeaderMatch | undefined {
  if (path && !pathHolds(path, subject.path)) return path;
  return headers.find((header) => !headerHolds(header, subject));
}

/** The value that a header match looks at; `undefined` when the request does not have it. */
export function headerValue(name: string, { request, target }: MatchSubject): string | undefined {
  switch (name) {
    case ':method':
      return request.method;
    case ':scheme':
      return request.scheme;
    case ':authority':
      return request.authority;
    case ':path':
      return target;
    default:
      return Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
  }
}

function pathHolds({ kind, value, ignoreCase }: PathMatch, path: string): boolean {
  if (kind === 'regex') return matchesRegex(value, path);
  const wanted = ignoreCase ? value.toLowerCase() : value;
  const actual = ignoreCase ? path.toLowerCase() : path;
  return kind === 'exact' ? actual === wanted : actual.startsWith(wanted);
}

function headerHolds({ name, value: wanted }: HeaderMatch, subject: MatchSubject): boolean {
  const actual = headerValue(name, subject);
  if (actual === undefined) return false;
  if (wanted.kind === 'present') return true;
  if (wanted.kind === 'regex') return matchesRegex(wanted.value, actual);
  return wanted.kind === 'exact' ? actual === wanted.value : actual.startsWith(wanted.value);
}
