import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type HeaderMatch,
  type PathMatch,
  type QueryParameterMatch,
  type RouteMatch,
  type StringMatch,
  type Route,
  type RouteTable,
  type VirtualHost,
  type RouteRequest,
  Matcher,
  RouteLookup,
} from '@bookinfo/routing';
import { findRequest, type Reach, type RequestTemplate } from './find-request.js';

const TEMPLATE: RequestTemplate = {
  port: 9080,
  scheme: 'http',
  authority: 'reviews:9080',
  paths: ['/reviews/0'],
};

function hostWith(matches: Partial<RouteMatch>[]): VirtualHost {
  const routes = matches.map((match, index): Route => ({
    name: String(index),
    match: { headers: [], queryParameters: [], ...match },
    action: { kind: 'direct-response', status: 200, body: '' },
  }));
  return { name: 'reviews:9080', domains: ['reviews', 'reviews.default'], routes };
}

function tableWith(virtualHost: VirtualHost): RouteTable {
  return {
    routeConfigurations: new Map([[9080, [{ name: '9080', virtualHosts: [virtualHost] }]]]),
    clusters: new Map(),
    unmatchedHost: 'passthrough',
  };
}

function matchOf(virtualHost: VirtualHost, request: RouteRequest): Route | undefined {
  return new RouteLookup(new Matcher(tableWith(virtualHost)), request).route;
}

function reach(...matches: Partial<RouteMatch>[]): Reach {
  const virtualHost = hostWith(matches);
  return findRequest(virtualHost, virtualHost.routes.at(-1)!, TEMPLATE);
}

const path = (kind: PathMatch['kind'], value: string, ignoreCase = false): Partial<RouteMatch> => ({
  path: { kind, value, ignoreCase },
});
const header = (
  name: string,
  value: HeaderMatch['value'],
  more: Partial<HeaderMatch> = {},
): Partial<RouteMatch> => ({ headers: [{ name, value, invert: false, missingAsEmpty: false, ...more }] });
const regex = (value: string) => ({ kind: 'regex', value }) as const;
const exact = (value: string) => ({ kind: 'exact', value }) as const;
const PRESENT = { kind: 'present' } as const;

describe('no request reaches', () => {
  test.each([
    ['/a behind the prefix /', [path('prefix', '/'), path('exact', '/a')]],
    ['an exact path behind the same in any case', [path('exact', '/A', true), path('exact', '/a')]],
    ['a prefix behind a regular expression that is one', [path('regex', '/a.*'), path('prefix', '/ab')]],
    ['a path behind alternatives that name it', [path('regex', '/a|/b'), path('exact', '/b')]],
    [
      'a regular expression behind one that has all its words',
      [path('regex', '/[a-z]+'), path('regex', '/(ab)+c?')],
    ],
    [
      'three values behind a regular expression each',
      [header('x', regex('a')), header('x', regex('b')), header('x', regex('[ab]'))],
    ],
    [
      'absent and present together',
      [header('x', PRESENT), header('x', PRESENT, { invert: true }), path('prefix', '/')],
    ],
    [
      'a header that may be anything behind its two halves',
      [header('x', regex('a.*'), { invert: true, missingAsEmpty: true }), header('x', regex('a.*')), {}],
    ],
    [
      'GET with a header behind GET',
      [
        header(':method', exact('GET')),
        {
          headers: [
            ...(header(':method', exact('GET')).headers ?? []),
            ...(header('x', PRESENT).headers ?? []),
          ],
        },
      ],
    ],
    ['a path that no request has', [path('exact', 'reviews')]],
    ['a path with a dot segment, since it is normalized', [path('exact', '/a/../b')]],
    ['a path with its query', [path('exact', '/a?b=c')]],
    ['another host', [header(':authority', exact('ratings:9080'))]],
    [
      'a header with two values at once',
      [
        {
          headers: [...(header('x', exact('a')).headers ?? []), ...(header('x', exact('b')).headers ?? [])],
        },
      ],
    ],
  ])('%s', (_what, matches) => {
    expect(reach(...matches)).toMatchObject({ kind: 'unreachable' });
  });

  test('with the routes that take its requests', () => {
    const result = reach(
      path('exact', '/c'),
      path('exact', '/a'),
      path('exact', '/b'),
      path('regex', '/[ab]'),
    );
    expect(result.kind === 'unreachable' && result.takenBy.map(({ name }) => name)).toEqual(['1', '2']);
  });
});

describe('a request reaches', () => {
  test.each<[string, Partial<RouteMatch>[], Partial<RouteRequest>]>([
    [
      'a rule that asks nothing',
      [{}],
      { method: 'GET', path: '/reviews/0', authority: 'reviews:9080', headers: {} },
    ],
    [
      'a prefix behind one of its paths',
      [path('exact', '/reviews/0'), path('prefix', '/reviews/')],
      { path: '/reviews/' },
    ],
    [
      'a regular expression',
      [header('cookie', regex('^(.*?;)?(user=jason)(;.*)?$'))],
      { headers: { cookie: 'user=jason' } },
    ],
    ['a rule behind a header that most requests lack', [header('x', PRESENT), {}], { headers: {} }],
    [
      'a rule behind one that wants the header to be absent',
      [header('x', PRESENT, { invert: true }), {}],
      { headers: { x: 'any' } },
    ],
    [
      'a query parameter beside another',
      [
        { queryParameters: [{ name: 'a', value: exact('1') }] },
        {
          queryParameters: [
            { name: 'a', value: PRESENT },
            { name: 'b', value: regex('[0-9]{2}') },
          ],
        },
      ],
      { path: '/reviews/0?a=any&b=00' },
    ],
    ['a rule behind GET', [header(':method', exact('GET')), {}], { method: 'POST' }],
    [
      'an authority in any case',
      [header(':authority', exact('Reviews.default'))],
      { authority: 'Reviews.default' },
    ],
  ])('%s', (_what, matches, request) => {
    expect(reach(...matches)).toMatchObject({ kind: 'reached', request });
  });
});

test.each([[path('regex', '/\\pL+')], [header(':path', exact('/a'))]])(
  'a match that is not supported is undecided',
  (match) => {
    expect(reach(match)).toMatchObject({ kind: 'undecided' });
    expect(reach(match, path('exact', '/1'))).toMatchObject({ kind: 'reached' });
  },
);

test('a match that is not supported is unreachable after a catch-all', () => {
  expect(reach(path('prefix', '/'), path('regex', '/\\pL+'))).toMatchObject({ kind: 'unreachable' });
});

const text = fc.constantFrom('', 'a', 'b', 'ab', 'A');
const pattern = fc.constantFrom('a|b', '.*', 'a.*', '[ab]+', 'b?', '(ab)*', '.+', 'A|a', '[^a]*');
const stringMatch: fc.Arbitrary<StringMatch> = fc.oneof(
  fc.record({ kind: fc.constantFrom<StringMatch['kind']>('exact', 'prefix'), value: text }),
  fc.record({ kind: fc.constant<StringMatch['kind']>('regex'), value: pattern }),
);
const valueMatch = fc.oneof(
  { weight: 1, arbitrary: fc.constant(PRESENT) },
  { weight: 4, arbitrary: stringMatch },
);
const headerMatch: fc.Arbitrary<HeaderMatch> = fc.record({
  name: fc.constantFrom('x', 'y', ':method'),
  value: valueMatch,
  invert: fc.boolean(),
  missingAsEmpty: fc.boolean(),
});
const parameterMatch: fc.Arbitrary<QueryParameterMatch> = fc.record({
  name: fc.constantFrom('q', 'r'),
  value: valueMatch,
});
const pathMatch: fc.Arbitrary<PathMatch> = fc.oneof(
  fc.record({
    kind: fc.constantFrom<PathMatch['kind']>('exact', 'prefix', 'path-separated-prefix'),
    value: fc.constantFrom('/', '/a', '/ab', '/a/b', '/A', '/b'),
    ignoreCase: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant<PathMatch['kind']>('regex'),
    value: fc.constantFrom('/.*', '/a.*', '/a|/b', '/[ab]+', '/(a|b)/?b?', '.*'),
    ignoreCase: fc.boolean(),
  }),
);
const match: fc.Arbitrary<Partial<RouteMatch>> = fc
  .record({
    path: fc.option(pathMatch, { nil: undefined }),
    headers: fc.array(headerMatch, { maxLength: 2 }),
    queryParameters: fc.array(parameterMatch, { maxLength: 1 }),
  })
  .map(({ path: chosen, ...rest }) => (chosen ? { ...rest, path: chosen } : rest));
const optionalText = fc.option(text, { nil: undefined });
const request: fc.Arbitrary<RouteRequest> = fc
  .record({
    method: fc.constantFrom('GET', 'a', 'b', 'ab'),
    path: fc.constantFrom('/', '/a', '/b', '/ab', '/a/b', '/A', '/AB/', '/c', '/a/./b', '/b/../a'),
    x: optionalText,
    y: optionalText,
    q: optionalText,
    r: optionalText,
  })
  .map(({ method, path: chosen, x, y, q, r }) => {
    const query = [q === undefined ? [] : [`q=${q}`], r === undefined ? [] : [`r=${r}`]].flat().join('&');
    return {
      port: 9080,
      scheme: 'http',
      authority: 'reviews:9080',
      method,
      path: query === '' ? chosen : `${chosen}?${query}`,
      headers: { ...(x !== undefined && { x }), ...(y !== undefined && { y }) },
    };
  });

test('an unreachable route never matches first, and every request that was found meets its route', () => {
  let unreachable = 0;
  fc.assert(
    fc.property(
      fc.array(match, { minLength: 1, maxLength: 5 }),
      fc.array(request, { minLength: 30, maxLength: 30 }),
      (matches, requests) => {
        const virtualHost = hostWith(matches);
        const matched = new Set(requests.map((each) => matchOf(virtualHost, each)));
        const results = virtualHost.routes.map((route) => ({
          route,
          result: findRequest(virtualHost, route, TEMPLATE),
        }));
        const isWrong = ({ route, result }: (typeof results)[number]): boolean => {
          if (result.kind === 'reached') return matchOf(virtualHost, result.request) !== route;
          unreachable += 1;
          return result.kind === 'undecided' || matched.has(route);
        };
        expect(results.filter(isWrong)).toEqual([]);
      },
    ),
    { numRuns: 150, seed: 3 },
  );
  expect(unreachable).toBeGreaterThan(50);
});
