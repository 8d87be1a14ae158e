// The behaviour that docs/route-semantics.md describes under "CORS".
import { expect, test } from 'vitest';
import { EchoMesh } from '../support/echo-mesh.js';

const to = 'route: [{ destination: { host: reviews } }]';
const policy = (fields = '') =>
  `corsPolicy: { allowOrigins: [{ exact: "http://ok" }, { prefix: "http://pre." }, { regex: "http://(a|b)" }], ${fields} }`;
const preflight = (origin: string) => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'PUT' },
});
const FORWARDED = '"method":"OPTIONS"';

test('a preflight of an allowed origin is answered by the proxy, without the rule’s response headers', async () => {
  const all = policy(
    'allowMethods: [GET, PUT], allowHeaders: [x-a, x-b], exposeHeaders: [x-c], maxAge: 2m, allowCredentials: true',
  );
  await using mesh = await EchoMesh.start(`[{ ${all}, headers: { response: { set: { x: b } } }, ${to} }]`);
  const { status, headers, body } = await mesh.ask('/', preflight('http://pre.example'));
  expect([status, body]).toEqual([200, '']);
  expect(headers).toMatchObject({
    'access-control-allow-origin': 'http://pre.example',
    'access-control-allow-methods': 'GET,PUT',
    'access-control-allow-headers': 'x-a,x-b',
    'access-control-expose-headers': 'x-c',
    'access-control-max-age': '120',
    'access-control-allow-credentials': 'true',
  });
  expect(headers).not.toHaveProperty('x');
});

test('a preflight of another origin reaches the backend, unless the rule forbids that', async () => {
  await using mesh = await EchoMesh.start(`[{ ${policy()}, ${to} }]`);
  expect((await mesh.ask('/', preflight('http://no'))).body).toContain(FORWARDED);
  await using strict = await EchoMesh.start(`[{ ${policy('unmatchedPreflights: IGNORE')}, ${to} }]`);
  const { status, headers, body } = await strict.ask('/', preflight('http://no'));
  expect([status, body]).toEqual([200, '']);
  expect(headers).not.toHaveProperty('access-control-allow-origin');
});

test('a preflight needs a rule that matches OPTIONS', async () => {
  const get = 'match: [{ method: { exact: GET } }]';
  await using mesh = await EchoMesh.start(`[{ ${get}, ${policy()}, ${to} }, { ${to} }]`);
  expect((await mesh.ask('/', preflight('http://ok'))).body).toContain(FORWARDED);
});

test('a simple request is never refused: its response names the origin, or keeps the backend’s header', async () => {
  await using mesh = await EchoMesh.start(`[{ ${policy('exposeHeaders: [x-c]')}, ${to} }]`, {
    'access-control-allow-origin': 'http://backend',
  });
  const origin = (name: string) => mesh.ask('/', { headers: { origin: name } });
  expect(await origin('http://ok')).toMatchObject({
    status: 200,
    headers: { 'access-control-allow-origin': 'http://ok', 'access-control-expose-headers': 'x-c' },
  });
  expect(await origin('http://no')).toMatchObject({
    status: 200,
    headers: { 'access-control-allow-origin': 'http://backend' },
  });
});

test('allowOrigin lists exact origins', async () => {
  await using mesh = await EchoMesh.start(`[{ corsPolicy: { allowOrigin: ["http://ok"] }, ${to} }]`);
  expect((await mesh.ask('/', preflight('http://ok'))).headers).toMatchObject({
    'access-control-allow-origin': 'http://ok',
  });
  expect((await mesh.ask('/', preflight('http://ok.evil'))).body).toContain(FORWARDED);
});

test('a fault comes before CORS: an aborted preflight or request gets no CORS headers', async () => {
  const fault = 'fault: { abort: { httpStatus: 555, percentage: { value: 100 } } }';
  await using mesh = await EchoMesh.start(`[{ ${fault}, ${policy()}, ${to} }]`);
  for (const question of [preflight('http://ok'), { headers: { origin: 'http://ok' } }]) {
    const { status, headers } = await mesh.ask('/', question);
    expect(status).toBe(555);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  }
});

test.each([
  ['redirect: { uri: /b }', false],
  ['directResponse: { status: 200 }', false],
  ['route: [{ destination: { host: missing } }]', true],
  ['route: [{ destination: { host: reviews, subset: v3 } }]', true],
])('the proxy’s own response to %s has CORS headers: %s', async (action, hasHeaders) => {
  await using mesh = await EchoMesh.start(`[{ ${policy()}, ${action} }]`);
  const { headers } = await mesh.ask('/', { headers: { origin: 'http://ok' } });
  expect('access-control-allow-origin' in headers).toBe(hasHeaders);
});
