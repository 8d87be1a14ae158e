import { expect, test } from 'vitest';
import { problemsOfSpec } from '../../testing/problems-of-spec.js';

test.each([
  [
    '{ precedence: 1 }',
    'spec.destination is missing (it should be an object (with domain, labels, name, namespace, service))',
  ],
  ['{ destination: {} }', 'spec.destination: name or service is needed'],
  [
    '{ destination: { service: a.com, name: a } }',
    'spec.destination: service is a full name: it excludes name, namespace and domain',
  ],
  [
    '{ destination: { name: a, labels: { version: v1 } } }',
    'spec.destination.labels: labels belong to spec.route',
  ],
  [
    '{ destination: { name: a }, route: [{ weight: 90 }] }',
    'spec.route: the weights total 90 (they must total 100)',
  ],
  [
    '{ destination: { name: a }, route: [{ labels: { v: "1" } }, { labels: { v: "2" } }] }',
    'spec.route: the weights total 0 (they must total 100)',
  ],
  [
    '{ destination: { name: a }, match: { request: { headers: { x: {} } } } }',
    'spec.match.request.headers.x: one of exact, prefix and regex is needed',
  ],
  [
    '{ destination: { name: a }, match: { request: { headers: { cookie: { regex: "(?!user=jason).*" } } } } }',
    'spec.match.request.headers.cookie.regex: "(?!user=jason).*" is not a regular expression in RE2 syntax: invalid or unsupported Perl syntax: `(?!`',
  ],
  ['{ destination: { name: a }, l4Fault: {} }', 'spec.l4Fault is not supported (only HTTP is routed)'],
  [
    '{ destination: { name: a }, redirect: { uri: /x }, route: [{ weight: 100 }] }',
    'spec.redirect: it excludes route, httpFault and rewrite',
  ],
  [
    '{ destination: { name: a }, precedence: 2147483648 }',
    'spec.precedence: 2147483648 is not a whole number from -2147483648 to 2147483647',
  ],
])('refuses %s', (spec, message) => {
  expect(problemsOfSpec('RouteRule', spec)).toEqual([message]);
});
