import { expect, test } from 'vitest';
import { seededRandom } from '@bookinfo/testing';
import type { RouteRequest } from '../request/route-request.js';
import type { HeaderMatch, PathMatch, StringMatch } from '../route-table/route-match.js';
import type { Route } from '../route-table/route-table.js';
import { requestOf } from '../testing/route-request.js';
import { firstMismatch, matchSubject } from './match.js';
import { Regexes } from './regexes.js';
import { RouteIndex } from './route-index.js';

const regexes = new Regexes();
const random = seededRandom(20_170_524);
const oneOf = <T>(...values: T[]): T => values[Math.floor(random() * values.length)]!;
const maybe = <T>(make: () => T): T[] => (random() < 0.5 ? [make()] : []);

const anyPath = () => oneOf('/', '/a', '/A', '/a/b', '/ab', '/a/b/c', '/b');
const pathMatch = (): PathMatch => ({
  kind: oneOf('exact', 'prefix', 'path-separated-prefix', 'regex'),
  value: anyPath(),
  ignoreCase: random() < 0.3,
});
const stringMatch = (): StringMatch => ({
  kind: oneOf('exact', 'prefix', 'regex'),
  value: oneOf('u', 'v', 'uv'),
});
const headerMatch = (): HeaderMatch => ({
  name: oneOf('end-user', 'x', ':method'),
  value: oneOf<HeaderMatch['value']>(stringMatch(), stringMatch(), { kind: 'present' }),
  invert: random() < 0.2,
  missingAsEmpty: false,
});
const anyRoute = (): Route => ({
  name: '',
  match: {
    ...Object.fromEntries(maybe(pathMatch).map((path) => ['path', path])),
    headers: [...maybe(headerMatch), ...maybe(headerMatch)],
    queryParameters: [],
  },
  action: { kind: 'direct-response', status: 200, body: '' },
});
const anyRequest = (): RouteRequest =>
  requestOf({
    method: oneOf('u', 'v'),
    path: anyPath(),
    headers: Object.fromEntries([
      ...maybe(() => ['end-user', oneOf('u', 'v', 'uv')]),
      ...maybe(() => ['x', oneOf('u', 'uv', '')]),
    ]),
  });

test('the index finds the route that a search from first to last finds', () => {
  let found = 0;
  for (let round = 0; round < 500; round += 1) {
    const routes = Array.from({ length: Math.floor(random() * 12) }, anyRoute);
    const index = new RouteIndex(routes);
    for (let request = 0; request < 20; request += 1) {
      const subject = matchSubject(anyRequest(), regexes);
      const first = routes.findIndex(({ match }) => firstMismatch(match, subject) === undefined);
      expect(index.find(subject)).toBe(first === -1 ? undefined : first);
      if (first !== -1) found += 1;
    }
  }
  expect(found).toBeGreaterThan(3000);
});

test('of a thousand routes for a thousand users only those are tried that the request can match', () => {
  let reads = 0;
  const routes = Array.from({ length: 1000 }, (_, user): Route => {
    const header: HeaderMatch = {
      name: 'end-user',
      value: { kind: 'exact', value: `user${user}` },
      invert: false,
      missingAsEmpty: false,
    };
    const match = { path: pathMatch(), headers: [header], queryParameters: [] };
    return Object.defineProperty(anyRoute(), 'match', {
      get: () => {
        reads += 1;
        return match;
      },
    });
  });
  const index = new RouteIndex(routes);
  reads = 0;
  index.find(matchSubject(requestOf({ headers: { 'end-user': 'user700' } }), regexes));
  expect(reads).toBeLessThanOrEqual(1);
});
