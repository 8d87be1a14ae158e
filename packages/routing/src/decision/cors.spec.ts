import { expect, test } from 'vitest';
import { Regexes } from '../matching/regexes.js';
import type { RouteRequest } from '../request/route-request.js';
import type { CorsPolicy } from '../route-table/cors-policy.js';
import * as cors from './cors.js';

const preflightHeaders = (spec: CorsPolicy, subject: RouteRequest) =>
  cors.preflightHeaders(spec, subject, new Regexes());
const corsHeaders = (spec: CorsPolicy, subject: RouteRequest) =>
  cors.corsHeaders(spec, subject, new Regexes());

const policy: CorsPolicy = {
  allowOrigins: [
    { kind: 'exact', value: 'http://ok' },
    { kind: 'prefix', value: 'http://pre.' },
    { kind: 'regex', value: 'http://(a|b)' },
  ],
  allowMethods: 'GET,POST',
  allowHeaders: 'x-h',
  exposeHeaders: 'x-e',
  maxAge: 60,
  allowCredentials: true,
  forwardUnmatchedPreflights: true,
};

function request(origin: string, method: string, headers: Record<string, string> = {}): RouteRequest {
  return { port: 80, method, scheme: 'http', authority: 'r', path: '/', headers: { origin, ...headers } };
}

const preflight = (origin: string, headers = {}) =>
  request(origin, 'OPTIONS', { 'access-control-request-method': 'PUT', ...headers });

test('the response to a preflight of an allowed origin has all permissions', () => {
  expect(preflightHeaders(policy, preflight('http://ok'))).toEqual([
    ['access-control-allow-origin', 'http://ok'],
    ['access-control-allow-credentials', 'true'],
    ['access-control-expose-headers', 'x-e'],
    ['access-control-allow-methods', 'GET,POST'],
    ['access-control-allow-headers', 'x-h'],
    ['access-control-max-age', '60'],
  ]);
});

test('a preflight of another origin goes to the backend by default', () => {
  expect(preflightHeaders(policy, preflight('http://no'))).toBeUndefined();
});

test('a preflight of another origin gets no allow-origin when unmatched preflights are not forwarded', () => {
  const headers = preflightHeaders({ ...policy, forwardUnmatchedPreflights: false }, preflight('http://no'));
  const names = headers?.map(([name]) => name);
  expect(names).toContain('access-control-allow-methods');
  expect(names).not.toContain('access-control-allow-origin');
});

test('an OPTIONS request without Access-Control-Request-Method is no preflight', () => {
  expect(preflightHeaders(policy, request('http://ok', 'OPTIONS'))).toBeUndefined();
  expect(
    preflightHeaders(policy, request('http://ok', 'GET', { 'access-control-request-method': 'PUT' })),
  ).toBeUndefined();
});

test('* allows the requested origin, method and headers', () => {
  const any = { ...policy, allowOrigins: [{ kind: 'exact' as const, value: '*' }] };
  const requested = preflight('http://whatever', { 'access-control-request-headers': 'a,b' });
  const headers = preflightHeaders({ ...any, allowMethods: '*', allowHeaders: '*' }, requested);
  expect(headers?.flat()).toEqual(expect.arrayContaining(['http://whatever', 'PUT', 'a,b']));
});

test.each([
  ['http://ok', true],
  ['http://ok.evil', false],
  ['http://pre.example', true],
  ['http://a', true],
  ['http://ab', false],
])('the response to a simple request from %s has its origin: %s', (origin, isAllowed) => {
  const expected = [
    ['access-control-allow-origin', origin],
    ['access-control-allow-credentials', 'true'],
    ['access-control-expose-headers', 'x-e'],
  ];
  expect(corsHeaders(policy, request(origin, 'GET'))).toEqual(isAllowed ? expected : []);
});

test('the response to a request without an Origin has no CORS headers', () => {
  expect(corsHeaders(policy, { ...request('', 'GET'), headers: {} })).toEqual([]);
});
