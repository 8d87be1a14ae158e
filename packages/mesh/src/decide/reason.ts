import type { HeaderMatch, PathMatch } from '../compile/route-match.js';
import { headerValue, type MatchSubject } from './match.js';

/** Why a part of a match does not hold, for people: `header end-user is absent, exact "jason" wanted`. */
export function reasonFor(mismatch: PathMatch | HeaderMatch, subject: MatchSubject): string {
  if (!('name' in mismatch)) return pathReason(mismatch, subject.path);
  const { name, value: wanted } = mismatch;
  const actual = headerValue(name, subject);
  const what = name.startsWith(':') ? name.slice(1) : `header ${name}`;
  const is = actual === undefined ? 'absent' : JSON.stringify(actual);
  return wanted.kind === 'present'
    ? `${what} is ${is}`
    : `${what} is ${is}, ${wanted.kind} ${JSON.stringify(wanted.value)} wanted`;
}

function pathReason({ kind, value, ignoreCase }: PathMatch, path: string): string {
  const verb = {
    exact: 'is not',
    prefix: 'does not start with',
    'path-separated-prefix': 'is not below',
    regex: 'does not match the regular expression',
  }[kind];
  const suffix = ignoreCase && kind !== 'regex' ? ' (in any case)' : '';
  return `path ${JSON.stringify(path)} ${verb} ${JSON.stringify(value)}${suffix}`;
}
