import { describe, expect, test } from 'vitest';
import { outcomeOf, request } from '../testing/bookinfo-mesh.js';
import { doorTable, httpRoute, meshTable, REVIEWS, to } from '../testing/gateway-api.js';
import { decide, Matcher, type Outcome, type Route } from '@bookinfo/routing';

/** Decides on a request to www.example.com under an HTTPRoute with this one rule. */
function decided(rule: string, path = '/a/b?c=d'): { outcome: Outcome; route: Route | undefined } {
  const matcher = new Matcher(doorTable(httpRoute(`[{ ${rule} }]`)));
  const subject = request({ port: 80, authority: 'www.example.com:8080', path });
  const { outcome, lookup } = decide(matcher, subject, () => 0);
  return { outcome, route: lookup.route };
}

function locationOf(requestRedirect: string, path?: string): string {
  const rule = `matches: [{ path: { value: /a } }], filters: [{ type: RequestRedirect, requestRedirect: { ${requestRedirect} } }]`;
  const { outcome } = decided(rule, path);
  return outcome.kind === 'redirect' ? `${outcome.status} ${outcome.location}` : outcome.kind;
}

/** Returns the path that the backend gets. */
function rewritten(path: string, prefix: string, requested: string): string | undefined {
  const { outcome } = decided(
    `matches: [{ path: { value: ${prefix} } }], ${to('v1')}, filters: [{ type: URLRewrite, urlRewrite: { path: { ${path} } } }]`,
    requested,
  );
  return outcome.kind === 'forward' ? outcome.rewrittenPath : outcome.kind;
}
const prefixed = (value: string): string => `type: ReplacePrefixMatch, replacePrefixMatch: '${value}'`;

const set = (side: 'Request' | 'Response', value: string): string =>
  `{ type: ${side}HeaderModifier, ${side.toLowerCase()}HeaderModifier: { set: [{ name: X-A, value: ${value} }, { name: x-a, value: none }], add: [{ name: b, value: '2' }], remove: [C] } }`;
const edits = (value: string) => ({
  remove: ['c'],
  add: [
    { name: 'x-a', value, append: false },
    { name: 'b', value: '2', append: true },
  ],
});
const mirror = (name: string, share: string): string =>
  `{ type: RequestMirror, requestMirror: { backendRef: { name: ${name}, port: 9080 }, ${share} } }`;

describe('RequestRedirect', () => {
  test.each([
    ['', '302 http://www.example.com:8080/a/b?c=d'],
    ['statusCode: 301, scheme: https', '301 https://www.example.com:8080/a/b?c=d'],
    ['hostname: other.example.com', '302 http://other.example.com/a/b?c=d'],
    ['hostname: other.example.com, scheme: https', '302 https://other.example.com/a/b?c=d'],
    ['hostname: other.example.com, port: 8443, scheme: https', '302 https://other.example.com:8443/a/b?c=d'],
    ['hostname: other.example.com, port: 443, scheme: https', '302 https://other.example.com/a/b?c=d'],
    ['port: 80', '302 http://www.example.com:8080/a/b?c=d'],
    ['path: { type: ReplaceFullPath, replaceFullPath: /x }', '302 http://www.example.com:8080/x?c=d'],
    [`path: { ${prefixed('/x')} }`, '302 http://www.example.com:8080/x/b?c=d'],
    [`path: { ${prefixed('')} }`, '302 http://www.example.com:8080/a/b?c=d'],
  ])('{ %s } leads to %s', (fields, location) => {
    expect(locationOf(fields)).toBe(location);
  });
});

describe('URLRewrite', () => {
  test.each([
    [prefixed('/x'), '/a', '/a/b?c=d', '/x/b?c=d'],
    [prefixed('/x/'), '/a/', '/a/b', '/x/b'],
    [prefixed('/x'), '/a', '/a', '/x'],
    ['type: ReplaceFullPath, replaceFullPath: /x', '/a', '/a/b?c=d', '/x?c=d'],
    // As in Istio: no slash follows the replacement of the prefix /.
    [prefixed('/x'), '/', '/b', '/xb'],
    [prefixed('/'), '/', '/b', '/b'],
  ])('{ %s } of the prefix %s makes of %s: %s', (path, prefix, requested, expected) => {
    expect(rewritten(path, prefix, requested)).toBe(expected);
  });

  test.each([
    ['/a/b', '/b'],
    ['/a/b/c?d=e', '/b/c?d=e'],
    ['/a', '/'],
    ['/a/', '/'],
    ['/a?d', '/?d'],
  ])('of the prefix /a to / makes of %s: %s', (requested, expected) => {
    for (const value of ['/', '']) expect(rewritten(prefixed(value), '/a', requested)).toBe(expected);
  });

  test('its hostname wins over one that is set as a header', () => {
    const host =
      '{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: Host, value: a.com }] } }';
    expect(decided(`${to('v1')}, filters: [${host}]`).outcome).toMatchObject({
      action: { hostRewrite: 'a.com' },
    });
    const both = `${to('v1')}, filters: [${host}, { type: URLRewrite, urlRewrite: { hostname: b.com } }]`;
    expect(decided(both).outcome).toMatchObject({ action: { hostRewrite: 'b.com' } });
  });
});

describe('header modifiers', () => {
  test('apply to the route; of names that differ in case the first counts', () => {
    const { route } = decided(`${to('v1')}, filters: [${set('Request', 'x')}, ${set('Response', 'b')}]`);
    expect(route).toMatchObject({ requestHeaders: edits('x'), responseHeaders: edits('b') });
  });

  test('of a backend apply to its cluster, or after those of the rule when it is the only one with a weight', () => {
    const backend = (weight: number): string =>
      `{ name: reviews-v1, port: 9080, weight: ${weight}, filters: [${set('Request', 'x')}] }`;
    expect(decided(`backendRefs: [${backend(1)}, ${backend(1)}]`)).toMatchObject({
      outcome: { weightedCluster: { requestHeaders: edits('x') } },
    });
    const only = decided(`backendRefs: [${backend(1)}, ${backend(0)}], filters: [${set('Request', 'rule')}]`);
    const [rule, own] = [edits('rule'), edits('x')];
    expect(only.route?.requestHeaders).toEqual({ remove: ['c', 'c'], add: [...rule.add, ...own.add] });
    expect(only.outcome).toMatchObject({ weightedCluster: { name: expect.stringContaining('reviews-v1') } });
  });
});

/** An HTTPRoute of which one rule rewrites for a backend of this weight. */
const rewriting = (weight: number): string =>
  httpRoute(
    `[{ matches: [{ path: { value: /b } }], ${to('v1')} }, { backendRefs: [{ name: reviews-v2, port: 9080 }, { name: reviews-v3, port: 9080, weight: ${weight}, filters: [{ type: URLRewrite, urlRewrite: { hostname: a.com } }] }] }]`,
  );
const OTHER = httpRoute(`[{ matches: [{ path: { value: /other } }], ${to('v2')} }]`, { name: 'other' });

describe('a filter of a backend that Istio has for rules only', () => {
  test('leaves out all rules of its HTTPRoute, and no other one', () => {
    const table = doorTable(rewriting(1) + OTHER);
    expect(outcomeOf(table, { authority: 'a.com', path: '/b' })).toBe('route-not-found');
    expect(outcomeOf(table, { authority: 'a.com', path: '/other' })).toBe('reviews-v2');
  });

  test('has no effect when its backend has the weight 0', () => {
    expect(outcomeOf(doorTable(rewriting(0)), { authority: 'a.com', path: '/b' })).toBe('reviews-v1');
  });

  test('leaves a Service as if it had no HTTPRoute', () => {
    const rules = `[{ backendRefs: [{ name: reviews-v3, port: 9080, filters: [{ type: RequestRedirect, requestRedirect: { port: 1 } }] }] }]`;
    expect(outcomeOf(meshTable(httpRoute(rules, { parent: REVIEWS })), { authority: 'reviews' })).toBe(
      'reviews-v1 reviews-v2 reviews-v3',
    );
  });
});

test('mirrors get their share of copies; one without a Service is left out', () => {
  const all = [
    mirror('reviews-v2', ''),
    mirror('reviews-v3', 'percent: 42'),
    mirror('ratings', 'fraction: { numerator: 1, denominator: 8 }'),
    mirror('details', 'percent: 0'),
    mirror('missing', ''),
  ];
  expect(decided(`${to('v1')}, filters: [${all.join(', ')}]`)).toMatchObject({
    outcome: {
      action: {
        mirrors: [
          { cluster: 'outbound|9080||reviews-v2.default.svc.cluster.local', percentage: 100 },
          { cluster: 'outbound|9080||reviews-v3.default.svc.cluster.local', percentage: 42 },
          { cluster: 'outbound|9080||ratings.default.svc.cluster.local', percentage: 12.5 },
        ],
      },
    },
  });
});

describe('timeouts and retry', () => {
  test.each([
    ['', { timeoutMs: 0, retryPolicy: { numRetries: 2, perTryTimeoutMs: 0 } }],
    ['timeouts: { request: 2s }', { timeoutMs: 2000 }],
    ['timeouts: { request: 0s }', { timeoutMs: 0 }],
    [
      'timeouts: { request: 2s, backendRequest: 500ms }',
      { timeoutMs: 500, retryPolicy: { perTryTimeoutMs: 0 } },
    ],
    [
      'timeouts: { request: 2s, backendRequest: 500ms }, retry: {}',
      { timeoutMs: 2000, retryPolicy: { perTryTimeoutMs: 500, numRetries: 2 } },
    ],
    [
      'retry: { attempts: 5, codes: [500, 503], backoff: 10ms }',
      {
        retryPolicy: {
          numRetries: 5,
          baseIntervalMs: 10,
          retriableStatusCodes: [500, 503],
          retryOn: [
            'connect-failure',
            'refused-stream',
            'unavailable',
            'cancelled',
            'retriable-status-codes',
          ],
        },
      },
    ],
  ])('%s', (fields, action) => {
    expect(decided(`${to('v1')}, ${fields}`).outcome).toMatchObject({ action });
  });
});
