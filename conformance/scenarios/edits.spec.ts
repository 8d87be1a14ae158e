import { describe, expect, test } from 'vitest';
import { INGRESS } from '@bookinfo/rules/testing';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { boundVirtualService, GATEWAY_FOR_ALL, to, virtualService } from '../support/resources.js';

const URL = 'http://reviews:9080';

const set = (value: string): string =>
  `headers: { request: { set: { x: ${value} } }, response: { set: { y: ${value} } } }`;

const cors = (more = ''): string =>
  `corsPolicy: { allowOrigins: [{ exact: 'http://a' }], allowMethods: [GET], allowHeaders: [x-a], maxAge: 60s, allowCredentials: true, ${more} }`;
const preflight = (origin: string): object => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'GET' },
});

describe.each(ENGINES)('%s', (engine) => {
  const mesh = useMesh(engine);
  const rules = (http: string): Promise<void> => mesh.rules(virtualService('reviews', http));
  const rule = (text: string): Promise<void> => rules(`[{ ${text}, ${to('v1')} }]`);

  test('(B18.19) a destination’s set wins where it is the only one, the rule’s where there are several', async () => {
    const destination = (subset: string): string =>
      `{ destination: { host: reviews, subset: ${subset} }, weight: 1, ${set('destination')} }`;
    await rules(`[{ ${set('rule')}, route: [${destination('v1')}] }]`);
    const one = await mesh.ask(URL);
    expect([one.seen?.headers['x'], one.headers['y']]).toEqual(['destination', 'destination']);
    await rules(`[{ ${set('rule')}, route: [${destination('v1')}, ${destination('v2')}] }]`);
    const several = await mesh.ask(URL);
    expect([several.seen?.headers['x'], several.headers['y']]).toEqual(['rule', 'rule']);
  });

  test('headers are removed, then set, then added', async () => {
    await rule(
      'headers: { request: { remove: [a, B], set: { c: set, e: set }, add: { d: added, C: added, a: again } } }',
    );
    const { seen } = await mesh.ask(URL, { headers: { a: '1', b: '2', c: '3', d: '4' } });
    expect(seen?.headers).toMatchObject({ a: 'again', c: 'set, added', d: '4, added', e: 'set' });
    expect(seen?.headers).not.toHaveProperty('b');
  });

  test('a header’s value may have percent signs', async () => {
    await rule("headers: { request: { set: { x: '100%%' } }, response: { set: { y: '%%REQ(x)%%' } } }");
    const { seen, headers } = await mesh.ask(URL);
    expect([seen?.headers['x'], headers['y']]).toEqual(['100%', '%REQ(x)%']);
  });

  test('changes to the answer hold for those of the proxy, too', async () => {
    await rules("[{ headers: { response: { set: { y: '1' } } }, directResponse: { status: 418 } }]");
    expect((await mesh.ask(URL)).headers).toMatchObject({ y: '1' });
    await rules("[{ headers: { response: { set: { y: '1' } } }, redirect: { uri: /b } }]");
    expect((await mesh.ask(URL)).headers).toMatchObject({ y: '1' });
    await rules(`[{ headers: { response: { set: { y: '1' } } }, ${to('v9')} }]`);
    expect((await mesh.ask(URL)).headers).toMatchObject({ y: '1' });
    await rules(
      `[{ headers: { response: { set: { y: '1' } } }, fault: { abort: { httpStatus: 418, percentage: { value: 100 } } }, ${to('v1')} }]`,
    );
    expect((await mesh.ask(URL)).headers).toMatchObject({ y: '1' });
  });

  test('a Host that is set is what the backend sees, and the rule’s wins over the destination’s', async () => {
    await rule('headers: { request: { set: { Host: other.example.com } } }');
    const { seen } = await mesh.ask(URL);
    expect(seen?.headers).toMatchObject({
      host: 'other.example.com',
      'x-envoy-original-host': 'reviews:9080',
    });
  });

  test.each([
    ['prefix: /a/', '/', '/a/b?q=1', '/b?q=1'],
    ['prefix: /a', '/b', '/a/c', '/b/c'],
    ['prefix: /a', '/b', '/abc', '/bbc'],
    ['exact: /a', '/b/c', '/a?q', '/b/c?q'],
    ["regex: '/a.*'", '/b', '/abc/d', '/b'],
    ['prefix: /A, ', '/b', '/A/c', '/b/c'],
  ])('{ %s } rewritten to %s makes of %s %s', async (match, uri, path, seen) => {
    await rules(`[{ match: [{ uri: { ${match} } }], rewrite: { uri: ${uri} }, ${to('v1')} }]`);
    expect((await mesh.ask(URL + path)).seen).toMatchObject({
      path: seen,
      headers: { 'x-envoy-original-path': path },
    });
  });

  test('(B18.25) the prefix /a rewritten to / makes //b of /a/b', async () => {
    await rules(`[{ match: [{ uri: { prefix: /a } }], rewrite: { uri: / }, ${to('v1')} }]`);
    expect((await mesh.ask(`${URL}/a/b`)).seen?.path).toBe('//b');
    expect((await mesh.ask(`${URL}/a`)).seen?.path).toBe('/');
  });

  test.each([
    ['/(\\d+)', '/n\\1', '/1/2?3', '/n1/n2?3'],
    ['^/a', '/b', '/a/a', '/b/a'],
    ['a(b)?', '<\\1>', '/ab/a', '/<b>/<>'],
    ['a', '\\\\', '/a', '/\\'],
    ['x', 'y', '/a', '/a'],
  ])('the pattern %s replaced by %s makes of %s %s', async (match, rewrite, path, seen) => {
    await rule(`rewrite: { uriRegexRewrite: { match: '${match}', rewrite: '${rewrite}' } }`);
    const answer = await mesh.ask(URL + path);
    expect(answer.seen?.path).toBe(seen);
  });

  test('a rewrite of the authority is the Host that the backend sees', async () => {
    await rule('rewrite: { authority: other.example.com }');
    expect((await mesh.ask(URL)).seen?.headers['host']).toBe('other.example.com');
  });

  test.each([
    ['uri: /b', '/a?q=1', 301, 'http://reviews:9080/b?q=1'],
    ["uri: '/b?r=2'", '/a?q=1', 301, 'http://reviews:9080/b?r=2'],
    ['authority: other', '/a', 301, 'http://other/a'],
    ['authority: other, port: 8080', '/a', 301, 'http://other:8080/a'],
    ['authority: "other:81"', '/a', 301, 'http://other:81/a'],
    ['port: 8443, scheme: https', '/a', 301, 'https://reviews:8443/a'],
    ['scheme: https', '/a?q', 301, 'https://reviews:9080/a?q'],
    ['scheme: https, port: 443', '/a', 301, 'https://reviews:9080/a'],
    ['port: 80', '/a', 301, 'http://reviews:9080/a'],
    ['derivePort: FROM_REQUEST_PORT, authority: other', '/a', 301, 'http://other:9080/a'],
    ['derivePort: FROM_PROTOCOL_DEFAULT, authority: other', '/a', 301, 'http://other/a'],
    ['derivePort: FROM_PROTOCOL_DEFAULT', '/a', 301, 'http://reviews:9080/a'],
    ['uri: /b, redirectCode: 308', '/a/../c', 308, 'http://reviews:9080/b'],
    ['authority: other, redirectCode: 302', '/a/../c', 302, 'http://other/c'],
  ])('redirect { %s } sends %s with %d to %s', async (redirect, path, status, location) => {
    await rules(`[{ redirect: { ${redirect} } }]`);
    const answer = await mesh.ask(URL + path);
    expect(answer).toMatchObject({ status, body: '', headers: { location } });
  });

  test('a gateway sends a client to https without the port that it came to', async () => {
    const http = '[{ redirect: { scheme: https } }]';
    await mesh.rules(GATEWAY_FOR_ALL + boundVirtualService('*', http, 'all'), { client: INGRESS });
    expect((await mesh.ask('http://a.com/x')).headers.location).toBe('https://a.com/x');
    expect((await mesh.ask('http://a.com:8080/x')).headers.location).toBe('https://a.com:8080/x');
    expect((await mesh.ask('http://a.com/', { headers: { host: 'a.com:80' } })).headers.location).toBe(
      'https://a.com/',
    );
  });

  test('a direct response has the status and the body of its rule', async () => {
    await rules("[{ directResponse: { status: 418, body: { string: 'I am 100% a %teapot%' } } }]");
    const answer = await mesh.ask(URL);
    expect(answer).toMatchObject({
      status: 418,
      body: 'I am 100% a %teapot%',
      headers: { 'content-type': 'text/plain' },
    });
    await rules(`[{ directResponse: { status: 200, body: { string: ${'x'.repeat(100_000)} } } }]`);
    expect((await mesh.ask(URL)).body).toHaveLength(100_000);
    await rules('[{ directResponse: { status: 503 } }]');
    expect(await mesh.ask(URL)).toMatchObject({ status: 503, body: '' });
  });

  test('(B18.20) a preflight is answered by a rule that matches OPTIONS, and passes by one for GET', async () => {
    await rules(`[{ match: [{ method: { exact: GET } }], ${cors()}, ${to('v1')} }, { ${to('v2')} }]`);
    expect(await mesh.who(URL, preflight('http://a'))).toBe('reviews-v2');
    await rule(cors());
    const answer = await mesh.ask(URL, preflight('http://a'));
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'http://a',
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'x-a',
      'access-control-max-age': '60',
      'access-control-allow-credentials': 'true',
    });
  });

  test('a preflight of another origin goes on to the backend, or with IGNORE is answered without allowing it', async () => {
    await rule(cors());
    expect(await mesh.who(URL, preflight('http://b'))).toBe('reviews-v1');
    await rule(cors('unmatchedPreflights: IGNORE'));
    const answer = await mesh.ask(URL, preflight('http://b'));
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('a request of another origin is served, but without the headers that let a page see it', async () => {
    await rule(cors());
    const allowed = await mesh.ask(URL, { headers: { origin: 'http://a' } });
    expect([allowed.seen?.pod, allowed.headers['access-control-allow-origin']]).toEqual([
      'reviews-v1',
      'http://a',
    ]);
    const other = await mesh.ask(URL, { headers: { origin: 'http://b' } });
    expect(other.seen?.pod).toBe('reviews-v1');
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  });
});
