import { expect, test } from 'vitest';
import { request } from '../testing/bookinfo-mesh.js';
import { seededRandom } from '@bookinfo/testing';
import {
  type HeaderMatch,
  type PathMatch,
  type StringMatch,
  type Route,
  type VirtualHost,
  type RouteRequest,
  firstMismatch,
  matchSubject,
  findRoute,
} from '@bookinfo/routing';

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
  request({
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
    const virtualHost: VirtualHost = { name: '', domains: ['*'], routes };
    for (let asked = 0; asked < 20; asked += 1) {
      const subject = matchSubject(anyRequest());
      const first = routes.findIndex(({ match }) => firstMismatch(match, subject) === undefined);
      expect(findRoute(virtualHost, subject)).toBe(first === -1 ? undefined : first);
      if (first !== -1) found += 1;
    }
  }
  expect(found).toBeGreaterThan(3000);
});

test('of a thousand rules for a thousand users only those are tried that the request can meet', () => {
  let reads = 0;
  const routes = Array.from({ length: 1000 }, (_, user): Route => {
    const header: HeaderMatch = {
      name: 'end-user',
      value: { kind: 'exact', value: `user${user}` },
      invert: false,
      missingAsEmpty: false,
    };
    const route = anyRoute();
    const match = { path: pathMatch(), headers: [header], queryParameters: [] };
    return Object.defineProperty(route, 'match', {
      get: () => {
        reads += 1;
        return match;
      },
    });
  });
  const virtualHost: VirtualHost = { name: '', domains: ['*'], routes };
  const subject = matchSubject(request({ headers: { 'end-user': 'user700' } }));
  findRoute(virtualHost, subject);
  reads = 0;
  findRoute(virtualHost, subject);
  expect(reads).toBeLessThanOrEqual(1);
});
