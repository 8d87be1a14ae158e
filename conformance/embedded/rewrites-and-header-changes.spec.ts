// The behaviour that docs/route-semantics.md describes under "Rewrites, redirects and direct responses" and "Header changes".
import { describe, expect, test } from 'vitest';
import { EchoMesh } from '../support/echo-mesh.js';

const to = 'route: [{ destination: { host: reviews } }]';
const both = (operation: string) => `{ request: ${operation}, response: ${operation} }`;
const destination = (version: string, headers: string) =>
  `{ destination: { host: reviews, subset: ${version} }, weight: 1, headers: ${headers} }`;

describe('rewrites', () => {
  test.each([
    ['{ prefix: /a/ }', '{ uri: / }', '/a/b?q=/a/', '/b?q=/a/'],
    ['{ exact: /a }', '{ uri: /b }', '/a?q', '/b?q'],
    ['{ regex: "/a.*" }', '{ uri: /b }', '/a/a?q', '/b?q'],
    ['{ prefix: / }', '{ uri: /v1/ }', '/a', '/v1/a'],
    [
      '{ prefix: /a }',
      '{ uriRegexRewrite: { match: "/(\\\\d+)", rewrite: "/n\\\\1/\\\\0" } }',
      '/a/1/2?q=/3',
      '/a/n1//1/n2//2?q=/3',
    ],
    ['{ prefix: /a }', '{ uriRegexRewrite: { match: nothing, rewrite: x } }', '/a/b', '/a/b'],
  ])('where %s matched, %s makes of %s the path %s', async (uri, rewrite, path, rewritten) => {
    await using mesh = await EchoMesh.start(`[{ match: [{ uri: ${uri} }], rewrite: ${rewrite}, ${to} }]`);
    const seen = await mesh.seen(path);
    expect(seen.path).toBe(rewritten);
    expect(seen.headers['x-envoy-original-path']).toEqual([path]);
    expect(seen.headers).not.toHaveProperty('x-envoy-original-host');
  });

  test('the prefix /a rewritten to / turns /a/b into //b', async () => {
    await using mesh = await EchoMesh.start(
      `[{ match: [{ uri: { prefix: /a } }], rewrite: { uri: / }, ${to} }]`,
    );
    expect((await mesh.seen('/a/b')).path).toBe('//b');
  });

  test('the Host is replaced, and x-envoy-original-host cannot be forged', async () => {
    await using mesh = await EchoMesh.start(`[{ rewrite: { authority: 'other:81' }, ${to} }]`);
    const { headers, path } = await mesh.seen('/a', { headers: { 'x-envoy-original-host': 'evil' } });
    expect(headers).toMatchObject({ host: ['other:81'], 'x-envoy-original-host': ['reviews:9080'] });
    expect(path).toBe('/a');
    expect(headers).not.toHaveProperty('x-envoy-original-path');
  });

  test('a request keeps its rule after a rewrite', async () => {
    await using mesh = await EchoMesh.start(
      `[{ match: [{ uri: { exact: /b } }], directResponse: { status: 500 } }, { rewrite: { uri: /b }, match: [{ uri: { exact: /a } }], ${to} }]`,
    );
    expect((await mesh.seen('/a')).path).toBe('/b');
  });
});

describe('headers', () => {
  test('of a request are removed, then set, then added', async () => {
    await using mesh = await EchoMesh.start(
      `[{ headers: { request: { add: { X-A: added, x-b: b }, set: { x-a: set }, remove: [X-Gone, x-b] } }, ${to} }]`,
    );
    const { headers } = await mesh.seen('/', { headers: { 'x-a': 'old', 'x-b': 'old', 'x-gone': '1' } });
    expect(headers).toMatchObject({ 'x-a': ['set', 'added'], 'x-b': ['b'] });
    expect(headers).not.toHaveProperty('x-gone');
  });

  test.each(['host', ':authority'])('setting %s rewrites the Host', async (name) => {
    await using mesh = await EchoMesh.start(
      `[{ headers: { request: { set: { '${name}': other } } }, ${to} }]`,
    );
    const { headers } = await mesh.seen('/');
    expect(headers).toMatchObject({ host: ['other'], 'x-envoy-original-host': ['reviews:9080'] });
  });

  test('two percent signs mean one', async () => {
    await using mesh = await EchoMesh.start(`[{ headers: { request: { set: { x: 50%% } } }, ${to} }]`);
    expect((await mesh.seen('/')).headers).toMatchObject({ x: ['50%'] });
  });

  test('the set of a single destination wins over the rule’s, that of one of several does not', async () => {
    const rule = `headers: ${both('{ set: { x: rule } }')}`;
    const one = destination('v1', both('{ set: { x: destination } }'));
    await using single = await EchoMesh.start(`[{ ${rule}, route: [${one}] }]`);
    expect((await single.seen('/')).headers).toMatchObject({ x: ['destination'] });
    expect((await single.ask('/')).headers).toMatchObject({ x: 'destination' });

    const other = destination('v2', both('{ set: { x: destination } }'));
    await using several = await EchoMesh.start(`[{ ${rule}, route: [${one}, ${other}] }]`);
    expect((await several.seen('/')).headers).toMatchObject({ x: ['rule'] });
    expect((await several.ask('/')).headers).toMatchObject({ x: 'rule' });
  });

  test('of several destinations those of the drawn one apply, also to an aborted request', async () => {
    const destinations = ['v1', 'v2'].map((version) =>
      destination(
        version,
        `{ request: { set: { host: ${version} } }, response: { add: { x-to: ${version} } } }`,
      ),
    );
    const route = `route: [${destinations.join(', ')}]`;
    await using mesh = await EchoMesh.start(`[{ ${route} }]`, {}, () => 0.5);
    expect((await mesh.seen('/')).headers).toMatchObject({ host: ['v2'] });
    expect((await mesh.ask('/')).headers).toMatchObject({ 'x-to': 'v2' });
    const fault = 'fault: { abort: { httpStatus: 500, percentage: { value: 100 } } }';
    await using aborting = await EchoMesh.start(`[{ ${fault}, ${route} }]`, {}, () => 0.5);
    expect(await aborting.ask('/')).toMatchObject({ status: 500, headers: { 'x-to': 'v2' } });
  });

  test('the rule’s Host wins over that of its destination', async () => {
    const route = `route: [${destination('v1', '{ request: { set: { host: destination } } }')}]`;
    await using mesh = await EchoMesh.start(`[{ rewrite: { authority: rule }, ${route} }]`);
    expect((await mesh.seen('/')).headers).toMatchObject({ host: ['rule'] });
  });

  test('of a response change, the backend’s own included, but not the server', async () => {
    await using mesh = await EchoMesh.start(
      `[{ headers: { response: { remove: [x-powered-by, x-envoy-upstream-service-time], set: { server: me, x-a: new }, add: { x-a: more } } }, ${to} }]`,
      { 'x-powered-by': 'node', 'x-a': 'old' },
    );
    const { headers } = await mesh.ask('/');
    expect(headers).toMatchObject({ server: 'istio-envoy', 'x-a': 'new, more' });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('x-envoy-upstream-service-time');
  });

  const response =
    'headers: { response: { set: { x-rule: here, content-type: text/html, location: "http://other" } } }';
  test.each([
    ['redirect: { uri: /b }', { location: 'http://other', 'content-length': '0' }],
    [
      'directResponse: { status: 200, body: { string: <b> } }',
      { 'content-type': 'text/html', 'content-length': '3' },
    ],
    ['route: [{ destination: { host: missing } }]', { 'x-rule': 'here' }],
    ['route: [{ destination: { host: reviews, subset: v3 } }]', { 'x-rule': 'here' }],
    [`fault: { abort: { httpStatus: 555, percentage: { value: 100 } } }, ${to}`, { 'x-rule': 'here' }],
  ])('of the proxy’s own response to %s are changed too', async (action, headers) => {
    await using mesh = await EchoMesh.start(`[{ ${response}, ${action} }]`);
    expect((await mesh.ask('/')).headers).toMatchObject(headers);
  });
});
