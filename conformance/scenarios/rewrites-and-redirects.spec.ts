// The behaviour that docs/route-semantics.md describes under "Rewrites, redirects and direct responses".
import { describe, expect, test } from 'vitest';
import { INGRESS } from '@bookinfo/rules/testing';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { boundVirtualService, GATEWAY_FOR_ALL, to, virtualService } from '../support/resources.js';

const URL = 'http://reviews:9080';

describe.each(ENGINES)('rewrites, redirects and direct responses, on %s', (engine) => {
  const mesh = useMesh(engine);
  const rules = (http: string): Promise<void> => mesh.rules(virtualService('reviews', http));
  const rule = (text: string): Promise<void> => rules(`[{ ${text}, ${to('v1')} }]`);

  test('a Host that is set reaches the backend, and the rule’s wins over the destination’s', async () => {
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

  test('the prefix /a rewritten to / turns /a/b into //b', async () => {
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
    const response = await mesh.ask(URL + path);
    expect(response.seen?.path).toBe(seen);
  });

  test('a rewritten authority is the Host that the backend gets', async () => {
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
    const response = await mesh.ask(URL + path);
    expect(response).toMatchObject({ status, body: '', headers: { location } });
  });

  test.each([
    ['/a/b?c', '/x/b?c'],
    ['/a', '/x'],
  ])('prefixRewrite replaces the prefix of %s, so that it becomes %s', async (path, location) => {
    const http = '[{ match: [{ uri: { prefix: /a } }], redirect: { prefixRewrite: /x } }]';
    await mesh.rules(virtualService('reviews', http), { meshConfig: { istioVersion: '1.31' } });
    expect((await mesh.ask(`${URL}${path}`)).headers['location']).toBe(`${URL}${location}`);
  });

  test('a gateway redirects to https without the port 80', async () => {
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
    const response = await mesh.ask(URL);
    expect(response).toMatchObject({
      status: 418,
      body: 'I am 100% a %teapot%',
      headers: { 'content-type': 'text/plain' },
    });
    await rules(`[{ directResponse: { status: 200, body: { string: ${'x'.repeat(100_000)} } } }]`);
    expect((await mesh.ask(URL)).body).toHaveLength(100_000);
    await rules('[{ directResponse: { status: 503 } }]');
    expect(await mesh.ask(URL)).toMatchObject({ status: 503, body: '' });
  });
});
