// The behaviour that docs/route-semantics.md describes under "Gateway API".
import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/engine.js';
import { useMesh } from '../support/mesh.js';
import { DOOR_RESOURCES, httpRoute, ownProxyOf, to } from '@bookinfo/compiler/testing';

const url = (path: string): string => `http://www.example.com${path}`;

describe.each(ENGINES)('filters of the Gateway API, on %s', (engine) => {
  const mesh = useMesh(engine);
  /** Applies an HTTPRoute with one filter at the gateway. */
  const rules = (text: string): Promise<void> =>
    mesh.rules(DOOR_RESOURCES + httpRoute(text), { client: ownProxyOf('door', 'default') });
  const filtered = (filter: string, match = '{}'): Promise<void> =>
    rules(`[{ matches: [${match}], filters: [${filter}], ${to('v1')} }]`);
  const locationOf = async (path: string): Promise<string> => {
    const { status, headers } = await mesh.ask(url(path));
    return `${status} ${headers['location']}`;
  };

  test.each([
    ['/', '/a/b?c', '/b?c'],
    ['/', '/a', '/'],
    ['/x', '/a/b', '/x/b'],
    ['/x/', '/a/b', '/x/b'],
  ])('with ReplacePrefixMatch %s of /a the path %s becomes %s', async (replacement, path, expected) => {
    await filtered(
      `{ type: URLRewrite, urlRewrite: { hostname: b.com, path: { type: ReplacePrefixMatch, replacePrefixMatch: ${replacement} } } }`,
      '{ path: { value: /a } }',
    );
    const { seen } = await mesh.ask(url(path));
    expect([seen?.path, seen?.headers['host']]).toEqual([expected, 'b.com']);
  });

  test.each([
    ['https://a.x.b.com', 'https://a.x.b.com'],
    ['https://b.com', undefined],
    ['https://axb.com', undefined],
  ])('a * inside an allowed origin stands for any text: %s is answered with %s', async (origin, allowed) => {
    await filtered('{ type: CORS, cors: { allowOrigins: ["https://*.b.com"] } }');
    const { headers } = await mesh.ask(url('/'), { headers: { origin } });
    expect(headers['access-control-allow-origin']).toBe(allowed);
  });

  test.each([
    ['https://a.b.com', 'https://a.b.com'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['null', undefined],
  ])('* allows every origin with a scheme and a host: %s is answered with %s', async (origin, allowed) => {
    await filtered('{ type: CORS, cors: { allowOrigins: ["*"] } }');
    const { headers } = await mesh.ask(url('/'), { headers: { origin } });
    expect(headers['access-control-allow-origin']).toBe(allowed);
  });

  test('ReplacePrefixMatch of the prefix / adds no second slash', async () => {
    await filtered(
      '{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: /x } } }',
    );
    expect((await mesh.ask(url('/b'))).seen?.path).toBe('/xb');
  });

  test('an HTTPRoute with a rewrite of one backend has no rule', async () => {
    const filter = '{ type: URLRewrite, urlRewrite: { hostname: a.com } }';
    await rules(`[{ backendRefs: [{ name: reviews-v1, port: 9080, filters: [${filter}] }] }]`);
    expect(await mesh.responder(url('/'))).toBe('404');
  });

  test('ReplaceFullPath keeps the query', async () => {
    await filtered(
      '{ type: URLRewrite, urlRewrite: { path: { type: ReplaceFullPath, replaceFullPath: /x } } }',
    );
    expect((await mesh.ask(url('/a/b?c'))).seen?.path).toBe('/x?c');
  });

  test.each([
    ['', '302 http://www.example.com/a/b?c'],
    ['scheme: https, statusCode: 301', '301 https://www.example.com/a/b?c'],
    ['hostname: b.com, port: 8080', '302 http://b.com:8080/a/b?c'],
    ['path: { type: ReplaceFullPath, replaceFullPath: /x }', '302 http://www.example.com/x?c'],
    ['path: { type: ReplacePrefixMatch, replacePrefixMatch: /x }', '302 http://www.example.com/x/b?c'],
    ['path: { type: ReplacePrefixMatch, replacePrefixMatch: / }', '302 http://www.example.com//b?c'],
    ["path: { type: ReplacePrefixMatch, replacePrefixMatch: '' }", '302 http://www.example.com/a/b?c'],
  ])('a redirect with { %s } is %s', async (fields, expected) => {
    await rules(
      `[{ matches: [{ path: { value: /a } }], filters: [{ type: RequestRedirect, requestRedirect: { ${fields} } }] }]`,
    );
    expect(await locationOf('/a/b?c')).toBe(expected);
  });

  test('headers of requests and responses are set, added and removed', async () => {
    await filtered(
      `{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: X-Set, value: '1' }], add: [{ name: x-add, value: '2' }], remove: [x-gone] } },
       { type: ResponseHeaderModifier, responseHeaderModifier: { set: [{ name: X-Out, value: '3' }] } }`,
    );
    const { seen, headers } = await mesh.ask(url('/'), {
      headers: { 'x-set': 'a', 'x-add': 'b', 'x-gone': 'c' },
    });
    expect([seen?.headers['x-set'], seen?.headers['x-add'], seen?.headers['x-gone']]).toEqual([
      '1',
      'b, 2',
      undefined,
    ]);
    expect(headers['x-out']).toBe('3');
  });

  test('a preflight of another origin gets no allow headers and reaches no backend', async () => {
    await filtered(
      '{ type: CORS, cors: { allowOrigins: ["https://a.com"], allowMethods: [PUT], allowCredentials: true } }',
    );
    const preflight = (origin: string) =>
      mesh.ask(url('/'), {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'PUT' },
      });
    const allowed = await preflight('https://a.com');
    expect([allowed.status, allowed.headers['access-control-allow-origin']]).toEqual([200, 'https://a.com']);
    expect(allowed.headers).toMatchObject({
      'access-control-allow-methods': 'PUT',
      'access-control-max-age': '5',
      'access-control-allow-credentials': 'true',
    });
    const other = await preflight('https://b.com');
    expect([other.status, other.headers['access-control-allow-origin']]).toEqual([200, undefined]);
    expect(mesh.seen).toEqual([]);
  });

  test('a status of retry.codes is retried, up to retry.attempts', async () => {
    await rules(`[{ retry: { attempts: 2, codes: [503], backoff: 1ms }, ${to('v1')} }]`);
    expect((await mesh.ask(url('/'), { headers: { 'x-response-status': '503' } })).status).toBe(503);
    expect(mesh.seen).toHaveLength(3);
  });

  test('backendRequest without retry ends the request with 504', async () => {
    await rules(`[{ timeouts: { request: 10s, backendRequest: 50ms }, ${to('v1')} }]`);
    expect(await mesh.ask(url('/'), { headers: { 'x-response-not': '1' } })).toMatchObject({
      status: 504,
      body: 'upstream request timeout',
    });
  });
});
