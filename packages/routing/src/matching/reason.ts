import type { PathMatch } from '../route-table/route-match.js';
import { headerValue, type MatchPart, type MatchSubject } from './match.js';
import { queryParameter } from './query-parameter.js';

/** Says why a part of a match does not hold: `header end-user is absent, exact "jason" wanted`. */
export function reasonFor(mismatch: MatchPart, subject: MatchSubject): string {
  if (!('name' in mismatch)) return pathReason(mismatch, subject.path);
  const { name, value: expected } = mismatch;
  if (!('invert' in mismatch))
    return valueReason(
      `query parameter ${name}`,
      queryParameter(name, subject.request.path),
      expected,
      'wanted',
    );
  const label = name.startsWith(':') ? name.slice(1) : `header ${name}`;
  return valueReason(label, headerValue(name, subject), expected, mismatch.invert ? 'not wanted' : 'wanted');
}

function valueReason(
  label: string,
  actual: string | undefined,
  expected: Exclude<MatchPart, PathMatch>['value'],
  verdict: 'wanted' | 'not wanted',
): string {
  const is = `${label} is ${actual === undefined ? 'absent' : JSON.stringify(actual)}`;
  // A regular expression that matches a part of the value reads like a defect of the matcher otherwise.
  const scope = expected.kind === 'regex' && actual !== undefined ? ' for the whole value' : '';
  if (expected.kind !== 'present')
    return `${is}, ${expected.kind} ${JSON.stringify(expected.value)} ${verdict}${scope}`;
  return verdict === 'wanted' ? is : `${is}, it should be absent`;
}

function pathReason({ kind, value, ignoreCase }: PathMatch, path: string): string {
  const verb = {
    exact: 'is not',
    prefix: 'does not start with',
    'path-separated-prefix': 'is not below',
    regex: 'does not match the regular expression',
  }[kind];
  const wholeOrCase = ignoreCase ? ' (in any case)' : '';
  const suffix = kind === 'regex' ? ' as a whole' : wholeOrCase;
  return `path ${JSON.stringify(path)} ${verb} ${JSON.stringify(value)}${suffix}`;
}
